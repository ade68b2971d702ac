from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import ReadingError
from crawler.reading import page

URL = "https://news.example/phone"


@pytest.mark.parametrize("unit", [b"<blockquote>", b"<p>word", b"<!--", b"<script>", b'<div class="comments">'])
def test_pages_that_are_large_or_deep_end_in_time(unit: bytes) -> None:
    started = time.perf_counter()
    for body in (unit * (page.MOST_TAGS // 2), unit * (page.MOST_BYTES // len(unit))):
        with contextlib.suppress(ReadingError):
            page.parse(body, URL)
    assert time.perf_counter() - started < 15


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
        "<html lang=en>",
        '<meta property="og:type" content="article">',
        '<div class="comments">',
        '<a href="/x">',
        "<blockquote>",
        "<table><tr><td>",
        "we use cookies ",
        "2026-13-45T99:99",
        '{"@type":"NewsArticle","headline":["x"],"datePublished":7,"author":{"name":{}}}',
        "<",
        "&#0;",
        "\x00",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.lists(PARTS, max_size=30).map(lambda parts: "".join(parts).encode()))
def test_any_bytes_give_an_article_or_a_reading_error(body: bytes) -> None:
    with contextlib.suppress(ReadingError):
        assert page.parse(body, URL).title
