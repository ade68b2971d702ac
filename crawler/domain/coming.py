"""The dates that an article names for what comes: launch, event, sale.

Reads years, months and days in many languages and resolves them against the day of publication; never finer than the
text, so a season gives its year alone. Past dates, and dates beside no word of a launch, an event or a sale, are left
out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.models import ComingDate
from crawler.domain.phrases import Phrases
from crawler.domain.text import atoms, fold, sentences
from crawler.domain.vocabulary import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.domain.phrases import Hit
    from crawler.domain.text import Atoms

_MOST = 50  # dates of one sentence; what has more is a list of dates
_BESIDE = 2  # words of what happens, on each side of a date, of which the nearest is looked for
_KINDS = frozenset({"launch", "event", "sale"})  # not the start of orders, and nothing that has been
_COMMAS, _BEYOND_A_COMMA = ",;:，；、：", 15  # letters that one counts as
_MONTHS, _MONTHS_AHEAD = 12, 6  # a month without a year lies at most so far ahead


class Day(NamedTuple):
    """A date as far as the text gives it; 0 is "not said"."""

    year: int
    month: int
    day: int


class _Found(NamedTuple):
    day: Day
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    month: dict[str, int]
    pattern: re.Pattern[str]
    relative: Phrases
    kinds: Phrases


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = table("dates.toml")
    month = {fold(name): number for number, names in enumerate(data["months"], start=1) for name in names}
    return _Words(
        month,
        _pattern(month, data["before_month"], data["links"]),
        Phrases(_spans(data)),
        Phrases((phrase, kind) for kind, phrases in data["kinds"].items() for phrase in dict.fromkeys(phrases)),
    )


def _spans(data: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str]]:
    for group in ("relative", "days", "years", "seasons"):
        for number, phrases in data[group].items():
            yield from ((phrase, f"{group}:{number}") for phrase in phrases)


def _pattern(months: Iterable[str], before: list[str], links: list[str]) -> re.Pattern[str]:
    name = "|".join(sorted(months, key=len, reverse=True))
    link = f"(?:{'|'.join(links)})"
    year = rf"(?:,?\s+(?:{link}\s+)?(?P<y#>20\d\d)\b)?"
    day = r"(?P<d6>\d{1,2})(?:st|nd|rd|th)?(?![\d:%])(?!\s?(?:gb|mp|mah|pm|am)\b)"
    ways = (
        r"\b(?P<y1>20\d\d)-(?P<n1>\d\d)-(?P<d1>\d\d)\b",
        r"\b(?P<d2>\d{1,2})\.\s?(?P<n2>\d{1,2})\.\s?(?P<y2>20\d\d)\b",
        r"(?:(?P<y3>20\d\d)\s?[年년]\s?)?(?<!\d)(?P<n3>\d{1,2})\s?[月월]\s?(?P<d3>\d{1,2})\s?[日日일号號]",
        r"(?:(?P<y4>20\d\d)\s?[年년]\s?)?(?<!\d)(?P<n4>1[0-2]|[1-9])\s?[月월](?!\s?\d)(?![前内间後])",
        rf"(?<![\d.,])(?P<d5>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|°)?\s+(?:{link}\s+)?(?P<m5>{name})(?!\w)"
        + year.replace("#", "5"),
        rf"\b(?P<m6>{name})\.?\s+{day}" + year.replace("#", "6"),
        rf"\b(?:{'|'.join(before)})[\s-]+(?P<m7>{name})(?!\w)(?!\.?\s+{day.replace('?P<d6>', '?:')})"
        + year.replace("#", "7"),
        rf"\b(?P<m8>{name})\s+(?:{link}\s+)?(?P<y8>20\d\d)\b",
        r"\b(?:(?P<d9>\d{1,2}) )?tháng (?P<n9>1[0-2]|[1-9])\b",
        rf"\b(?:{'|'.join(before)})\s+(?P<y0>20\d\d)\b(?![-./]\d)",
    )
    return re.compile("|".join(ways))


def coming_dates(title: str, text: str, published: date | None, *, official: bool) -> tuple[ComingDate, ...]:
    """Return the coming dates that title and text name, in order, each once.

    Args:
        title: Headline.
        text: Summary and body.
        published: The day of publication; resolves "in July"; without it only dates with a year count.
        official: Whether the maker itself is the one who says so.
    """
    found = [
        ComingDate(kind, written, official)
        for sentence in (title, *sentences(text))
        for kind, written in _of_sentence(atoms(sentence), published)
    ]
    finer = {(one.kind, one.date[:cut]) for one in found for cut in (4, 7) if len(one.date) > cut}
    return tuple(dict.fromkeys(one for one in found if (one.kind, one.date) not in finer))


def _of_sentence(text: Atoms, published: date | None) -> Iterator[tuple[str, str]]:
    kinds = list(_words().kinds.find(text))
    if not kinds:
        return
    starts = [text.starts[kind.start] for kind in kinds]
    for found in islice(chain(_absolute(text), _relative(text, published)), _MOST):
        day = _ahead(found.day, published)
        place = bisect_left(starts, found.start)
        near = kinds[max(place - _BESIDE, 0) : place + _BESIDE]
        kind = min(near, key=lambda kind: _distance(text, kind, found)).label
        if day and kind in _KINDS:
            yield kind, _written(day)


def _distance(text: Atoms, kind: Hit, found: _Found) -> int:
    """Letters between a word of what happens and a date; what stands beyond a comma is further away."""
    start, end = text.starts[kind.start], text.ends[kind.end - 1]
    near, far = (end, found.start) if start < found.start else (found.end, start)
    return far - near + _BEYOND_A_COMMA * sum(text.text[near:far].count(sign) for sign in _COMMAS)


def _absolute(text: Atoms) -> Iterator[_Found]:
    for match in _words().pattern.finditer(text.text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        month = int(parts.get("n", 0)) or _words().month.get(parts.get("m", ""), 0)
        yield _Found(Day(int(parts.get("y", 0)), month, int(parts.get("d", 0))), match.start(), match.end())


def _relative(text: Atoms, published: date | None) -> Iterator[_Found]:
    if published is None:
        return
    for hit in _words().relative.find(text):
        group, _, number = hit.label.partition(":")
        if day := _counted(group, int(number), published):
            yield _Found(day, text.starts[hit.start], text.ends[hit.end - 1])


def _counted(group: str, number: int, published: date) -> Day | None:
    """Count days, months or years from a day; of a season or quarter only the year is said, None once it is over."""
    if group == "days":
        return Day(*(published + timedelta(days=number)).timetuple()[:3])
    if group == "relative":
        months = published.year * _MONTHS + published.month - 1 + number
        return Day(months // _MONTHS, months % _MONTHS + 1, 0)
    if group == "years":
        return Day(published.year + number, 0, 0)
    return Day(published.year, 0, 0) if published.month <= number else None


def _ahead(day: Day, published: date | None) -> Day | None:
    """Give the day its year; None where it does not exist, is past, or no year can be told."""
    if published is None:
        return day if day.year and _exists(day) else None
    years = [day.year] if day.year else [published.year, published.year + 1]
    for year in years:
        dated = day._replace(year=year)
        if _exists(dated) and not _is_past(dated, published):
            months = (year - published.year) * _MONTHS + dated.month - published.month
            return dated if day.year or months <= _MONTHS_AHEAD else None
    return None


def _exists(day: Day) -> bool:
    try:
        date(day.year, day.month or 1, day.day or 1)
    except ValueError:
        return False
    return True


def _is_past(day: Day, published: date) -> bool:
    if day.day:
        return date(*day) < published
    return (day.year, day.month or _MONTHS) < (published.year, published.month)


def _written(day: Day) -> str:
    return f"{day.year:04d}" + "".join(f"-{part:02d}" for part in day[1:] if part)
