"""`launchwire up` on the sample web: rounds on a schedule, and a clean stop."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
import tomllib
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from crawler.sample.outlet import SampleEntry
from crawler.sample.web import SampleWeb

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import CommandLine

OUTLETS = ("techpulse", "phonewire", "gatekeeper")
NEWS = SampleEntry(
    slug="galaxy-s27-date",
    title="Samsung confirms Galaxy S27 Unpacked event for February 24",
    summary="Samsung has sent out invitations: the Galaxy S27 series will be unveiled on February 24, 2027.",
    body="Samsung has sent out invitations to its next Unpacked event. The Galaxy S27 series will be unveiled there.",
    published=datetime(2027, 1, 26, 8, 0, tzinfo=UTC),
)


def small(web: SampleWeb) -> SampleWeb:
    return SampleWeb(web.port, [web.outlets[id_] for id_ in OUTLETS])


@contextmanager
def up(command_line: CommandLine, web: SampleWeb, folder: Path) -> Iterator[subprocess.Popen[str]]:
    catalogue = web.catalogue().replace('interval = "30m"', 'interval = "1s"')
    (folder / "sources.toml").write_text(catalogue)
    (folder / "launchwire.toml").write_text('catalogue = "sources.toml"\ndelay = 0.05\ntick = "1s"\n')
    process = command_line.start("up")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(what: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.1)


def titles(folder: Path) -> list[str]:
    feed = folder / "var" / "site" / "feed.json"
    return [item["title"] for item in json.loads(feed.read_bytes())["items"]] if feed.exists() else []


def asked(web: SampleWeb, outlet: str) -> list[Any]:
    """The requests for an outlet's feed so far."""
    address = tomllib.loads(web.catalogue())[outlet]["url"]
    return [request for request in web.requests if f"http://{request.host}:{web.port}{request.path}" == address]


def test_rounds_follow_each_other_and_what_changes_between_them_is_told(
    command_line: CommandLine, port: int, tmp_path: Path
) -> None:
    with small(SampleWeb(port)) as web, up(command_line, web, tmp_path) as process:
        wait_for(lambda: bool(titles(tmp_path)))
        assert NEWS.title not in titles(tmp_path)
        web.publish("techpulse", replace(NEWS, published=datetime.now(UTC)))
        wait_for(lambda: NEWS.title in titles(tmp_path))
        wait_for(lambda: len(asked(web, "phonewire")) >= 3)
        first, *later = asked(web, "phonewire")
        assert first.status == 200
        assert "if-none-match" not in first.headers
        assert {request.status for request in later} == {304}
        assert all("if-none-match" in request.headers for request in later)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=10)
        assert process.returncode == 0, output
        assert output.splitlines()[-1].endswith("stopped")


def test_told_to_stop_in_the_middle_of_a_crawl_it_leaves_a_whole_feed(
    command_line: CommandLine, port: int, tmp_path: Path
) -> None:
    with SampleWeb(port) as web, up(command_line, web, tmp_path) as process:
        # The slow outlet is still answering when the others are done.
        wait_for(lambda: len(web.requests) > 10)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=15)
        assert time.monotonic() - began < 10
        assert process.returncode == 0, output
    assert titles(tmp_path)
    with closing(sqlite3.connect(tmp_path / "var" / "launchwire.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("SELECT count(*) FROM articles WHERE NOT settled").fetchall() == [(0,)]


def test_a_restart_asks_nothing_before_its_time(command_line: CommandLine, port: int, tmp_path: Path) -> None:
    with small(SampleWeb(port)) as web:
        (tmp_path / "sources.toml").write_text(web.catalogue())
        (tmp_path / "launchwire.toml").write_text('catalogue = "sources.toml"\ndelay = 0.05\ntick = "1s"\n')
        for _ in range(2):
            process = command_line.start("up")
            wait_for(lambda: bool(titles(tmp_path)))
            time.sleep(2)
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=10)
        assert len(asked(web, "techpulse")) == 1
