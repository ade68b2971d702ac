"""What a publication keeps of one story while it is made: a few facts to sort by, and its checked item packed small.

A hundred thousand stories fit into memory this way. Nothing is decided or written here.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from hashlib import blake2b
from sys import intern
from typing import TYPE_CHECKING, Any

from exports.atom import entry
from exports.item import encoded

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, order=True)
class Card:
    """A story on its way to readers; sorts by time, then id.

    Args:
        published: Time of the first report, RFC 3339 in UTC.
        number: Id of the story.
        stage: Its stage.
        brands: Its brands.
        language: Primary subtag of the lead's language, "" where there is none.
        official: Whether a maker itself speaks of it.
        models: Phones stated or supposed.
        dated: Whether it names a coming date.
        aliases: Ids merged into it.
        digest: Changes with any byte of the item.
        sizes: Bytes of the item by format, `json` and `atom`.
        packed: The item itself, as JSON and then as Atom, deflated together: they say the same.
    """

    published: str
    number: int
    stage: str
    brands: tuple[str, ...]
    language: str
    official: bool
    models: tuple[str, ...]
    dated: bool
    aliases: tuple[int, ...]
    digest: bytes
    sizes: tuple[int, int]
    packed: bytes

    def json(self) -> bytes:
        """Return the item as compact JSON."""
        return zlib.decompress(self.packed)[: self.sizes[0]]

    def atom(self) -> bytes:
        """Return the item as an Atom entry."""
        return zlib.decompress(self.packed)[self.sizes[0] :]

    def item(self) -> dict[str, Any]:
        """Return the item as data."""
        loaded: dict[str, Any] = json.loads(self.json())
        return loaded


def card(item: Mapping[str, Any]) -> Card:
    """Return the card of a checked item."""
    said = item["_launchwire"]
    forms = encoded(item), entry(item)
    return Card(
        published=item["date_published"],
        number=number(item["id"]),
        stage=intern(said["stage"]),
        brands=tuple(map(intern, said.get("brands", ()))),
        language=intern(item.get("language", "").partition("-")[0].lower()),
        official="official" in said,
        models=tuple(map(intern, (*said.get("models", ()), *said.get("models_guessed", ())))),
        dated="dates" in said,
        aliases=tuple(map(number, said.get("aliases", ()))),
        digest=blake2b(forms[0], digest_size=16).digest(),
        sizes=(len(forms[0]), len(forms[1])),
        packed=zlib.compress(b"".join(forms), 1),
    )


def number(urn: str) -> int:
    """Return the number in `urn:launchwire:story:7`."""
    return int(urn.rpartition(":")[2])
