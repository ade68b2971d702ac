"""Reading a model's name at one place of a text: line, number, letters, suffixes.

Patterns are generic in the number, so phones that do not exist yet are read too.
Does not decide whose model it is or whether the text is about it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.text import is_cjk
from crawler.domain.vocabulary import NUMBER, OPTIONAL, ROMAN, Line, Maker, Vocabulary

if TYPE_CHECKING:
    from crawler.domain.text import Atoms

_ROMAN = re.compile(r"(?:i{1,3}|iv|vi{0,3}|ix|x)\Z")
_REFLEXIVE = re.compile(r"[^\W\d]+(?:a|á|ó|an|án|en|ía)\Z")  # Spanish "se presenta" is no SE
_YEAR = re.compile(r"20[1-3]\d\Z")
_NETWORK = re.compile(r"[3-6]\Z")
_UNIT_LETTERS = frozenset(
    {"w", "k", "gb", "tb", "mb", "mp", "hz", "nm", "mm", "cm", "kg", "st", "nd", "rd", "th", "g", "v", "ml", "fps"}
)
_MOST_LETTERS = 2
_LONGEST_LATIN, _LONGEST_OTHER = 3, 8  # atoms of a suffix; a sign of an Indian script is one each
_OTHER_WORDS = (  # that begin like a suffix: processor, program, project, AirPods, ...
    *("프로세", "프로그", "프로젝", "프로모", "에어팟", "에어컨", "에어드", "에어태", "プロセ", "プログ", "プロジェ"),
    *("プロモ", "エアコ", "エアド", "エアタ", "エアポ", "ミニマ", "प्रोसे", "प्रोग्", "प्रोजे", "प्रोटे", "प्रोमो", "मैक्सि"),
)
_OF_A_YEAR = frozenset("底初末中")
_OF_PHONES = ("serie", "reihe", "modell", "smartphone", "lineup", "handy")  # the S25-Reihe is no 5-year plan
_MONEY = frozenset("$€£₹¥")
_LONGEST_NUMBER, _LONGEST_SHORT, _MOST_SUFFIXES = 4, 3, 4
_FOUR_DIGITS = frozenset({"nokia", "alcatel", "doro"})  # their phones are called 3310 or 8020


class Number(NamedTuple):
    """A model's number as far as atom `end`: digits and letters, such as 12 and s."""

    digits: str
    letters: str
    end: int


class Base(NamedTuple):
    """A model without its suffixes: line, number, Roman numeral."""

    line: Line
    number: Number | None
    roman: str = ""


class Model(NamedTuple):
    """A model read from the text between two atoms."""

    base: Base
    suffixes: tuple[str, ...]
    start: int
    end: int
    name: str


def read_number(text: Atoms, i: int, maker: str, vocabulary: Vocabulary, *, four: bool = False) -> Number | None:
    """Read `12`, `12s` or `9a` at atom `i`; None for counts, years, sizes and networks (5G)."""
    digits = text.word(i)
    longest = _LONGEST_NUMBER if four else _LONGEST_SHORT
    if not digits.isdecimal() or len(digits) > longest or _YEAR.match(digits) or _is_part_of_more(text, i):
        return None
    letters = text.word(i + 1) if text.glued(i + 1) else ""
    if not letters.isalpha() or not letters.isascii():
        return None if _counts(text, i + 1, vocabulary) else Number(digits, "", i + 1)
    if (letters,) in vocabulary.suffixes[maker]:
        return Number(digits, "", i + 1)
    glued_on = text.glued(i + 2) and text.word(i + 2).isdecimal()
    if len(letters) > _MOST_LETTERS or letters in _UNIT_LETTERS or glued_on:
        return None
    if _counts(text, i + 2, vocabulary) and not is_cjk(text.word(i + 2)):
        return None
    return Number(digits, letters, i + 2)


def _is_part_of_more(text: Atoms, i: int) -> bool:
    """Whether the digits belong to 1,200 or 6.7 or 5-year."""
    after, beyond = text.word(i + 1), text.word(i + 2)
    if after in {".", ",", ":"} and text.glued(i + 1) and text.glued(i + 2) and beyond.isdecimal():
        return len(beyond) <= _LONGEST_SHORT  # a Chinese comma has no space behind it
    if after == "-" and text.glued(i + 1) and text.glued(i + 2):
        return beyond.isalpha() and beyond.isascii() and not beyond.startswith(_OF_PHONES)
    before = text.word(i - 1)
    return text.glued(i) and (before in _MONEY or (before in {".", ","} and text.word(i - 2).isdecimal()))


def _counts(text: Atoms, i: int, vocabulary: Vocabulary) -> bool:
    word, beyond = text.word(i), text.word(i + 1)
    if word == "年" and beyond in _OF_A_YEAR:
        return False  # the year's end, not a count of years
    return word in vocabulary.units or word + beyond in vocabulary.units


