"""The names of all files of a publication, and the order in which they can be put in place one by one.

What a file leads to comes before it: stories and archives, then lists of them, then feeds, `feed.json` of all last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.channel import NAME
from exports.paging import HEADS
from exports.place import Place
from exports.publication import SINGLE
from exports.stock import Stock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from exports.ledger import Ledger
    from exports.publication import Publication

_RANKS = {"index.html": 2, "feeds.html": 3, "feeds.opml": 3, "feed.atom": 4, "feed.json": 5}


def in_order(names: Iterable[str]) -> list[str]:
    """Return names in the order in which their files are put in place."""
    return sorted(names, key=_rank)


def of_block(ledger: Ledger, publication: Publication, first: int, last: int) -> Iterator[str]:
    """Give the names of the files that belong to a range of ids, which holds whole pages of every archive, in order."""
    stock = Stock(ledger)
    numbers = {*stock.numbers(first, last), *stock.merged(first, last)}
    yield from (f"story/{number}.html" for number in sorted(numbers))
    for folder in publication.totals:
        for form in HEADS:
            chain = publication.chain(folder, form)
            low, high = chain.page_of(first), chain.page_of(last)
            for page in Place(ledger, f"set:{folder}").pages_between(low, high, chain.ids):
                yield from (f"{folder}{part.name}" for part in chain.parts(page))


def of_phones(ledger: Ledger) -> list[str]:
    """Return the names of the pages of all phones."""
    return [f"device/{name}.html" for name in sorted(Stock(ledger).tallies("device"))]


def of_the_rest(publication: Publication) -> Iterator[str]:
    """Give the names of the files that belong neither to a range of ids nor to a phone."""
    yield from SINGLE
    yield from (f"{folder}{name}" for folder in publication.totals for name in HEADS.values())


def _rank(name: str) -> tuple[int, str]:
    folder, _, last = name.rpartition("/")
    rank = _RANKS.get(last, 0 if folder == "story" else 1)
    return (rank + 2 if not folder and last in {"feed.atom", NAME} else rank), name
