"""Decides items in as many processes as there are processors, and gives the decisions in the order of the items.

Which story an item belongs to is decided from all of them, by one process: see `decide`.
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from crawler.domain.articles import from_entry
from crawler.domain.deciding import decided
from crawler.domain.models import Article, Entry, Role, SourceFacts
from crawler.errors import LaunchwireError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

WORTH_IT = 5_000
"""Items from which on more processes save more time than it takes to start them."""

_AT_ONCE = 500  # items that go to a process and back at once


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
    """What was decided of an item: as it is printed, and the article where it may be part of a story."""

    printed: dict[str, Any]
    article: Article | None


def decide_all(said: Sequence[Said], *, every: bool, processes: int = 0) -> Iterator[Told]:
    """Decide items.

    Args:
        said: The items.
        every: Whether articles that are not relevant may be part of stories too.
        processes: How many share the work; 0 is one for each processor, where there is work enough.
    """
    share = partial(_share, every=every, now=datetime.now(UTC))
    wanted = processes or (_processors() if len(said) >= WORTH_IT else 1)
    return iter(share(said)) if wanted == 1 else _shared(share, said, wanted)


def _shared(share: Callable[[Sequence[Said]], Iterable[Told]], said: Sequence[Said], processes: int) -> Iterator[Told]:
    shares = [said[at : at + _AT_ONCE] for at in range(0, len(said), _AT_ONCE)]
    # spawn: a forked process would hold whatever locks and files are open here.
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_follow_the_first)
    try:
        yield from chain.from_iterable(pool.map(share, shares))
    except BrokenProcessPool:
        raise LaunchwireError("a process that decides was killed; is there memory enough?") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _share(said: Sequence[Said], *, every: bool, now: datetime) -> list[Told]:
    return [_told(one, every=every, now=now) for one in said]


def _told(said: Said, *, every: bool, now: datetime) -> Told:
    entry = Entry(url=said.url, title=said.title, summary=said.snippet, published=said.published)
    seen = from_entry(entry, said.publisher, said.language, now)
    facts = SourceFacts(said.publisher, said.publisher, Role.NEWS, said.publisher, said.language)
    article = replace(decided(seen, facts), key=said.id)
    decision = article.decision
    printed = {
        "id": said.id,
        "relevant": int(decision.relevant),
        "score": round(decision.score, 4),
        "stage": decision.stage,
        "brands": decision.brands,
        "models": (*decision.models, *decision.guessed),
    }
    # To hand over an article takes a tenth of the time that it takes to decide it.
    return Told(printed, article if every or decision.relevant else None)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _follow_the_first() -> None:
    """Leave Ctrl-C to the first process, and end when it ends, also by a kill."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_it, daemon=True).start()


def _end_with_it() -> None:
    if first := parent_process():
        first.join()
        os._exit(1)
