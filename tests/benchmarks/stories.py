"""Rows to measure our stories by: every line alone, a title rule, plain TF-IDF. Prints B-cubed and pairwise figures.

`python tests/benchmarks/stories.py GOLD.jsonl DECISIONS.jsonl`; `make quality` calls it. Of each story that is told in
five languages or more it also prints how many of its reports are together, and how many strangers are with them. The
title rule is made from a description of what a feed reader does: the same title, else three or more shared significant
words that are 0.6 of those of the shorter, in titles of five or more, of two outlets, within five days. TF-IDF needs
scikit-learn and is skipped without it.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections import defaultdict
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.domain.linkage import roots
from crawler.domain.terms import plain, rarity, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LEAST_DATE = len("2022-05-23")
_COMMON = 2.0  # a word less rare than this is not significant; the best of five tried on the development lines
_MANY_LANGUAGES = 5
_NEVER = 1000.0  # a distance that no mean makes up for
_CUT = 0.12  # mean cosine at which two groups are one; the best of four tried on the development lines


def main(path: str, decisions: str) -> None:
    lines = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    decided = {row["id"]: row["story"] for row in map(json.loads, Path(decisions).read_text("utf-8").splitlines())}

    def said(name: str, groups: Sequence[Sequence[int]]) -> None:
        print(f"{name:<28} {figures(lines, groups)}{''.join(together(lines, groups))}")

    ours = {story: number for number, story in enumerate(dict.fromkeys(decided.values()))}
    said("ours", gathered(ours[decided[line["id"]]] for line in lines))
    said("all alone", [[place] for place in range(len(lines))])
    said("title rule", by_title(lines))
    if find_spec("sklearn") is None:
        print("plain TF-IDF                 skipped: scikit-learn is not installed")
    else:
        said("plain TF-IDF", by_tfidf(lines))


def days(line: dict[str, Any]) -> float | None:
    stated = str(line.get("published") or "")
    if len(stated) < _LEAST_DATE:
        return None
    when = datetime.fromisoformat(stated)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() / 86400


def near(one: dict[str, Any], other: dict[str, Any], most: float) -> bool:
    a, b = days(one), days(other)
    return a is None or b is None or abs(a - b) <= most


def by_title(lines: Sequence[dict[str, Any]]) -> list[list[int]]:
    titles = [words(plain(line["title"])) for line in lines]
    telling = [{word for word in title if rarity(word[:6]) > _COMMON} for title in titles]

    def same(i: int, j: int) -> bool:
        if titles[i] == titles[j]:
            return True
        shared, least = telling[i] & telling[j], min(len(telling[i]), len(telling[j]))
        long = min(len(titles[i]), len(titles[j])) >= 5
        return long and len(shared) >= 3 and len(shared) >= 0.6 * least

    pairs = [
        (i, j)
        for i, j in combinations(range(len(lines)), 2)
        if lines[i]["publisher"] != lines[j]["publisher"] and near(lines[i], lines[j], 5) and same(i, j)
    ]
    return gathered(roots(range(len(lines)), pairs).values())


def by_tfidf(lines: Sequence[dict[str, Any]]) -> list[list[int]]:
    text = importlib.import_module("sklearn.feature_extraction.text")
    union = importlib.import_module("sklearn.pipeline").make_union(
        text.TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
    )
    matrix = union.fit_transform([f"{line['title']} {line.get('snippet') or ''}" for line in lines])
    far = 1 - (matrix @ matrix.T).toarray() / 2
    for i, j in combinations(range(len(lines)), 2):
        if not near(lines[i], lines[j], 4):
            far[i, j] = far[j, i] = _NEVER
    average = importlib.import_module("sklearn.cluster").AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - _CUT
    )
    return gathered(average.fit_predict(far))


def gathered(homes: Iterable[int]) -> list[list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for place, home in enumerate(homes):
        groups[home].append(place)
    return list(groups.values())


def figures(lines: Sequence[dict[str, Any]], groups: Sequence[Sequence[int]]) -> str:
    """B-cubed and pairwise figures; pairs of two parts of one story count neither way."""
    home = {place: set(group) for group in groups for place in group}
    story = {
        place: {p for p, other in enumerate(lines) if other["story"] == line["story"]}
        for place, line in enumerate(lines)
    }
    precision = recall = 0.0
    right = said = true = 0
    for place, line in enumerate(lines):
        left_open = {p for p in story[place] if lines[p].get("part") != line.get("part")}
        mine, wanted = home[place] - left_open, story[place] - left_open
        both = len(mine & wanted)
        precision, recall = precision + both / len(mine), recall + both / len(wanted)
        right, said, true = right + both - 1, said + len(mine) - 1, true + len(wanted) - 1
    p, r = precision / len(lines), recall / len(lines)
    pairwise = 2 * right / (said + true) if said + true else 0.0
    return f"B-cubed P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}, pairwise F1 {pairwise:.3f}"


def together(lines: Sequence[dict[str, Any]], groups: Sequence[Sequence[int]]) -> Iterator[str]:
    """Of each story in many languages: its reports in the group that has most of them, and what else is there."""
    stories: dict[str, set[int]] = defaultdict(set)
    for place, line in enumerate(lines):
        stories[line["story"]].add(place)
    for story in stories.values():
        languages = {lines[place]["lang"] for place in story}
        if len(languages) >= _MANY_LANGUAGES:
            best = max(map(set, groups), key=lambda group: len(group & story))
            yield f"; {len(best & story)} of {len(story)} in {len(languages)} languages, {len(best - story)} strangers"


if __name__ == "__main__":
    main(*sys.argv[1:3])
