"""What commands share: settings, catalogue and store opened on demand, and logging."""

from __future__ import annotations

import fcntl
import logging
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler import catalogue, config
from crawler.errors import ConfigError
from crawler.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@contextmanager
def alone(settings: Config) -> Iterator[None]:
    """Keep a second `up` off the same database.

    Raises:
        ConfigError: One is running.
    """
    path = Path(settings.database.removeprefix("sqlite:///"))
    with path.with_name(f"{path.name}.up").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigError(f"`launchwire up` is running already on {path}") from None
        yield


def log_to_stderr(level: str) -> None:
    """Log our own lines at `level`, and only the warnings of the libraries below."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    logging.getLogger("crawler").setLevel(level)
