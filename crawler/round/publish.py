"""Publishes: reads all stories from the store, some at a time, and writes the site."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.catalogue import Kind
from crawler.domain.health import health
from crawler.domain.visits import SourceState
from crawler.errors import ExportError
from crawler.round import hubs
from crawler.store import sources, stories
from exports import Channel, SourceStatus, render
from exports import publish as put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from crawler.catalogue import Catalogue, Source
    from crawler.config import Config
    from crawler.domain.models import Story
    from crawler.store.database import Store
    from exports import Published

_AT_ONCE = 500


def publish(config: Config, catalogue: Catalogue, store: Store) -> Published:
    """Write the site from the store, and tell the hubs of new feeds; what did not change keeps its bytes and times.

    Raises:
        ExportError: The site folder cannot be written.
    """
    channel = Channel(
        title=config.title,
        base_url=config.base_url,
        language=config.language,
        hubs=config.hubs,
        page_size=config.page_size,
    )
    # The lock comes before the reading, so that of two publications the later one has the newer stories.
    with _alone(config.site), store.read() as db:
        statuses = _statuses(catalogue, sources.states(db))
        done = put_in_place(config.site, render(_stories(db), catalogue.facts, channel, statuses))
    hubs.tell(config.hubs, config.base_url, done.written)
    return done


def _stories(db: Connection) -> Iterator[Story]:
    """Give all living stories by id, as many at a time as memory holds easily."""
    for start in range(1, stories.next_id(db), _AT_ONCE):
        block = range(start, start + _AT_ONCE)
        # An id that was merged away answers with its survivor, which may stand in another block.
        yield from (story for story in stories.some(db, block) if story.id in block)


def _statuses(catalogue: Catalogue, states: dict[str, SourceState]) -> list[SourceStatus]:
    now = datetime.now(UTC)
    return [_status(source, states.get(id_, SourceState(id_)), now) for id_, source in catalogue.items()]


def _status(source: Source, state: SourceState, now: datetime) -> SourceStatus:
    judged = health(state, now, silence=source.silence, proven=source.proven)
    return SourceStatus(
        id=source.id,
        name=source.title,
        role=source.role.value,
        home=source.home,
        language=source.language,
        feed=source.url if source.kind is Kind.FEED else "",
        condition=judged.condition.value,
        line=judged.line,
        last_success=state.last_success,
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    beside = folder.parent / f".{folder.name}.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = beside.open("w")
    except OSError as error:
        raise ExportError(f"cannot write the site folder {folder}: {error.strerror}") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
