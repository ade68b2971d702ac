from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading import markup

BASE = "https://news.example/a/"


def test_blocks_become_lines_and_inline_tags_vanish() -> None:
    assert (
        markup.text("<p>One <b>bold</b>   word</p><ul><li>a</li><li>b</li></ul>c<br>d") == "One bold word\na\nb\nc\nd"
    )


def test_entities_are_resolved_once() -> None:
    assert markup.text("<p>AT&amp;T &lt;b&gt; caf&eacute; &#8364; &amp;amp;</p>") == "AT&T <b> café € &amp;"


def test_scripts_styles_captions_and_comments_are_left_out() -> None:
    html = "a<script>x()</script><style>p{}</style><!-- c --><figcaption>1.jpg</figcaption> b"
    assert markup.text(html) == "a b"


def test_control_characters_and_soft_hyphens_are_taken_out() -> None:
    assert markup.text("a\x00b\x07c\xadd\u200be\ufeff") == "abcde"


def test_plain_text_with_angles_and_ampersands_survives() -> None:
    assert markup.text("5 < 6 & 7 > 3, AT&T") == "5 < 6 & 7 > 3, AT&T"


def test_a_title_is_one_line() -> None:
    assert markup.line("<h1>Maker<br>shows\n phone</h1>") == "Maker shows phone"


def test_a_deeply_nested_text_is_read_at_once() -> None:
    started = time.monotonic()
    assert markup.text("<div>" * 30_000 + "deep" + "</div>" * 30_000) == "deep"
    assert time.monotonic() - started < 1


def test_the_first_picture_is_neither_a_pixel_nor_a_script() -> None:
    html = (
        '<img src="javascript:alert(1)"><img src="https://a.example/p.gif" width="1" height="1">'
        '<img src="https://feeds.feedburner.com/~r/x"><img src="../b.jpg?w=1&amp;h=2"><img src="c.jpg">'
    )
    assert next(markup.images(html, BASE)) == "https://news.example/b.jpg?w=1&h=2"


def test_a_lazy_picture_is_found() -> None:
    assert next(markup.images('<img src="data:image/gif;base64,AA" data-src="/real.jpg">', BASE)).endswith("/real.jpg")


def test_players_become_watch_links_each_once() -> None:
    html = (
        '<iframe src="//www.youtube.com/embed/abcdef12345"></iframe><iframe data-src="https://player.vimeo.com/video/1">'
        '</iframe><lite-youtube videoid="abcdef12345"></lite-youtube><iframe src="https://ads.example/"></iframe>'
    )
    assert markup.videos(html) == ("https://www.youtube.com/watch?v=abcdef12345", "https://vimeo.com/1")


@pytest.mark.parametrize(
    ("words", "title"), [("One line\nmore", "One line"), ("word " * 60, ("word " * 24).rstrip() + "…")]
)
def test_an_opening_is_the_first_line_within_bounds(words: str, title: str) -> None:
    assert markup.opening(words.strip()) == title


@given(st.text(alphabet="<>/ap\"'=& ;#x0\x00", max_size=300) | st.text())
def test_any_text_gives_text_without_tags_and_control_characters(html: str) -> None:
    text = markup.text(html)
    assert not set(text) & {"\x00", "\r", "\x07", "\x7f"}
    list(markup.images(html, BASE))
    markup.videos(html)
