"""What a publication remembers of one story: a few facts to find and sort it by, and its forms for readers.

A card holds nothing of other stories; the story so far is added where the story is published. Nothing is decided here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from isal import isal_zlib

from crawler.domain.languages import primary
from crawler.domain.sofar import subjects
from exports import check, dates, markup
from exports.atom import entry
from exports.item import ITEM_BYTES, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crawler.domain.models import SourceFacts, Story
    from exports.channel import Channel


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


class Forms(NamedTuple):
    """A story as readers get it.

    Args:
        json: An item of a JSON Feed.
        atom: An Atom entry.
        page: The main part of its page, before the story so far and after it.
    """

    json: bytes
    atom: bytes
    page: tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides where a story stands.

    Args:
        number: Id of the story.
        at: Time of the first report, RFC 3339 in UTC.
        modified: When it last changed materially, the same.
        stage: Its stage.
        title: Its title.
        language: Primary subtag of the lead's language, "" where there is none.
        official: Time of the maker's own first word, RFC 3339 in UTC, "" where there is none.
        timed: Whether any of its sources says when it told it; `at` is its first sight otherwise.
        outlets: Number of independent owners among its sources.
        brands: Its brands.
        models: Phones stated or supposed.
        subjects: What it tells of, as `sofar.subjects` says it.
        aliases: Ids merged into it.
        dates: A row for each coming date that it names.
    """

    number: int
    at: str
    modified: str
    stage: str
    title: str
    language: str
    official: str
    timed: bool
    outlets: int
    brands: tuple[str, ...]
    models: tuple[str, ...]
    subjects: tuple[str, ...]
    aliases: tuple[int, ...]
    dates: tuple[dict[str, Any], ...]

    def packed(self) -> str:
        """Return the facts as text."""
        return json.dumps([getattr(self, name) for name in self.__slots__], ensure_ascii=False)


class Card(NamedTuple):
    """A story on its way to readers.

    Args:
        digest: Changes with any byte of the forms.
        sizes: Bytes of the form for lists, of the JSON and of the Atom form.
        packed: The forms, deflated together, for they say the same; that for lists comes first, often read alone.
    """

    facts: Facts
    digest: bytes
    sizes: tuple[int, int, int]
    packed: bytes


def card(story: Story, sources: Mapping[str, SourceFacts], channel: Channel) -> tuple[Card | None, str]:
    """Return the card of a story, or None and why it cannot be published."""
    item, form = written(story, sources, channel)
    problem = check.problem(item)
    if not problem and len(form) > ITEM_BYTES:
        problem = f"it has {len(form)} bytes, at most {ITEM_BYTES} are allowed"
    if problem:
        return None, f"{item.get('id', 'an item without id')} is left out: {problem}"
    atom = entry(item)
    html = markup.listed(item, story.id).encode()
    whole = b"".join((html, form, atom, markup.whole(item).encode()))
    digest = sha256(whole).digest()[:16]  # for so much, twice as quick as BLAKE2
    return Card(_facts(item), digest, (len(html), len(form), len(atom)), isal_zlib.compress(whole, 1)), ""


def forms(packed: bytes, sizes: Iterable[int]) -> Forms:
    """Return the forms of a card but for that for lists, which `listed` gives."""
    whole = isal_zlib.decompress(packed)
    html, json_, atom = accumulate(sizes)
    before, after = whole[atom:].split(markup.WAY.encode())
    return Forms(whole[html:json_], whole[json_:atom], (before, after))


def listed(packed: bytes, size: int) -> bytes:
    """Return only the form for lists of a card, which is quicker."""
    return isal_zlib.decompressobj().decompress(packed, size)


def facts(packed: str) -> Facts:
    """Return facts from their text."""
    number, at, modified, stage, title, language, official, timed, outlets, *several = json.loads(packed)
    return Facts(number, at, modified, stage, title, language, official, timed, outlets, *map(tuple, several))


def number(urn: str) -> int:
    """Return the number in `urn:launchwire:story:7`."""
    return int(urn.rpartition(":")[2])


def _facts(item: Mapping[str, Any]) -> Facts:
    said = item["_launchwire"]
    return Facts(
        number=number(item["id"]),
        at=item["date_published"],
        modified=item["date_modified"],
        stage=said["stage"],
        title=item["title"],
        language=primary(item.get("language", "")),
        official=said["official"]["at"] if "official" in said else "",
        timed=any("published" in source for source in said["sources"]),
        outlets=said["outlets"],
        brands=tuple(said.get("brands", ())),
        models=(*said.get("models", ()), *said.get("models_guessed", ())),
        subjects=subjects(said.get("brands", ()), said.get("models", ())),
        aliases=tuple(map(number, said.get("aliases", ()))),
        dates=tuple(dates.rows(item)),
    )
