"""Learning the weights by which two articles are judged to tell one event.

    python -m crawler.pairtraining STORIES.jsonl [MORE.jsonl[=WEIGHT] ...]

Each line is one JSON object: id, title, snippet, url, publisher, published, lang, story, and part where a line tells
one feature of a launch alone (joined to the launch or not, both are right). Stories are cross-validated by week on the
first file, with the others as further lessons (a pair of theirs counts WEIGHT), less what these tell of the same weeks;
the threshold is well above even odds. Prints figures, then writes crawler/domain/data/pair_weights.json. Needs
scikit-learn, which nothing else here needs.
"""

from __future__ import annotations

import importlib
import json
import math
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from crawler.domain import candidates, linkage
from crawler.domain.articles import from_entry
from crawler.domain.deciding import decided
from crawler.domain.models import Entry, Role, SourceFacts
from crawler.domain.profile import profile
from crawler.domain.similarity import NEVER, Features, features, moderate, ruled_out
from crawler.domain.stories import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from crawler.domain.models import Article

WEIGHTS = Path(__file__).parent / "domain" / "data" / "pair_weights.json"
_CAUTION = 1.0  # off the bias: a wrong merge is worse than a missed one, and the nearest few are what joins
_STRENGTH = 0.5  # inverse of the penalty on large weights
_REGIMES = ("always", "foreign", "one_phone")
_BIG = 0.25  # a pair of a story with n lines counts n to the minus this, lest big stories are all that is learned
_FOLDS = 10
_DECIMALS = 3
Figures = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Pair:
    """A suggested pair of lines, by place: its features, whether it is one story, and how much it counts."""

    places: tuple[int, int]
    features: Features
    same: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """A file of labelled lines in order of time, and the pairs that may be learned from.

    Args:
        never: Pairs that are ruled out whatever the weights.
        weeks: Of each line; the weeks of one story are one, so that none is on both sides.
        own: The week of each line itself.
    """

    lines: Sequence[dict[str, Any]]
    pairs: Sequence[Pair]
    never: Sequence[tuple[int, int]]
    weeks: Sequence[str]
    own: Sequence[str]


def main(paths: list[str]) -> None:
    """Read the labelled lines, print the figures and write the weights."""
    if not paths:
        sys.exit(__doc__)
    first, *more = (lesson(path, float(weight or 1)) for path, _, weight in (each.partition("=") for each in paths))
    held_out = _held_out(first, more)
    weights, bias = _fit(_learned(first, more))
    known = {pair.places: _score(pair, weights, bias) for pair in first.pairs}
    for name, scores in (("held out by week", held_out), ("in sample", known)):
        print(f"{name}: B-cubed P {{:.3f}} R {{:.3f}} F1 {{:.3f}}".format(*bcubed(first, _draw(first, scores))))  # noqa: T201
    WEIGHTS.write_text(_written(weights, bias), encoding="utf-8")


def _written(weights: Sequence[float], bias: float) -> str:
    """The weights as the file holds them: the bias, then a table for each regime."""
    fields = len(Features._fields)
    tables = {
        name: {
            feature: round(weight, _DECIMALS)
            for feature, weight in zip(Features._fields, weights[at * fields : (at + 1) * fields], strict=True)
            if round(weight, _DECIMALS)
        }
        for at, name in enumerate(_REGIMES)
    }
    return json.dumps({"bias": round(bias, _DECIMALS)} | tables, indent=1) + "\n"


def lesson(path: str, counts: float = 1.0) -> Lesson:
    """Read labelled lines and compare those that suggest each other; each pair counts so much."""
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    read = sorted(((article(row), row) for row in rows), key=lambda both: in_order(both[0]))
    lines = [row for _, row in read]
    profiles = [profile(one, one.source) for one, _ in read]
    size = Counter(row["story"] for row in lines)
    pairs, never = [], []
    for i, j in candidates.pairs(profiles):
        if ruled_out(profiles[i], profiles[j]):
            never.append((i, j))
            continue
        same = lines[i]["story"] == lines[j]["story"]
        weight = max(size[lines[i]["story"]], size[lines[j]["story"]]) ** -_BIG if same else 1.0
        if same and lines[i].get("part") != lines[j].get("part"):
            weight = 0.0
        pairs.append(Pair((i, j), features(profiles[i], profiles[j]), same, counts * weight))
    own = [_week(line) for line in lines]
    return Lesson(lines, pairs, never, _weeks(lines, own), own)


