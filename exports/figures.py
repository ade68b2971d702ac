"""What can be counted of all stories, laid out as bars: per day, per maker and stage, and how long makers kept silent.

Counts and geometry only; `templates/figures.html` draws them. Days are those of the newest story, never of the clock.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.models import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from exports.card import Facts

DAYS = 90
BRANDS = 15
_SILENCE = (
    ("no time: the maker was first", timedelta(0)),
    ("up to an hour", timedelta(hours=1)),
    ("up to a day", timedelta(days=1)),
    ("up to a week", timedelta(weeks=1)),
    ("up to four weeks", timedelta(weeks=4)),
    ("longer", timedelta.max),
)


class Part(NamedTuple):
    """A part of a bar: what it counts, its number, and where it lies in thousandths of the longest bar."""

    name: str
    number: int
    start: int
    length: int


class Bar(NamedTuple):
    """A bar, its parts in order."""

    label: str
    total: int
    parts: tuple[Part, ...]


class Figures(NamedTuple):
    """Everything that is drawn.

    Args:
        days: One bar a day, the oldest first, with days without a story.
        brands: One bar a maker, the one with the most stories first, a part for each stage that it has.
        silence: One bar a span between first report and the maker's own word.
    """

    days: tuple[Bar, ...]
    brands: tuple[Bar, ...]
    silence: tuple[Bar, ...]


def tallied(story: Facts) -> Iterator[str]:
    """Give the names under which a story is counted; one of an unknown time is in no count of times."""
    yield from (f"maker:{story.stage}:{brand}" for brand in dict.fromkeys(story.brands))
    if story.timed:
        yield f"day:{story.at[:10]}"
    if story.timed and story.official:
        yield f"silence:{_span(story)}"


def figures(days: Mapping[str, int], makers: Mapping[str, int], silence: Mapping[str, int]) -> Figures:
    """Lay the counts out, each by its name without the kind."""
    return Figures(_per_day(days), _per_brand(makers), _silence(silence))


def _per_day(found: Mapping[str, int]) -> tuple[Bar, ...]:
    if not found:
        return ()
    newest = date.fromisoformat(max(found))
    span = [(newest - timedelta(days=back)).isoformat() for back in reversed(range(DAYS))]
    return _bars((day, [("", found.get(day, 0))]) for day in span)


def _per_brand(found: Mapping[str, int]) -> tuple[Bar, ...]:
    totals: Counter[str] = Counter()
    for name, count in found.items():
        totals[name.partition(":")[2]] += count
    most = sorted(totals, key=lambda brand: (-totals[brand], brand))[:BRANDS]
    return _bars((brand, [(stage.value, found.get(f"{stage}:{brand}", 0)) for stage in Stage]) for brand in most)


def _silence(found: Mapping[str, int]) -> tuple[Bar, ...]:
    return _bars((name, [("", found.get(name, 0))]) for name, _ in _SILENCE) if found else ()


def _span(story: Facts) -> str:
    wait = _moment(story.official) - _moment(story.at)
    return next(name for name, most in _SILENCE if wait <= most)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _bars(rows: Iterable[tuple[str, Sequence[tuple[str, int]]]]) -> tuple[Bar, ...]:
    counted = [(label, [part for part in parts if part[1]]) for label, parts in rows]
    longest = max((sum(count for _, count in parts) for _, parts in counted), default=0) or 1
    return tuple(_bar(label, parts, longest) for label, parts in counted)


def _bar(label: str, parts: Sequence[tuple[str, int]], longest: int) -> Bar:
    before, laid = 0, []
    for name, count in parts:
        start, end = before * 1000 // longest, (before + count) * 1000 // longest
        laid.append(Part(name, count, start, end - start))
        before += count
    return Bar(label, before, tuple(laid))
