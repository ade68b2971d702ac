"""How well our own labelled lines are folded into stories: 448 events in 17 languages, picked to be hard.

The weights were learned from these very lines too, so that the floors only say that nothing got worse; they may rise.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawler.domain.stories import group
from crawler.pairtraining import Lesson, article, bcubed

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES = Path(__file__).with_name("stories.jsonl")


@cache
def drawn() -> tuple[Lesson, Sequence[Sequence[int]]]:
    rows = [json.loads(line) for line in LINES.read_text("utf-8").splitlines()]
    place = {row["id"]: number for number, row in enumerate(rows)}
    groups = group([article(row) for row in rows])
    return Lesson(rows, (), (), (), ()), [[place[one.key] for one in members] for members in groups]


def test_our_own_lines_are_folded_as_we_read_them() -> None:
    precision, recall, f1 = bcubed(*drawn())
    assert precision > 0.98
    assert recall > 0.74
    assert f1 > 0.85


@pytest.mark.parametrize(
    "event", ["xiaomi-17-launch", "vivo-x300-launch", "oppo-find-x9-launch-china", "nothing-phone-3-launch"]
)
def test_a_launch_is_one_story_in_all_its_languages_but_for_few(event: str) -> None:
    of, groups = drawn()
    reports = {place for place, row in enumerate(of.lines) if row["story"] == event}
    most = max((reports & set(members) for members in groups), key=len)
    assert len(reports) >= 6
    assert len(most) >= 0.7 * len(reports)