def article(row: dict[str, Any]) -> Article:
    """A labelled line as an article; a date that is only a month or a year is none."""
    stated = str(row.get("published") or "")
    when = datetime.fromisoformat(stated) if len(stated) >= len("2022-05-23") else None
    published = when and (when if when.tzinfo else when.replace(tzinfo=UTC))
    url = row.get("url") or f"https://example.com/{quote(str(row['id']), safe='')}"
    entry = Entry(url=url, title=row["title"], summary=row.get("snippet") or "", published=published)
    source, language = row.get("publisher") or "unknown", row.get("lang") or "en"
    found = from_entry(entry, source, language, datetime.now(UTC))
    return replace(decided(found, SourceFacts(source, source, Role.NEWS, source, language)), key=row["id"])


def bcubed(of: Lesson, groups: Sequence[Sequence[int]]) -> Figures:
    """Mean over lines of the precision and recall of each line's own group, and their harmonic mean.

    Args:
        of: The labels; two parts of one story count neither way.
        groups: Places of lines.
    """
    home = {place: set(group) for group in groups for place in group}
    wanted = defaultdict(set)
    for place, line in enumerate(of.lines):
        wanted[line["story"]].add(place)
    precision = recall = 0.0
    for place, line in enumerate(of.lines):
        story = wanted[line["story"]]
        left_open = {other for other in story if of.lines[other].get("part") != line.get("part")}
        mine = home[place] - left_open
        precision += len(mine & story) / len(mine) / len(of.lines)
        recall += len(mine & story) / len(story - left_open) / len(of.lines)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _week(line: dict[str, Any]) -> str:
    stated = str(line.get("published") or "")
    dated = len(stated) >= len("2022-05-23")
    return datetime.fromisoformat(stated).strftime("%G-%V") if dated else f"of {line['story']}"


def _weeks(lines: Sequence[dict[str, Any]], own: Sequence[str]) -> list[str]:
    first: dict[str, int] = {}
    met: dict[str, int] = {}
    pairs = [
        (there, place)
        for place, line in enumerate(lines)
        for there in (first.setdefault(line["story"], place), met.setdefault(own[place], place))
    ]
    return [own[top] for _, top in sorted(linkage.roots(range(len(lines)), pairs).items())]


def _learned(first: Lesson, more: Sequence[Lesson], without: AbstractSet[str] = frozenset()) -> list[Pair]:
    """The pairs that teach; those with a line of the given weeks left out."""
    return [
        pair
        for one in (first, *more)
        for pair in one.pairs
        if pair.weight and not any(one.own[place] in without for place in pair.places)
    ]


def _row(found: Features) -> list[float]:
    """The features as they count always, across languages, and for one phone."""
    values = [float(value) for value in found]
    return [value * regime for regime in (1.0, float(found.foreign), float(found.same_phone)) for value in values]


def _fit(pairs: Sequence[Pair]) -> tuple[list[float], float]:
    """Weights for each regime in turn, and bias, of a logistic regression."""
    regression = importlib.import_module("sklearn.linear_model").LogisticRegression(C=_STRENGTH, max_iter=5000)
    rows = [_row(pair.features) for pair in pairs]
    fitted = regression.fit(rows, [pair.same for pair in pairs], sample_weight=[pair.weight for pair in pairs])
    return [float(weight) for weight in fitted.coef_[0]], float(fitted.intercept_[0]) - _CAUTION


def _score(pair: Pair, weights: Sequence[float], bias: float) -> float:
    return bias + math.fsum(map(mul, weights, _row(pair.features)))


def _held_out(of: Lesson, more: Sequence[Lesson]) -> dict[tuple[int, int], float]:
    """The score of every pair by weights that were learned without its week."""
    split = importlib.import_module("sklearn.model_selection").GroupKFold(min(_FOLDS, len(set(of.weeks))))
    scores: dict[tuple[int, int], float] = {}
    for _, test in split.split(of.weeks, groups=of.weeks):
        out = set(map(int, test))
        weights, bias = _fit(_learned(of, more, {of.own[place] for place in out}))
        scores |= {pair.places: _score(pair, weights, bias) for pair in of.pairs if pair.places[0] in out}
    return scores


def _draw(of: Lesson, scores: dict[tuple[int, int], float]) -> list[list[int]]:
    moved = {places: moderate(score) for places, score in scores.items()}
    return linkage.link([[place] for place in range(len(of.lines))], moved | dict.fromkeys(of.never, NEVER))


if __name__ == "__main__":
    main(sys.argv[1:])
