"""Stories drawn from labelled real headlines; runs with CORPUS=DIR, where DIR/gold/stories-dev.jsonl lies."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crawler.domain.models import Article, DateOrigin
from crawler.domain.stories import group
from crawler.domain.triage import decide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CORPUS = os.environ.get("CORPUS")
UNKNOWN = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = pytest.mark.skipif(CORPUS is None, reason="labelled headlines are not part of the project: set CORPUS")


def items(name: str) -> list[dict[str, Any]]:
    path = Path(CORPUS or ".").resolve() / "gold" / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def as_article(item: Mapping[str, Any]) -> Article:
    """A date that is only a month or a year is none."""
    stated = str(item["published"] or "")
    dated = len(stated) >= len("2022-05-23")
    when = datetime.fromisoformat(stated).replace(tzinfo=UTC) if dated else UNKNOWN
    summary, language = item["snippet"] or "", item["lang"] or "en"
    return Article(
        source=item["publisher"],
        url=item["url"] or item["id"],
        canonical_url=item["url"] or item["id"],
        title=item["title"],
        published=when,
        first_seen=UNKNOWN,
        dated=DateOrigin.ENTRY if dated else DateOrigin.FIRST_SEEN,
        summary=summary,
        language=language,
        decision=decide(item["title"], summary, language=language, published=when if dated else None),
        key=item["id"],
    )


def bcubed(gold: Sequence[Mapping[str, Any]], drawn: Mapping[str, int]) -> tuple[float, float]:
    """Mean precision and recall of each item's group; pairs of different parts of a story count neither way."""
    wanted, got = defaultdict(set), defaultdict(set)
    part = {item["id"]: item.get("part") for item in gold}
    for item in gold:
        wanted[item["story"]].add(item["id"])
        got[drawn[item["id"]]].add(item["id"])
    precision = recall = 0.0
    for item in gold:
        key, story = item["id"], wanted[item["story"]]
        left_open = {other for other in story if part[other] != part[key]}
        mine = got[drawn[key]] - left_open
        precision += len(mine & story) / len(mine)
        recall += len(mine & story) / len(story - left_open)
    return precision / len(gold), recall / len(gold)


def draw(gold: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    stories = group([as_article(item) for item in gold])
    return {article.key: place for place, story in enumerate(stories) for article in story}


def test_stories_of_real_headlines_are_drawn_with_few_wrong_merges() -> None:
    gold = items("stories-dev.jsonl")
    precision, recall = bcubed(gold, draw(gold))
    f1 = 2 * precision * recall / (precision + recall)
    print(f"\nstories B-cubed P {precision:.3f} R {recall:.3f} F1 {f1:.3f} n={len(gold)}")  # noqa: T201 - run by hand
    assert precision >= 0.90
    assert f1 >= 0.80


def test_most_reports_of_one_partnership_in_nine_languages_are_one_story_without_its_near_misses() -> None:
    gold = items("stories-dev.jsonl")
    drawn = draw(gold)
    told = [item for item in gold if item["story"] == "xiaomi-leica-partnership-2022-05-23"]
    homes = [drawn[item["id"]] for item in told]
    home = max(set(homes), key=homes.count)
    strangers = [item["title"] for item in gold if drawn[item["id"]] == home and item not in told]
    assert homes.count(home) >= 29
    assert strangers == []


def test_the_method_holds_for_news_that_is_not_about_phones() -> None:
    gold = items("general-dev.jsonl")
    precision, recall = bcubed(gold, draw(gold))
    assert precision >= 0.90
    assert 2 * precision * recall / (precision + recall) >= 0.75
