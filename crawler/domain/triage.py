"""Is this article phone launch news, of which phone, at which stage, and why.

A weighted sum of readable features, put through the logistic function. Reads no clock and no network.
Does not group articles; that is done in stories.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from crawler.domain import devices
from crawler.domain.cues import cues
from crawler.domain.models import Decision, Role
from crawler.domain.stages import judge
from crawler.domain.text import atoms

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.domain.devices import Devices
    from crawler.domain.phrases import Hit

THRESHOLD = 0.5
_READ_OF_BODY = 1200  # characters; what an article is about stands at its beginning

_WEIGHTS = {
    "bias": -2.2,
    "title names a model": 2.0,
    "text names a model": 0.4,
    "title names a maker and a phone": 1.3,
    "title names a maker": 0.3,
    "title: rumor": 1.2,
    "title: teaser": 0.8,
    "title: announcement": 0.9,
    "title: availability": 0.5,
    "title: review": -2.2,
    "title: deal": -1.8,
    "title: guide": -1.3,
    "title: software": -1.6,
    "title: business": -1.4,
    "title: talk": -0.7,
    "title: another thing": -1.0,
    "title: a system": -0.8,
    "no maker": -2.0,
}


def decide(  # noqa: PLR0913 (an article has this many sides)
    title: str,
    summary: str = "",
    body: str = "",
    *,
    role: Role = Role.NEWS,
    language: str = "en",
    published: datetime | None = None,
    source_brands: tuple[str, ...] = (),
) -> Decision:
    """Decide one article.

    Args:
        title: Its headline.
        summary: What the feed says of it.
        body: Its text; only the beginning counts.
        role: Whether a maker's own newsroom or a news site says it.
        language: BCP 47 tag; cue words of all languages count in every text.
        published: When; resolves coming dates such as "in July".
        source_brands: The makers that the source speaks for.
    """
    text = f"{summary}\n{body[:_READ_OF_BODY]}".strip()
    found = devices.find(title, text, near=source_brands if role is Role.BRAND else ())
    head, below = _cues(title), _cues(text)
    features = _features(found, head)
    total = sum(_WEIGHTS[name] for name in features) + _WEIGHTS["bias"]
    score = round(1 / (1 + math.exp(-total)), 4)
    verdict = judge(head, below, role)
    relevant = score >= THRESHOLD
    return Decision(
        relevant=relevant,
        score=score,
        stage=verdict.stage if relevant else None,
        brands=found.brands,
        models=found.models,
        guessed=found.guessed,
        why=(*(f"{name} {_WEIGHTS[name]:+.1f}" for name in features), f"{verdict.stage}: {', '.join(verdict.cues)}"),
    )


def _cues(text: str) -> list[tuple[Hit, str]]:
    cut = atoms(text)
    return [(hit, cut.text[cut.starts[hit.start] : cut.ends[hit.end - 1]]) for hit in cues().find(cut)]


def _features(found: Devices, head: list[tuple[Hit, str]]) -> list[str]:
    labels = {hit.label for hit, _ in head}
    kinds = {mention.kind for mention in found.title}
    names: list[str] = []
    if "model" in kinds:
        names.append("title names a model")
    elif "maker" in kinds:
        names.append("title names a maker and a phone" if "phone" in labels else "title names a maker")
    if any(mention.kind == "model" for mention in found.text):
        names.append("text names a model")
    if not found.brands:
        names.append("no maker")
    if "other" in kinds:
        names.append("title: another thing")
    if "software" in kinds:
        names.append("title: a system")
    names += sorted(f"title: {label.partition(':')[2]}" for label in labels if label.startswith(("stage:", "not:")))
    return names
