"""The dates that an article names for what comes: launch, event, sale.

Reads months and days in many languages and resolves them against the day of publication; never finer than the
text. Past dates, and dates beside no word of a launch, an event or a sale, are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.models import ComingDate
from crawler.domain.phrases import Phrases
from crawler.domain.text import atoms, fold, sentences
from crawler.domain.vocabulary import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.domain.text import Atoms

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
        Phrases((phrase, number) for number, phrases in data["relative"].items() for phrase in phrases),
        Phrases((phrase, kind) for kind, phrases in data["kinds"].items() for phrase in dict.fromkeys(phrases)),
    )


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
        rf"(?<![\d.,])(?P<d5>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|°)?\s+(?:{link}\s+)?(?P<m5>{name})\b"
        + year.replace("#", "5"),
        rf"\b(?P<m6>{name})\.?\s+{day}" + year.replace("#", "6"),
        rf"\b(?:{'|'.join(before)})[\s-]+(?P<m7>{name})\b(?!\.?\s+{day.replace('?P<d6>', '?:')})"
        + year.replace("#", "7"),
        rf"\b(?P<m8>{name})\s+(?:{link}\s+)?(?P<y8>20\d\d)\b",
        r"\btháng (?P<n9>1[0-2]|[1-9])\b",
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
    kinds = [(hit.label, text.starts[hit.start]) for hit in _words().kinds.find(text)]
    if not kinds:
        return
    for found in (*_absolute(text), *_relative(text, published)):
        day = _ahead(found.day, published)
        if day:
            yield min(kinds, key=lambda kind: _distance(kind[1], found))[0], _written(day)


def _distance(at: int, found: _Found) -> int:
    return found.start - at if at < found.start else at - found.end


def _absolute(text: Atoms) -> Iterator[_Found]:
    for match in _words().pattern.finditer(text.text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        month = int(parts["n"]) if "n" in parts else _words().month[parts["m"]]
        yield _Found(Day(int(parts.get("y", 0)), month, int(parts.get("d", 0))), match.start(), match.end())


def _relative(text: Atoms, published: date | None) -> Iterator[_Found]:
    if published is None:
        return
    for hit in _words().relative.find(text):
        months = published.year * _MONTHS + published.month - 1 + int(hit.label)
        day = Day(months // _MONTHS, months % _MONTHS + 1, 0)
        yield _Found(day, text.starts[hit.start], text.ends[hit.end - 1])


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
        date(day.year, day.month, day.day or 1)
    except ValueError:
        return False
    return True


def _is_past(day: Day, published: date) -> bool:
    if day.day:
        return date(*day) < published
    return (day.year, day.month) < (published.year, published.month)


def _written(day: Day) -> str:
    return f"{day.year:04d}-{day.month:02d}" + (f"-{day.day:02d}" if day.day else "")
