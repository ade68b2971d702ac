"""Find the paragraphs of an article in a page's tree, among menus, teasers and notices.

The idea is Readability's (https://github.com/mozilla/readability): text that is no link speaks for its parents. No
rule knows a site.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bs4 import Tag

from crawler.reading import markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup

ASIDE = (
    "nav, aside, footer, form, script, style, noscript, template, figure, button, select, iframe, [role=navigation],"
    " [role=complementary], [role=dialog], [aria-hidden=true], [hidden]"
)
"""What is no text of an article wherever it stands."""

_SENTENCES = "p, blockquote, pre"
_STATED = "[itemprop=articleBody]"
_TEXT = ["p", "h2", "h3", "h4", "li", "blockquote", "pre"]
_SHORTEST = 25
"""Characters of a paragraph that counts; below are labels and buttons."""

_MOST_LINKED = 0.5
"""Share of a paragraph's characters inside links from which it is a menu or a teaser."""


def holder(tree: BeautifulSoup) -> Tag | None:
    """Give the element that holds the article's text, or None where there is no paragraph."""
    scores: defaultdict[int, float] = defaultdict(float)
    tags: dict[int, Tag] = {}
    for sentence in tree.select(_SENTENCES):
        length = len(_own(sentence))
        for share, parent in zip((1.0, 0.5), sentence.parents, strict=False):
            if length >= _SHORTEST and isinstance(parent, Tag):
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


def _own(part: Tag) -> str:
    """The part's text on one line, or "" where most of it is links."""
    text = " ".join(markup.plain(part.get_text()).split())
    linked = sum(len(" ".join(link.get_text().split())) for link in part.find_all("a"))
    return text if linked <= _MOST_LINKED * len(text) else ""
