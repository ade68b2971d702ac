"""The learned weights, and the sums that they make.

They come from crawler.training and are read once from data/weights.json. Does not know what a feature means.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources

BIAS = "always"
Weights = dict[str, float]


@cache
def weights() -> dict[str, Weights]:
    """Read the weights: `relevance`, and one table for each stage."""
    text = resources.files("crawler.domain").joinpath("data", "weights.json").read_text(encoding="utf-8")
    read: dict[str, Weights] = json.loads(text)
    return read


def total(features: tuple[str, ...], of: Weights) -> float:
    """Return the sum of the weights of `features` and the bias; unknown features weigh nothing."""
    return math.fsum([of.get(BIAS, 0.0), *(of.get(feature, 0.0) for feature in features)])


def logistic(value: float) -> float:
    """Return `value` as a probability."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))


def strongest(features: tuple[str, ...], of: Weights, count: int) -> list[str]:
    """Return the `count` features that weigh most, each with its weight."""
    weighed = sorted(((abs(of[name]), name) for name in features if of.get(name)), reverse=True)
    return [f"{name} {of[name]:+.2f}" for _, name in weighed[:count]]
