"""How alike two articles' events are: readable features of a pair, their weights, and the score.

The weights are learned by `crawler.pairtraining` from labelled pairs of headlines; they stand in `data`.
Which articles are compared, and what follows from a score, is decided in `stories`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain import generations
from crawler.domain.aspects import EVENTS
from crawler.domain.models import Stage
from crawler.domain.terms import RAREST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from crawler.domain.profile import Profile

_HALF_DAY = 0.5  # days
_UNDATED_LAUNCH = 0.5  # how soon after another an undated report of a launch is thought to have come
_WINDOW = 4.0  # days


class Features(NamedTuple):
    """What two articles have in common; most are 0 or 1, the names are what a person is shown."""

    title: float  # cosine of the titles' terms
    chars: float  # cosine of the titles' runs of characters
    text: float  # cosine of the terms of title and summary
    rest: float  # the same without the names of makers and phones
    covered: float  # share of one title's theme that the other article tells, by rarity
    shared: float  # terms that both titles' themes have, up to four
    rarest: float  # rarity of the rarest term that both tell
    brief: float  # terms of the shorter theme, in tens: how much it can share at all
    same_phone: float
    other_phone: float  # both name phones, none in common
    one_phone: float  # only one names a phone
    models: float  # Jaccard
    same_models: float  # the very same, sizes too
    other_variant: float  # the same phone in other sizes, which are unveiled together
    other_first: float  # a phone in common, but another is named first
    other_maker_first: float
    guess: float  # a phone that one supposes is the other's
    same_brand: float  # Jaccard
    other_brand: float
    kin: float  # makers of one family alone in common, such as Xiaomi and Redmi
    no_brand: float  # one of the two names no maker
    events: float  # Jaccard of what happened; the next one of the headlines alone
    head_events: float
    other_events: float  # both headlines say what happened, and nothing in common
    one_ends: float  # one headline alone tells of an end
    one_concept: float
    one_rounds_up: float  # one headline alone announces all that is known
    topics: float  # Jaccard of what it is about
    same_topic: float  # the headlines have one in common
    other_topics: float  # both headlines have one, none in common
    leaks: float  # both headlines tell a leak, of which there are many
    leak_against_news: float  # one headline tells a leak
    same_stage: float
    no_stage: float  # how many of the two have none
    teaser_against_launch: float
    sale_against_launch: float
    rumour_against_launch: float  # or against a sale
    unveiled: float  # both announce the same phone
    one_unveils: float  # one announces the phone, on the same day the other tells of it
    same_number: float  # a number of two digits or more that belongs to no phone, such as a price
    other_number: float  # both have such numbers, none in common
    same_figure: float  # the same for numbers of three digits or more that are no year
    other_figure: float
    days: float  # days and months named by both; the next one: both name some, none in common
    other_days: float
    soon: float  # 1 at the same moment, a third after half a day
    phone_soon: float  # the same for one phone
    gap: float  # days between the two, as a share of the four that are looked at
    next_day: float  # more than one day between them; the next one: more than two
    later: float
    undated: float  # a time is unknown; a phone is unveiled only once, so that needs none
    foreign: float  # in different languages, where words can hardly meet
    same_source: float


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two sets of weights of length 1; the same whichever comes first."""
    return math.fsum([one[term] * other[term] for term in one.keys() & other.keys()])


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
    once = unveiled and bool(a.models & b.models)  # sizes of one phone may be unveiled months apart
    soon = (_UNDATED_LAUNCH if once else 0.0) if gap is None else math.exp(-gap / _HALF_DAY)
    a_head, b_head = a.headline & EVENTS, b.headline & EVENTS
    a_about, b_about = a.headline - EVENTS, b.headline - EVENTS
    return Features(
        title=cosine(a.title, b.title),
        chars=cosine(a.chars, b.chars),
        text=cosine(a.text, b.text),
        rest=cosine(a.rest, b.rest),
        covered=max(_covered(a.theme, b.told), _covered(b.theme, a.told)),
        shared=min(len(a.theme.keys() & b.theme.keys()), 4) / 4,
        rarest=max(map(a.told.__getitem__, a.told.keys() & b.told.keys()), default=0.0) / RAREST,
        brief=min(len(a.theme), len(b.theme)) / 10,
        same_phone=same_phone,
        other_phone=bool(a.phones and b.phones and not same_phone),
        one_phone=bool(a.phones) != bool(b.phones),
        models=jaccard(a.models, b.models),
        same_models=bool(a.models) and a.models == b.models,
        other_variant=same_phone and not unveiled and not a.models & b.models,
        other_first=same_phone and a.first_phone != b.first_phone,
        other_maker_first=bool(a.first_brand and b.first_brand) and a.first_brand != b.first_brand,
        guess=bool((a.phones | a.guessed) & (b.phones | b.guessed)) and not same_phone,
        same_brand=jaccard(a.brands, b.brands),
        other_brand=other_brand and not a.families & b.families,
        kin=other_brand and bool(a.families & b.families),
        no_brand=not (a.brands and b.brands),
        events=jaccard(a.aspects & EVENTS, b.aspects & EVENTS),
        head_events=jaccard(a_head, b_head),
        other_events=_parted(a_head, b_head),
        one_ends=("ending" in a.headline) != ("ending" in b.headline),
        one_concept=("concept" in a.aspects) != ("concept" in b.aspects),
        one_rounds_up=("roundup" in a.headline) != ("roundup" in b.headline),
        topics=jaccard(a.aspects - EVENTS, b.aspects - EVENTS),
        same_topic=bool(a_about & b_about),
        other_topics=_parted(a_about, b_about),
        leaks=a.leaks and b.leaks,
        leak_against_news=a.leaks != b.leaks,
        same_stage=a.stage is not None and a.stage == b.stage,
        no_stage=(a.stage is None) + (b.stage is None),
        teaser_against_launch=stages == {Stage.TEASER, Stage.ANNOUNCEMENT},
        sale_against_launch=stages == {Stage.AVAILABILITY, Stage.ANNOUNCEMENT},
        rumour_against_launch=Stage.RUMOR in stages and bool(stages & {Stage.ANNOUNCEMENT, Stage.AVAILABILITY}),
        unveiled=unveiled,
        one_unveils=same_phone and a.unveils != b.unveils and not (a.leaks or b.leaks) and gap is not None and gap < 1,
        same_number=bool(a.facts & b.facts),
        other_number=_parted(a.facts, b.facts),
        same_figure=bool(a.figures & b.figures),
        other_figure=_parted(a.figures, b.figures),
        days=bool(a.days & b.days),
        other_days=_parted(a.days, b.days),
        soon=soon,
        phone_soon=soon if same_phone else 0.0,
        gap=min(gap or 0.0, _WINDOW) / _WINDOW,
        next_day=gap is not None and gap > 1,
        later=gap is not None and gap > 2,  # noqa: PLR2004 - days, as its comment says
        undated=gap is None and not once,
        foreign=a.language != b.language,
        same_source=a.owner == b.owner,
    )


