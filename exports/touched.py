"""Brings the stories of a ledger up to date, and says which files may hold something else now.

Too many names do no harm: a file is written only where what it depends on changed. Too few would leave a reader with an
old page, so a test compares with a publication made anew.
"""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from exports.paging import HEADS
from exports.place import Place
from exports.publication import SINGLE, Publication
from exports.shelf import devices, folders
from exports.stock import Stock
from exports.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from exports.card import Card, Facts
    from exports.channel import Channel
    from exports.ledger import Ledger
    from exports.paging import Chain


def update(ledger: Ledger, channel: Channel, cards: Mapping[int, Card | None]) -> set[str]:
    """Put stories in place of what the ledger held of them, and return the names of the files that this may change.

    Args:
        ledger: In a change.
        channel: The site.
        cards: By id; None for a story that is published no longer.
    """
    stock = Stock(ledger)
    before = stock.some(cards)
    fresh = [card for card in cards.values() if card is not None]
    stock.drop(list(before.values()))
    stock.put(fresh)
    changed = [*before.values(), *(card.facts for card in fresh)]
    beside, moved = lay(ledger, changed, {card.facts.number for card in fresh})
    told = [*changed, *stock.some(moved).values()]
    return {*_single(changed, beside), *_of_sets(ledger, channel, told)}


def lay(ledger: Ledger, changed: Iterable[Facts], numbers: set[int]) -> tuple[set[int], set[int]]:
    """Lay out stories and those told beside them; return the ids of all these, and of those that differ from before.

    Args:
        ledger: In a change.
        changed: What the stories say now, and what they said before.
        numbers: The ids of those that there are.
    """
    stock = Stock(ledger)
    timeline = Timeline(ledger, stock)
    beside = timeline.beside(changed) | numbers
    before = stock.slips(beside)
    laid = [each for each in timeline.told(stock.some(beside)) if before.get(each[0].number) != each[0]]
    stock.lay(laid)
    return beside, {slip.number for slip, _ in laid}


class Moved(NamedTuple):
    """What became of a first page: stories that came or went, and the top page of its archive before and now."""

    numbers: set[int]
    before: int
    now: int


def head(ledger: Ledger, folder: str, form: str, chain: Chain) -> Moved:
    """Note what the first page of a set holds now, and return what changed."""
    numbers = {slip.number for slip in chain.head}
    found = ledger.db.execute("SELECT numbers, top FROM heads WHERE shelf = ? AND form = ?", (folder, form)).fetchone()
    held, top = found or ("[]", 0)
    values = (folder, form, json.dumps(sorted(numbers)), chain.top)
    ledger.db.execute("INSERT OR REPLACE INTO heads VALUES (?, ?, ?, ?)", values)
    return Moved(numbers ^ set(json.loads(held)), top, chain.top)


def _single(changed: Iterable[Facts], beside: Iterable[int]) -> Iterator[str]:
    yield from SINGLE
    yield from (f"story/{number}.html" for number in beside)
    for facts in changed:
        yield from (f"story/{number}.html" for number in (facts.number, *facts.aliases))


def _of_sets(ledger: Ledger, channel: Channel, told: Iterable[Facts]) -> Iterator[str]:
    publication = Publication(ledger, channel)
    members: dict[str, set[int]] = {"": set()}
    for facts in told:
        yield from (f"device/{name}.html" for name in devices(facts))
        for folder in folders(facts):
            members.setdefault(folder, set()).add(facts.number)
    for folder, form in product(sorted(members), HEADS):
        chain = publication.chain(folder, form)
        yield f"{folder}{HEADS[form]}"
        for page in _pages(ledger, folder, chain, members[folder], head(ledger, folder, form, chain)):
            yield from _parts(ledger, folder, form, page, len(chain.parts(page)))


def _pages(ledger: Ledger, folder: str, chain: Chain, numbers: set[int], moved: Moved) -> set[int]:
    """Return the pages of an archive that hold changed stories or lie beside such ones, or are new, or are no more."""
    pages = {chain.page_of(number) for number in numbers | moved.numbers}
    if moved.before != moved.now:
        low, high = sorted((moved.before, moved.now))
        pages |= set(Place(ledger, f"set:{folder}").pages_between(low, high, chain.ids))
    return pages.union(*map(chain.around, pages))


def _parts(ledger: Ledger, folder: str, form: str, page: int, parts: int) -> Iterator[str]:
    """Give the names of the parts that a page of an archive has, and of those that it had."""
    stem = f"{folder}archive/{page}"
    part = 1
    while True:
        name = f"{stem}{f'-{part}' if part > 1 else ''}.{form}"
        if part > parts and not ledger.db.execute("SELECT 1 FROM files WHERE name = ?", (name,)).fetchone():
            return
        yield name
        part += 1
