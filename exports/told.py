"""Where a publication gets its stories from; the store is not known here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.domain.models import Story


class Told(Protocol):
    """All stories that are told; can be pickled, for a large site is made by several processes."""

    def changed(self, mark: str) -> tuple[set[int] | None, str]:
        """Return the ids of the stories that changed since a mark, gone ones too, and the mark of now.

        None where that cannot be told; an empty mark is always such.
        """

    def last(self) -> int:
        """Return the highest id that a story has or had, 0 where there is none."""

    def between(self, first: int, last: int) -> list[int]:
        """Return the ids of the stories in a range, both ends included."""

    def some(self, numbers: Iterable[int]) -> list[Story]:
        """Return those of some stories that there are, each under its own id."""


class Given:
    """Stories that are at hand.

    Args:
        stories: In any order, none twice.
    """

    def __init__(self, stories: Sequence[Story]) -> None:
        self._stories = {story.id: story for story in stories}

    def changed(self, mark: str) -> tuple[set[int] | None, str]:
        """Return that nothing is known of what was before."""
        del mark
        return None, ""

    def last(self) -> int:
        """Return the highest id, that of a story that was merged into another one too."""
        return max((max(number, *story.aliases, 0) for number, story in self._stories.items()), default=0)

    def between(self, first: int, last: int) -> list[int]:
        """Return the ids in a range."""
        return sorted(number for number in self._stories if first <= number <= last)

    def some(self, numbers: Iterable[int]) -> list[Story]:
        """Return those that there are."""
        return [self._stories[number] for number in numbers if number in self._stories]
