"""Publishes: reads all stories from the store and writes the site."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.errors import ExportError
from crawler.store import stories
from exports import Channel, render
from exports import publish as put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.catalogue import Catalogue
    from crawler.config import Config
    from crawler.store.database import Store
    from exports import Published


def publish(config: Config, catalogue: Catalogue, store: Store) -> Published:
    """Write the site from the store; what did not change keeps its bytes and times.

    Raises:
        ExportError: The site folder cannot be written.
    """
    channel = Channel(
        title=config.title, base_url=config.base_url, language=config.language, page_size=config.page_size
    )
    # The lock comes before the reading, so that of two publications the later one has the newer stories.
    with _alone(config.site), store.read() as db:
        return put_in_place(config.site, render(stories.every(db), catalogue.facts, channel))


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
