"""Mend a feed's text before it is parsed: one wrong letter must not cost a feed, nor one long name a minute.

Nothing here knows feeds beyond the names of their elements; what cannot be mended is left for the parser to report.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

LONGEST_PERSON = 200
"""Characters; feedparser's search for an e-mail address is quadratic in a name's length (60 KB: 20 s)."""

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_AMPERSAND = re.compile(r"&(?:#(?:[0-9]{1,20}|[xX][0-9a-fA-F]{1,20});|([A-Za-z][A-Za-z0-9]{0,31});)?")
_KEPT = frozenset("<>&\"'")
_MARKUP = re.compile(r"<!\[CDATA\[|\]\]>|<[^<>]*>?|&[^;\s]*;?|>")
_PERSON = re.compile(
    r"<((?:[\w.-]+:)?(?:author|creator|managingeditor|webmaster|publisher|owner|contributor))(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_OPENED = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)


def mended(text: str) -> str:
    """Give the text without what XML forbids: control characters, HTML's entities, bare ampersands, endless names."""
    parts = _CDATA.split(_ILLEGAL.sub("", text).lstrip())
    parts[::2] = [_AMPERSAND.sub(_reference, part) for part in parts[::2]]
    return _short_persons("".join(parts))


def cut_off(text: str) -> bool:
    """Tell whether the text ends inside an entry, whose title or link may then be half."""
    tail = text[max((found.end() for found in _CLOSED.finditer(text)), default=0) :]
    return bool(_OPENED.search(tail))


def _reference(found: re.Match[str]) -> str:
    """Give the letter itself where it is none of XML's own, and nothing where there is no such letter."""
    reference, name = found[0], found[1]
    if reference == "&":
        return "&amp;"
    letter = html5.get(f"{name};", reference) if name else unescape(reference)
    return reference if letter in _KEPT else _ILLEGAL.sub("", letter)


def _short_persons(text: str) -> str:
    kept, start = [], 0
    for opening in _PERSON.finditer(text):
        end = text.find(f"</{opening[1]}", opening.end())
        if opening.start() < start or end - opening.end() <= 5 * LONGEST_PERSON:
            continue
        name = _MARKUP.sub(" ", text[opening.end() : end][: 10 * LONGEST_PERSON])
        kept += [text[start : opening.end()], " ".join(name.split())[:LONGEST_PERSON]]
        start = end
    return "".join((*kept, text[start:]))
