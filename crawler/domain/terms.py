"""What a headline is compared by: its words, and how rare each is in technology news.

A term is a word in any alphabetic script, a pair of neighbouring characters in Chinese or Japanese, or a number.
Which words name a phone or a maker is not known here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from crawler.domain.text import fold

STEM = 6  # letters kept of a word: inflections meet, and so do many cognates across languages
RAREST = 9.5  # weight of a word that the background does not know

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_THOUSANDS = re.compile(r"(?<=\d)[,.](?=\d{3}(?!\d))")
_GLUED = re.compile(r"([^\W\d_]{2,})(\d+)([a-z]*)$")
_MEASURE = re.compile(r"(\d+)([a-z]{2,})$")
_POSSESSIVE = re.compile(r"'s\b")
_ACCENTS = re.compile("[\u0300-\u036f]")
_STROKES = str.maketrans("łøđı", "lodi")  # letters that Unicode does not take apart


def plain(text: str) -> str:
    """Text in one form: folded (`text.fold`), no accents, no possessives, thousands joined.

    Args:
        text: Any text.
    """
    folded = fold(text)
    if not folded.isascii():
        apart = unicodedata.normalize("NFD", folded)
        folded = unicodedata.normalize("NFC", _ACCENTS.sub("", apart)).translate(_STROKES)
    return _THOUSANDS.sub("", _POSSESSIVE.sub("", folded))


def words(text: str) -> list[str]:
    """The words of a text in order, whole: `fold5` gives `fold`, `5`; Chinese and Japanese give character pairs.

    Args:
        text: In plain form.
    """
    found: list[str] = []
    for run in _TOKEN.findall(text):
        if run[0] < "\u3040" and run.isalpha():
            found.append(run)
        elif run[0] >= "\u3040" and re.match(rf"[{_CJK}]", run):
            found.extend(run[i : i + 2] for i in range(max(len(run) - 1, 1)))
        elif glued := _GLUED.match(run) or _MEASURE.match(run):
            found.extend((glued[1], "".join(glued.groups()[1:])))
        else:
            found.append(run)
    return found


@lru_cache(maxsize=1 << 15)  # the words of all languages that come again and again
def stem(word: str) -> str:
    """The part of a word that inflection leaves alone; a word with a digit stays whole."""
    return word if any(c.isdigit() for c in word) else word[:STEM]


@cache
def background() -> dict[str, float]:
    """Weight of each stem by its rarity: ln(documents / documents with it), from the shipped word statistics."""
    text = resources.files("crawler.domain").joinpath("data/background_idf.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {term: float(weight) for weight, *terms in map(str.split, lines) for term in terms}


def rarity(term: str) -> float:
    """How much a shared term tells, from about 1 (`the`) to RAREST.

    Args:
        term: A stem as `stem` makes it.
    """
    return background().get(term, RAREST)
