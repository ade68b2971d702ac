"""Learning the weights of triage from labelled lines; `launchwire train` runs it.

Each line is one JSON object: title, snippet, published, relevant (0 or 1), stage, unsure (0 or 1) where a person
was not certain, and weight (1 where it is not said) for lines that shall count less, such as those picked because they
were hard. Needs scikit-learn, which nothing else here needs. Holds no words of its own: those stand in
crawler/domain/data.

Every line is learned twice: as triage sees it, and as it would look had the phones of its last months not been
known yet. Figures are given for both views.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.domain.features import evidence
from crawler.domain.models import Stage
from crawler.domain.triage import THRESHOLD
from crawler.domain.weighing import BIAS, Weights
from crawler.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

WEIGHTS = Path(__file__).parent / "domain" / "data" / "weights.json"
GROUPINGS = (("week", "%G-%V"), ("year", "%Y"))
_FORGOTTEN = timedelta(days=120)
_STRENGTH = 0.7  # inverse of the penalty on large weights
_OF_A_RELEVANT_LINE = 1.7  # they are the fewer; more would cost precision
_OF_AN_UNSURE_LINE = 0.3
_FOLDS = 10
_REPEATS = 4
_STAGE_FEATURES = ("stage:", "a phone", "told", "dated", "future", "to come", "partner", "shown", " and ")
_DECIMALS = 3
_VIEWS = ("known", "forgotten")


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled line: its features in both views, its labels, how much it counts, and the file it came from."""

    known: tuple[str, ...]
    forgotten: tuple[str, ...]
    relevant: bool
    stage: str | None
    sure: bool
    published: datetime
    file: str = ""
    counts: float = 1.0

    @property
    def weight(self) -> float:
        """Half of it for each view."""
        return (
            0.5
            * self.counts
            * (1.0 if self.sure else _OF_AN_UNSURE_LINE)
            * (_OF_A_RELEVANT_LINE if self.relevant else 1.0)
        )


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one line in one view by a model that had not seen its week or year."""

    view: str
    example: Example
    relevant: bool
    stage: str


def read(paths: Iterable[Path]) -> list[Example]:
    """Read labelled lines.

    Raises:
        ConfigError: A line is no object with title, published, relevant and stage.
    """
    found: list[Example] = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                found.append(example(json.loads(line), path.name))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ConfigError(
                    f"{path}: line {number} is no labelled line ({type(error).__name__}: {error}); "
                    "it needs title, published, relevant and stage"
                ) from None
    return found


def example(line: dict[str, Any], file: str = "") -> Example:
    """Return a labelled line as triage would see it."""
    published = datetime.fromisoformat(line["published"])
    day = published.date()
    title, text = line["title"], line.get("snippet") or ""
    stage = Stage(line["stage"]).value if line["relevant"] else None
    return Example(
        known=evidence(title, text, day).features,
        forgotten=evidence(title, text, day, known_until=day - _FORGOTTEN).features,
        relevant=bool(line["relevant"]),
        stage=stage,
        sure=not line.get("unsure"),
        published=published,
        file=file,
        counts=float(line.get("weight", 1)),
    )


class _Model:
    """A logistic regression over features that are present or not."""

    def __init__(
        self, examples: list[Example], label: Callable[[Example], Any], parts: tuple[str, ...] = ("",)
    ) -> None:
        self.parts = parts
        self.vectorizer = importlib.import_module("sklearn.feature_extraction").DictVectorizer()
        regression = importlib.import_module("sklearn.linear_model").LogisticRegression(C=_STRENGTH, max_iter=5000)
        rows = [self._row(getattr(one, view)) for one in examples for view in _VIEWS]
        twice = [one for one in examples for _ in _VIEWS]
        matrix = self.vectorizer.fit_transform(rows)
        self.fitted = regression.fit(matrix, [label(one) for one in twice], sample_weight=[one.weight for one in twice])

    def _row(self, view: tuple[str, ...]) -> dict[str, int]:
        return {name: 1 for name in view if any(part in name for part in self.parts)}

    def matrix(self, views: list[tuple[str, ...]]) -> Any:  # noqa: ANN401 (scikit-learn has no types)
        return self.vectorizer.transform([self._row(view) for view in views])


def _fit_relevance(examples: list[Example]) -> _Model:
    return _Model(examples, lambda one: one.relevant)


def _fit_stage(examples: list[Example]) -> _Model:
    return _Model([one for one in examples if one.relevant], lambda one: one.stage, _STAGE_FEATURES)


def learn(examples: list[Example]) -> dict[str, Weights]:
    """Learn what speaks for relevance, and for each stage.

    Raises:
        ConfigError: Not both relevant and other lines are there, or not every stage.
    """
    if {one.stage for one in examples} != {None, *Stage}:
        raise ConfigError("to learn, there must be lines of every stage, and lines that are not relevant")
    stages = _fit_stage(examples)
    rows = {stage: row for row, stage in enumerate(stages.fitted.classes_)}
    return {"relevance": _table(_fit_relevance(examples), 0)} | {
        stage.value: _table(stages, rows[stage]) for stage in Stage
    }


def written(weights: dict[str, Weights]) -> str:
    """The weights as they stand in their file."""
    return json.dumps(weights, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _table(model: _Model, row: int) -> Weights:
    names, values = model.vectorizer.get_feature_names_out(), model.fitted.coef_[row]
    rounded = {str(name): round(float(value), _DECIMALS) for name, value in zip(names, values, strict=True)}
    bias = round(float(model.fitted.intercept_[row]), _DECIMALS)
    return {BIAS: bias} | {name: value for name, value in rounded.items() if value}


def cross_validated(examples: list[Example], form: str) -> list[Said]:
    """What models say of the sure lines of a week or year that they have not seen.

    Args:
        examples: From at least two such groups.
        form: How `strftime` names the group of a line.

    Returns:
        What was said of each line, as often as the lines were split.
    """
    groups = [one.published.strftime(form) for one in examples]
    said: list[Said] = []
    for train, test in _splits(groups):
        learned, asked = [examples[i] for i in train], [examples[i] for i in test if examples[i].sure]
        said += _asked(_fit_relevance(learned), _fit_stage(learned), asked) if asked else []
    return said


def _splits(groups: list[str]) -> Iterator[tuple[list[int], list[int]]]:
    """Lines to learn from and lines to ask, several times over: which groups share a fold moves figures by 0.01."""
    kfold = importlib.import_module("sklearn.model_selection").GroupKFold
    for seed in range(_REPEATS):
        yield from kfold(min(_FOLDS, len(set(groups))), shuffle=True, random_state=seed).split(groups, groups=groups)


def _asked(relevance: _Model, stage: _Model, asked: list[Example]) -> list[Said]:
    said: list[Said] = []
    for view in _VIEWS:
        views = [getattr(one, view) for one in asked]
        scores = relevance.fitted.predict_proba(relevance.matrix(views))[:, 1]
        stages = stage.fitted.predict(stage.matrix(views))
        rows = zip(asked, scores, stages, strict=True)
        said += [Said(view, one, bool(score >= THRESHOLD), str(name)) for one, score, name in rows]
    return said


def figures(said: Sequence[Said]) -> str:
    """Precision, recall and F1 of relevance; how often the stage is right, of all relevant lines and of those found."""
    found = [one for one in said if one.relevant and one.example.relevant]
    named, true = sum(one.relevant for one in said), [one for one in said if one.example.relevant]
    staged, staged_found = (sum(one.stage == one.example.stage for one in part) for part in (true, found))
    parts = (
        len(found) / max(named, 1),
        len(found) / max(len(true), 1),
        2 * len(found) / max(named + len(true), 1),
        staged / max(len(true), 1),
        staged_found / max(len(found), 1),
    )
    lines = len(said) // _REPEATS
    return "P {:.3f}  R {:.3f}  F1 {:.3f}  stage {:.3f}, of those found {:.3f}".format(*parts) + f"  n={lines}"
