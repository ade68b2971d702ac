"""Take out of a text what is not the article: labels of embeds, file names, promotions, pleas to follow and subscribe.

The rules are general and know no source; what repeats across one source's articles is found by `boilerplate`. A text
is judged piece by piece (a sentence, or what follows a promotional sign), so what stays, stays as it was written.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from crawler.domain import noise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    _Pleas = Sequence[tuple[str, re.Pattern[str]]]  # those that a text may hold, each with its words

LONGEST_BODY = 20_000
"""Characters of a body that are kept: the decisions need no more."""

LONGEST_SUMMARY = 1_000
LONGEST_NOISE = 400
"""Characters of a piece that can be noise as a whole; the longest disclaimer seen had 340."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _whole(words: str) -> str:
    """A pattern of words that are no part of longer ones, where their script parts words at all."""
    return rf"\b{words}\b" if words[0].isalpha() and words[0] < "\u1100" else re.escape(words)


# Expressions are slow to find nothing, so each is asked only where a quick look leaves it a chance.
_PIECES_APART = re.compile(r"\s(?:(?<=[.!?…]\s)|(?<=[.!?…][\"”»)]\s))\s*")  # the next, but for its last part
_PIECES = re.compile(r"(?<=[.!?…][\"”»)])\s+|(?<=[.!?…])\s+|(?<=[。！？])(?=[^」』”）])")
_SIGNS = "[⭐➡👉🔥📲🛒💰🎁📢🔔📰📩📧💬▶►⚡🔴💥‼🎯]"
_HAS_SIGN = re.compile(_SIGNS)
_SIGN = re.compile(rf"\s*(?={_SIGNS})")
_LABEL = _any(*noise.LABELS)
_FILE = re.compile(r"[\w()-]+\.(?:jpe?g|png|webp|gif|avif)", re.IGNORECASE)
_FILE_NAME = re.compile(r"[a-z0-9]+(?:[ _-][a-z0-9]+){3,}[ _-]\d{1,3}|[a-z0-9]+(?:[_-][a-z0-9]+){2,}")
_FILE_NAME_INSIDE = re.compile(r"(?<=[.!?…] )[a-z0-9]+(?:[ _-][a-z0-9]+){3,}[ _-]\d{1,3}(?= [^\Wa-z\d_]|$)")
_PLEAS = tuple((words, re.compile(plea, re.IGNORECASE)) for words, plea in noise.PLEAS)
_ASCII_PLEAS = tuple(plea for plea in _PLEAS if plea[0].isascii())
_END = 120  # characters, at the end of a summary, in which a "read more" stands
_TAIL_WORDS = tuple(words for words, _ in noise.TAILS)
_TAIL = re.compile(rf"(?:{'|'.join(tail for _, tail in noise.TAILS)}).{{0,80}}?(?:[.。](?=\s|$)|$)")
_SALE = _any(*noise.SALES)
_MAIL = re.compile(r"[^\s<>()\[\],;@]{1,64}@[^\s<>()\[\],;@]{1,255}")
_AROUND = re.compile(r"^[\s<>()\[\],;]+|[\s<>()\[\],;]+$")
_MORE = _any(*(rf"\s*\(?{_whole(words)}[\s→»>….)]*$" for words in noise.MORE))


def title(text: str) -> str:
    """Give a title on one line. Its words stay the source's own."""
    return " ".join(text.split())


def body(text: str, repeated: frozenset[str] = frozenset()) -> str:
    """Clean an article's text.

    Args:
        text: Plain text, a line per block.
        repeated: Pieces known to be no part of any one article, from `boilerplate`.
    """
    if not text:
        return ""
    text = text[: 2 * LONGEST_BODY]
    lower = text.lower()
    pleas = [plea for plea in (_ASCII_PLEAS if lower.isascii() else _PLEAS) if plea[0] in lower]
    lines = (_line(line, repeated, pleas) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST_BODY].rstrip()


def summary(text: str, repeated: frozenset[str] = frozenset()) -> str:
    """Clean a summary and give it on one line, without its "read more"."""
    line = " ".join(body(text, repeated).split())
    while (shorter := f"{line[:-_END]}{_without_more(line[-_END:])}") != line:
        line = shorter
    return opening(line)


def opening(clean: str) -> str:
    """Give the beginning of a clean text as a summary, on one line and ending with a whole word."""
    line = " ".join(clean[: 2 * LONGEST_SUMMARY].split())
    return line if len(line) <= LONGEST_SUMMARY else line[:LONGEST_SUMMARY].rsplit(" ", 1)[0] + "…"


def person(name: str) -> str:
    """Clean an author's name of addresses for mail, which RSS wants and nobody should be sent."""
    return _AROUND.sub("", " ".join(_MAIL.sub(" ", name).split())) if "@" in name else name


def boilerplate(bodies: Iterable[str], share: float = 0.3, least: int = 3) -> frozenset[str]:
    """Find the pieces that repeat across one source's articles.

    Args:
        bodies: Texts of different articles of one source.
        share: In which share of them, in [0, 1], a piece must stand to be no part of any.
        least: And in how many at least.
    """
    texts = list(bodies)
    counts = Counter(piece for text in texts for piece in {p for line in text.splitlines() for p in _pieces(line)})
    return frozenset(piece for piece, count in counts.items() if count >= max(least, share * len(texts)))


def _without_more(line: str) -> str:
    lower = line.lower()
    return _MORE.sub("", line) if [words for words in noise.MORE if words in lower] else line


def _pieces(line: str) -> Iterator[str]:
    unspaced = not line.isascii() and any(end in line for end in "。！？")
    parts: Iterable[str] = (_PIECES if unspaced else _PIECES_APART).split(line)
    if _has_sign(line):
        parts = (piece for sentence in parts for piece in _SIGN.split(sentence))
    return filter(None, map(str.strip, parts))


def _has_sign(line: str) -> bool:
    return not line.isascii() and bool(_HAS_SIGN.search(line))


def _line(line: str, repeated: frozenset[str], pleas: _Pleas) -> str:
    line = " ".join(line.split())
    if [words for words in _TAIL_WORDS if words in line]:
        line = _TAIL.sub("", line)
    line = _FILE_NAME_INSIDE.sub("", _without_sale(line))
    pieces = list(_pieces(line))
    kept = [piece for piece in pieces if piece not in repeated and not _is_noise(piece, pleas)]
    if len(kept) == len(pieces):
        return " ".join(line.split())
    return re.sub(r"(?<=[。！？]) ", "", " ".join(kept))


def _without_sale(line: str) -> str:
    """Cut a promotion glued to the line's end: from its sign on, where it is short and speaks of sales or channels."""
    signs = (found.end() for found in _SIGN.finditer(line)) if _has_sign(line) else ()
    for start in signs:
        if len(line) - start <= LONGEST_NOISE and _SALE.search(line, start):
            return line[:start].rstrip()
    return line


def _is_noise(piece: str, pleas: _Pleas) -> bool:
    if len(piece) > LONGEST_NOISE:
        return False
    bare = piece.strip(" .:…!*-–—|[]()→»▶")
    whole = _LABEL.fullmatch(bare) or _FILE.fullmatch(bare) or _FILE_NAME.fullmatch(bare)
    return not bare or bool(whole) or _is_plea(piece, pleas)


def _is_plea(piece: str, pleas: _Pleas) -> bool:
    lower = piece.lower() if pleas else ""
    return any(words in lower and plea.search(piece) for words, plea in pleas)
