"""How new a phone was when an article named it: still to come, at its launch, or old.

Knows the dates of data/releases.toml and goes on from them: a number beyond the last of its line is beyond all
known, to come or just here. What the store has seen itself is not asked.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache

from crawler.domain.vocabulary import table

_ANOTHER = frozenset({"FE", "SE", "Flip", "Fold", "TriFold", "Edge", "Air", "Lite", "Neo", "Turbo"})  # unveiled apart
_NETWORKS = frozenset({"4G", "5G"})
_NUMBER = re.compile(r"\d+")
_DAYS_BEFORE, _DAYS_AT, _DAYS_NEW, _DAYS_RECENT = -1, 10, 45, 150


class Novelty(StrEnum):
    """The age of a phone, from what is to come to what is old."""

    COMING = "coming"
    LAUNCH = "at its launch"
    NEW = "new"
    BEYOND = "beyond all known"
    UNKNOWN = "of unknown age"
    RECENT = "recent"
    OLD = "old"


def novelty(maker: str, model: str, published: date | None, known_until: date = date.max) -> Novelty:
    """Return how new `model` was on the day `published`.

    Windows, chosen from how long sources write of a launch: 10 days, 45 days (the launch in other
    countries), 150 days.

    Args:
        maker: Its id.
        model: As in decisions.
        published: The day of the article.
        known_until: Releases after this day are taken as not known. Training looks at each line so too, or
            the weights would rely on dates that nobody has when the news comes.
    """
    if published is None:
        return Novelty.UNKNOWN
    released = release(maker, model, known_until)
    if released is None:
        return Novelty.BEYOND if _is_beyond(maker, model, known_until) else Novelty.UNKNOWN
    age = (published - released).days
    steps = ((_DAYS_BEFORE, Novelty.COMING), (_DAYS_AT, Novelty.LAUNCH), (_DAYS_NEW, Novelty.NEW))
    for limit, step in (*steps, (_DAYS_RECENT, Novelty.RECENT)):
        if age < limit:
            return step
    return Novelty.OLD


def release(maker: str, model: str, known_until: date = date.max) -> date | None:
    """Return when `model`, or the line that it belongs to, was unveiled; None where that is not known."""
    known: dict[str, date] = table("releases.toml").get(maker, {})
    words = model.replace("+", "").split()
    while words:
        released = known.get(" ".join(words))
        if released and released <= known_until:
            return released
        if words[-1] in _ANOTHER or (_NUMBER.search(words[-1]) and words[-1] not in _NETWORKS):
            return None
        words.pop()
    return None


def _is_beyond(maker: str, model: str, known_until: date) -> bool:
    number = _NUMBER.search(model)
    return number is not None and int(number.group()) > _last(maker, _start(number), known_until)


def _start(number: re.Match[str]) -> str:
    return number.string[: number.start()]


@lru_cache(maxsize=4096)
def _last(maker: str, start: str, known_until: date) -> int:
    """Return the last number known of the line that begins so; beyond all numbers where none is known."""
    known = [name for name, day in table("releases.toml").get(maker, {}).items() if day <= known_until]
    matches = [_NUMBER.search(name) for name in known]
    return max((int(match.group()) for match in matches if match and _start(match) == start), default=10**9)
