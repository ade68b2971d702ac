"""How a set of stories is laid out on pages: the newest on the feed, every other exactly once in an archive by id.

The feed holds the newest stories by the date of their first report. A story that it no longer holds stands in the
archive, on the page that its id belongs to: ids 1 to 50 on `archive/1`, 51 to 100 on `archive/2` and so on. Ids never
change and are never re-used, so neither a new story nor one of 2022 that is read today moves another one: a page whose
ids are all given and have all left the feed changes only when one of its own stories does. A page that would grow over
240,000 bytes goes on in `archive/2-2`, `archive/2-3`.

A page for people is laid out in the same way, with at most 100 stories and none counted by bytes.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE_BYTES = 240_000  # the specification of JSON Feed: under 250K is fine
_HEAD_BYTES = 20_000  # kept free of items, for the channel's own fields
SHOWN = 100  # stories on a page for people
HEADS = {"json": "feed.json", "atom": "feed.atom", "html": "index.html"}


class Slip(NamedTuple):
    """A story as pages are laid out with it.

    Args:
        number: Its id.
        at: Time of its first report, RFC 3339 in UTC.
        modified: When it last changed materially, the same.
        digest: Changes with any byte of what a reader gets of it.
        json: Bytes of its JSON.
        atom: Bytes of its Atom entry.
    """

    number: int
    at: str
    modified: str
    digest: bytes
    json: int
    atom: int


class Page(NamedTuple):
    """One page of a set.

    Args:
        name: Within the set's folder: `feed.json` or `archive/7.json`.
        held: What stands on it.
        older: Name of the page that goes on, "" on the last.
        newer: Name of a page that leads here, "" on the first.
    """

    name: str
    held: Sequence[Slip]
    older: str
    newer: str


class Stories(Protocol):
    """The stories of one set, as far as they are asked for."""

    def newest(self, most: int) -> list[Slip]:
        """Return the newest, by time and then id."""

    def within(self, first: int, last: int) -> list[Slip]:
        """Return those with ids from `first` to `last`, the newest first."""

    def highest(self, most: int, below: int | None = None) -> list[int]:
        """Return the highest ids, or the highest below one, the highest first."""

    def next_above(self, number: int) -> int | None:
        """Return the lowest id above one."""


class Chain:
    """The pages of one set in one form; asks only for the stories that it must know of.

    Args:
        stories: The set.
        form: `json`, `atom` or `html`.
        most: Stories on the first page at most.
        ids: How many ids share a page of the archive.
        kept: How many pages of the archive are remembered.
    """

    def __init__(self, stories: Stories, form: str, most: int, ids: int, kept: int = 4) -> None:
        self._stories, self._form, self._most, self.ids = stories, form, most, ids
        self.parts = lru_cache(maxsize=kept)(self._parts)  # asked for part by part

    @cached_property
    def head(self) -> Sequence[Slip]:
        """What stands on the first page."""
        return self._fitting(self._stories.newest(self._most))

    @cached_property
    def top(self) -> int:
        """The highest page of the archive that holds a story, 0 where all stand on the first.

        A page below it is given even while all its stories are on the feed: were it left out now and put in later, the
        page that leads to it would change.
        """
        held = self._held
        return next((self.page_of(each) for each in self._stories.highest(len(held) + 1) if each not in held), 0)

    def page_of(self, number: int) -> int:
        """Return which page of the archive an id belongs to."""
        return (number - 1) // self.ids + 1

    def first(self) -> Page:
        """Return the first page."""
        return Page(HEADS[self._form], self.head, self._name(self._below(self.top + 1)), "")

    def _parts(self, page: int) -> list[Page]:
        """Return a page of the archive, in parts where it is long; none where there is none of that number."""
        found = self._stories.within(*self._span(page)) if 0 < page <= self.top else []
        if not found:
            return []
        cut = self._cut([each for each in found if each.number not in self._held])
        names = [self._name(page, part) for part in range(1, len(cut) + 1)]
        older = [*names[1:], self._name(self._below(page))]
        newer = [self._name(self._above(page)) or HEADS[self._form], *names]
        return [Page(*each) for each in zip(names, cut, older, newer, strict=False)]

    def around(self, page: int) -> set[int]:
        """Return a page of the archive and those beside it, which name it."""
        return {each for each in (self._below(page), page, self._above(page)) if each}

    @cached_property
    def _held(self) -> frozenset[int]:
        return frozenset(each.number for each in self.head)

    def _span(self, page: int) -> tuple[int, int]:
        return (page - 1) * self.ids + 1, page * self.ids

    def _below(self, page: int) -> int:
        """Return the next lower page, 0 where there is none."""
        found = self._stories.highest(1, self._span(page)[0])
        return self.page_of(found[0]) if found else 0

    def _above(self, page: int) -> int:
        found = self._stories.next_above(self._span(page)[1])
        above = self.page_of(found) if found else 0
        return above if above <= self.top else 0

    def _name(self, page: int, part: int = 1) -> str:
        return f"archive/{page}{f'-{part}' if part > 1 else ''}.{self._form}" if page else ""

    def _cut(self, page: Sequence[Slip]) -> list[Sequence[Slip]]:
        cut: list[Sequence[Slip]] = []
        while page or not cut:
            fitting = self._fitting(page)
            cut.append(fitting)
            page = page[len(fitting) :]
        return cut

    def _fitting(self, page: Sequence[Slip]) -> Sequence[Slip]:
        """Return as many of the first stories as fit on one page."""
        if self._form == "html":
            return page[:SHOWN]
        room = PAGE_BYTES - _HEAD_BYTES
        for place, each in enumerate(page):
            room -= (each.json if self._form == "json" else each.atom) + 2
            if room < 0:
                return page[:place]
        return page
