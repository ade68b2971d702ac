"""`launchwire stories merge|split|undo`: one command mends a story for good, and the next export tells it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Say = Callable[..., CompletedProcess[str]]

LEICA, OTHER = "Xiaomi and Leica announce", "Xiaomi 12S series co-engineered"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, module_port: int) -> Path:
    """A folder in which the demo ran once."""
    from conftest import CommandLine  # noqa: PLC0415 (pytest puts it on the path)

    folder = tmp_path_factory.mktemp("stories")
    done = CommandLine(folder).launchwire("demo", "--port", str(module_port))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def say(told: Path) -> Say:
    """Run `launchwire` on what the demo left."""
    from conftest import CommandLine  # noqa: PLC0415 (pytest puts it on the path)

    (config,) = map(str, told.glob("var/demo*/launchwire.toml"))
    return lambda *arguments: CommandLine(told).launchwire(*arguments, config=config)


def stories(say: Say) -> dict[int, dict[str, Any]]:
    """All stories as the feed has them, by number."""
    lines = say("stories", "list", "--most", "1000", "--json").stdout.splitlines()
    return {int(item["id"].rpartition(":")[2]): item for item in map(json.loads, lines)}


def published(say: Say, folder: Path) -> dict[str, dict[str, Any]]:
    """The items of the feed after an export, by id."""
    assert say("export").returncode == 0
    (path,) = folder.glob("var/demo*/site/feed.json")
    feed = json.loads(path.read_bytes())
    return {item["id"]: item for item in feed["items"]}


def named(found: dict[int, dict[str, Any]], start: str) -> int:
    (number,) = [number for number, item in found.items() if item["title"].startswith(start)]
    return number


def sources(item: dict[str, Any]) -> set[str]:
    return {source["url"] for source in item["_launchwire"]["sources"]}


def test_a_merge_a_split_and_their_undoing_are_told_in_the_feed_at_the_next_export(say: Say, told: Path) -> None:
    before = stories(say)
    kept, other = sorted((named(before, LEICA), named(before, OTHER)))
    both = sources(before[kept]) | sources(before[other])

    assert say("stories", "merge", str(other), str(kept)).returncode == 0
    feed = published(say, told)
    merged = feed[f"urn:launchwire:story:{kept}"]
    assert sources(merged) == both
    assert f"urn:launchwire:story:{other}" in merged["_launchwire"]["aliases"]
    assert f"urn:launchwire:story:{other}" not in feed
    assert say("stories", "show", str(other), "--json").stdout == say("stories", "show", str(kept), "--json").stdout

    assert say("stories", "undo").returncode == 0
    again = published(say, told)
    parts = [item for item in again.values() if sources(item) & both]
    assert {frozenset(sources(part)) for part in parts} == {
        frozenset(sources(before[number])) for number in (kept, other)
    }
    assert f"urn:launchwire:story:{kept}" in {item["id"] for item in parts}


def test_a_split_lasts_through_later_rounds_until_it_is_undone(say: Say, told: Path) -> None:
    before = stories(say)
    number = named(before, LEICA)
    whole = sources(before[number])
    out = before[number]["_launchwire"]["sources"][-1]["url"]

    assert say("stories", "split", str(number), out).returncode == 0
    for _ in range(2):
        feed = published(say, told)
        alone = [item for item in feed.values() if out in sources(item)]
        assert [sources(item) for item in alone] == [{out}]
        assert sources(feed[f"urn:launchwire:story:{number}"]) == whole - {out}
        asked = say("stories", "why", str(number), alone[0]["id"])
        assert "your word: two stories" in asked.stdout

    assert say("stories", "undo").returncode == 0
    assert sources(published(say, told)[f"urn:launchwire:story:{number}"]) == whole


def test_why_adds_up_to_its_score(say: Say) -> None:
    found = stories(say)
    asked = json.loads(say("stories", "why", str(named(found, LEICA)), str(named(found, OTHER)), "--json").stdout)
    total = sum(asked["parts"].values())
    assert asked["score"] is None or asked["score"] == pytest.approx(max(-3.0, min(2.0, total)))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("merge", "9999", "1"), "9999 is not told in any story"),
        (("merge", "1", "1"), "are the same article"),
        (("split", "9999", "a1"), "there is no story 9999"),
        (("split", "1", "1"), "is no article"),
        (("split", "x", "a1"), "is no story"),
    ],
)
def test_a_word_on_what_is_not_there_is_one_line_and_changes_nothing(
    say: Say, arguments: tuple[str, ...], reason: str
) -> None:
    before = stories(say)
    done = say("stories", *arguments)
    assert done.returncode == 2
    assert reason in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert stories(say) == before
