"""Learning the weights of triage from labelled lines.

    python -m crawler.training LINES.jsonl [MORE.jsonl ...]

Each line is one JSON object: title, snippet, published, relevant (0 or 1), stage, and unsure (0 or 1) where a
person was not certain. Prints cross-validated figures, then writes crawler/domain/data/weights.json. Needs
scikit-learn, which nothing else here needs. Holds no words of its own: those stand in crawler/domain/data.
"""

from __future__ import annotations

import importlib
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.domain.features import evidence
from crawler.domain.models import Stage
from crawler.domain.triage import THRESHOLD
from crawler.domain.weighing import BIAS, Weights

WEIGHTS = Path(__file__).parent / "domain" / "data" / "weights.json"
_STRENGTH = 1.0  # inverse of the penalty on large weights
_OF_A_RELEVANT_LINE = 1.4  # they are the fewer; more would cost precision
_OF_AN_UNSURE_LINE = 0.3
_FOLDS = 10
_STAGE_FEATURES = ("stage:", "a phone", "told", "dated", "future", "to come")
_DECIMALS = 3


def main(paths: list[str]) -> None:
    """Read the labelled lines, print the figures and write the weights."""
    lines = [json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    if not lines:
        sys.exit(__doc__)
    rows = [features_of(line) for line in lines]
    for name, groups in (
        ("week", [_day(line).strftime("%G-%V") for line in lines]),
        ("year", [line["published"][:4] for line in lines]),
    ):
        print(f"relevance, no {name} on both sides: {relevance_figures(lines, rows, groups)}")  # noqa: T201
        print(f"stage, no {name} on both sides: {stage_figures(lines, rows, groups)}")  # noqa: T201
    learned = {"relevance": fit_relevance(lines, rows), **fit_stages(lines, rows)}
    WEIGHTS.write_text(json.dumps(learned, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def features_of(line: dict[str, Any]) -> tuple[str, ...]:
    """Return the features of a labelled line, as triage would see them."""
    return evidence(line["title"], line.get("snippet") or "", _day(line).date()).features


def _day(line: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(line["published"])


def _weight(line: dict[str, Any]) -> float:
    return (_OF_AN_UNSURE_LINE if line.get("unsure") else 1.0) * (_OF_A_RELEVANT_LINE if line["relevant"] else 1.0)


def _fit(rows: list[tuple[str, ...]], labels: list[Any], strengths: list[float]) -> tuple[Any, Any]:
    vectorizer = importlib.import_module("sklearn.feature_extraction").DictVectorizer()
    model = importlib.import_module("sklearn.linear_model").LogisticRegression(C=_STRENGTH, max_iter=5000)
    matrix = vectorizer.fit_transform([dict.fromkeys(row, 1) for row in rows])
    return vectorizer, model.fit(matrix, labels, sample_weight=strengths)


def _table(names: list[str], values: list[float], bias: float) -> Weights:
    rounded = {name: round(float(value), _DECIMALS) for name, value in zip(names, values, strict=True)}
    return {BIAS: round(float(bias), _DECIMALS)} | {name: value for name, value in rounded.items() if value}


def fit_relevance(lines: list[dict[str, Any]], rows: list[tuple[str, ...]]) -> Weights:
    """Learn what speaks for relevance."""
    vectorizer, model = _fit(rows, [line["relevant"] for line in lines], [_weight(line) for line in lines])
    return _table(list(vectorizer.get_feature_names_out()), model.coef_[0], model.intercept_[0])


def fit_stages(lines: list[dict[str, Any]], rows: list[tuple[str, ...]]) -> dict[str, Weights]:
    """Learn what speaks for each stage, from the relevant lines."""
    chosen = [i for i, line in enumerate(lines) if line["relevant"] and line.get("stage")]
    stages = [lines[i]["stage"] for i in chosen]
    vectorizer, model = _fit([_of_stage(rows[i]) for i in chosen], stages, [_weight(lines[i]) for i in chosen])
    names = list(vectorizer.get_feature_names_out())
    learned = {stage: i for i, stage in enumerate(model.classes_)}
    return {stage: _table(names, model.coef_[learned[stage]], model.intercept_[learned[stage]]) for stage in Stage}


def _of_stage(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in row if any(part in name for part in _STAGE_FEATURES))


def _sides(groups: list[str]) -> list[tuple[list[int], list[int]]]:
    folds = min(_FOLDS, len(set(groups)))
    splitter = importlib.import_module("sklearn.model_selection").GroupKFold(folds)
    return [(list(train), list(test)) for train, test in splitter.split(groups, groups=groups)]


def relevance_figures(lines: list[dict[str, Any]], rows: list[tuple[str, ...]], groups: list[str]) -> str:
    """Cross-validate relevance over sure lines; a group is never on both sides."""
    right = wrong = missed = 0
    for train, test in _sides(groups):
        vectorizer, model = _fit(
            [rows[i] for i in train], [lines[i]["relevant"] for i in train], [_weight(lines[i]) for i in train]
        )
        scores = model.predict_proba(vectorizer.transform([dict.fromkeys(rows[i], 1) for i in test]))[:, 1]
        for i, score in zip(test, scores, strict=True):
            if not lines[i].get("unsure"):
                said, true = score >= THRESHOLD, bool(lines[i]["relevant"])
                right, wrong, missed = (
                    right + (said and true),
                    wrong + (said and not true),
                    missed + (true and not said),
                )
    precision, recall = right / (right + wrong), right / (right + missed)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}"


def stage_figures(lines: list[dict[str, Any]], rows: list[tuple[str, ...]], groups: list[str]) -> str:
    """Cross-validate the stage over sure relevant lines; a group is never on both sides."""
    chosen = [i for i, line in enumerate(lines) if line["relevant"] and line.get("stage")]
    right = count = 0
    for train, test in _sides([groups[i] for i in chosen]):
        taken = [chosen[i] for i in train]
        vectorizer, model = _fit(
            [_of_stage(rows[i]) for i in taken], [lines[i]["stage"] for i in taken], [_weight(lines[i]) for i in taken]
        )
        asked = [chosen[i] for i in test if not lines[chosen[i]].get("unsure")]
        said = (
            model.predict(vectorizer.transform([dict.fromkeys(_of_stage(rows[i]), 1) for i in asked])) if asked else []
        )
        right += sum(lines[i]["stage"] == stage for i, stage in zip(asked, said, strict=True))
        count += len(asked)
    return f"accuracy {right / count:.3f}"


if __name__ == "__main__":
    main(sys.argv[1:])
