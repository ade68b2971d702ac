"""What `launchwire sources record` makes of a document, tried on the documents of all sources."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scrapy.http import TextResponse

from crawler.catalogue import Kind, Source, load
from crawler.domain.articles import from_entry
from crawler.domain.visits import Outcome, Visit
from crawler.errors import LaunchwireError
from crawler.reading import apis, listing, page, sitemap
from crawler.reading.document import parse
from crawler.reading.models import Reading
from crawler.reading.recording import Recorder
from crawler.reading.recording.wording import Wording
from crawler.round.look import Look
from crawler.round.record import SUFFIXES, recorded

if TYPE_CHECKING:
    from crawler.domain.models import Entry

HERE = Path(__file__).parent
CATALOGUE = load(HERE.parent.parent / "spiders" / "sources.toml")
NOW = datetime(2026, 11, 24, tzinfo=UTC)
every_source = pytest.mark.parametrize("source", CATALOGUE.values(), ids=list(CATALOGUE))


def entries(source: Source, body: bytes) -> tuple[Entry, ...]:
    if source.sitemap:
        return sitemap.parse(body, source.url, source.sitemap.path, timezone=source.zone).entries
    if source.listing:
        return listing.parse(body, source.url, source.listing, timezone=source.zone).entries
    if source.kind is Kind.API:
        return apis.parse(body, source, timezone=source.zone).entries
    return parse(body, source.url, timezone=source.zone).entries


def document(source: Source) -> Path:
    return next(path for suffix in SUFFIXES if (path := HERE / f"{source.id}{suffix}").exists())


def sent(path: Path, url: str) -> TextResponse:
    return TextResponse(url, body=path.read_bytes())


def look(source: Source) -> Look:
    answer = sent(document(source), source.url)
    found = entries(source, answer.body)
    visit = Visit(source.id, NOW, Outcome.READ)
    articles = [from_entry(entry, source.id, source.language, NOW) for entry in found]
    own = sent(HERE / f"{source.id}.page.html", found[0].url) if source.follow else None
    return Look(source, visit, answer, page=own, reading=Reading(found), found=articles)


def said(entry: Entry) -> set[str]:
    """The headlines and sentences of an entry, without single names and numbers."""
    texts = [entry.title, *re.split(r"(?<=[.!?。])\s*", f"{entry.summary} {entry.body}")]
    return {text.strip() for text in texts if len(text.strip()) > 15}


@every_source
def test_a_recording_keeps_the_dates_of_three_entries_and_nobodys_words(source: Source) -> None:
    seen = look(source)
    made = recorded(seen)
    assert seen.reading
    before, now = seen.reading.entries[:3], entries(source, made.document.text.encode())
    assert [entry.published for entry in now] == [entry.published for entry in before]
    assert len({entry.url for entry in now}) == len(now)
    assert made.document.suffix == document(source).suffix
    copied = {text for entry in seen.reading.entries for text in said(entry) if text in made.document.text}
    assert copied <= {source.title}


@pytest.mark.parametrize("source", [one for one in CATALOGUE.values() if one.follow], ids=lambda source: source.id)
def test_a_recorded_page_keeps_its_date_and_address_and_nobodys_words(source: Source) -> None:
    seen = look(source)
    made = recorded(seen)
    assert seen.page
    assert made.page
    before = page.parse(seen.page.body, seen.page.url, timezone=source.zone)
    (first, *_) = entries(source, made.document.text.encode())
    now = page.parse(made.page.text.encode(), first.url, timezone=source.zone)
    assert now.published == before.published
    assert now.language == before.language
    assert now.url.split("?")[0].rstrip("/") == first.url.split("?")[0].rstrip("/")
    assert {text for text in said(before) if text in made.page.text} <= {source.title}


def wording(id_: str = "gsmarena") -> Wording:
    return Wording(CATALOGUE[id_])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("By Anna Muster, 3 May 2026", "3 May 2026"),
        ("2026-05-03T10:00:00+08:00", "2026-05-03T10:00:00+08:00"),
        ("アンナが2026年5月3日に書いた", "2026年5月3"),
        ("Tue, 03 Mar 2026 10:00:00 +0100", "03 Mar 2026 10:00:00 +0100"),
        ("4,999", "4,999"),
        ("NewsArticle", "NewsArticle"),
    ],
)
def test_of_a_short_text_the_date_or_number_alone_is_kept(text: str, kept: str) -> None:
    assert wording().value(text) == kept


def test_a_sentence_is_replaced_even_where_it_names_a_date() -> None:
    text = "The phone that everybody has waited for so long will be shown to the press on 3 May 2026 in London."
    assert not set(re.findall("[a-z]{5,}", text)) & set(re.findall("[a-z]{5,}", wording().value(text)))


def test_a_headline_in_an_address_is_replaced_alike_wherever_it_stands_and_the_rest_stays() -> None:
    ours = wording()
    first = ours.address("https://a.example/news/2026/05/the-new-phone-is-here-12345.html?p=1")
    assert first == "https://a.example/news/2026/05/sample-1-12345.html?p=1"
    assert ours.address("/amp/the-new-phone-is-here-12345.html") == "/amp/sample-1-12345.html"
    assert ours.address("/another-new-phone-here/") == "/sample-2/"
    assert ours.address("/press-release/") == "/press-release/"


def test_a_text_keeps_about_its_length() -> None:
    assert len(wording().value("word " * 4)) < 80 < len(wording().value("word " * 40)) < 300
    assert len(wording().value("word " * 4000)) < 400


def test_an_undeclared_charset_is_recorded_as_utf_8() -> None:
    text = "<rss version='2.0'><channel><title>Новости</title><item><title>Новый телефон показан сегодня</title>"
    text += "<link>https://a.example/1</link></item></channel></rss>"
    made = Recorder(CATALOGUE["habr_news"], ["https://a.example/1"]).document(
        text.encode("cp1251"), "https://a.example/"
    )
    (entry,) = parse(made.text.encode(), "https://a.example/").entries
    assert "образец заголовка" in entry.title
    assert "телефон" not in made.text


def test_a_source_that_showed_nothing_is_not_recorded() -> None:
    source = CATALOGUE["gsmarena"]
    refused = Visit(source.id, NOW, Outcome.FAILED, http=403, problem="blocked: the server answered 403")
    with pytest.raises(
        LaunchwireError, match=r"^gsmarena: blocked: the server answered 403; `sources check` explains$"
    ):
        recorded(Look(source, refused))


def test_a_page_without_text_is_not_recorded() -> None:
    source = next(one for one in CATALOGUE.values() if one.follow)
    seen = look(source)
    seen.page = TextResponse("https://a.example/b", body=b"<title>A page</title><h1>A page</h1>")
    with pytest.raises(LaunchwireError, match="its sample cannot be read, make it by hand: "):
        recorded(seen)
