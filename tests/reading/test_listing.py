from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from crawler.catalogue import Selectors
from crawler.errors import ReadingError
from crawler.reading import listing

if TYPE_CHECKING:
    from crawler.reading.models import Reading

URL = "https://newsroom.example/news/"
CARDS = Selectors(item="li.card", link="a", title="h3", date=".date")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def card(href: str, title: str, date: str = "") -> str:
    return f'<li class="card"><a href="{href}"><img src="/a.jpg"><h3>{title}</h3></a>{date}</li>'


def read(cards: str, selectors: Selectors = CARDS) -> Reading:
    body = f"<html><body><nav><a href=/>Home</a></nav><ul>{cards}</ul></body></html>".encode()
    return listing.parse(body, URL, selectors, timezone=SHANGHAI)


def test_cards_become_entries_in_their_order() -> None:
    reading = read(card("/one", "One <b>phone</b>") + card("two", "Two"))
    assert [(entry.url, entry.title) for entry in reading.entries] == [
        ("https://newsroom.example/one", "One phone"),
        ("https://newsroom.example/news/two", "Two"),
    ]
    assert reading.entries[0].image == "https://newsroom.example/a.jpg"


@pytest.mark.parametrize(
    "date",
    [
        '<span class="date">June 9, 2026</span>',
        '<span class="date">2026年6月9日</span>',
        '<span class="date">09.06.2026</span>',
        '<time class="date" datetime="2026-06-09T00:00:00+08:00">yesterday</time>',
        '<meta class="date" content="2026-06-09">',
    ],
)
def test_dates_are_read_from_attributes_or_words_in_the_newsrooms_zone(date: str) -> None:
    (entry,) = read(card("/one", "One", date)).entries
    assert entry.published == datetime(2026, 6, 8, 16, tzinfo=UTC)


def test_without_selectors_the_first_link_its_text_and_any_date_are_taken() -> None:
    (entry,) = read(
        '<li class="card"><p>2026/06/09</p><a href="/one">One phone</a></li>', Selectors(item="li.card")
    ).entries
    assert (entry.title, entry.published) == ("One phone", datetime(2026, 6, 8, 16, tzinfo=UTC))


def test_an_item_may_be_the_link_itself() -> None:
    (entry,) = read('<li><a class="card" href="/one">One</a></li>', Selectors(item="a.card")).entries
    assert entry.url == "https://newsroom.example/one"


def test_one_article_linked_twice_is_one_entry_in_its_first_place() -> None:
    reading = read(card("/one", "One") + card("/two", "Two") + card("/one", "One again"))
    assert [entry.title for entry in reading.entries] == ["One", "Two"]


def test_cards_without_a_link_or_a_title_are_left_out() -> None:
    reading = read('<li class="card">ad</li>' + card("javascript:x()", "Bad") + card("/a", "") + card("/one", "One"))
    assert [entry.title for entry in reading.entries] == ["One"]


@pytest.mark.parametrize(
    ("html", "selectors", "reason"),
    [
        ("", CARDS, "empty"),
        ("<html><div id=app></div></html>", CARDS, "empty"),
        ("<title>Access Denied</title><h1>Access Denied</h1>", CARDS, "blocked"),
        ("<title>404 - Page not found</title>" + "x" * 9000, CARDS, "gone"),
        (card("/one", "One"), Selectors(item="li["), "unparsable"),
        (" " * (listing.MOST_BYTES + 1), CARDS, "unparsable"),
    ],
)
def test_what_is_no_index_says_why(html: str, selectors: Selectors, reason: str) -> None:
    with pytest.raises(ReadingError) as caught:
        listing.parse(html.encode(), URL, selectors)
    assert caught.value.reason == reason


def test_an_index_in_gbk_is_read() -> None:
    body = f'<meta charset="gbk"><ul>{card("/one", "新机发布")}</ul>'.encode("gbk")
    assert listing.parse(body, URL, CARDS).entries[0].title == "新机发布"


def test_an_xhtml_index_with_an_xml_declaration_is_read_as_html() -> None:
    index = '<?xml version="1.0" encoding="utf-8"?><ul><li class="one"><a href="/a">Phone</a></li></ul>'
    found = listing.parse(index.encode(), "https://news.example/", Selectors(item="li.one"))
    assert [entry.url for entry in found.entries] == ["https://news.example/a"]
