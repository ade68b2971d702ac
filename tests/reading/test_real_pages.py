"""Article pages as their publishers made them: title, instant and text against what we read in them ourselves.

The pages belong to their publishers and stay outside the project; CORPUS=DIR names the folder that has them.
"""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from crawler.reading import page

if TYPE_CHECKING:
    from crawler.domain.models import Entry

CORPUS = Path(os.environ.get("CORPUS", ""))
pytestmark = pytest.mark.skipif("CORPUS" not in os.environ, reason="CORPUS names no folder of real documents")


@dataclass(frozen=True)
class Read:
    """What a person reads in a page.

    Args:
        zone: Where the source writes, as the catalogue would say.
        published: The instant that the page states, None where it states none.
        inside: Words of the article, of its beginning and its end.
        outside: Words of menus, teasers, comments and notices.
        length: Characters of the article's text, as counted in the page, within a fifth.
    """

    zone: str
    title: str
    published: str | None
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    length: int


PAGES = {
    "fundus_de_Gamestar_2024_04_28": Read(
        "Europe/Berlin",
        "Samsung Galaxy Unpacked: Launchtermin für neue Foldables, Galaxy Ring und mehr soll feststehen"
        " – das erwarten wir",
        "2024-04-28T09:36:00+02:00",
        ("Sammobile", "Titanrahmen", "Blutzuckerwert"),
        ("Kaufberatung", "Benutzername", "zu den Kommentaren", "Ich bin damit einverstanden", "Newsletter"),
        3100,
    ),
    # Its JSON-LD says 14:26:01Z; the clock shown, "14:26 Uhr", is that of Berlin.
    "fundus_de_Golem_2024_04_28": Read(
        "Europe/Berlin",
        "LTE-Patent: Samsung soll wegen Patentklage Smartphones zerstören",
        "2024-04-28T14:26:01+02:00",
        ("EP2237607", "Wiederklage", "Berufung"),
        ("Gehaltscheck", "Coachings", "Stellenmarkt", "Podcast"),
        2000,
    ),
    "fundus_us_TechCrunch_2024_05_17": Read(
        "America/Los_Angeles",
        "Strava taps AI to weed out leaderboard cheats, unveils ‘family’ plan, dark mode and more",
        "2024-05-16T11:00:00-07:00",
        ("Camp Strava", "night heatmaps", "Salazar"),
        ("Crunchboard", "Terms of Service", "Sigma Computing"),
        8700,
    ),
    "postlight_japan.cnet.com": Read(
        "Asia/Tokyo",
        "セキュリティとAI進化の両立なるか？--Appleニュース一気読み",
        "2019-04-13T09:00:00+09:00",
        ("Giannandrea", "ニューラルエンジン", "Apple Arcade"),
        ("新規登録", "メールでまとめ読み", "パランティア", "HD-PLC"),
        2260,
    ),
    "postlight_weekly.ascii.jp": Read(
        "Asia/Tokyo",
        "普通に使える手のひらサイズの超小型スマホ「Palm Phone」の実機チェック",
        "2019-04-21T12:00:00+09:00",
        ("プラススタイル", "Snapdragon 435", "小型端末好き"),
        ("アスキーストア", "オススメしています", "購読しよう"),
        830,
    ),
    "postlight_www.androidcentral.com": Read(
        "America/New_York",
        "Motorola is announcing a new phone at Mobile World Congress in February",
        "2017-01-13T21:45:08+00:00",
        ("Barcelona", "4:30pm", "only a short time away"),
        ("Chromebooks", "Please be a proper update", "Thank you for signing up", "former Android Central"),
        830,
    ),
    "postlight_www.itmedia.co.jp": Read(
        "Asia/Tokyo",
        "Intel NUCで最新SSDを比較してみた",
        "2019-02-22T14:30:00+09:00",
        ("Next Unit of Com", "Type 2280", "ゲームモード"),
        ("リリース送付先", "推奨環境", "ドスパラ"),
        1460,
    ),
    "postlight_www.ndtv.com": Read(
        "Asia/Kolkata",
        'COVID-19: Trump Talks "Retaliation" If India Rejects Export Of Key Drug',
        "2020-04-07T07:36:07+05:30",
        ("hydroxychloroquine", "game-changer", "Emergency Use Authorization"),
        ("Web Stories", "Trending", "No Public Gatherings", "Sangli"),
        3200,
    ),
    "trafilatura_chip.de.tests": Read(  # an index, dated by its teasers only
        "Europe/Berlin",
        "Akkuschrauber, Werkzeug & Co - Test - CHIP",
        None,
        ("Heimwerker", "Hochdruckreiniger"),
        ("Bestenlisten", "Bluetooth-Kopfhörer", "Motherboard"),
        1500,
    ),
    "trafilatura_computerbase.de.htc": Read(
        "Europe/Berlin",
        "HTC Touch: Bald bei o2 als „Xda Nova“",
        "2007-06-19T09:40:00+02:00",
        ("Stylus-Eingabestift", "25. Juni", "2,8 Zoll"),
        ("Preisvergleich", "Downloads", "Zum Inhalt"),
        2020,
    ),
    "trafilatura_macwelt.de-warten": Read(
        "Europe/Berlin",
        "iPhone 14: Warum sich das Warten wirklich lohnt",
        "2021-12-14T15:41:07+01:00",
        ("Punch-Hole", "Ming-Chi Kuo", "Hinweis: Natürlich"),
        ("Gratis-Sof", "RSS Feed", "Alle Artikel"),
        9200,
    ),
    "trafilatura_t3n.de-Laufzeit": Read(
        "Europe/Berlin",
        "Apple arbeitet angeblich an eigenen iPhone-Akkus für mehr Laufzeit",
        "2023-11-06T15:20:33+01:00",
        ("Kohlenstoffnanoröhren", "Siliziumgehalt", "Reuters-Bericht"),
        ("Onlinekurse", "Bestätigungsmail", "Podcasts"),
        3600,
    ),
    "trafilatura_theverge.com.ios13": Read(
        "America/New_York",
        "iOS 13 will fix the FaceTime eye contact problem",
        "2019-07-03T04:22:07-04:00",
        ("third developer beta", "ARKit", "Attention Correction"),
        ("Good Deals", "Next Up In Tech", "Cookie Policy"),
        1990,
    ),
    "trafilatura_unocero.com.marcas": Read(
        "America/Mexico_City",
        "Estas son las marcas que más dificultan el trabajo de tus aplicaciones en Android",
        "2019-08-27T13:10:28-05:00",
        ("Batería Adaptativa", "Meizu", "desventaja"),
        ("Nuestros Programas", "emojis", "cibersegu"),
        2650,
    ),
}


