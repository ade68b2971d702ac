"""`launchwire up`: rounds on a schedule, in one process, until told to stop.

APScheduler decides when to look; the store decides what is due. Nothing here visits or publishes by itself.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from crawler import round as rounds
from crawler.errors import LaunchwireError
from crawler.round.crawl import Crawl, due

if TYPE_CHECKING:
    from crawler.catalogue import Catalogue
    from crawler.config import Config
    from crawler.store.database import Store

logger = logging.getLogger(__name__)

PATIENCE = 8.0
"""Seconds that a round in progress gets to end once we are told to stop: service managers kill after ten.

What it has not stored or published by then, the next one does.
"""


class Daemon:
    """Runs rounds until `stop` is called.

    Args:
        config: The settings; `tick` is how often to look for due sources.
        catalogue: The sources.
        store: The open store.
    """

    def __init__(self, config: Config, catalogue: Catalogue, store: Store) -> None:
        self._config = config
        self._catalogue = catalogue
        self._store = store
        self._stopping = asyncio.Event()
        self._crawl: Crawl | None = None
        self._round: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Keep the schedule; return once stopped and the last round is over."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_listener(_report, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES | EVENT_JOB_ERROR)
        scheduler.add_job(
            self._tick,
            "interval",
            seconds=self._config.tick.total_seconds(),
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            # A round that ran long, or a machine that slept, must not make us skip the next look.
            misfire_grace_time=None,
        )
        scheduler.start()
        logger.info("up: %d sources, looking every %s", len(self._catalogue), self._config.tick)
        await self._stopping.wait()
        scheduler.pause()
        if self._round is not None:
            await asyncio.wait({self._round}, timeout=PATIENCE)
            # One turn of the loop, in which the job that waits for the round ends too; shutdown would cancel it.
            await asyncio.sleep(0)
        scheduler.shutdown(wait=False)
        logger.info("stopped")

    async def stop(self) -> None:
        """Begin nothing new; `run` returns when the round in progress has ended."""
        logger.info("stopping")
        self._stopping.set()
        if self._crawl is not None:
            await self._crawl.stop()

    async def _tick(self) -> None:
        # A task of its own: APScheduler cancels its jobs at shutdown, and a round must end by itself.
        self._round = asyncio.create_task(self._go())
        await asyncio.wait({self._round})
        self._round.result()

    async def _go(self) -> None:
        if self._stopping.is_set():
            return
        sources = due(self._store, self._catalogue, datetime.now(UTC))
        self._crawl = Crawl(self._config)
        done = await rounds.run(self._crawl, sources, self._catalogue, self._store)
        self._crawl = None
        if done.visits:
            logger.info("round: %s", done)


def _report(event: JobEvent) -> None:
    if event.code == EVENT_JOB_ERROR and isinstance(event.exception, LaunchwireError):
        logger.error("round failed: %s", event.exception)
    elif event.code == EVENT_JOB_ERROR:
        logger.error("round failed", exc_info=event.exception)
    elif event.code == EVENT_JOB_MISSED:
        logger.warning("round missed at %s", event.scheduled_run_time)
    else:
        logger.info("the last round is still going on; looking again in a while")
