from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.domain.models import Entry
from crawler.errors import ReadingError
from crawler.reading import page

URL = "https://news.example/phone?utm_source=x"
SENTENCES = [f"This is sentence number {number} of the article about the new phone." for number in range(4)]
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)


def html(head: str = "", body: str = f"<article><h1>Heading</h1>{TEXT}</article>", root: str = "<html>") -> bytes:
    return f"<!DOCTYPE html>{root}<head><title>Heading - News</title>{head}</head><body>{body}</body></html>".encode()


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>'


def read(*args: str) -> Entry:
    return page.parse(html(*args), URL, timezone=ZoneInfo("Asia/Shanghai"))


NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Maker shows phone",
    "datePublished": "2026-06-09T14:00:00+02:00",
    "dateModified": "2026-06-10T12:00:00Z",
    "author": [{"@type": "Person", "name": "A. Writer"}, {"@type": "Person", "name": "B. Writer"}],
    "image": {"@type": "ImageObject", "url": "/a.jpg"},
    "description": "Short.",
}


def test_json_ld_gives_everything_that_an_entry_can_hold() -> None:
    video = {"@type": "VideoObject", "embedUrl": "https://www.youtube.com/embed/abcdef12345"}
    link = '<link rel="canonical" href="/phone">'
    entry = read(
        link + linked(NEWS | {"video": video}), f"<article><h1>Heading</h1>{TEXT}</article>", '<html lang="en_GB">'
    )
    assert entry == Entry(
        url="https://news.example/phone",
        title="Maker shows phone",
        summary="Short.",
        body="\n".join(SENTENCES),
        published=NOON,
        updated=datetime(2026, 6, 10, 12, tzinfo=UTC),
        language="en-GB",
        authors=("A. Writer", "B. Writer"),
        image="https://news.example/a.jpg",
        videos=("https://www.youtube.com/watch?v=abcdef12345",),
    )


@pytest.mark.parametrize(
    "data",
    [
        NEWS,
        [{"@type": "BreadcrumbList"}, NEWS],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, NEWS]},
        {"@type": "WebPage", "mainEntity": NEWS},
        NEWS | {"@type": ["BlogPosting", "Article"]},
        NEWS | {"@type": "https://schema.org/TechArticle"},
        json.dumps(NEWS)[:-1] + ",}",
        "<!--\n" + json.dumps(NEWS) + "\n-->",
        "//<![CDATA[\n" + json.dumps(NEWS) + "\n//]]>",
        json.dumps(NEWS).replace("Short.", "Short,\nand on two lines."),
        json.dumps(NEWS) + ";",
    ],
)
def test_json_ld_is_found_in_any_usual_shape(data: object) -> None:
    entry = read(linked(data))
    assert (entry.title, entry.published) == ("Maker shows phone", NOON)


@pytest.mark.parametrize(
    "data", ["{broken", "[" * 10_000, '"text"', "17", {"@type": 7}, {"@type": "NewsArticle", "author": 7}]
)
def test_hopeless_json_ld_leaves_the_page_to_speak(data: object) -> None:
    assert read(linked(data)).title == "Heading"


def test_opengraph_speaks_where_json_ld_does_not() -> None:
    head = (
        '<meta property="og:title" content="Maker shows phone"><meta property="og:description" content="Short.">'
        '<meta property="og:image" content="/a.jpg"><meta property="og:url" content="https://news.example/phone">'
        '<meta property="article:published_time" content="2026-06-09T12:00:00Z">'
        '<meta property="og:locale" content="de_DE">'
        '<meta name="author" content="A. Writer"><meta property="og:video" content="https://youtu.be/abcdef12345">'
    )
    entry = read(head)
    assert (entry.title, entry.summary, entry.url) == ("Maker shows phone", "Short.", "https://news.example/phone")
    assert (entry.published, entry.language, entry.authors) == (NOON, "de-DE", ("A. Writer",))
    assert entry.image == "https://news.example/a.jpg"
    assert entry.videos == ("https://www.youtube.com/watch?v=abcdef12345",)


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2026-06-09T20:00:00">today</time>',
        "<time>2026-06-09 20:00</time>",
        '<span itemprop="datePublished" content="2026-06-09T12:00Z">9/6</span>',
        '<span class="entry-date">2026年6月9日 20:00</span>',
    ],
)
def test_a_date_that_is_only_shown_is_read_in_the_sources_zone(shown: str) -> None:
    assert read("", f"<article><h1>Heading</h1>{shown}{TEXT}</article>").published == NOON


def test_a_page_without_a_date_has_none() -> None:
    assert read().published is None


def test_menus_teasers_and_footers_are_no_text() -> None:
    body = (
        "<nav><p>Menu of the site with many long words that say nothing of phones.</p></nav>"
        f"<div class=x><div class=text>{TEXT}</div></div>"
        "<ul><li><a href=/a>Another article with a long title about something else</a></li></ul>"
        "<aside><p>Teaser of another article with a long text about something else.</p></aside>"
        "<footer><p>All rights reserved by the owner of this site and its partners.</p></footer>"
    )
    assert read("", body).body.splitlines() == SENTENCES


def test_the_marked_body_goes_before_a_longer_discussion() -> None:
    comments = "".join(f"<p>I think that sentence {number} is quite wrong, my friend.</p>" for number in range(5))
    body = f"<h1>Heading</h1><div itemprop=articleBody>{TEXT}</div><div class=comments>{comments}</div>"
    assert read("", body).body.splitlines() == SENTENCES


def test_an_articles_text_may_stand_in_json_ld_alone() -> None:
    entry = read(linked(NEWS | {"articleBody": "All the text."}), "<div id=app></div>")
    assert entry.body == "All the text."


def test_players_in_figures_are_found() -> None:
    player = '<figure><iframe src="https://player.vimeo.com/video/1"></iframe></figure>'
    assert read("", f"<article><h1>Heading</h1>{TEXT}{player}</article>").videos == ("https://vimeo.com/1",)


@pytest.mark.parametrize("link", ["https://news.example/", "javascript:x()", ""])
def test_a_canonical_link_that_names_no_article_is_not_believed(link: str) -> None:
    assert read(f'<link rel="canonical" href="{link}">').url == URL


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"<html><title>App</title><div id=root></div></html>", "shell"),
        (b"<html><title>Access Denied</title><h1>Access Denied</h1></html>", "blocked"),
        (b"<html><title>Just a moment...</title></html>", "blocked"),
        (html("", "<h1>404 - Page not found</h1>" + TEXT), "gone"),
        ("<title>页面不存在</title>".encode(), "gone"),
        (b" " * (page.MOST_BYTES + 1), "unparsable"),
    ],
)
def test_what_is_no_article_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(ReadingError) as caught:
        page.parse(body, URL)
    assert caught.value.reason == reason


def test_a_page_in_shift_jis_is_read() -> None:
    body = (
        f"<meta charset=shift_jis><h1>新製品</h1><article><p>{'新しい携帯電話が発表された。' * 3}</p></article>".encode(
            "shift_jis"
        )
    )
    assert page.parse(body, URL).title == "新製品"


PARTS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<article>",
        "<h1>",
        "text " * 8,
        "<script type=ld+json>",
        "{",
        '"@type"',
        "</script>",
        "<time>",
        "<",
        "&#0;",
        "\x00",
    ]
)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200) | st.lists(PARTS, max_size=30).map(lambda parts: "".join(parts).encode()))
def test_any_bytes_give_an_article_or_a_reading_error(body: bytes) -> None:
    with contextlib.suppress(ReadingError):
        assert page.parse(body, URL).title
