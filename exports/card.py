"""What a publication keeps of one story while it is made: a few facts to sort by, and its checked item packed small.

A hundred thousand stories fit into memory this way. Nothing is decided or written here.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from hashlib import blake2b
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from exports.atom import entry
from exports.item import encoded

if TYPE_CHECKING:
    from collections.abc import Mapping


class Near(NamedTuple):
    """Another story of the same phones, as a page names it.

    Args:
        at: Time of its first report, RFC 3339 in UTC.
        number: Its id.
        language: Primary subtag of its lead's language, "" where there is none.
    """

    at: str
    number: int
    stage: str
    title: str
    language: str


@dataclass(frozen=True, slots=True, order=True)
class Card:
    """A story on its way to readers; sorts by time, then id.

    Args:
        published: Time of the first report, RFC 3339 in UTC.
        number: Id of the story.
        stage: Its stage.
        brands: Its brands.
        language: Primary subtag of the lead's language, "" where there is none.
        official: Time of the maker's own first word, RFC 3339 in UTC, "" where there is none.
        models: Phones stated or supposed.
        dated: Whether it names a coming date.
        timed: Whether any of its sources says when it told it; `published` is its first sight otherwise.
        aliases: Ids merged into it.
        digest: Changes with any byte of the item.
        sizes: Bytes of the item by format, `json` and `atom`.
        packed: The item itself, as JSON and then as Atom, deflated together: they say the same.
        earlier: Earlier stories of the same phones, in order of time; they stand in the item too.
        later: Later ones, which do not.
    """

    published: str
    number: int
    stage: str
    brands: tuple[str, ...]
    language: str
    official: str
    models: tuple[str, ...]
    dated: bool
    timed: bool
    aliases: tuple[int, ...]
    digest: bytes
    sizes: tuple[int, int]
    packed: bytes
    earlier: tuple[Near, ...] = ()
    later: tuple[Near, ...] = ()

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
    packed, digest, sizes = _packed(item, entry(item))
    return Card(
        published=item["date_published"],
        number=number(item["id"]),
        stage=intern(said["stage"]),
        brands=tuple(map(intern, said.get("brands", ()))),
        language=intern(item.get("language", "").partition("-")[0].lower()),
        official=said["official"]["at"] if "official" in said else "",
        models=tuple(map(intern, (*said.get("models", ()), *said.get("models_guessed", ())))),
        dated="dates" in said,
        timed=any("published" in source for source in said["sources"]),
        aliases=tuple(map(number, said.get("aliases", ()))),
        digest=digest,
        sizes=sizes,
        packed=packed,
    )


def repacked(card: Card, item: Mapping[str, Any]) -> Card:
    """Return a card with another item in which only `_launchwire` differs, which Atom does not hold."""
    packed, digest, sizes = _packed(item, card.atom())
    return replace(card, packed=packed, digest=digest, sizes=sizes)


def _packed(item: Mapping[str, Any], atom: bytes) -> tuple[bytes, bytes, tuple[int, int]]:
    form = encoded(item)
    return zlib.compress(form + atom, 1), blake2b(form, digest_size=16).digest(), (len(form), len(atom))


def number(urn: str) -> int:
    """Return the number in `urn:launchwire:story:7`."""
    return int(urn.rpartition(":")[2])