def read_model(text: Atoms, i: int, line: Line, vocabulary: Vocabulary) -> Model | None:
    """Read a model of `line` that begins at atom `i`, or None."""
    end = i + len(line.words)
    if text.words[i:end] != line.words:
        return None
    number: Number | None = None
    if line.slots:
        end = _past_ending(text, end, line)
        number, end = _number_of(text, end, line, vocabulary)
        if number is None and line.slots[0] != OPTIONAL:
            return None
    if number is None and line.words and text.glued(end) and text.word(end).isalnum() and text.word(end).isascii():
        return None
    roman = ""
    if ROMAN in line.slots:
        if not _ROMAN.match(text.word(end)):
            return None
        roman, end = text.word(end).upper(), end + 1
    return complete(text, (i, end), Base(line, number, roman), vocabulary)


def _past_ending(text: Atoms, i: int, line: Line) -> int:
    """Pass over the case ending that some languages put between line and number (`iPhone'ów 15`)."""
    ended = line.words and text.word(i) == "'" and text.glued(i) and text.glued(i + 1)
    return i + 2 if ended and text.word(i + 1).isalpha() and text.word(i + 2).isdecimal() else i


def _number_of(text: Atoms, i: int, line: Line, vocabulary: Vocabulary) -> tuple[Number | None, int]:
    if NUMBER not in line.slots and OPTIONAL not in line.slots:
        return Number("", "", i), i
    single_letter = (
        bool(line.words) and len(line.words[-1]) == 1 and line.words[-1].isascii() and line.words[-1].isalpha()
    )
    if single_letter and not text.glued(i):
        return None, i
    opened = text.word(i) == "("
    four = line.maker in _FOUR_DIGITS or (bool(line.words) and not single_letter)
    number = read_number(text, i + opened, line.maker, vocabulary, four=four)
    if number is None or (opened and text.word(number.end) != ")"):
        return None, i
    closes = opened or ("(" in line.words and text.word(number.end) == ")")
    return number, number.end + closes


def complete(text: Atoms, span: tuple[int, int], base: Base, vocabulary: Vocabulary) -> Model:
    """Read the suffixes that follow a span and give the model its name as the maker writes it."""
    start, end = span
    maker = vocabulary.makers[base.line.maker]
    suffixes, end = read_suffixes(text, end, maker, vocabulary)
    return Model(base, suffixes, start, end, name_of(base, suffixes, maker))


def read_suffixes(text: Atoms, i: int, maker: Maker, vocabulary: Vocabulary) -> tuple[tuple[str, ...], int]:
    """Read `Pro`, `Max`, `+`, `5G`, `(2026)` from atom `i` on; also where they end."""
    found: list[str] = []
    while len(found) < _MOST_SUFFIXES:
        suffix, end = _one_suffix(text, i, maker, vocabulary)
        if not suffix or suffix in found:
            break
        found.append(suffix)
        i = end
    return tuple(found), i


def _one_suffix(text: Atoms, i: int, maker: Maker, vocabulary: Vocabulary) -> tuple[str, int]:
    word = text.word(i)
    if word == "(" and _YEAR.match(text.word(i + 1)) and text.word(i + 2) == ")":
        return f"({text.word(i + 1)})", i + 3
    if maker.years and _YEAR.match(word):
        return f"({word})", i + 1
    if _NETWORK.match(word) and text.word(i + 1) == "g" and text.glued(i + 1):
        return f"{word}G", i + 2
    if word == "+" and not text.glued(i):
        return "", i
    for length in range(_LONGEST_LATIN if word.isascii() else _LONGEST_OTHER, 0, -1):
        piece = text.words[i : i + length]
        written = vocabulary.suffixes[maker.id].get(piece) if len(piece) == length else None
        if (
            written
            and not _opens_another(text, i, i + length)
            and not (word == "se" and _REFLEXIVE.match(text.word(i + 1)))
        ):
            return _plus(written, maker), i + length
    return "", i


def _opens_another(text: Atoms, i: int, end: int) -> bool:
    """Whether what looks like a suffix is glued to digits of its own (`Fold8`) or a word that goes on."""
    own_digits = text.word(i).isalpha() and text.glued(end) and text.word(end).isdecimal()
    return own_digits or text.text.startswith(_OTHER_WORDS, text.starts[i])


def _plus(written: str, maker: Maker) -> str:
    return maker.plus if written in {"+", "Plus"} else written


def name_of(base: Base, suffixes: tuple[str, ...], maker: Maker) -> str:
    """Write a model as its maker does."""
    number = base.number
    letters = "".join(c if c in maker.small else c.upper() for c in number.letters) if number else ""
    digits = f"{number.digits}{letters}" if number else ""
    name = base.line.display.replace("#", digits).replace("~", base.roman).strip()
    for suffix in suffixes:
        name += suffix if suffix == "+" else f" {suffix}"
    return " ".join(name.split())
