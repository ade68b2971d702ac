"""How far the phone is in the news told: rumor, teaser, announcement, availability.

Adds up what the features weigh for each stage. Does not decide relevance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.models import Role, Stage
from crawler.domain.weighing import total, weights

if TYPE_CHECKING:
    from crawler.domain.features import Evidence


class StageVerdict(NamedTuple):
    """The stage, and the words that spoke for it."""

    stage: Stage
    words: tuple[str, ...]


def judge(found: Evidence, role: Role) -> StageVerdict:
    """Return the stage of a relevant article; a maker's own newsroom tells no rumours."""
    stages = [stage for stage in Stage if role is Role.NEWS or stage is not Stage.RUMOR]
    best = max(stages, key=lambda stage: total(found.features, weights()[stage]))
    said = dict.fromkeys(cue.words for cue in (*found.title, *found.text) if cue.label == f"stage:{best}")
    return StageVerdict(best, tuple(said))
