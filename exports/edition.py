"""One publication: what changed since the last one where that is known, everything anew where it is not.

Both ways end in the same bytes. Anew means that stories, settings, sources and our own code are looked at from scratch;
files that come out as they were are not touched then either.
"""

from __future__ import annotations

import logging
from secrets import token_hex
from typing import TYPE_CHECKING

from exports import words
from exports.bench import Bench, Block, Task
from exports.file import digest
from exports.listing import Listing
from exports.order import in_order, of_the_rest
from exports.paging import HEADS
from exports.publication import SINGLE, Publication
from exports.shelf import BLOCK
from exports.site import Published, catch_up, opened
from exports.stock import Stock
from exports.touched import head, update
from exports.workers import workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crawler.domain.models import SourceFacts
    from exports.channel import Channel
    from exports.ledger import Ledger
    from exports.status import SourceStatus
    from exports.told import Told

    Each = Callable[[Callable[[Bench, Block], object], Sequence[Block]], Iterator[object]]

log = logging.getLogger(__name__)

_TOGETHER = 1_000  # ids, at least, that are worked on together
_ALONE = 2_000  # ids, up to which more processes would not pay
_MOST = 1_000  # changed stories, from which on making all anew is quicker


def publish(  # noqa: PLR0913 - all that a publication is made from
    folder: Path,
    told: Told,
    sources: Mapping[str, SourceFacts],
    channel: Channel,
    statuses: Sequence[SourceStatus] = (),
    *,
    thorough: bool = True,
) -> Published:
    """Write the site, as far as anything changed; what did not keeps its bytes and times.

    Args:
        folder: Made if it is missing; two publications into one folder wait for each other.
        told: The stories; first asked when the folder is ours.
        sources: Facts by source id; an unknown source stands under its id.
        channel: The feed they go into.
        statuses: How the sources are doing.
        thorough: Look also for files in a large site that others changed in place.

    Raises:
        ExportError: The folder cannot be written; one line.
    """
    with opened(folder) as ledger:
        Listing(ledger).sweep(folder, thorough=thorough)
        stories, mark = told.changed(ledger.noted("mark"))
        task = Task(folder, told, sources, channel, token_hex(8))
        same = ledger.noted("edition") == edition(sources, channel)
        if stories is None or len(stories) > _MOST or not same:
            return _anew(ledger, task, statuses, mark)
        return _changed(ledger, task, statuses, stories, mark)


def edition(sources: Mapping[str, SourceFacts], channel: Channel) -> str:
    """Return what changes with everything but the stories that decides what is published of them."""
    return digest(channel, sorted(sources.items()), sorted(words.makers().items()))


def _changed(
    ledger: Ledger, task: Task, statuses: Sequence[SourceStatus], stories: set[int], mark: str
) -> Published:
    cards = task.cards(sorted(stories))
    _report(cards.problems)
    with ledger.change():
        known = dict.fromkeys(stories) | {card.facts.number: card for card in cards.found}
        names = update(ledger, task.channel, known) if stories else set(SINGLE)
        turn = ledger.noted("turn")
        publication = Publication(ledger, task.channel, statuses, turn)
        Listing(ledger).expect(((name, publication.file(name)) for name in in_order(names)), turn)
        ledger.note("mark", mark)
    return catch_up(task.folder, ledger, publication.file, in_order(Listing(ledger).lagging()))


def _anew(ledger: Ledger, task: Task, statuses: Sequence[SourceStatus], mark: str) -> Published:
    size = task.channel.page_size * BLOCK
    step = -(-_TOGETHER // size) * size
    blocks = [Block(first, first + step - 1) for first in range(1, task.told.last() + 1, step)]
    if task.told.last() <= _ALONE:
        bench = Bench(task, ledger)
        return _made(ledger, task, statuses, mark, blocks, lambda work, some: (work(bench, each) for each in some))
    with workers(task) as several:
        return _made(ledger, task, statuses, mark, blocks, several.each)


def fill(ledger: Ledger, task: Task, blocks: Sequence[Block], each: Each) -> None:
    """Put all stories into a ledger in place of what it held, and lay them out."""
    stock = Stock(ledger)
    with ledger.change():
        ledger.forget_stories()
    for cards in each(Bench.cards, blocks):
        _report(cards.problems)
        with ledger.change():
            stock.put(cards.found)
    for slips in each(Bench.laid, blocks):
        with ledger.change():
            stock.lay(slips)


def _made(
    ledger: Ledger, task: Task, statuses: Sequence[SourceStatus], mark: str, blocks: Sequence[Block], each: Each
) -> Published:
    fill(ledger, task, blocks, each)
    done = [*each(Bench.put, blocks)]
    listing, publication = Listing(ledger), Publication(ledger, task.channel, statuses, task.turn)
    with ledger.change():
        rest = in_order(of_the_rest(ledger, publication))
        listing.expect(((name, publication.file(name)) for name in rest), task.turn)
        listing.expect((name, None) for name in listing.others(task.turn))
        for folder in publication.totals:
            for form in HEADS:
                head(ledger, folder, form, publication.chain(folder, form))
        for name, value in (("edition", edition(task.sources, task.channel)), ("turn", task.turn), ("mark", mark)):
            ledger.note(name, value)
    done.append(catch_up(task.folder, ledger, publication.file, in_order(listing.lagging())))
    return Published(
        tuple(name for part in done for name in part.written), tuple(name for part in done for name in part.removed)
    )


def _report(problems: Iterable[str]) -> None:
    for problem in problems:
        log.warning("%s", problem)
