"""How long one new article takes to settle, in stores of growing size.

`python tests/benchmarks/stories_store.py [ARTICLES ...]`: 10000 and 100000 unless said otherwise; 1000000 takes some
ten minutes and 5 GB of disk. Prints figures, asserts nothing.

The archive is put into the store as settling would have left it; its last weeks are settled for real, and so are the
articles that are measured: some on a day like any other, some on a launch day, each stored and settled by itself.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from dataclasses import replace
from itertools import chain, groupby, islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from archive import MONTH, START, reports
from sqlalchemy import insert

from crawler.domain.clues import Clues, clues, scheme
from crawler.round.settle import settle
from crawler.store import articles as kept
from crawler.store import schema
from crawler.store.articles import row
from crawler.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive import Report
    from sqlalchemy import Connection

    from crawler.store.database import Store

SIZES = (10_000, 100_000)
SINGLES = 30
BATCH = 2_000


def main(sizes: Sequence[int]) -> None:
    with TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        path = Path(folder) / "launchwire.db"
        store, news, held = open_store(f"sqlite:///{path}"), days(), 0
        for size in sizes:
            held += fill(store, news, size - held)
            # From the fifth day of a month on for real, for what is measured must stand among what was really settled.
            month = list(islice(news, MONTH - 1))
            speed = rate(store, list(chain.from_iterable(month)))
            launch = next(news)
            begun = launch[: len(launch) // 2]
            rate(store, begun)
            burst = [single(store, report) for report in launch[len(begun) : len(begun) + SINGLES]]
            rate(store, launch[len(begun) + SINGLES :])
            quiet = [single(store, report) for report in next(news)[-SINGLES:]]
            held += sum(map(len, month)) + len(launch) + SINGLES
            print(f"{held:>9,} articles, {path.stat().st_size / 1e9:.1f} GB: one more {said(quiet)};", end=" ")
            print(f"on a launch day {said(burst)}; {speed:,.0f} a second in batches of {BATCH:,}", flush=True)
        store.close()


def days() -> Iterator[list[Report]]:
    """The reports of each day; the first is the first of a month."""
    return (list(some) for _, some in groupby(reports(), key=lambda report: report.day))


def said(spent: Sequence[tuple[float, float]]) -> str:
    """Median and worst of the clock, and what of them the processor was at work: others may be at work too."""
    clock, processor = zip(*spent, strict=True)
    middles = [1000 * statistics.median(seconds) for seconds in (clock, processor)]
    worst = [1000 * max(seconds) for seconds in (clock, processor)]
    return "{:.1f} ms ({:.1f} of processor), worst {:.0f} ({:.0f})".format(*middles, *worst)


def rate(store: Store, some: Sequence[Report]) -> float:
    """Store and settle reports in batches; how many for each second of the processor."""
    begin = time.process_time()
    for at in range(0, len(some), BATCH):
        add(store, some[at : at + BATCH])
    return len(some) / (time.process_time() - begin)


def single(store: Store, report: Report) -> tuple[float, float]:
    """Store and settle one report; in how many seconds of the clock and of the processor."""
    begin = time.perf_counter(), time.process_time()
    add(store, [report])
    return time.perf_counter() - begin[0], time.process_time() - begin[1]


def add(store: Store, some: Sequence[Report]) -> None:
    with store.write() as db:
        kept.save(db, [replace(one.article, key="", story=None) for one in some], lambda article: article, START)
    settle(store, {}, some[-1].article.published)


def fill(store: Store, news: Iterator[list[Report]], count: int) -> int:
    """Put whole months of reports into the store as if they were settled, with stories, clues and links."""
    filled = 0
    while filled < count:
        month = list(chain.from_iterable(islice(news, MONTH)))
        with store.write() as db:
            _fill(db, month)
        filled += len(month)
    return filled


def _fill(db: Connection, month: Sequence[Report]) -> None:
    told: dict[int, list[Report]] = {}
    for report in month:
        told.setdefault(report.event.number, []).append(report)
    db.execute(insert(schema.stories), [_story(some) for some in told.values()])
    db.execute(insert(schema.articles), [_article(report) for report in month])
    # In their order, and past SQLAlchemy: there are some twenty of each article.
    found = sorted(clue for some in told.values() for clue in _clues(some))
    db.exec_driver_sql("INSERT INTO clues (clue, dated, at, article, points) VALUES (?, ?, ?, ?, ?)", found)
    db.execute(insert(schema.links), [link for some in told.values() for link in _links(some)])


def _article(report: Report) -> dict[str, Any]:
    own = report.article
    settled = {"settled": True, "clue_scheme": scheme(), "story": own.story}
    return row(own) | settled | {"id": int(own.key), "body": own.body[:400]}


def _story(some: Sequence[Report]) -> dict[str, Any]:
    lead, event = some[0].article, some[0].event
    names = {"brands": (event.maker,), "models": (event.model,), "guessed": (), "dates": []}
    times = {"created": lead.published, "updated": lead.published}
    stage = event.stage.value if event.stage else "rumor"
    return {"id": event.number + 1, "lead": int(lead.key), "title": lead.title, "stage": stage, **names, **times}


def _clues(some: Sequence[Report]) -> Iterator[tuple[int, int, int, int, int]]:
    """Those of the first report for all of an event, but for what is of each alone: to make them all takes an hour."""
    first = clues(replace(some[0].article, body=""), some[0].article.source)
    for report in some:
        own, key = report.article, int(report.article.key)
        body = frozenset((key * 8 + sample) * 2_654_435_761 % 2**32 for sample in range(8))
        again = frozenset(number + key for number in first.again)
        alone = Clues(first.compared, first.models, again, first.address, body)
        for clue, points in alone.points().items():
            yield clue, int(own.has_date), int(own.published.timestamp()), key, points


def _links(some: Sequence[Report]) -> list[dict[str, int]]:
    both = [(int(a.article.key), int(b.article.key)) for a, b in pairwise(some)]
    return [{"article": a, "other": b} for one in both for a, b in (one, one[::-1])]


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
