"""Is this article phone launch news, of which phone, at which stage, and why.

A weighted sum of readable features, put through the logistic function; what names no maker is none. Reads no
clock and no network.
Does not group articles; that is done in stories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.domain.coming import coming_dates
from crawler.domain.features import evidence, may_name, named
from crawler.domain.models import Decision, Role
from crawler.domain.stages import judge
from crawler.domain.weighing import logistic, strongest, total, weights

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.domain.features import Evidence
    from crawler.domain.stages import StageVerdict

THRESHOLD = 0.5
_REASONS, _WORDS = 6, 5  # how many a person wants to read


def decide(  # noqa: PLR0913 (an article has this many sides)
    title: str,
    summary: str = "",
    body: str = "",
    *,
    role: Role = Role.NEWS,
    language: str = "en",  # noqa: ARG001 (cue words of every language count in every text so far)
    published: datetime | None = None,
    source_brands: tuple[str, ...] = (),
) -> Decision:
    """Decide one article.

    Args:
        title: Its headline.
        summary: What the feed says of it.
        body: Its text; only the beginning counts.
        role: Whether a maker's own newsroom or a news site says it.
        language: BCP 47 tag; not used yet, since a title often mixes languages.
        published: When; resolves coming dates such as "in July".
        source_brands: The makers that the source speaks for.
    """
    text = f"{summary}\n{body}".strip()
    near = source_brands if role is Role.BRAND else ()
    day = published.date() if published else None
    if not (near or may_name(title, text)) or not (names := named(title, text, day, near)).brands:
        # Most news; to look for cues in it would be in vain.
        return Decision(relevant=False, score=0.0, why=("names no maker of phones",))
    found = evidence(title, text, day, near, names=names)
    score = round(logistic(total(found.features, weights()["relevance"])), 4)
    relevant = score >= THRESHOLD
    verdict = judge(found, role)
    official = role is Role.BRAND
    return Decision(
        relevant=relevant,
        score=score,
        stage=verdict.stage if relevant else None,
        brands=found.devices.brands,
        models=found.devices.models,
        guessed=found.devices.guessed,
        dates=coming_dates(title, text, day, official=official) if relevant else (),
        why=_why(found, verdict),
    )


def _why(found: Evidence, verdict: StageVerdict) -> tuple[str, ...]:
    reasons = strongest(found.features, weights()["relevance"], _REASONS)
    said = ", ".join(verdict.words[:_WORDS]) or "no word of it"
    return (*reasons, f"{verdict.stage}: {said}")
