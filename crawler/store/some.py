"""Many values in the bites that a database takes in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_T = TypeVar("_T")
CHUNK = 400
"""Values in one SQL `IN` or `OR`: SQLite allows expressions 1,000 deep."""


def chunks(values: Iterable[_T]) -> Iterator[list[_T]]:
    """The values, so many at once."""
    listed = list(values)
    return (listed[at : at + CHUNK] for at in range(0, len(listed), CHUNK))
