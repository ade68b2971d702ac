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

EVENTS = frozenset(
    ("partnership", "ending", "leak", "unveiling", "invitation", "teaser", "price", "sale", "concept", "video")
) | {"live", "comparison", "repair"}
"""Aspects that say what happened; the others say what part of the phone it is about."""

TELLTALE = frozenset(["ending", "sale", "concept", "video", "comparison"])
"""Events that seldom go without being named: where only one headline does, there are two stories."""


class Features(NamedTuple):
    """What two articles have in common; most are 0 or 1, the names are what a person is shown."""

    title: float  # cosine of the titles' terms
    text: float  # cosine of the terms of title and summary
    rest: float  # the same without the names of makers and phones
    same_phone: float
    other_phone: float  # both name phones, none in common
    one_phone: float  # only one names a phone
    other_variant: float  # the same phone in other sizes, which are unveiled together
    guess: float  # a phone that one supposes is the other's
    same_brand: float  # Jaccard
    other_brand: float
    partner: float
    events: float  # Jaccard of what happened
    topics: float  # Jaccard of what it is about
    telltale: float  # events that only one headline names
    leak_against_news: float  # one headline tells a leak
    other_stage: float  # rumour against announcement or availability
    unveiled: float  # both announce the same phone
    facts: float
    days: float
    gap: float  # days between them
    undated: float  # a time is unknown; a phone is unveiled only once, so that needs none
    foreign: float  # in different languages, where words can hardly meet
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
    stages = {a.stage, b.stage}
    other_brand = bool(a.brands and b.brands and not a.brands & b.brands)
    same_phone = bool(a.phones & b.phones) and not other_brand  # two makers may have a 12
    unveiled = same_phone and a.unveils and b.unveils
    gap = None if a.hours is None or b.hours is None else abs(a.hours - b.hours) / 24
    return Features(
        title=cosine(a.title, b.title),
        text=cosine(a.text, b.text),
        rest=cosine(a.rest, b.rest),
        same_phone=same_phone,
        other_phone=bool(a.phones and b.phones and not same_phone),
        one_phone=bool(a.phones) != bool(b.phones),
        other_variant=same_phone and not unveiled and not a.models & b.models,
        guess=bool((a.phones | a.guessed) & (b.phones | b.guessed)) and not same_phone,
        same_brand=jaccard(a.brands, b.brands),
        other_brand=other_brand,
        partner=bool(a.partners & b.partners),
        events=jaccard(a.aspects & EVENTS, b.aspects & EVENTS),
        topics=jaccard(a.aspects - EVENTS, b.aspects - EVENTS),
        telltale=len((a.headline ^ b.headline) & TELLTALE),
        leak_against_news=a.leaks != b.leaks,
        other_stage=Stage.RUMOR in stages and bool(stages & {Stage.ANNOUNCEMENT, Stage.AVAILABILITY}),
        unveiled=unveiled,
        facts=min(len(a.facts & b.facts), 2) / 2,
        days=bool(a.days & b.days),
        gap=gap or 0.0,
        undated=gap is None and not unveiled,
        foreign=a.article.language[:2] != b.article.language[:2],
        same_source=a.owner == b.owner,
    )


# From labelled pairs; sharing a phone counts below zero by itself because the titles' words have counted it already.
WEIGHTS = Features(
    title=3.6,
    text=0.8,
    rest=3.5,
    same_phone=-1.3,
    other_phone=-1.5,
    one_phone=-1.2,
    other_variant=-1.6,
    guess=0.3,
    same_brand=1.9,
    other_brand=-2.4,
    partner=0.9,
    events=1.3,
    topics=0.6,
    telltale=-0.2,
    leak_against_news=-1.1,
    other_stage=-1.7,
    unveiled=1.2,
    facts=0.5,
    days=1.6,
    gap=-1.3,
    undated=-2.8,
    foreign=0.4,
    same_source=-1.1,
)
BIAS = -2.1
LIMIT = 4.0  # no pair may outvote many others
NEVER = -math.inf


def score(found: Features) -> float:
    """Logarithm of the odds that two articles tell one event, at most LIMIT either way; above 0 is "one"."""
    total = BIAS + sum(w * f for w, f in zip(WEIGHTS, found, strict=True))
    return max(-LIMIT, min(LIMIT, total))


def compare(a: Profile, b: Profile) -> float:
    """The score of a pair; NEVER where they tell of other phones, however alike the words."""
    return NEVER if _other_subjects(a, b) else score(features(a, b))


def _other_subjects(a: Profile, b: Profile) -> bool:
    """Whether both name phones of one line and none in common, or share neither maker nor phone nor partner."""
    if generations.conflict(a.phones, b.phones):
        return True
    makers = bool(a.brands and b.brands) and not a.brands & b.brands
    named, other = a.phones | a.guessed, b.phones | b.guessed
    return makers and bool(a.phones and b.phones) and not named & other and not a.partners & b.partners


def parts(found: Features) -> dict[str, float]:
    """What each feature that is there adds to the score, the weightiest first; for a person to read.

    Args:
        found: Of a pair.
    """
    added = {name: w * f for name, w, f in zip(Features._fields, WEIGHTS, found, strict=True) if f}
    return dict(sorted(added.items(), key=lambda part: (-abs(part[1]), part[0])))
