"""Where the stories of a large site are worked on, block by block, in this process or in several."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from exports.card import Card, card
from exports.ledger import NAME, Ledger
from exports.listing import Listing
from exports.order import of_block
from exports.publication import Publication
from exports.site import Published, catch_up
from exports.stock import Stock
from exports.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crawler.domain.models import SourceFacts
    from exports.channel import Channel
    from exports.told import Told

Work = TypeVar("Work")
Result = TypeVar("Result")
_AT_ONCE = 200  # stories or files that are held whole


class Block(NamedTuple):
    """A range of ids, both ends included."""

    first: int
    last: int


class Cards(NamedTuple):
    """The cards of some stories, and a line for each that cannot be published."""

    found: tuple[Card, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """What a publication is made from; can be pickled.

    Args:
        folder: The site.
        told: The stories.
        sources: Facts by source id; an unknown source stands under its id.
        channel: The feed they go into.
        turn: Names the publication.
    """

    folder: Path
    told: Told
    sources: Mapping[str, SourceFacts] = field(repr=False)
    channel: Channel
    turn: str

    def cards(self, numbers: Sequence[int]) -> Cards:
        """Return the cards of some stories."""
        parts = (numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE))
        stories = (story for part in parts for story in self.told.some(part))
        made = [card(story, self.sources, self.channel) for story in stories]
        return Cards(tuple(each for each, _ in made if each), tuple(problem for _, problem in made if problem))


class Bench:
    """A place of work.

    Args:
        task: What is made.
        ledger: Open; None opens that of the folder.
    """

    def __init__(self, task: Task, ledger: Ledger | None = None) -> None:
        self.task = task
        self._ledger = ledger or Ledger(task.folder / NAME)

    def stock(self, block: Block) -> tuple[str, ...]:
        """Put the cards of a block into the ledger; return a line for each story that cannot be published."""
        cards = self.task.cards(self.task.told.between(*block))
        with self._ledger.change():
            Stock(self._ledger).put(cards.found)
        return cards.problems

    def lay(self, block: Block) -> None:
        """Lay out the stories of a block, once all cards are in the ledger."""
        stock = Stock(self._ledger)
        slips = list(self._timeline.told(stock.some(stock.numbers(*block))))
        with self._ledger.change():
            stock.lay(slips)

    def put(self, block: Block) -> Published:
        """Put the files of a block in place, once all stories are laid out."""
        return self.put_some(list(of_block(self._ledger, self._publication, *block)))

    def put_some(self, names: Sequence[str]) -> Published:
        """Put files in place, once what they lead to is; whoever puts the last one makes all of them last."""
        done = [self._put(names[at : at + _AT_ONCE]) for at in range(0, len(names), _AT_ONCE)]
        return Published(tuple(name for part in done for name in part.written))

    def _put(self, names: Sequence[str]) -> Published:
        files = self._publication.files(names)
        with self._ledger.change():
            Listing(self._ledger).expect_together(files, self.task.turn)
        return catch_up(self.task.folder, self._ledger, files.get, names, last=False)

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(self._ledger, Stock(self._ledger))

    @cached_property
    def _publication(self) -> Publication:
        return Publication(self._ledger, self.task.channel)


class Hands(Protocol):
    """Whoever works through blocks, or other parts of a whole."""

    def each(self, work: Callable[[Bench, Work], Result], parts: Sequence[Work]) -> Iterator[Result]:
        """Give the results of all parts in their order."""


class Alone:
    """One bench for all parts.

    Args:
        bench: It.
    """

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def each(self, work: Callable[[Bench, Work], Result], parts: Sequence[Work]) -> Iterator[Result]:
        """Give the results of all parts in their order."""
        return (work(self._bench, part) for part in parts)
