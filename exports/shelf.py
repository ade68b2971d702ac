"""The sets of stories that have a feed and a page of their own: all, by brand, stage and language, official only.

Only names that are safe as names of folders make a set; nothing is made up here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from exports.card import Card

_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", re.ASCII)
_RARER = {"": 1, "brand": 10, "stage": 4, "language": 4, "official": 4}  # ids on a page, in page sizes of the whole


@dataclass(frozen=True, slots=True)
class Shelf:
    """One set.

    Args:
        facet: "" for all stories, else `brand`, `stage`, `language` or `official`.
        value: Which brand, stage or language.
        cards: Its stories, the newest first.
    """

    facet: str
    value: str
    cards: tuple[Card, ...]

    @property
    def folder(self) -> str:
        """Where its files are: "" or ends in `/`."""
        return "".join(f"{part}/" for part in (self.facet, self.value) if part)

    def ids_on_page(self, page_size: int) -> int:
        """Return how many ids share a page of its archive: fixed per facet, so that no page ever moves."""
        return page_size * _RARER[self.facet]


def shelves(cards: Iterable[Card]) -> list[Shelf]:
    """Return all sets, those of facets in order of their names, the set of all stories last."""
    ordered = sorted(cards, reverse=True)
    sets: dict[tuple[str, str], list[Card]] = {}
    for each in ordered:
        for key in _keys(each):
            sets.setdefault(key, []).append(each)
    facets = [Shelf(*key, tuple(found)) for key, found in sorted(sets.items())]
    return [*facets, Shelf("", "", tuple(ordered))]


def plain(name: str) -> bool:
    """Whether a name can name a folder."""
    return bool(_PLAIN.fullmatch(name))


def slug(name: str) -> str:
    """Return a model's name as a name of a file, such as `xiaomi-12s-ultra`, or ""."""
    words = re.findall(r"[a-z0-9]+", name.lower().replace("+", " plus "), re.ASCII)
    return "-".join(words)[:60].strip("-")


def _keys(card: Card) -> Iterator[tuple[str, str]]:
    yield from (("brand", brand) for brand in dict.fromkeys(card.brands) if plain(brand))
    yield "stage", card.stage
    if card.language:
        yield "language", card.language
    if card.official:
        yield "official", ""
