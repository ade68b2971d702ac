"""Find the paragraphs of an article in a page's tree, and take out what is none: menus, teasers, comments, notices.

The idea is Readability's (https://github.com/mozilla/readability): text that is no link speaks for its parents. No
rule knows a site. `crawler.reading.body` decides whether these paragraphs are used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from bs4 import Tag

from crawler.reading import markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup

ASIDE = (
    "nav, aside, footer, form, dialog, script, style, noscript, template, figure, button, select, iframe,"
    " [role=navigation], [role=complementary], [role=dialog], [role=alertdialog], [aria-hidden=true], [hidden]"
)
"""What is no text of an article wherever it stands."""

_DISCUSSION = re.compile(
    r"(?:[\w-]+-)?(?:comments?(?!-(?:open|closed|enabled|disabled|status))|disqus|newsletters?|sign-?up|subscri\w+"
    r"|cookies?|consent|gdpr|breadcrumbs?|outbrain|taboola)(?:-[\w-]+)?"
)
_BESIDE = re.compile(
    r"(?:[\w-]+-)?(?:related|recommend\w*|(?:read|see)-(?:more|next|also)|also-read|most-read|popular|trending|affiliate"
    r"|sponsored|promo\w*|advert\w*|author-(?:block|box|bio|card|info)|about-author|sns|social|share|sharing)(?:-[\w-]+)?"
)
_HOLDERS = ("html", "body", "main", "article")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST_BESIDE = 0.25
_MOST_DISCUSSED = 0.8
"""Share of a page's text above which an element so named wraps the article too; a discussion seen had two thirds."""

_LONGEST_NAME = 100
_MOST_JUDGED = 10_000
_PATIENCE = 10
"""How many times over the page's nodes are looked at: elements so named may stand inside each other, in hostile pages
without end."""

_LONGEST_CARD = 400
_SENTENCES = "p, blockquote, pre"
_STATED = "[itemprop=articleBody]"
_TEXT = ["p", "h2", "h3", "h4", "li", "blockquote", "pre"]
SHORTEST = 25
"""Weight of a paragraph that counts; below are labels and buttons."""

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_MOST_LINKED = 0.5
"""Share of a paragraph's characters inside links from which it is a menu or a teaser."""


def strip(tree: BeautifulSoup) -> None:
    """Take out of a tree what its makers named as beside the article, and cards that are one link as a whole."""
    whole, nodes = len(tree.get_text()), sum(1 for _ in tree.descendants)
    patience = _PATIENCE * nodes
    for tag in tree.select("[class], [id]", limit=_MOST_JUDGED):
        most = 0.0 if tag.decomposed else _most(tag) * whole
        if most and patience > 0:
            patience -= sum(1 for _ in tag.descendants)
            if tag.find(["h1", "article"]) is None and len(tag.get_text()) <= most:
                tag.decompose()
    for card in tree.select("a[href]:has(p, h2, h3, h4, li)", limit=_MOST_JUDGED):
        if not card.decomposed and len(card.get_text()) <= _LONGEST_CARD and card.find("h1") is None:
            card.decompose()


def holder(tree: BeautifulSoup) -> Tag | None:
    """Give the element that holds the article's text, or None where there is no paragraph."""
    scores: defaultdict[int, float] = defaultdict(float)
    tags: dict[int, Tag] = {}
    for sentence in tree.select(_SENTENCES):
        length = weight(_own(sentence))
        for share, parent in zip((1.0, 0.5), sentence.parents, strict=False):
            if length >= SHORTEST and isinstance(parent, Tag):
                scores[id(parent)] += share * length
                tags[id(parent)] = parent
    stated = tree.select_one(_STATED)
    if stated is not None and len(stated.get_text()) >= max(scores.values(), default=0) / 2:
        return stated
    return tags[max(scores, key=scores.__getitem__)] if scores else None


def lines(tag: Tag) -> Iterator[str]:
    """Give the text of each paragraph, heading and list item below, one line each."""
    for part in tag.find_all(_TEXT):
        if part.find_parent(["li", "blockquote"]) is None and (line := _own(part)):
            yield line


def weight(words: str) -> int:
    """Count characters, the Chinese, Japanese and Korean ones twice: they say as much as two of others at least."""
    return len(words) + len(_WIDE.findall(words))


def _most(tag: Tag) -> float:
    """The share of the page's text that the tag may hold to be taken out; 0 for one whose name says nothing."""
    names = [] if tag.name in _HOLDERS else _names(tag)
    if any(_DISCUSSION.fullmatch(name) for name in names):
        return _MOST_DISCUSSED
    return _MOST_BESIDE if any(_BESIDE.fullmatch(name) for name in names) else 0.0


def _names(tag: Tag) -> list[str]:
    names = [str(name) for key in ("class", "id") for name in tag.get_attribute_list(key) if name]
    return [_CAMEL.sub("-", name).lower().replace("_", "-") for name in names if len(name) <= _LONGEST_NAME]


def _own(part: Tag) -> str:
    """The part's text on one line, or "" where most of it is links."""
    text = " ".join(markup.plain(part.get_text()).split())
    linked = sum(len(" ".join(link.get_text().split())) for link in part.find_all("a"))
    return text if linked <= _MOST_LINKED * len(text) else ""
