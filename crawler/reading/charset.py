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

_UNSPOKEN = frozenset(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"))
"""Charsets that cannot have been meant where a document has no NUL."""

_SERVER_DEFAULTS = frozenset(("cp1252", "iso8859-15"))
"""What servers send in the header without knowing: a document's own word goes before."""

_TOLERATED = 0.02
"""Share of undecodable letters up to which a declared charset still holds: one bad byte is no other charset."""

_OF_THE_WEB = [
    *("utf_8", "cp932", "euc_jis_2004", "iso2022_jp", "gb18030", "big5", "cp949", "koi8_r", "iso8859_2"),
    *(f"cp{number}" for number in (874, *range(1250, 1259))),
]
"""What is guessed among: the charsets that browsers know and our sources' languages are written in."""

_GUESS_BYTES = 50_000
_JUDGED = 1_000_000
_TAGS = re.compile(rb"<[!?/a-zA-Z][^<>]*>")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_CONTROLS = re.compile(r"[\x80-\x9f]")
_LONGEST_ROW = 2
_ALIKE = 0.6
"""Share of letters beyond ASCII in rows of three and more from which a text is in no Latin charset: 0 to 0.1 in German,
French, Polish, Turkish, Vietnamese; 0.9 and more in Russian and Chinese read as Latin."""

_CYRILLIC = frozenset(("cp1251", "koi8-r", "koi8-u", "iso8859-5", "mac-cyrillic"))
_SMALL = 0.6
"""Share of small Cyrillic letters beyond ASCII below which a text is in no Cyrillic charset: 0.9 in Russian."""

_MIXED = re.compile(r"[A-Za-z](?=[\u0400-\u04ff])|[\u0400-\u04ff](?=[A-Za-z])")
_ODD = 0.2
"""The same for Cyrillic letters beside Latin ones: every one in German read as Russian."""


def decode(body: bytes, content_type: str | None = None) -> str:
    """Decode a document by mark, by trial of UTF-8, by a declaration that fits, by guess.

    Args:
        body: The document as fetched, decompressed.
        content_type: The HTTP header, where it may name a charset. It goes before the document's own declaration
            (RFC 7303 section 3.2), but for the Latin ones that servers add to everything.

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
        text = _strictly(body, name, declared)
        if text is not None and _can_be(text, name):
            return text
    return _by_guess(body, declared)


def _declared(body: bytes, content_type: str | None) -> list[str]:
    in_header = _IN_HEADER.findall(content_type or "")
    in_body = [(xml or meta).decode("ascii") for xml, meta in _IN_BODY.findall(body[:4096])]
    names = [name for name in map(_known, (*in_header, *in_body)) if name and (name not in _UNSPOKEN or b"\0" in body)]
    return sorted(dict.fromkeys(names), key=_SERVER_DEFAULTS.__contains__)


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


def _can_be(text: str, name: str) -> bool:
    """Tell whether a text looks like one in its charset: those with a letter for every byte decode anything."""
    if not name.startswith(("cp125", "iso8859", "koi8", "mac")):
        return True
    runs = _FOREIGN.findall(text, 0, _JUDGED)
    foreign = "".join(runs)
    if name in _CYRILLIC:
        small = sum("а" <= letter <= "џ" for letter in foreign)
        return small >= _SMALL * len(foreign) and len(_MIXED.findall(text, 0, _JUDGED)) <= _ODD * small
    if len(_CONTROLS.findall(foreign)) > _TOLERATED * len(foreign):
        return False
    in_rows = sum(len(run) for run in runs if len(run) > _LONGEST_ROW)
    beyond_latin = sum("\u0370" <= letter <= "\u1fff" for letter in foreign)  # Greek, Hebrew, Arabic, Thai
    return in_rows <= _ALIKE * len(foreign) or 2 * beyond_latin > len(foreign)


def _by_guess(body: bytes, declared: list[str]) -> str:
    for name in (*declared, "utf-8", "cp1251", "koi8-r"):  # Russian shows itself better than it is guessed
        text = body.decode(name, "replace")
        foreign = sum(map(len, _FOREIGN.findall(text)))
        if text.count("\ufffd") <= _TOLERATED * foreign and _can_be(text, name):
            return text
    best = from_bytes(_TAGS.sub(b"\n", body)[:_GUESS_BYTES], cp_isolation=_OF_THE_WEB).best()
    if best is None:
        raise ReadingError("unparsable", "bytes in no known charset")
    return body.decode(_WIDER.get(best.encoding, best.encoding), "replace")
