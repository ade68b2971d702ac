"""`launchwire demo`: the real pipeline over the sample web, from an empty folder to a feed."""

from __future__ import annotations

import json
import signal
import time
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import CommandLine

LEICA = "xiaomi_leica_partnership"


@cache
def expected() -> dict[str, Any]:
    """Which entries of the sample web tell which event, by our own reading."""
    return tomllib.loads((Path(__file__).parent.parent / "sample" / "expected_stories.toml").read_text("utf-8"))


def feed_in(folder: Path) -> dict[str, Any]:
    (path,) = folder.glob("var/demo*/site/feed.json")
    parsed: dict[str, Any] = json.loads(path.read_bytes())
    return parsed


def files_in(folder: Path) -> dict[str, tuple[bytes, int]]:
    (site,) = folder.glob("var/demo*/site")
    files = {str(path.relative_to(site)): path for path in site.rglob("*") if path.is_file()}
    for told_by_the_clock in ("status.json", "sources.html", ".published.db"):
        files.pop(told_by_the_clock, None)
    return {name: (path.read_bytes(), path.stat().st_mtime_ns) for name, path in files.items()}


def told_by(item: dict[str, Any]) -> set[str]:
    """The sources of an item as `outlet/slug`, the way the expectation names them."""
    return {f"{source['source']}/{slug(source['url'])}" for source in item["_launchwire"]["sources"]}


def slug(url: str) -> str:
    known = {name.partition("/")[2] for story in expected()["story"].values() for name in story["articles"]}
    known |= {name.partition("/")[2] for name in expected()["irrelevant"]}
    (found,) = {part for part in url.split("?", maxsplit=1)[0].replace(".html", "").split("/") if part in known}
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, module_port: int) -> Path:
    """A folder in which the demo ran once."""
    from conftest import CommandLine  # noqa: PLC0415 (pytest puts it on the path)

    folder = tmp_path_factory.mktemp("demo")
    done = CommandLine(folder).launchwire("demo", "--port", str(module_port))
    assert done.returncode == 0, done.stderr
    (folder / "stdout").write_text(done.stdout)
    return folder


@pytest.fixture(scope="module")
def items(demo: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = feed_in(demo)["items"]
    return found


def test_the_demo_ends_with_a_table_and_the_newest_stories(demo: Path) -> None:
    lines = (demo / "stdout").read_text().splitlines()
    assert [line.split()[0] for line in lines[:5]] == ["sources", "entries", "articles", "stories", "feed"]
    assert lines[4].endswith("site/feed.json")
    assert sum(line.startswith("  story ") for line in lines) == 8


def test_the_eight_reports_of_the_leica_partnership_are_one_teaser_led_by_the_newsroom(
    items: list[dict[str, Any]],
) -> None:
    wanted = expected()["story"][LEICA]
    (item,) = [item for item in items if told_by(item) & set(wanted["articles"])]
    facts = item["_launchwire"]
    assert told_by(item) == set(wanted["articles"])
    assert (facts["stage"], facts["brands"], facts["outlets"]) == ("teaser", ["xiaomi"], 8)
    assert facts["lead"]["source"] == facts["official"]["source"] == "xiaomi_pressroom"
    assert set(facts["models_guessed"]) == {"12 Ultra", "13"}
    assert "models" not in facts
    assert {"kind": "launch", "date": "2022-07"}.items() <= facts["dates"][0].items()
    assert len({source["language"] for source in facts["sources"]}) == 5


def test_the_near_misses_of_the_leica_partnership_are_stories_of_their_own(items: list[dict[str, Any]]) -> None:
    near = ("huawei_leica_end", "xiaomi_12s_date", "xiaomi_12s_launch", "xiaomi_13_ultra_launch")
    events = {article: name for name in near for article in expected()["story"][name]["articles"]}
    told = [{events[article] for article in told_by(item) if article in events} for item in items]
    assert all(len(names) <= 1 for names in told)
    assert {"xiaomi_12s_date", "xiaomi_12s_launch", "xiaomi_13_ultra_launch"} <= set().union(*told)


def test_no_story_mixes_two_events_and_none_tells_what_is_no_launch_news(items: list[dict[str, Any]]) -> None:
    events = {article: name for name, story in expected()["story"].items() for article in story["articles"]}
    for item in items:
        told = told_by(item)
        assert not told & set(expected()["irrelevant"]), item["title"]
        assert len({events[article] for article in told}) == 1, item["title"]


def test_running_the_demo_again_changes_no_byte_and_no_time(demo: Path, module_port: int) -> None:
    from conftest import CommandLine  # noqa: PLC0415

    before = files_in(demo)
    done = CommandLine(demo).launchwire("demo", "--port", str(module_port))
    assert done.returncode == 0
    assert files_in(demo) == before


def test_a_demo_killed_at_any_moment_is_whole_before_and_after(
    command_line: CommandLine, port: int, tmp_path: Path
) -> None:
    first = command_line.launchwire("demo", "--port", str(port))
    assert first.returncode == 0, first.stderr
    whole = len(feed_in(tmp_path)["items"])
    for file in tmp_path.glob("var/demo*/launchwire.db*"):
        file.unlink()
    for seconds in (0.8, 1.4, 2.0, 2.6):
        process = command_line.start("demo", "--port", str(port))
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert feed_in(tmp_path)["version"] == "https://jsonfeed.org/version/1.1"
    again = command_line.launchwire("demo", "--port", str(port))
    assert again.returncode == 0, again.stderr
    assert len(feed_in(tmp_path)["items"]) == whole


def test_a_port_that_is_taken_is_one_clear_line(command_line: CommandLine, port: int) -> None:
    from crawler.sample.web import SampleWeb  # noqa: PLC0415

    with SampleWeb(port):
        done = command_line.launchwire("demo", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.startswith(f"launchwire: port {port} is in use on 127.0.10.")
    assert done.stderr.count("\n") == 1
