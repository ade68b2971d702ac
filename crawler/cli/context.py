"""What commands share: settings, catalogue and store opened on demand, and logging."""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler import catalogue, config
from crawler.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.catalogue import Catalogue
    from crawler.config import Config
    from crawler.store.database import Store


@dataclass(frozen=True, slots=True)
class Given:
    """The options that stand before the command.

    Args:
        settings: The settings file, None for the usual one.
    """

    settings: Path | None

    def config(self, **overrides: Any) -> Config:  # noqa: ANN401 (as many types as settings)
        """The settings, with what the command itself overrides."""
        return config.load(self.settings, **overrides)


@contextmanager
def opened(settings: Config) -> Iterator[tuple[Catalogue, Store]]:
    """The catalogue and the open store."""
    sources = catalogue.load(settings.catalogue)
    store = open_store(settings.database)
    try:
        yield sources, store
    finally:
        store.close()


def log_to_stderr(level: str) -> None:
    """Log our own lines at `level`, and only the warnings of the libraries below."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    logging.getLogger("crawler").setLevel(level)
    # It tells of every robots.txt that cannot be had with a traceback; the visit's own line says the same.
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
