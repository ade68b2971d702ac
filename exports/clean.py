"""What may stand in an export: one line of text, a web address, a time.

Everything readers get passes through here once. Markup is not handled: text is escaped where it is put into HTML.
"""

from __future__ import annotations

import re
from datetime import UTC
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from crawler.domain.urls import LONGEST, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_UNFIT = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are not white space
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"  # what UTF-8 cannot hold or Unicode keeps for itself
    f"{''.join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))}"  # the same
    "\u202a-\u202e\u2066-\u2069"  # overrides and isolates would turn the text around them; RTL marks stay
    "]"
)
_CLEAN = re.compile(r"[!-~]++(?: [!-~]++)*+", re.ASCII)
"""Lines that stay as they are: most of all."""
_PLAIN = re.compile(r"https?://[a-z0-9-]{1,60}(\.[a-z0-9-]{1,60}){1,4}/[A-Za-z0-9._/-]{0,500}", re.ASCII)
"""Addresses that `urls.resolve` gives back as they are: most of all."""
_NO_URI = str.maketrans({"[": "%5B", "]": "%5D", "|": "%7C"})
"""What browsers send as it is and RFC 3986 does not allow after a host."""
_RAW_FACTOR = 16  # a hostile megabyte is cut before it is looked at


def unfit(text: str) -> bool:
    """Whether a text holds what none may hold; nothing that Python prints is of that kind, which is soon known."""
    return not text.isprintable() and bool(_UNFIT.search(text))


@lru_cache(maxsize=4096)  # names of sources and titles come again and again
def line(text: str, limit: int) -> str:
    """Return text as one line that UTF-8, JSON and HTML can hold.

    Args:
        text: Plain text from anywhere.
        limit: The most characters; what is longer ends in `…`, at a word where one ends near.
    """
    if len(text) <= limit and _CLEAN.fullmatch(text):
        return text
    whole = text[: limit * _RAW_FACTOR]
    whole = " ".join((_UNFIT.sub("", whole) if unfit(whole) else whole).split())
    if len(whole) <= limit:
        return whole
    head = whole[: limit - 1]
    word = head.rfind(" ")
    return head[: word if word > limit * 3 // 4 else None].rstrip(" \u200d") + "…"


@lru_cache(maxsize=4096)  # one address stands in several places of an item
def web(address: str | None) -> str:
    """Return an absolute http(s) address by RFC 3986, as `urls.resolve` makes it but for its brackets, else ""."""
    if not address or _PLAIN.fullmatch(address):
        return address or ""
    found = resolve(address, address) or ""
    host = found.find("/", len("https://"))
    whole = f"{found[:host]}{found[host:].translate(_NO_URI)}" if found else ""
    return whole if len(whole) <= LONGEST else ""


@lru_cache(maxsize=1024)
def stamp(when: datetime) -> str:
    """Return an aware time as RFC 3339 in UTC, such as `2022-05-23T08:00:00Z`."""
    return f"{when.astimezone(UTC).isoformat(timespec='seconds')[:-6]}Z"


def kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that say something: a key is left out rather than null or empty."""
    return {key: value for key, value in fields.items() if value or isinstance(value, int)}


escaped = lru_cache(maxsize=4096)(escape)  # a name, title or address stands in several forms of a story
"""Return one line of text as HTML, also for an attribute."""
