from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from crawler.reading import body

LINES = [
    f"Sentence number {number} tells what the maker said of its new phone, and of its screen." for number in range(6)
]
ARTICLE = "".join(f"<p>{line}</p>" for line in LINES)


def text(html: str, title: str = "Maker shows phone") -> list[str]:
    return body.text(BeautifulSoup(f"<html><body>{html}</body></html>", "lxml"), title).splitlines()


def test_the_text_is_its_paragraphs_headings_and_lists_a_line_each() -> None:
    html = f"<h1>Maker shows phone</h1>{ARTICLE}<h2>The screen</h2><ul><li>It is large.</li></ul>{ARTICLE.upper()}"
    lines = text(f"<article>{html}</article>")
    assert [line for line in lines if not line.isupper()] == [*LINES, "The screen", "It is large."]


def test_line_breaks_of_the_source_are_no_line_breaks() -> None:
    assert text(f"<article><p>The maker\n   showed\n\t its <b>new</b>\n phone.</p>{ARTICLE}</article>")[0] == (
        "The maker showed its new phone."
    )


@pytest.mark.parametrize(
    "beside",
    [
        '<ul class="forum-comments-list">{}</ul>',
        '<div id="disqus_thread">{}</div>',
        '<section class="box newsletter-signup">{}</section>',
        '<div class="relatedArticles">{}</div>',
        '<div class="author-bio">{}</div>',
        '<div class="snsFollow">{}</div>',
        '<div class="c-cookie-banner">{}</div>',
        "<dialog>{}</dialog>",
        '<div class="post-affiliate-widget">{}</div>',
    ],
)
def test_what_its_makers_name_as_beside_the_article_is_no_text(beside: str) -> None:
    html = f"<div class=text>{ARTICLE}{beside.format('<p>These words speak of something else altogether.</p>')}</div>"
    assert text(html) == LINES


def test_a_long_discussion_does_not_become_the_text() -> None:
    talk = "".join(
        f"<li><p>I think that number {number} is quite wrong, my dear friend.</p></li>" for number in range(9)
    )
    assert text(f"<article><h1>x</h1>{ARTICLE}<ul class='comments'>{talk}</ul></article>") == LINES


@pytest.mark.parametrize("name", ["comments-open", "social-share-enabled", "has-related"])
def test_a_wrapper_with_such_a_name_keeps_its_article(name: str) -> None:
    assert text(f'<div class="{name}"><h1>Maker shows phone</h1>{ARTICLE}</div>') == LINES
    assert text(f'<h1>Maker shows phone</h1><div class="{name}">{ARTICLE}</div>') == LINES


def test_cards_that_are_one_link_are_no_text() -> None:
    card = "<a href=/other><h3>Another phone</h3><p>Which is told of elsewhere on this same site today.</p></a>"
    assert text(f"<div>{ARTICLE}{card}{card}</div>") == LINES


def test_paragraphs_of_links_are_no_text() -> None:
    links = "<p><a href=/a>Another phone of another maker is shown</a> <a href=/b>And a third one as well</a></p>"
    assert text(f"<article>{ARTICLE}{links}</article>") == LINES


def test_tables_are_no_text() -> None:
    table = "<table><tr><td>District 7</td><td>4711</td></tr></table>"
    assert "4711" not in "".join(text(f"<article>{ARTICLE}{table}{ARTICLE.upper()}</article>"))


def test_a_text_in_two_halves_is_read_whole() -> None:
    halves = (
        f"<article><section>{ARTICLE}</section><section><h2>More</h2>{ARTICLE.replace('Sentence', 'Line')}</section>"
    )
    assert len(text(halves + "</article>")) == 13


def test_a_short_chinese_text_is_found() -> None:
    assert text("<div id=main><p>小米今天发布新款折叠手机，售价八千元。</p></div>") == [
        "小米今天发布新款折叠手机，售价八千元。"
    ]


@pytest.mark.parametrize("html", ["", "<p>", "<div></div>", "<script>x</script>", "<p><a href=/>Home</a></p>"])
def test_a_page_without_text_has_none(html: str) -> None:
    assert text(html) == []
