"""What of an article is compared when stories are drawn: words, phones, makers, aspects, numbers, time.

Made once for each article; comparing two profiles is the work of `similarity`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.aspects import aspects
from crawler.domain.generations import Phone, phone, phones
from crawler.domain.languages import primary
from crawler.domain.models import Stage
from crawler.domain.nameddays import days
from crawler.domain.spelling import latin, partners
from crawler.domain.terms import plain, rarity, stem, words
from crawler.domain.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from crawler.domain.models import Article, Decision

SUMMARY = 300  # characters of a summary that tell the event; what follows is background
_PAIR = 0.5  # a pair of neighbours weighs this much of its two words together
_RUN = 4  # characters
_UNOFFICIAL = frozenset(("leak", "certification", "benchmark"))
_FIGURE = re.compile(r"\d{3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WEB = re.compile(r"https?://\S+|www\.\S+")


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity, so that scores can be remembered
class Profile:
    """An article as the comparison sees it.

    Args:
        owner: Who owns its source.
        language: BCP 47, without script and region.
        title: Weight of each term of the title; the whole has length 1.
        text: The same of title and summary together; `rest` without the names of makers and phones.
        chars: Weight of each run of characters of the title, whose length is 1 too; finds what inflection hides.
        theme: Rarity of each term of the title that names no maker or phone; `told` those of title and summary.
        models: The models that it states; those of the title where the title names any.
        phones: The same without sizes.
        guessed: The phones that it only supposes.
        aspects: What title and summary tell of a phone; `headline` is what the title alone tells.
        families: Its makers, each by the maker that it belongs to.
        facts: Numbers of two digits and more that belong to no phone; `figures` those that are hardly met by chance.
        days: Days and months that it names.
        stage: As decided, else as the headline sounds.
        hours: When it was published, in hours since 1970, or None where unknown.
    """

    owner: str
    language: str
    title: Mapping[str, float]
    text: Mapping[str, float]
    rest: Mapping[str, float]
    chars: Mapping[str, float]
    theme: Mapping[str, float]
    told: Mapping[str, float]
    brands: frozenset[str]
    families: frozenset[str]
    first_brand: str
    first_phone: Phone | None
    partners: frozenset[str]
    models: frozenset[str]
    phones: frozenset[Phone]
    guessed: frozenset[Phone]
    aspects: frozenset[str]
    headline: frozenset[str]
    facts: frozenset[str]
    figures: frozenset[str]
    days: frozenset[str]
    stage: Stage | None
    hours: float | None

    @property
    def unveils(self) -> bool:
        """Whether it tells that a phone was shown; prices and sales count where they come with the launch."""
        shown = self.stage is Stage.AVAILABILITY and "unveiling" in self.headline
        return shown or self.stage is Stage.ANNOUNCEMENT

    @property
    def leaks(self) -> bool:
        """Whether its headline tells what is not official."""
        return not _UNOFFICIAL.isdisjoint(self.headline) and self.stage is not Stage.TEASER


def profile(article: Article, owner: str) -> Profile:
    """What is compared of an article.

    Args:
        article: With its decision made.
        owner: Who owns its source.
    """
    when = article.published if article.has_date else None
    return _profile(
        article.title, article.summary[:SUMMARY], article.language, when, _Named.of(article.decision), owner
    )


class _Named(NamedTuple):
    """The part of a decision that is compared."""

    brands: tuple[str, ...]
    models: tuple[str, ...]
    guessed: tuple[str, ...]
    stage: Stage | None

    @classmethod
    def of(cls, decision: Decision) -> _Named:
        return cls(decision.brands, decision.models, decision.guessed, decision.stage)


# A window is looked at several times in one round, and again in the next. Bodies, stories and keys are no part of it.
@lru_cache(maxsize=1 << 12)  # each takes some 25 kB
def _profile(  # noqa: PLR0913, PLR0917 (all that a profile is made of)
    headline: str, lead: str, language: str, published: datetime | None, decision: _Named, owner: str
) -> Profile:
    title = latin(plain(_WEB.sub(" ", headline)))
    summary = latin(plain(_WEB.sub(" ", lead)))
    head, rest = words(title), words(summary)
    head_aspects = aspects(title, head)
    own = _names(decision)
    named = _main(decision.models, title)
    told = [w for w in [*head, *rest] if w not in own]
    facts = frozenset(w for w in told if len(w) > 1 and w[0].isdigit())
    return Profile(
        owner=owner,
        language=primary(language),
        title=_unit(_terms(head)),
        text=_unit(_terms([*head, *rest])),
        rest=_unit(_terms(told)),
        chars=_unit(_runs(head)),
        theme={s: rarity(s) for s in map(stem, [w for w in head if w not in own])},
        told={s: rarity(s) for s in map(stem, told)},
        brands=frozenset(decision.brands),
        families=frozenset(map(_family, decision.brands)),
        first_brand=next(iter(decision.brands), ""),
        first_phone=phone(named[0]) if named else None,
        partners=partners([*head, *rest]),
        models=frozenset(named),
        phones=phones(named),
        guessed=phones(decision.guessed),
        headline=head_aspects,
        aspects=head_aspects | aspects(summary, rest),
        facts=facts,
        figures=frozenset(w for w in facts if _FIGURE.match(w) and not _YEAR.fullmatch(w)),
        stage=decision.stage or _stage(head_aspects),
        days=days(f"{title}. {summary}"),
        hours=published.timestamp() / 3600 if published else None,
    )


def _terms(tokens: Sequence[str]) -> dict[str, float]:
    """Stems and neighbouring pairs of them, with their rarity."""
    weighed = [(s, rarity(s)) for s in map(stem, tokens)]
    return dict(weighed) | {f"{a} {b}": _PAIR * (one + other) for (a, one), (b, other) in pairwise(weighed)}


def _runs(tokens: Sequence[str]) -> Counter[str]:
    """Runs of characters, over the ends of words too, and how often each occurs."""
    text = f" {' '.join(tokens)} "
    return Counter(text[i : i + _RUN] for i in range(len(text) - _RUN + 1))


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    """The same direction with length 1."""
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {term: w / length for term, w in weights.items()}


def _main(models: Sequence[str], title: str) -> Sequence[str]:
    """The models named in the title, or all where it names none."""
    squeezed = "".join(words(title))
    return [m for m in models if "".join(words(plain(m))) in squeezed] or models


def _names(decision: _Named) -> frozenset[str]:
    """The words that makers and phones are named by."""
    named = (*decision.brands, *decision.models, *decision.guessed)
    return frozenset(word for name in named for word in words(plain(name)))


def _family(brand: str) -> str:
    """The maker that a brand belongs to, itself where it stands alone."""
    maker = vocabulary().makers.get(brand)
    return (maker and maker.parent) or brand


def _stage(headline: frozenset[str]) -> Stage | None:
    """A stage for what triage gave none: a leak is a rumour, an unveiling an announcement."""
    if not _UNOFFICIAL.isdisjoint(headline):
        return Stage.RUMOR
    return Stage.ANNOUNCEMENT if "unveiling" in headline else None
