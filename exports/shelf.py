"""The sets of stories that have a feed and a page of their own: all, by brand, stage and language, official only.

Only names that are safe as names of folders make a set; nothing is made up here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exports.card import Facts

_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", re.ASCII)
_RARER = {"": 1, "brand": 10, "stage": 4, "language": 4, "official": 4}  # ids on a page, in page sizes of the whole
BLOCK = 20
"""A range of so many page sizes of ids holds whole pages of every archive."""


class Shelf(NamedTuple):
    """One set.

    Args:
        facet: "" for all stories, else `brand`, `stage`, `language` or `official`.
        value: Which brand, stage or language.
    """

    facet: str
    value: str

    @property
    def folder(self) -> str:
        """Where its files are: "" or ends in `/`."""
        return "".join(f"{part}/" for part in self if part)

    def ids_on_page(self, page_size: int) -> int:
        """Return how many ids share a page of its archive: fixed per facet, so that no page ever moves."""
        return page_size * _RARER[self.facet]


def shelf(folder: str) -> Shelf:
    """Return the set that has a folder."""
    facet, _, value = folder.strip("/").partition("/")
    return Shelf(facet, value)


def folders(story: Facts) -> Iterator[str]:
    """Give the folders of the sets that a story stands in."""
    yield ""
    yield from (f"brand/{brand}/" for brand in dict.fromkeys(story.brands) if plain(brand))
    yield f"stage/{story.stage}/"
    if story.language:
        yield f"language/{story.language}/"
    if story.official:
        yield "official/"


def devices(story: Facts) -> Iterator[str]:
    """Give the names of the pages of its phones, each once."""
    yield from dict.fromkeys(filter(None, map(slug, story.models)))


def plain(name: str) -> bool:
    """Whether a name can name a folder."""
    return bool(_PLAIN.fullmatch(name))


def slug(name: str) -> str:
    """Return a model's name as a name of a file, such as `xiaomi-12s-ultra`, or ""."""
    words = re.findall(r"[a-z0-9]+", name.lower().replace("+", " plus "), re.ASCII)
    return "-".join(words)[:60].strip("-")
