"""Why triage decides as it does: every feature with its weight, every name and cue with its place.

Decides nothing itself; what it tells is read from the same evidence as the decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.domain.deciding import decided
from crawler.domain.features import evidence
from crawler.domain.models import Role
from crawler.domain.text import fold
from crawler.domain.weighing import BIAS, weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.domain.features import Cue
    from crawler.domain.mentions import Mention
    from crawler.domain.models import Article, Decision, SourceFacts


@dataclass(frozen=True, slots=True)
class Span:
    """A name where it stands.

    Args:
        where: `title` or `text`.
        start: Offset in the folded text, and `end` likewise.
        words: What stands there.
        kind: `maker`, `family`, `model`, `partner`, `other`, `software` or `chip`.
        means: The maker's id, with the model's name where it is one.
    """

    where: str
    start: int
    end: int
    words: str
    kind: str
    means: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that spoke in a decision.

    Args:
        features: What weighed for (+) or against (-) relevance, the heaviest first.
        stages: The same for each stage.
        spans: Names in title and text.
        cues: Cue words: where, label, words.
    """

    decision: Decision
    features: tuple[tuple[str, float], ...]
    stages: dict[str, tuple[tuple[str, float], ...]]
    spans: tuple[Span, ...]
    cues: tuple[tuple[str, str, str], ...]


def explained(article: Article, source: SourceFacts) -> Explanation:
    """Explain the decision on an article.

    Args:
        article: Cleaned, from `source`.
        source: Its role and brands weigh in.
    """
    text = f"{article.summary}\n{article.body}".strip()
    day = article.published.date() if article.has_date else None
    found = evidence(article.title, text, day, source.brands if source.role is Role.BRAND else ())
    tables = weights()
    return Explanation(
        decision=decided(article, source).decision,
        features=_weighed(found.features, tables["relevance"]),
        stages={name: _weighed(found.features, table) for name, table in tables.items() if name != "relevance"},
        spans=(*_spans("title", article.title, found.devices.title), *_spans("text", text, found.devices.text)),
        cues=(*_cues("title", found.title), *_cues("text", found.text)),
    )


def _weighed(features: tuple[str, ...], table: dict[str, float]) -> tuple[tuple[str, float], ...]:
    rows = [(name, table[name]) for name in (BIAS, *features) if table.get(name)]
    return tuple(sorted(rows, key=lambda row: (-abs(row[1]), row[0])))


def _spans(where: str, text: str, mentions: tuple[Mention, ...]) -> Iterator[Span]:
    folded = fold(text)
    for one in mentions:
        means = f"{one.maker} {one.name}".strip()
        yield Span(where, one.start, one.end, folded[one.start : one.end], one.kind, means)


def _cues(where: str, cues: tuple[Cue, ...]) -> Iterator[tuple[str, str, str]]:
    return ((where, cue.label, cue.words) for cue in cues)
