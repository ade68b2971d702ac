"""Foreign HTML to plain text, and what it shows: images and players.

nh3 parses; nothing of the markup itself is kept, so there is nothing left to sanitise.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import nh3

from crawler.domain import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 200_000
"""Characters of one piece of HTML that are read; the longest real article seen has a third of it."""

LONGEST_OPENING = 120

DEEPEST = 200
"""Open elements inside each other; beyond, nh3 (quadratic in nesting) is not asked."""


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLOCKS = _names(
    "address article aside blockquote br dd details div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main nav"
    " ol p pre section summary table tbody td th thead tr ul"
)
_SHOWN = {
    "img": {"src", "data-src", "data-lazy-src", "srcset", "width", "height"},
    "iframe": {"src", "data-src", "data-lazy-src"},
    "embed": {"src"},
    "lite-youtube": {"videoid"},
    "amp-youtube": {"data-videoid"},
}
_SILENT = _names(
    "script style template noscript noembed noframes title head object svg math audio video canvas map form button"
    " select textarea figcaption"
)
_CLEANER = nh3.Cleaner(
    tags=set(_BLOCKS | _SHOWN.keys()),
    clean_content_tags=set(_SILENT),
    attributes={tag: set(names) for tag, names in _SHOWN.items()},
    link_rel=None,
    url_schemes={"http", "https"},
)
_TAG = re.compile(r"<(/?)([a-z][\w-]*)((?:\s+[\w-]+=\"[^\"]*\")*)\s*/?>")
_ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")
_ANY_TAG = re.compile(r"<[^<>]*>?")
_OPEN_OR_CLOSE = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_PIXEL = re.compile(
    r"feedburner|/pixel|doubleclick|/tracking|1x1|spacer|blank\.gif|gravatar|emoji|/smilies/", re.IGNORECASE
)


def text(html: str) -> str:
    """Give the text that a reader would see, a line per block, entities resolved, no control characters.

    Captions, forms and scripts are left out: captions are credits and file names more often than sentences.
    """
    return _lines(_TAG.sub(_break, _cleaned(html)))


def line(html: str) -> str:
    """Give the text on one line, for titles and names."""
    return " ".join(text(html).split())


def plain(words: str) -> str:
    """Clean text that is no HTML: no control characters, no blanks in rows, a line per line."""
    lines = (" ".join(part.split()) for part in _UNSEEN.sub("", words).splitlines())
    return "\n".join(part for part in lines if part)


def opening(words: str) -> str:
    """Give a title for what has none: the first line, at most 120 characters of it."""
    first = words.split("\n", 1)[0]
    return first if len(first) <= LONGEST_OPENING else first[:LONGEST_OPENING].rsplit(" ", 1)[0] + "…"


def images(html: str, base: str) -> Iterator[str]:
    """Give the addresses of the pictures shown, in order, without tracking pixels and faces."""
    for tag, attributes in _shown(html):
        if tag == "img" and not {attributes.get("width"), attributes.get("height")} & {"0", "1"}:
            source = attributes.get("data-src") or attributes.get("data-lazy-src") or attributes.get("src", "")
            if (address := urls.resolve(base, source)) and not _PIXEL.search(address):
                yield address


def videos(html: str) -> tuple[str, ...]:
    """Give the watch links of the players embedded, in order, each once."""
    found = []
    for tag, attributes in _shown(html):
        if tag in {"lite-youtube", "amp-youtube"}:
            source = f"https://www.youtube.com/embed/{attributes.get('videoid') or attributes.get('data-videoid')}"
        else:
            source = attributes.get("data-src") or attributes.get("data-lazy-src") or attributes.get("src", "")
        if tag != "img" and (link := urls.watch_link(source)):
            found.append(link)
    return tuple(dict.fromkeys(found))


def _cleaned(html: str) -> str:
    html = html[:LONGEST].replace("\0", "")
    return _CLEANER.clean(html) if _depth(html) <= DEEPEST else _ANY_TAG.sub("\n", html)


def _depth(html: str) -> int:
    depth = deepest = 0
    for slash, name in _OPEN_OR_CLOSE.findall(html):
        if name.lower() not in _VOID:
            depth = max(depth - 1, 0) if slash else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _break(tag: re.Match[str]) -> str:
    if tag[2] in {"td", "th"}:
        return " "
    return "\n" if tag[2] in _BLOCKS else ""


def _lines(escaped: str) -> str:
    return plain(unescape(escaped))


def _shown(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    for slash, name, attributes in _TAG.findall(_cleaned(html)):
        if name in _SHOWN and not slash:
            yield name, {key: unescape(value) for key, value in _ATTRIBUTE.findall(attributes)}
