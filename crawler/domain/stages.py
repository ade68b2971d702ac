"""How far the phone is in the news told: rumor, teaser, announcement, availability.

Weighs the cue words of data/cues.toml; the title counts more than the text. Does not decide relevance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.models import Role, Stage

if TYPE_CHECKING:
    from crawler.domain.phrases import Hit

_IN_TITLE, _IN_TEXT = 1.0, 0.3
_STRENGTH = {Stage.RUMOR: 1.4, Stage.TEASER: 1.3, Stage.ANNOUNCEMENT: 0.8, Stage.AVAILABILITY: 1.2}
_BRAND_NEVER_RUMORS = -3.0
_WHERE_NOTHING_SPEAKS = 0.5


class StageVerdict(NamedTuple):
    """The stage, and the words that spoke for it."""

    stage: Stage
    cues: tuple[str, ...]


def judge(title: list[tuple[Hit, str]], text: list[tuple[Hit, str]], role: Role) -> StageVerdict:
    """Weigh the cues of title and text.

    Args:
        title: Cues found in the title, each with its words.
        text: The same of summary and body.
        role: A maker's own newsroom tells no rumours of itself.
    """
    scores = dict.fromkeys(Stage, 0.0)
    scores[Stage.ANNOUNCEMENT] += _WHERE_NOTHING_SPEAKS
    if role is Role.BRAND:
        scores[Stage.RUMOR] += _BRAND_NEVER_RUMORS
    said: dict[Stage, list[str]] = {stage: [] for stage in Stage}
    for weight, found in ((_IN_TITLE, title), (_IN_TEXT, text)):
        for label, words in dict.fromkeys((hit.label, words) for hit, words in found):
            if label.startswith("stage:"):
                stage = Stage(label.removeprefix("stage:"))
                scores[stage] += weight * _STRENGTH[stage]
                said[stage].append(words)
    best = max(Stage, key=lambda stage: scores[stage])
    return StageVerdict(best, tuple(said[best]))
