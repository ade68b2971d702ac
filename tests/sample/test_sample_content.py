"""What the sample web tells, against the expectation beside this file."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.sample.outlet import Outlet, SampleEntry, load_outlets

if TYPE_CHECKING:
    from collections.abc import Iterator

OUTLETS = {outlet.id: outlet for outlet in load_outlets()}
EXPECTED = tomllib.loads(Path(__file__).with_name("expected_stories.toml").read_text("utf-8"))
STORIES: dict[str, dict[str, Any]] = EXPECTED["story"]


def rows() -> Iterator[tuple[Outlet, SampleEntry]]:
    return ((outlet, entry) for outlet in OUTLETS.values() for entry in outlet.entries)


def test_every_entry_is_named_in_the_expectation_exactly_once() -> None:
    named = Counter(EXPECTED["irrelevant"] + EXPECTED["out_of_reach"])
    named.update(article for story in STORIES.values() for article in story["articles"])
    assert named == Counter(f"{outlet.id}/{entry.slug}" for outlet, entry in rows())


def test_it_is_large_enough() -> None:
    assert sum(len(story["articles"]) for story in STORIES.values()) >= 120
    assert len(STORIES) >= 25
    assert len(EXPECTED["irrelevant"]) >= 40
    assert {"en", "it", "de", "es", "zh", "ja"} <= {outlet.language for outlet in OUTLETS.values()}


def test_eight_outlets_tell_the_leica_teaser_in_five_languages() -> None:
    told = [article.split("/") for article in STORIES["xiaomi_leica_partnership"]["articles"]]
    tellers = [OUTLETS[outlet] for outlet, _ in told]
    texts = [
        entry.title + entry.body for outlet, slug in told for entry in OUTLETS[outlet].entries if entry.slug == slug
    ]
    assert len({outlet.id for outlet in tellers}) == len(texts) == 8
    assert len({outlet.language for outlet in tellers}) == 5
    assert [outlet.id for outlet in tellers if outlet.role == "brand"] == ["xiaomi_pressroom"]
    named = Counter("12 Ultra" if "12 Ultra" in text else "13" if "Xiaomi 13" in text else "" for text in texts)
    assert named == {"12 Ultra": 4, "13": 1, "": 3}


def test_articles_of_one_story_lie_within_three_days() -> None:
    when = {f"{outlet.id}/{entry.slug}": entry.published for outlet, entry in rows()}
    for name, story in STORIES.items():
        times = [when[article] for article in story["articles"]]
        assert (max(times) - min(times)).days < 3, name


def test_no_outlet_tells_one_story_twice() -> None:
    for name, story in STORIES.items():
        tellers = [article.split("/")[0] for article in story["articles"]]
        assert len(tellers) == len(set(tellers)) >= 2, name


def test_no_title_and_no_body_occurs_twice() -> None:
    for texts in ([entry.title for _, entry in rows()], [entry.body for _, entry in rows()]):
        assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_every_story_has_a_stage_of_the_field_or_is_unsure() -> None:
    for name, story in STORIES.items():
        assert story.get("stage") in {"rumor", "teaser", "announcement", "availability"} or story["unsure"], name


def test_all_dates_are_aware_and_of_the_years_told() -> None:
    for outlet, entry in rows():
        assert entry.published.utcoffset() is not None, (outlet.id, entry.slug)
        assert 2022 <= entry.published.year <= 2026
