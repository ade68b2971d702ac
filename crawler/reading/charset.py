"""Bytes to text: which charset a document really has.

Declarations lie in both directions, so they are tried rather than believed. Nothing here parses.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from crawler.errors import ReadingError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NULS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_IN_BODY = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
)
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "utf-8",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "cp950",
}
"""Each charset and the superset that its documents really use, as the WHATWG Encoding Standard has it."""

_TOLERATED = 0.02
"""Share of undecodable letters up to which a declared charset still holds: one bad byte is no other charset."""

_GUESS_BYTES = 50_000


def decode(body: bytes, content_type: str | None = None) -> str:
    """Decode a document by mark, by trial of UTF-8, by declaration, by guess.

    Args:
        body: The document as fetched, decompressed.
        content_type: The HTTP header, where it may name a charset.

    Raises:
        ReadingError: `unparsable` for bytes that are no text.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for start, name in _NULS:
        if body.startswith(start):
            return body.decode(name, "replace")
    declared = _declared(body, content_type)
    for name in ("utf-8", *declared):
        if (text := _strictly(body, name, declared)) is not None:
            return text
    return _by_guess(body, declared)


def _declared(body: bytes, content_type: str | None) -> list[str]:
    in_header = _IN_HEADER.findall(content_type or "")
    in_body = [(xml or meta).decode("ascii") for xml, meta in _IN_BODY.findall(body[:4096])]
    return [name for name in map(_known, (*in_header, *in_body)) if name]


def _known(name: str) -> str | None:
    try:
        info = codecs.lookup(name)
    except LookupError:
        return None
    return _WIDER.get(info.name, info.name) if info._is_text_encoding else None  # noqa: SLF001 # no public way


def _strictly(body: bytes, name: str, declared: list[str]) -> str | None:
    """Decode without any error but a letter cut off by the end; escapes of ISO-2022 are no UTF-8."""
    if name == "utf-8" and b"\x1b" in body and any(other.startswith("iso2022") for other in declared):
        return None
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(body, final=False)
    except (UnicodeError, LookupError):
        return None


def _by_guess(body: bytes, declared: list[str]) -> str:
    for name in (*declared, "utf-8"):
        text = body.decode(name, "replace")
        if text.count("\ufffd") <= _TOLERATED * sum(not letter.isascii() for letter in text):
            return text
    best = from_bytes(body[:_GUESS_BYTES]).best()
    if best is None:
        raise ReadingError("unparsable", "bytes in no known charset")
    return body.decode(_WIDER.get(best.encoding, best.encoding), "replace")
