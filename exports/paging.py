"""How a set of stories is laid out on pages: the newest on the feed, every other exactly once in an archive by id.

The feed holds the newest stories by the date of their first report. A story that it no longer holds stands in the
archive, on the page that its id belongs to: ids 1 to 50 on `archive/1`, 51 to 100 on `archive/2` and so on. Ids never
change and are never re-used, so neither a new story nor one of 2022 that is read today moves another one: a page whose
ids are all given and have all left the feed changes only when one of its own stories does. A page that would grow over
240,000 bytes goes on in `archive/2-2`, `archive/2-3`.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exports.card import Card

PAGE_BYTES = 240_000  # the specification of JSON Feed: under 250K is fine
_HEAD_BYTES = 20_000  # kept free of items, for the channel's own fields
FORMATS = ("json", "atom")


class Page(NamedTuple):
    """One page of a feed.

    Args:
        name: Within the set's folder: `feed.json` or `archive/7.json`.
        cards: What stands on it.
        older: Name of the page that goes on, "" on the last.
        newer: Name of the page that led here, "" on the feed.
    """

    name: str
    cards: Sequence[Card]
    older: str
    newer: str


def chain(cards: Sequence[Card], form: str, most: int, ids: int) -> list[Page]:
    """Return the pages of one set in one format, the feed first, the oldest last.

    Args:
        cards: The set, the newest first.
        form: `json` or `atom`.
        most: Stories on the feed at most.
        ids: How many ids share a page of the archive.
    """
    size = FORMATS.index(form)
    newest = _fitting(cards[:most], size)
    pages = [(f"feed.{form}", newest), *_archive(cards, len(newest), ids, size, form)]
    older = {name: following for (name, _), (following, _) in pairwise(pages)}
    newer = {following: name for name, following in older.items()}
    return [Page(name, held, older.get(name, ""), newer.get(name, "")) for name, held in pages]


def _fitting(cards: Sequence[Card], size: int) -> Sequence[Card]:
    """Return as many of the first cards as fit on one page."""
    room = PAGE_BYTES - _HEAD_BYTES
    for place, card in enumerate(cards):
        room -= card.sizes[size] + 2
        if room < 0:
            return cards[:place]
    return cards


def _archive(
    cards: Sequence[Card], newest: int, ids: int, size: int, form: str
) -> Iterator[tuple[str, Sequence[Card]]]:
    """Give the pages of the archive, highest ids first; the first `newest` cards stand on the feed.

    A page below the highest is given even while all its stories are on the feed: were it left out now and put in
    later, the page that leads to it would change.
    """
    on_feed = {card.number for card in cards[:newest]}
    by_number = sorted(cards, key=lambda card: -card.number)  # within one page the order by time is made below
    begun = False
    for number, group in groupby(by_number, key=lambda card: (card.number - 1) // ids + 1):
        page = sorted((card for card in group if card.number not in on_feed), reverse=True)
        begun = begun or bool(page)
        if begun:
            yield from _parts(f"archive/{number}", page, size, form)


def _parts(stem: str, page: Sequence[Card], size: int, form: str) -> Iterator[tuple[str, Sequence[Card]]]:
    part = 1
    while page or part == 1:
        fitting = _fitting(page, size)
        yield f"{stem}.{form}" if part == 1 else f"{stem}-{part}.{form}", fitting
        page, part = page[len(fitting) :], part + 1
