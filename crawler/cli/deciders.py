"""Decides items in as many processes as there are processors, and gives the decisions in the order of the items.

Which story an item belongs to is decided from all of them, by one process: see `decide`.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from json import JSONEncoder
from multiprocessing import get_context
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.articles import cleaned, completed
from crawler.domain.models import Article, DateOrigin, Entry
from crawler.domain.triage import decide
from crawler.errors import LaunchwireError
from crawler.processes import follow_the_first, processors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

WORTH_IT = 5_000
"""Items from which on more processes save more time than it takes to start them."""

_AT_ONCE = 500  # items that go to a process and back at once
_json = JSONEncoder(ensure_ascii=False).encode


class Said(NamedTuple):
    """An item of a file, read: its texts, and when it was published, None where it does not say or too coarsely."""

    id: str
    title: str
    snippet: str
    url: str
    publisher: str
    language: str
    published: datetime | None


class Told(NamedTuple):
    """What was decided of an item.

    Args:
        id: The item's.
        opened: The decision as a JSON object that still lacks its story and its last brace.
        article: Where the item may be part of a story.
    """

    id: str
    opened: str
    article: Article | None

    def line(self, story: str | None) -> str:
        """The decision as it is printed.

        Args:
            story: Id of the first item of its story, or None.
        """
        return f'{self.opened}, "story": {"null" if story is None else _json(story)}}}\n'


def decide_all(said: Iterable[Said], *, every: bool, processes: int = 0) -> Iterator[Told]:
    """Decide items.

    Args:
        said: The items; all are taken before the first decision is given.
        every: Whether articles that are not relevant may be part of stories too.
        processes: How many share the work; 0 is one for each processor, where there is work enough.
    """
    share = partial(_share, every=every, now=datetime.now(UTC))
    items = iter(said)
    first = list(islice(items, WORTH_IT))
    wanted = processes or (processors() if len(first) == WORTH_IT else 1)
    # While the processes start, the other items are read.
    return iter(share([*first, *items])) if wanted == 1 else _shared(share, chain(first, items), wanted)


def _shared(share: Callable[[list[Said]], Iterable[Told]], said: Iterator[Said], processes: int) -> Iterator[Told]:
    shares = iter(lambda: list(islice(said, _AT_ONCE)), [])
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=follow_the_first)
    try:
        yield from chain.from_iterable(pool.map(share, shares))
    except BrokenProcessPool:
        raise LaunchwireError("a process that decides was killed; is there memory enough?") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _share(said: list[Said], *, every: bool, now: datetime) -> list[Told]:
    return [_told(one, every=every, now=now) for one in said]


def _told(said: Said, *, every: bool, now: datetime) -> Told:
    entry = Entry(url=said.url, title=said.title, summary=said.snippet, published=said.published)
    clean = cleaned(entry, now)
    published = None if clean.dated is DateOrigin.FIRST_SEEN else clean.published
    decision = decide(clean.title, clean.summary, language=said.language, published=published)
    printed = {
        "id": said.id,
        "relevant": int(decision.relevant),
        "score": round(decision.score, 4),
        "stage": decision.stage,
        "brands": decision.brands,
        "models": (*decision.models, *decision.guessed),
    }
    article = None
    if every or decision.relevant:  # most are not, and to make an article and hand it over takes its time
        whole = completed(clean, entry, said.publisher, said.language, now)
        article = replace(whole, decision=decision, key=said.id)
    return Told(said.id, _json(printed).removesuffix("}"), article)
