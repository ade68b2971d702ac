"""Publishes: hands the stories of the store to the exports, which write what changed, and tells the hubs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.catalogue import Kind
from crawler.domain.health import health
from crawler.domain.visits import SourceState
from crawler.round import hubs
from crawler.store import changes, sources, told
from crawler.store.database import open_store
from exports import Channel, SourceStatus
from exports import publish as put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.catalogue import Catalogue, Source
    from crawler.config import Config
    from crawler.domain.models import Story
    from crawler.store.database import Store
    from exports import Published


def publish(config: Config, catalogue: Catalogue, store: Store, *, thorough: bool = False) -> Published:
    """Write the site from the store, and tell the hubs of new feeds; what did not change keeps its bytes and times.

    Args:
        config: The settings.
        catalogue: All sources.
        store: The open store.
        thorough: Look also for files of a large site that others changed in place.

    Raises:
        ExportError: The site folder cannot be written.
    """
    channel = Channel(
        title=config.title,
        base_url=config.base_url,
        language=config.language,
        hubs=config.hubs,
        page_size=config.page_size,
        icon=config.icon,
        favicon=config.favicon,
    )
    stored = Stored(config.database, store)
    done = put_in_place(
        config.site, stored, catalogue.facts, channel, lambda: _statuses(catalogue, store), thorough=thorough
    )
    hubs.tell(config.hubs, config.base_url, done.written)
    return done


class Stored:
    """The stories of a store, for whatever process asks: one that is handed this opens the store for itself.

    Args:
        url: Of the database.
        store: The same, where it is open.
    """

    def __init__(self, url: str, store: Store | None = None) -> None:
        self._url, self._store = url, store

    def __getstate__(self) -> dict[str, object]:
        return {"_url": self._url, "_store": None}

    def changed(self, mark: str) -> tuple[set[int] | None, str]:
        """Return the ids of the stories that changed since a mark, and the mark of now."""
        with self._open().read() as db:
            return changes.since(db, mark), changes.mark(db)

    def last(self) -> int:
        """Return the highest id that a story has."""
        with self._open().read() as db:
            return told.last(db)

    def between(self, first: int, last: int) -> list[int]:
        """Return the ids of the living stories in a range."""
        with self._open().read() as db:
            return told.between(db, first, last)

    def some(self, numbers: Iterable[int]) -> list[Story]:
        """Return those of some stories that are living."""
        with self._open().read() as db:
            return told.some(db, numbers)

    def _open(self) -> Store:
        self._store = self._store or open_store(self._url)
        return self._store


def _statuses(catalogue: Catalogue, store: Store) -> list[SourceStatus]:
    with store.read() as db:
        states = sources.states(db)
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
