"""The law of publications: whatever changed since the last one, the site holds what one from scratch would hold."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_stories import SOURCES, START, article, rendered, story

from crawler.domain.models import ComingDate, Stage
from exports import Channel, publish
from exports.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.domain.models import SourceFacts, Story
    from exports import Published

CHANNEL = Channel("Launchwire", "https://news.example/", page_size=2)
FOLDERS = ("", "brand/xiaomi/", "stage/teaser/", "language/en/")
MODELS = ((), ("12S",), ("12S Ultra", "Find X5"), ("Find X5",))


class Kept:
    """Stories with a log of what changed, as a store has it."""

    def __init__(self) -> None:
        self.stories: dict[int, Story] = {}
        self.log: list[int] = []

    def tell(self, told: Story) -> None:
        self.stories[told.id] = told
        self.log.append(told.id)

    def forget(self, number: int) -> None:
        if self.stories.pop(number, None):
            self.log.append(number)

    def changed(self, mark: str) -> tuple[set[int] | None, str]:
        return set(self.log[int(mark) :]) if mark else None, str(len(self.log))

    def last(self) -> int:
        return max(self.log, default=0)

    def between(self, first: int, last: int) -> list[int]:
        return [number for number in range(first, last + 1) if number in self.stories]

    def some(self, numbers: Iterable[int]) -> list[Story]:
        return [self.stories[number] for number in numbers if number in self.stories]


def made(number: int, hours: int, brand: str, models: int, stage: Stage, *, own: bool, wordy: bool) -> Story:  # noqa: PLR0913
    """Make a story; a wordy one is long enough to end a page."""
    told = [article("gamma", number, hours, language="zh" if number % 3 else "")]
    told += [article("maker", number, hours + 1)] if own else []
    told += [article("alfa", place, hours + 2, title="x" * 250) for place in range(120 if wordy else 0)]
    return story(
        number,
        articles=tuple(told),
        brands=(brand,) if brand else (),
        models=MODELS[models],
        stage=stage,
        dates=(ComingDate("launch", f"2022-07-{hours % 28 + 1:02}"),) if hours % 3 == 0 else (),
        updated=START + timedelta(hours=hours),
    )


numbers = st.integers(1, 14)
stories = st.builds(
    made,
    numbers,
    st.integers(0, 12),
    st.sampled_from(["xiaomi", "xiaomi", "oppo", ""]),
    st.integers(0, 3),
    st.sampled_from([Stage.RUMOR, Stage.TEASER]),
    own=st.booleans(),
    wordy=st.sampled_from([False] * 7 + [True]),
)
steps = st.lists(
    st.one_of(
        stories,
        stories,
        st.tuples(st.just("forget"), numbers, numbers),
        st.tuples(st.just("merge"), numbers, numbers),
        st.tuples(st.just("further source"), numbers, numbers),
    ),
    max_size=8,
)


def take(kept: Kept, step: Any) -> None:  # noqa: ANN401 - a story or what is done to one
    if not isinstance(step, tuple):
        kept.tell(step)
        return
    what, one, other = step
    if what == "forget":
        kept.forget(one)
    elif what == "merge" and one != other and one in kept.stories:
        gone = kept.stories.get(other)
        kept.forget(other)
        into = kept.stories[one]
        kept.tell(replace(into, aliases=(*into.aliases, *([other, *gone.aliases] if gone else []))))
    elif what == "further source" and one in kept.stories:
        told = kept.stories[one]
        kept.tell(replace(told, articles=(*told.articles, article("beta", 50 + other, 100))))


def files_in(folder: Path) -> dict[str, bytes]:
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".published.db")}


def put(folder: Path, kept: Kept, channel: Channel = CHANNEL, sources: dict[str, SourceFacts] = SOURCES) -> Published:
    return publish(folder, kept, sources, channel)


@settings(max_examples=60, deadline=None)
@given(st.lists(stories, max_size=25), st.lists(steps, min_size=1, max_size=4))
def test_a_site_brought_up_to_date_is_a_site_made_anew(first: list[Story], rounds: list[list[Any]]) -> None:
    kept = Kept()
    for each in first:
        kept.tell(each)
    with TemporaryDirectory() as name:
        folder = Path(name)
        put(folder, kept)
        for some in rounds:
            for step in some:
                take(kept, step)
            put(folder, kept)
            assert files_in(folder) == rendered_without_sources(kept)


def rendered_without_sources(kept: Kept) -> dict[str, bytes]:
    return {
        **rendered(kept.stories.values(), CHANNEL),
        **{name: data for name, data in rendered([], CHANNEL, {}).items() if name.startswith(("sources", "status"))},
    }


class PowerCutError(Exception):
    """What ends a publication in the middle."""


@settings(max_examples=40, deadline=None)
@given(st.lists(stories, max_size=15), steps, steps, st.integers(0, 40))
def test_a_publication_that_was_cut_off_is_finished_by_the_next(
    first: list[Story], some: list[Any], others: list[Any], after: int
) -> None:
    kept = Kept()
    for each in first:
        kept.tell(each)
    with TemporaryDirectory() as name:
        folder = Path(name)
        put(folder, kept)
        for step in some:
            take(kept, step)
        cut_off(folder, kept, after)
        for step in others:
            take(kept, step)
        put(folder, kept)
        assert files_in(folder) == rendered_without_sources(kept)


@pytest.mark.parametrize("after", [0, 3, 20])
def test_a_first_publication_that_was_cut_off_is_finished_by_the_next(tmp_path: Path, after: int) -> None:
    kept = Kept()
    for number in range(1, 30):
        kept.tell(story(number, number))
    cut_off(tmp_path, kept, after)
    kept.forget(7)
    put(tmp_path, kept)
    assert files_in(tmp_path) == rendered_without_sources(kept)


def cut_off(folder: Path, kept: Kept, after: int) -> None:
    """Publish until some files are written."""
    whole, count = Writer.put, [0]

    def put_some(self: Writer, name: str, data: bytes) -> None:
        count[0] += 1
        if count[0] > after:
            raise PowerCutError
        whole(self, name, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Writer, "put", put_some)
        with suppress(PowerCutError):
            put(folder, kept)


def test_other_settings_or_sources_make_all_anew(tmp_path: Path) -> None:
    kept = Kept()
    kept.tell(story(1, articles=(article("alfa", 1),)))
    put(tmp_path, kept)
    renamed = {**SOURCES, "alfa": replace(SOURCES["alfa"], name="Alpha")}
    assert {"story/1.html", "feed.json"} <= set(put(tmp_path, kept, sources=renamed).written)
    assert {"story/1.html", "feed.json"} <= set(put(tmp_path, kept, replace(CHANNEL, title="News")).written)
    assert put(tmp_path, kept, replace(CHANNEL, title="News")).written == ()


def test_one_more_source_writes_only_the_files_that_hold_the_story(tmp_path: Path) -> None:
    kept = Kept()
    for number in range(1, 400):
        kept.tell(story(number, number, models=(f"Find X{number % 40}",)))
    channel = Channel("Launchwire", "https://news.example/", page_size=10)
    put(tmp_path, kept, channel)
    take(kept, ("further source", 5, 1))
    assert set(put(tmp_path, kept, channel).written) == {
        "story/5.html",
        "device/find-x5.html",
        *(f"{folder}archive/1.{form}" for folder in FOLDERS for form in ("json", "atom")),
    }
    # Old pages say how many outlets told it and not which; this one counts already.
    assert len(html_pages_of(tmp_path, 5)) == len(FOLDERS)


def html_pages_of(folder: Path, number: int) -> set[str]:
    """Find the pages of archives for people that show a story."""
    mark = f'id="story-{number}"'
    found = [path for path in folder.rglob("archive/*.html") if mark in path.read_text("utf-8")]
    return {str(path.relative_to(folder)) for path in found}


def test_a_page_that_is_taken_away_comes_back_although_the_ledger_was_lost_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exports.listing._FEW", 0)
    kept = Kept()
    kept.tell(made(1, 1, "xiaomi", 1, Stage.TEASER, own=False, wordy=False))
    put(tmp_path, kept)
    (tmp_path / ".published.db").unlink()
    assert put_hastily(tmp_path, kept).written == ()
    (tmp_path / "story" / "1.html").unlink()
    assert put_hastily(tmp_path, kept).written == ("story/1.html",)


def test_files_that_a_power_cut_left_empty_are_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.listing._FEW", 0)
    kept = Kept()
    for number in range(1, 15):
        kept.tell(made(number, number, "xiaomi", 1, Stage.TEASER, own=False, wordy=False))
    with monkeypatch.context() as before_the_end:
        before_the_end.setattr(os, "sync", cut)
        with suppress(PowerCutError):
            put_hastily(tmp_path, kept)
    (tmp_path / "story" / "1.html").write_bytes(b"")
    put_hastily(tmp_path, kept)
    assert files_in(tmp_path) == rendered_without_sources(kept)


def cut() -> None:
    raise PowerCutError


def put_hastily(folder: Path, kept: Kept) -> Published:
    return publish(folder, kept, SOURCES, CHANNEL, thorough=False)