def read(name: str) -> Entry:
    body = gzip.decompress((CORPUS / "real/pages" / f"{name}.html.gz").read_bytes())
    return page.parse(body, "https://news.example/article", timezone=ZoneInfo(PAGES[name].zone))


def test_every_page_was_read_by_us() -> None:
    assert {path.name.removesuffix(".html.gz") for path in (CORPUS / "real/pages").iterdir()} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_title_and_instant_are_what_the_page_states(name: str) -> None:
    entry, expected = read(name), PAGES[name]
    assert entry.title == expected.title
    assert entry.published == (datetime.fromisoformat(expected.published) if expected.published else None)


@pytest.mark.parametrize("name", PAGES)
def test_the_text_is_the_articles_without_navigation(name: str) -> None:
    entry, expected = read(name), PAGES[name]
    assert [words for words in expected.inside if words not in entry.body] == []
    assert [words for words in expected.outside if words in entry.body] == []
    assert 0.8 * expected.length < len(entry.body) < 1.2 * expected.length
    assert entry.problem is None


@pytest.mark.parametrize("name", PAGES)
def test_what_must_not_be_in_the_text_is_in_the_page(name: str) -> None:
    """Else the words say nothing."""
    html = gzip.decompress((CORPUS / "real/pages" / f"{name}.html.gz").read_bytes())
    shown = " ".join(BeautifulSoup(html, "lxml").get_text(" ").split())
    assert [words for words in PAGES[name].outside if words not in shown] == []
