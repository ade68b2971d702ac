"""Learning the weights of triage from labelled lines.

    python -m crawler.training LINES.jsonl [MORE.jsonl ...]

Each line is one JSON object: title, snippet, published, relevant (0 or 1), stage, and unsure (0 or 1) where a
person was not certain. Prints cross-validated figures, then writes crawler/domain/data/weights.json. Needs
scikit-learn, which nothing else here needs. Holds no words of its own: those stand in crawler/domain/data.

Every line is learned twice: as triage sees it, and as it would look had the phones of its last months not been
known yet. Figures are given for both views.
"""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.domain.features import evidence
from crawler.domain.models import Stage
from crawler.domain.triage import THRESHOLD
from crawler.domain.weighing import BIAS, Weights

if TYPE_CHECKING:
    from collections.abc import Callable

WEIGHTS = Path(__file__).parent / "domain" / "data" / "weights.json"
_FORGOTTEN = timedelta(days=120)
_STRENGTH = 0.7  # inverse of the penalty on large weights
_OF_A_RELEVANT_LINE = 1.7  # they are the fewer; more would cost precision
_OF_AN_UNSURE_LINE = 0.3
_FOLDS = 10
_STAGE_FEATURES = ("stage:", "a phone", "told", "dated", "future", "to come", "partner", "shown", " and ")
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled line: its features in both views, its labels, and how much it counts."""

    known: tuple[str, ...]
    forgotten: tuple[str, ...]
    relevant: bool
    stage: str | None
    sure: bool
    published: datetime

    @property
    def weight(self) -> float:
        """Half of it for each view."""
        return 0.5 * (1.0 if self.sure else _OF_AN_UNSURE_LINE) * (_OF_A_RELEVANT_LINE if self.relevant else 1.0)


def main(paths: list[str]) -> None:
    """Read the labelled lines, print the figures and write the weights."""
    if not paths:
        sys.exit(__doc__)
    texts = [Path(path).read_text(encoding="utf-8") for path in paths]
    examples = [example(json.loads(line)) for text in texts for line in text.splitlines()]
    for name, form in (("week", "%G-%V"), ("year", "%Y")):
        groups = [one.published.strftime(form) for one in examples]
        print(f"no {name} on both sides: {relevance_figures(examples, groups)}; {stage_figures(examples, groups)}")  # noqa: T201
    learned = {"relevance": _table(_fit_relevance(examples), 0)} | fit_stages(examples)
    WEIGHTS.write_text(json.dumps(learned, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def example(line: dict[str, Any]) -> Example:
    """Return a labelled line as triage would see it."""
    published = datetime.fromisoformat(line["published"])
    day = published.date()
    title, text = line["title"], line.get("snippet") or ""
    return Example(
        known=evidence(title, text, day).features,
        forgotten=evidence(title, text, day, known_until=day - _FORGOTTEN).features,
        relevant=bool(line["relevant"]),
        stage=line["stage"],
        sure=not line.get("unsure"),
        published=published,
    )


class _Model:
    """A logistic regression over features that are present or not."""

    def __init__(
        self, examples: list[Example], label: Callable[[Example], Any], parts: tuple[str, ...] = ("",)
    ) -> None:
        self.parts = parts
        self.vectorizer = importlib.import_module("sklearn.feature_extraction").DictVectorizer()
        regression = importlib.import_module("sklearn.linear_model").LogisticRegression(C=_STRENGTH, max_iter=5000)
        rows = [self._row(view) for one in examples for view in (one.known, one.forgotten)]
        twice = [one for one in examples for _ in range(2)]
        matrix = self.vectorizer.fit_transform(rows)
        self.fitted = regression.fit(matrix, [label(one) for one in twice], sample_weight=[one.weight for one in twice])

    def _row(self, view: tuple[str, ...]) -> dict[str, int]:
        return {name: 1 for name in view if any(part in name for part in self.parts)}

    def matrix(self, views: list[tuple[str, ...]]) -> Any:  # noqa: ANN401 (scikit-learn has no types)
        return self.vectorizer.transform([self._row(view) for view in views])


def _fit_relevance(examples: list[Example]) -> _Model:
    return _Model(examples, lambda one: one.relevant)


def _fit_stage(examples: list[Example]) -> _Model:
    return _Model(examples, lambda one: one.stage, _STAGE_FEATURES)


def _table(model: _Model, row: int) -> Weights:
    names, values = model.vectorizer.get_feature_names_out(), model.fitted.coef_[row]
    rounded = {str(name): round(float(value), _DECIMALS) for name, value in zip(names, values, strict=True)}
    bias = round(float(model.fitted.intercept_[row]), _DECIMALS)
    return {BIAS: bias} | {name: value for name, value in rounded.items() if value}


def fit_stages(examples: list[Example]) -> dict[str, Weights]:
    """Learn what speaks for each stage, from the relevant lines."""
    model = _fit_stage([one for one in examples if one.relevant])
    rows = {stage: row for row, stage in enumerate(model.fitted.classes_)}
    return {stage.value: _table(model, rows[stage]) for stage in Stage}


def _sides(examples: list[Example], groups: list[str]) -> list[tuple[list[Example], list[Example]]]:
    folds = importlib.import_module("sklearn.model_selection").GroupKFold(min(_FOLDS, len(set(groups))))
    sides = [
        ([examples[i] for i in train], [examples[i] for i in test])
        for train, test in folds.split(groups, groups=groups)
    ]
    return [(train, [one for one in test if one.sure]) for train, test in sides]


def relevance_figures(examples: list[Example], groups: list[str]) -> str:
    """Cross-validate relevance over sure lines; a group is never on both sides."""
    counts = {"known": [0, 0, 0], "forgotten": [0, 0, 0]}
    for train, test in _sides(examples, groups):
        model = _fit_relevance(train)
        for view, (right, said, true) in counts.items():
            scores = model.fitted.predict_proba(model.matrix([getattr(one, view) for one in test]))[:, 1]
            found = [(score >= THRESHOLD, one.relevant) for score, one in zip(scores, test, strict=True)]
            counts[view] = [
                right + sum(a and b for a, b in found),
                said + sum(a for a, _ in found),
                true + sum(b for _, b in found),
            ]
    return "; ".join(
        f"relevance {view} P {right / said:.3f} R {right / true:.3f} F1 {2 * right / (said + true):.3f}"
        for view, (right, said, true) in counts.items()
    )


def stage_figures(examples: list[Example], groups: list[str]) -> str:
    """Cross-validate the stage over sure relevant lines; a group is never on both sides."""
    right, count = {"known": 0, "forgotten": 0}, 0
    relevant = [i for i, one in enumerate(examples) if one.relevant]
    for train, test in _sides([examples[i] for i in relevant], [groups[i] for i in relevant]):
        model = _fit_stage(train)
        count += len(test)
        for view in right if test else ():
            said = model.fitted.predict(model.matrix([getattr(one, view) for one in test]))
            right[view] += sum(stage == one.stage for stage, one in zip(said, test, strict=True))
    return ", ".join(f"stage {view} {hits / count:.3f}" for view, hits in right.items())


if __name__ == "__main__":
    main(sys.argv[1:])
