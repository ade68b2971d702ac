"""One publication: what changed since the last one where that is known, everything anew where it is not.

Both ways end in the same bytes. Anew means that stories, settings, sources and our own code are looked at from scratch;
files that come out as they were are not touched then either.
"""

from __future__ import annotations

import logging
from itertools import product
from secrets import token_hex
from typing import TYPE_CHECKING

from exports import words
from exports.bench import Alone, Bench, Block, Task
from exports.file import digest
from exports.listing import Listing
from exports.order import in_order, of_phones, of_the_rest
from exports.paging import HEADS
from exports.publication import SINGLE, Publication
from exports.shelf import BLOCK
from exports.site import Published, catch_up, opened
from exports.touched import head, update
from exports.workers import workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from crawler.domain.models import SourceFacts
    from exports.bench import Hands
    from exports.channel import Channel
    from exports.ledger import Ledger
    from exports.status import SourceStatus
    from exports.told import Told

log = logging.getLogger(__name__)

_TOGETHER = 1_000  # ids, at least, that are worked on together
_PHONES = 50  # pages of phones that are worked on together
_ALONE = 2_000  # ids, up to which more processes would not pay
_MOST = 1_000  # changed stories, from which on making all anew is quicker


def publish(  # noqa: PLR0913 - all that a publication is made from
    folder: Path,
    told: Told,
    sources: Mapping[str, SourceFacts],
    channel: Channel,
    statuses: Callable[[], Sequence[SourceStatus]] = tuple,
    *,
    thorough: bool = True,
) -> Published:
    """Write the site, as far as anything changed; what did not keeps its bytes and times.

    Args:
        folder: Made if it is missing; two publications into one folder wait for each other.
        told: The stories; first asked when the folder is ours.
        sources: Facts by source id; an unknown source stands under its id.
        channel: The feed they go into.
        statuses: Says how the sources are doing; first asked when the folder is ours.
        thorough: Look also for files in a large site that others changed in place.

    Raises:
        ExportError: The folder cannot be written; one line.
    """
    with opened(folder) as ledger:
        # Without a mark the last publication was cut off, by a power cut perhaps, before its files were safe.
        Listing(ledger).sweep(folder, thorough=thorough or not ledger.noted("mark"))
        stories, mark = told.changed(ledger.noted("mark"))
        made = _Edition(ledger, Task(folder, told, sources, channel, token_hex(8)), statuses(), mark)
        same = ledger.noted("edition") == edition(sources, channel)
        if same and stories is not None and len(stories) <= _MOST:
            return made.changed(stories)
        return made.anew()


def edition(sources: Mapping[str, SourceFacts], channel: Channel) -> str:
    """Return what changes with everything but the stories that decides what is published of them."""
    return digest(channel, sorted(sources.items()), sorted(words.makers().items()))


def fill(ledger: Ledger, hands: Hands, blocks: Sequence[Block]) -> None:
    """Put all stories into a ledger in place of what it held, and lay them out."""
    with ledger.change():
        ledger.forget_stories()
    for problems in hands.each(Bench.stock, blocks):
        _report(problems)
    list(hands.each(Bench.lay, blocks))


class _Edition:
    """A publication under way.

    Args:
        ledger: Of the site, ours alone.
        task: What is made.
        statuses: How the sources are doing.
        mark: Stands for the stories as they are now.
    """

    def __init__(self, ledger: Ledger, task: Task, statuses: Sequence[SourceStatus], mark: str) -> None:
        self._ledger, self._task, self._statuses, self._mark = ledger, task, statuses, mark
        self._listing = Listing(ledger)

    def changed(self, stories: set[int]) -> Published:
        """Bring up to date what some stories stand in."""
        cards = self._task.cards(sorted(stories))
        _report(cards.problems)
        turn = self._ledger.noted("turn")
        with self._ledger.change():
            known = dict.fromkeys(stories) | {card.facts.number: card for card in cards.found}
            names = update(self._ledger, self._task.channel, known) if stories else set(SINGLE)
            publication = self._publication(turn)
            self._expect(publication, in_order(names), turn)
            self._ledger.note("mark", self._mark)
        return self._catch_up(publication)

    def anew(self) -> Published:
        """Look at everything, in several processes where there is much."""
        size = self._task.channel.page_size * BLOCK
        step = -(-_TOGETHER // size) * size
        last = self._task.told.last()
        blocks = [Block(first, first + step - 1) for first in range(1, last + 1, step)]
        if last <= _ALONE:
            return self._made(Alone(Bench(self._task, self._ledger)), blocks)
        with workers(self._task) as several:
            return self._made(several, blocks)

    def _made(self, hands: Hands, blocks: Sequence[Block]) -> Published:
        fill(self._ledger, hands, blocks)
        phones = of_phones(self._ledger)
        parts = [phones[at : at + _PHONES] for at in range(0, len(phones), _PHONES)]
        done = [*hands.each(Bench.put, blocks), *hands.each(Bench.put_some, parts)]
        publication, turn = self._publication(self._task.turn), self._task.turn
        with self._ledger.change():
            self._expect(publication, in_order(of_the_rest(publication)), turn)
            self._listing.expect((name, None) for name in self._listing.others(turn))
            for folder, form in product(publication.totals, HEADS):
                head(self._ledger, folder, form, publication.chain(folder, form))
            self._ledger.note("edition", edition(self._task.sources, self._task.channel))
            self._ledger.note("turn", turn)
        done.append(self._catch_up(publication, more=any(part.written for part in done)))
        with self._ledger.change():
            self._ledger.note("mark", self._mark)  # what was put in place by parts is safe by now
        return Published(
            tuple(name for part in done for name in part.written), tuple(name for part in done for name in part.removed)
        )

    def _publication(self, turn: str) -> Publication:
        return Publication(self._ledger, self._task.channel, self._statuses, turn)

    def _expect(self, publication: Publication, names: Iterable[str], turn: str) -> None:
        self._listing.expect(((name, publication.file(name)) for name in names), turn)

    def _catch_up(self, publication: Publication, *, more: bool = False) -> Published:
        lagging = in_order(self._listing.lagging())
        return catch_up(self._task.folder, self._ledger, publication.file, lagging, more=more)


def _report(problems: Iterable[str]) -> None:
    for problem in problems:
        log.warning("%s", problem)
