"""Text as the decisions see it: folded, cut into words and sentences.

Works for scripts without spaces too: there every character is an atom, and neighbours make a word.
Does not know what any word means.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import add

_CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_ATOM = re.compile(rf"[^\W\d_{_CJK}]+|\d+|[{_CJK}]|[^\s\w]|_")
_ATOM_ASCII = re.compile(r"[a-z]+|\d+|[^\s\w]|_")  # the same for folded ASCII, several times as fast
_WORD = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_IS_CJK = re.compile(rf"[{_CJK}]")
_SENTENCE_END = re.compile(r"(?<=[。！？])\s*|(?<=[.!?…])[\"')\]]*\s+(?=\S)|\n+")
_ABBREVIATED = re.compile(r"\b(?:no|nr|gen|vs|inc|st|dr|approx|ca|z\.b|d\.h|e\.g|i\.e|[a-z])\.$", re.IGNORECASE)
_UNSEEN = map(chr, [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0xFE0F])
_SAME = (
    dict.fromkeys(_UNSEEN, "")
    | dict.fromkeys("“”„‟«»〝〞＂「」『』《》〈〉", '"')
    | dict.fromkeys("‘’‚‛ʼʹ′`´＇", "'")
    | dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | dict.fromkeys("。．", ".")
)
_HAS_SAME = re.compile(f"[{re.escape(''.join(_SAME))}]")
_TRADE_MARK = re.compile(r"(?<=\w{4})tm\b|(?<=\d)tm\b")
_QUOTES = "\"' "


def fold(text: str) -> str:
    """Return `text` in the one form in which it is compared.

    Case, Unicode form, kinds of quotes, dashes and spaces, invisible characters and quotes around the
    whole are made equal, so that none of them can change a decision.
    """
    # Of what _SAME makes equal, only the backtick is ASCII.
    folded = text.casefold().replace("`", "'") if text.isascii() else _fold_unicode(text)
    if "tm" in folded:
        folded = _TRADE_MARK.sub("", folded)
    folded = " ".join(folded.split())
    while len(folded) > 1 and folded[0] in _QUOTES and folded[-1] in _QUOTES:
        folded = folded[1:-1].strip()
    return folded


def _fold_unicode(text: str) -> str:
    text = _made_same(text)
    if text.isascii():  # English with its typographic quotes
        return text.casefold()
    for _ in range(2):  # casefold can leave NFKC, and NFKC can make capitals
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", _made_same(text)).casefold())
    text = _made_same(text).replace("ı", "i").replace("\u0307", "")  # capitals do not tell the Turkish i's apart
    return unicodedata.normalize("NFKC", text)


def _made_same(text: str) -> str:
    return _HAS_SAME.sub(lambda found: _SAME[found[0]], text)  # several times as fast as str.translate


@dataclass(frozen=True)  # no slots, since where the atoms stand is reckoned only once it is asked
class Atoms:
    """A folded text cut into runs of letters, runs of digits, signs, and single CJK characters.

    Args:
        text: The folded text.
        words: The atoms, in order.
    """

    text: str
    words: tuple[str, ...]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each atom begins in `text`."""
        found, end = [], 0
        for word in self.words:
            found.append(start := self.text.find(word, end))  # only spaces stand between
            end = start + len(word)
        return tuple(found)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where each atom ends in `text`."""
        return tuple(map(add, self.starts, map(len, self.words)))

    def __len__(self) -> int:
        return len(self.words)

    def glued(self, i: int) -> bool:
        """Whether atom `i` follows the one before it without a space."""
        return 0 < i < len(self.words) and self.starts[i] == self.ends[i - 1]

    def word(self, i: int) -> str:
        """Return atom `i`, "" beyond the ends."""
        return self.words[i] if 0 <= i < len(self.words) else ""


@lru_cache(maxsize=256)
def atoms(text: str) -> Atoms:
    """Fold `text` and cut it into atoms."""
    folded = fold(text)
    pattern = _ATOM_ASCII if folded.isascii() else _ATOM
    return Atoms(folded, tuple(pattern.findall(folded)))


def is_cjk(word: str) -> bool:
    """Whether `word` holds Chinese characters, kana or Hangul."""
    return _IS_CJK.search(word) is not None


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, folded; digits stay with their letters (`s26`, `12s`).

    A run of Chinese characters, kana or Hangul gives its overlapping pairs, since no space parts its words.
    """
    found: list[str] = []
    for run in _WORD.findall(fold(text)):
        if is_cjk(run) and len(run) > 1:
            found += (run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
    return tuple(found)


def sentences(text: str) -> tuple[str, ...]:
    """Cut `text` at the ends of its sentences; `No. 1`, `Gen. 6` and `6.7` are not ends."""
    found: list[list[str]] = []
    for part in filter(None, (piece.strip() for piece in _SENTENCE_END.split(text))):
        if found and _ABBREVIATED.search(found[-1][-1]):
            found[-1].append(part)
        else:
            found.append([part])
    return tuple(map(" ".join, found))
