"""The vocabulary of the field, read once from the data files beside this module.

Makers and what they call their phones, partners, things that are no phones, cue words.
Holds words only; how they decide stands in devices, stages, coming and triage.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from crawler.domain.phrases import Phrases
from crawler.domain.text import atoms

NUMBER, OPTIONAL, ROMAN = "#", "#?", "~"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of phones, such as `Galaxy S#`.

    Args:
        maker: Whose it is.
        words: The words before the number, folded.
        slots: Which of NUMBER, OPTIONAL and ROMAN follow.
        display: The name as the maker writes it, with the same marks.
        implies: Whether it names its maker by itself.
    """

    maker: str
    words: tuple[str, ...]
    slots: tuple[str, ...]
    display: str
    implies: bool = True


@dataclass(frozen=True, slots=True)
class Maker:
    """How a maker writes its models; see the head of makers.toml."""

    id: str
    names: tuple[str, ...]
    lines: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    small: str = ""
    plus: str = "+"
    parent: str = ""
    years: bool = False
    common: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything devices need, ready to look up.

    Args:
        lines: Lines by their first word, longest first.
        bare: Lines that are a number only, by maker.
        suffixes: What may follow a number: folded words to the way they are written; for each maker.
        units: What is counted by a number, so that it is no model.
        joints: What joins the members of a list.
        fillers: What may stand between a maker and its model.
        things: Labels `maker:ID`, `family:ID`, `partner:ID`, `other:KIND`, `software`, `chip`.
        openings: All that names a maker by itself, or begins to.
    """

    makers: dict[str, Maker]
    lines: dict[str, tuple[Line, ...]]
    bare: dict[str, tuple[Line, ...]]
    suffixes: dict[str, dict[tuple[str, ...], str]]
    units: frozenset[str]
    joints: frozenset[str]
    fillers: frozenset[str]
    things: Phrases = field(repr=False)
    openings: Phrases = field(repr=False)


@cache
def table(name: str) -> dict[str, Any]:
    """Read the data file `name`."""
    with resources.files("crawler.domain").joinpath("data", name).open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Read the makers and products and make them ready; a few milliseconds, once."""
    products = table("products.toml")
    makers = {key: _maker(key, row) for key, row in table("makers.toml").items()}
    lines = [line for maker in makers.values() for line in _lines(maker)]
    return Vocabulary(
        makers=makers,
        lines=_by_first_word(lines),
        bare={key: tuple(line for line in lines if line.maker == key and not line.words) for key in makers},
        suffixes={key: dict(map(_suffix, (*products["suffixes"], *maker.suffixes))) for key, maker in makers.items()},
        units=frozenset(products["units"]),
        joints=frozenset(products["joints"]),
        fillers=frozenset(products["fillers"]),
        things=Phrases(_things(makers, products)),
        openings=_openings(makers, lines),
    )


def _maker(key: str, row: dict[str, Any]) -> Maker:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Maker(id=key, **fields)


def _lines(maker: Maker) -> list[Line]:
    strong = [_line(maker, text, implies=True) for text in maker.lines]
    weak = [_line(maker, text, implies=False) for text in maker.after]
    seen = {(line.words, line.slots) for line in strong + weak}
    short = dict.fromkeys(line for text in maker.lines for line in _short_forms(maker, text))
    return strong + weak + [line for line in short if (line.words, line.slots) not in seen]


def _short_forms(maker: Maker, text: str) -> list[Line]:
    """Return the ends of a line (`Z Fold#` and `Fold#` of `Galaxy Z Fold#`); they need their number."""
    pattern, _, display = text.partition("=")
    words = pattern.replace(OPTIONAL, NUMBER).split()
    ends = [" ".join(words[cut:]) for cut in range(1, len(words))] if NUMBER in pattern else []
    lines = [_line(maker, f"{end}={display or pattern}", implies=False) for end in ends]
    return [line for line in lines if line.words]


def _line(maker: Maker, text: str, *, implies: bool) -> Line:
    pattern, _, display = text.partition("=")
    display = display or pattern
    slots = tuple(
        mark for mark in (OPTIONAL, NUMBER, ROMAN) if mark in pattern and not (mark == NUMBER and "#?" in pattern)
    )
    words = atoms(pattern.replace("(#)", "").replace("#?", "").replace("#", "").replace("~", "")).words
    words = tuple(word for word in words if word != ")")
    return Line(maker.id, words, slots, display.replace("#?", "#"), implies=implies)


def _by_first_word(lines: list[Line]) -> dict[str, tuple[Line, ...]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.words:
            found.setdefault(line.words[0], []).append(line)
    return {word: tuple(sorted(some, key=_most_telling_first)) for word, some in found.items()}


def _most_telling_first(line: Line) -> tuple[int, int, bool]:
    return (-len(line.words), -len(line.slots), not line.implies)


def _openings(makers: dict[str, Maker], lines: list[Line]) -> Phrases:
    named = [name for maker in makers.values() for name in (*maker.names, *maker.families)]
    return Phrases((phrase, "") for phrase in (*named, *(" ".join(line.words) for line in lines if line.implies)))


def _suffix(text: str) -> tuple[tuple[str, ...], str]:
    written, _, display = text.partition("=")
    return atoms(written).words, display or written


def _things(makers: dict[str, Maker], products: dict[str, Any]) -> list[tuple[str, str]]:
    named = [(name, f"maker:{maker.id}") for maker in makers.values() for name in maker.names]
    families = [(name, f"family:{maker.id}") for maker in makers.values() for name in maker.families]
    partners = [(name, f"partner:{key}") for key, names in products["partners"].items() for name in names]
    others = [(name, f"other:{kind}") for kind, names in products["other"].items() for name in names]
    systems = [(name, "software") for name in products["software"]["system"]]
    chips = [(name, "chip") for name in products["chips"]["chip"]]
    verbs = [(name, "nothing") for name in products["ignored"]]
    return named + families + partners + others + systems + chips + verbs