def _parted(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether both have something, and nothing in common."""
    return bool(one and other) and one.isdisjoint(other)


def _covered(theme: Mapping[str, float], told: Mapping[str, float]) -> float:
    """Share of a theme that a text tells, by the rarity of its terms; 0 where there is no theme."""
    return math.fsum(map(theme.__getitem__, theme.keys() & told.keys())) / (math.fsum(theme.values()) or 1.0)


@dataclass(frozen=True, slots=True)
class Table:
    """Learned weights: what each feature adds to the score, and what every pair starts from.

    Args:
        weights: By feature.
        bias: Added to every sum.
    """

    weights: Features
    bias: float


@cache
def tables() -> dict[tuple[bool, bool], Table]:
    """The weights by regime: whether two articles are in different languages, and whether they name one phone.

    Across languages words hardly meet, so that dates, numbers and phones have to tell more; of one phone there are many
    stories, so that the words have to.
    """
    text = resources.files("crawler.domain").joinpath("data", "pair_weights.json").read_text(encoding="utf-8")
    learned = json.loads(text)

    def summed(*regimes: str) -> Table:
        added = [learned[name] for name in ("always", *regimes)]
        weights = (math.fsum(table.get(name, 0.0) for table in added) for name in Features._fields)
        return Table(Features(*weights), learned["bias"])

    return {
        (foreign, phone): summed(*(["foreign"] if foreign else []), *(["one_phone"] if phone else []))
        for foreign in (False, True)
        for phone in (False, True)
    }


def table(found: Features) -> Table:
    """The weights that count for a pair."""
    return tables()[bool(found.foreign), bool(found.same_phone)]


MOST, LEAST = 2.0, -3.0  # no pair may outvote many others
NEVER = -math.inf


def score(found: Features) -> float:
    """Logarithm of the odds that two articles tell one event, between LEAST and MOST; above 0 is "one"."""
    learned = table(found)
    return moderate(learned.bias + sum(map(mul, learned.weights, found)))


def moderate(total: float) -> float:
    """A sum of weights as one voice among many."""
    return max(LEAST, min(MOST, total))


@lru_cache(maxsize=1 << 18)  # of a day with hundreds of reports, each round asks for the same pairs again; 700 fit
def compare(a: Profile, b: Profile) -> float:
    """The score of a pair; NEVER where they tell of other phones, however alike the words."""
    return NEVER if ruled_out(a, b) else score(features(a, b))


def ruled_out(a: Profile, b: Profile) -> bool:
    """Whether both name phones of one line and none in common, or share neither maker nor phone nor partner."""
    if generations.conflict(a.phones, b.phones):
        return True
    makers = bool(a.brands and b.brands) and not a.brands & b.brands
    named, other = a.phones | a.guessed, b.phones | b.guessed
    return makers and bool(a.phones and b.phones) and not named & other and not a.partners & b.partners


def parts(found: Features) -> dict[str, float]:
    """What each feature that is there adds to the score, the weightiest first, after the start of all: for a person.

    Args:
        found: Of a pair.
    """
    learned = table(found)
    added = {name: w * f for name, w, f in zip(Features._fields, learned.weights, found, strict=True) if f}
    return {"start": learned.bias} | dict(sorted(added.items(), key=lambda part: (-abs(part[1]), part[0])))
