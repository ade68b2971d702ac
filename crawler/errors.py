"""The errors Launchwire raises on purpose.

Each says in one line what is wrong and what to do; the command line prints that line and exits with `exit_code`.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


class LaunchwireError(Exception):
    """Base of all errors that are the user's or the world's, not a defect."""

    exit_code = 1


class ConfigError(LaunchwireError):
    """A setting, an argument or a file given by the user is wrong."""

    exit_code = 2


class CatalogueError(ConfigError):
    """The catalogue names a source that cannot be right; the text names its table and key."""


class StoreError(LaunchwireError):
    """The store cannot be opened, read or written."""


class ReadingError(LaunchwireError):
    """A document gave no entries.

    Args:
        reason: One word for the round log, such as `unparsable`, `blocked` or `empty`.
        detail: What was seen, for a person.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class NotAsked(LaunchwireError):  # noqa: N818 - it is what happened, and no failure of ours
    """A request that we do not make, because it would be rude or dangerous.

    Args:
        reason: `robots`, `postponed`, `refused`, `unreachable` or `stopped`.
        detail: Why, for a person.
        until: When it may be made, None where that is not known.
    """

    def __init__(self, reason: str, detail: str, until: datetime | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.until = until


class Interrupted(LaunchwireError):  # noqa: N818 (nothing went wrong, and InterruptedError is Python's)
    """A signal asked us to end, and what was under way has ended in order.

    Args:
        number: The signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__("interrupted; what was visited until then is stored")
        self.exit_code = 128 + number


class ExportError(LaunchwireError):
    """The site folder cannot be written."""


@contextmanager
def one_line() -> Iterator[None]:
    """End the program with one line instead of a traceback where our own error is nobody's to handle."""
    try:
        yield
    except LaunchwireError as error:
        sys.stderr.write(f"launchwire: {error}\n")
        raise SystemExit(error.exit_code) from None
