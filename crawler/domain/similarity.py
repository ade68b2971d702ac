"""How alike two articles' events are: readable features of a pair, their weights, and the score.

The weights were fitted by logistic regression on labelled pairs of headlines (cross-validated by week) and rounded.
Which articles are compared, and what follows from a score, is decided in `stories`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain import generations
from crawler.domain.models import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from crawler.domain.profile import Profile

UNKNOWN_GAP = 24.0  # hours; what an article without a date is taken to lie from others


class Features(NamedTuple):
    """What two articles have in common, each in about [0, 1]; names are what a person is shown."""

    title: float  # cosine of the titles' terms
    text: float  # cosine of the terms of title and summary
    same_phone: float
    other_phone: float  # both name phones, none in common
    one_phone: float  # only one names a phone
    guess: float  # a phone that one supposes is the other's
    same_brand: float
    other_brand: float
    aspects: float  # Jaccard of what they tell
    headline: float  # Jaccard of what the titles tell
    leak_against_news: float  # one tells a leak, the other an unveiling
    stage: float  # both have the same stage
    other_stage: float  # rumour against announcement or availability
    unveiled: float  # both announce the same phone
    facts: float
    days: float
    other_days: float
    gap: float  # days between them
    same_source: float


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two sets of weights of length 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(w * other[t] for t, w in one.items() if t in other)


def jaccard(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Share of what two sets have in common; 0 where both are empty."""
    return len(one & other) / len(one | other) if one or other else 0.0


def features(a: Profile, b: Profile) -> Features:
    """Compare two articles."""
    stages = {a.article.decision.stage, b.article.decision.stage}
    same_phone = bool(a.phones & b.phones)
    gap = UNKNOWN_GAP if a.hours is None or b.hours is None else abs(a.hours - b.hours)
    return Features(
        title=cosine(a.title, b.title),
        text=cosine(a.text, b.text),
        same_phone=same_phone,
        other_phone=bool(a.phones and b.phones and not same_phone),
        one_phone=bool(a.phones) != bool(b.phones),
        guess=bool((a.phones | a.guessed) & (b.phones | b.guessed)) and not same_phone,
        same_brand=jaccard(a.brands, b.brands),
        other_brand=bool(a.brands and b.brands and not a.brands & b.brands),
        aspects=jaccard(a.aspects, b.aspects),
        headline=jaccard(a.headline, b.headline),
        leak_against_news=("leak" in a.headline) != ("leak" in b.headline),
        stage=len(stages) == 1 and None not in stages,
        other_stage=Stage.RUMOR in stages and bool(stages & {Stage.ANNOUNCEMENT, Stage.AVAILABILITY}),
        unveiled=same_phone and stages == {Stage.ANNOUNCEMENT},
        facts=min(len(a.facts & b.facts), 2) / 2,
        days=bool(a.days & b.days),
        other_days=bool(a.days and b.days and not a.days & b.days),
        gap=gap / 24,
        same_source=a.owner == b.owner,
    )


WEIGHTS = Features(
    title=6.0,
    text=6.0,
    same_phone=1.5,
    other_phone=-3.0,
    one_phone=-0.5,
    guess=0.8,
    same_brand=1.0,
    other_brand=-3.0,
    aspects=1.0,
    headline=1.5,
    leak_against_news=-1.0,
    stage=0.5,
    other_stage=-1.5,
    unveiled=2.0,
    facts=1.0,
    days=1.0,
    other_days=-1.0,
    gap=-0.7,
    same_source=-0.5,
)
BIAS = -3.5
LIMIT = 4.0  # no pair may outvote many others
NEVER = -math.inf


def score(found: Features) -> float:
    """Logarithm of the odds that two articles tell one event, at most LIMIT either way; above 0 is "one"."""
    total = BIAS + sum(w * f for w, f in zip(WEIGHTS, found, strict=True))
    return max(-LIMIT, min(LIMIT, total))


def compare(a: Profile, b: Profile) -> float:
    """The score of a pair, NEVER where both name phones of one line and none in common."""
    return NEVER if generations.conflict(a.phones, b.phones) else score(features(a, b))
