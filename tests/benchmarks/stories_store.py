"""How long one new article takes to settle, in stores of growing size: `python tests/benchmarks/stories_store.py`.

Prints figures, asserts nothing. Fifty articles a day, one in thirty without a date, three to six tell one event.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from crawler.domain.models import Article, DateOrigin, Decision, Stage
from crawler.round.settle import settle
from crawler.store import articles
from crawler.store.database import open_store

if TYPE_CHECKING:
    from crawler.store.database import Store

START = datetime(2010, 1, 1, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000)
A_DAY = 50
MAKERS, VERBS = 24, ("unveils", "teases", "leaks", "prices", "launches", "confirms", "delays")


def article(number: int) -> Article:
    """One of many: its event is that of its neighbours, its maker and phone those of the event."""
    event = number // 5
    maker, model = f"maker{event % MAKERS}", f"Wave {event // 40 % 90}"
    undated = number % 30 == 0
    words = f"{maker} {VERBS[event % 7]} the {model} with feature{event * 7919 % 4000} and part{event * 104729 % 5000}"
    return Article(
        source=f"source{number % 60}",
        url=f"https://news.example/{number}",
        canonical_url=f"https://news.example/{number}",
        guid=f"guid-{number}",
        title=f"{words} {('today', 'at last', 'now', 'again', 'in Europe')[number % 5]}",
        body=" ".join(f"word{number * 31 + at * 7907}" for at in range(300)),
        published=START + timedelta(days=number / A_DAY),
        first_seen=START + timedelta(days=number / A_DAY),
        dated=DateOrigin.FIRST_SEEN if undated else DateOrigin.ENTRY,
        decision=Decision(relevant=True, score=1, stage=tuple(Stage)[event % 4], brands=(maker,), models=(model,)),
    )


def add(store: Store, first: int, last: int) -> float:
    """Store articles and settle them; seconds of settling alone."""
    with store.write() as db:
        articles.save(db, [article(n) for n in range(first, last)], lambda one: one, START)
    begin = time.perf_counter()
    settle(store, {}, START)
    return time.perf_counter() - begin


def main(sizes: tuple[int, ...]) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'launchwire.db'}")
        held = 0
        for size in sizes:
            spent = 0.0
            for first in range(held, size, 5_000):
                spent += add(store, first, min(first + 5_000, size))
            singles = [add(store, n, n + 1) for n in range(size, size + 20)]
            batch = (size - held) / spent
            print(
                f"{size:>7,} articles: one more {1000 * statistics.median(singles):.0f} ms (median of 20, "
                f"worst {1000 * max(singles):.0f}); {batch:,.0f} a second in batches of 5,000",
                flush=True,
            )
            held = size + 20
        store.close()


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
