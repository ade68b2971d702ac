"""A phone's name taken apart: its line and its generation, so that Galaxy S24 is never Galaxy S25.

Knows no list of phones: a generation is the first part of a name with a digit, a variant is one of a few words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.domain.terms import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterable

# Sizes and radios of one generation; FE, Lite, SE, mini or T name a line of their own.
VARIANTS = frozenset({"pro", "max", "plus", "ultra", "5g", "4g", "lte", "series", "xl", "edition", "premium"})


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone as far as its name says.

    Args:
        line: Words of the name before and after the generation, without sizes: `galaxy s`, `pixel fold`.
        generation: `24`, `7a`, `12s`; "" where the name has none.
    """

    line: str
    generation: str


@lru_cache(maxsize=4096)
def phone(model: str) -> Phone:
    """Take a model's name apart.

    Args:
        model: As makers write it: `Galaxy S24 Ultra`, `Phone (2)`, `12S Ultra`.
    """
    line: list[str] = []
    generation = ""
    for word in words(plain(model).replace("+", " plus")):
        if not generation and any(c.isdigit() for c in word) and word not in VARIANTS:
            letters = word.rstrip("0123456789") if word[0].isalpha() else ""
            generation = word[len(letters) :]
            line += [letters] if letters else []
        elif word not in VARIANTS:
            line.append(word)
    return Phone(" ".join(line), generation)


def phones(models: Iterable[str]) -> frozenset[Phone]:
    """The phones that some models name, sizes left out."""
    return frozenset(phone(model) for model in models)


def conflict(one: frozenset[Phone], other: frozenset[Phone]) -> bool:
    """Whether both name phones, share none, and a line of one has another generation in the other."""
    if not one or not other or one & other:
        return False
    lines = {p.line for p in one if p.generation} & {p.line for p in other if p.generation}
    return bool(lines)
