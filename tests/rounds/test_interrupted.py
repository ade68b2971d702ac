"""Ctrl-C, SIGTERM and rounds that come to nothing: what is stored stays, nothing false is said of a source."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from conftest import CommandLine

MEANT_TO_FAIL = {"closedgarden", "gatekeeper", "lastcall"}


def failed(folder: Path) -> set[str]:
    (path,) = folder.glob("var/demo*/launchwire.db")
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT source FROM visits WHERE outcome = 'failed'")
        return {source for (source,) in rows}


@pytest.mark.parametrize("seconds", [0.2, 0.7])
def test_ctrl_c_in_a_round_ends_it_within_seconds_and_blames_no_source(
    command_line: CommandLine, port: int, tmp_path: Path, seconds: float
) -> None:
    process = command_line.start("demo", "--port", str(port), start_new_session=True)
    while not list(tmp_path.glob("var/demo*/launchwire.db")):
        time.sleep(0.05)
    time.sleep(seconds)
    began = time.monotonic()
    command_line.interrupt_group(process)
    output, _ = process.communicate(timeout=20)
    assert time.monotonic() - began < 10
    assert process.returncode == 130
    assert output.splitlines()[-1].startswith("launchwire: interrupted")
    assert "Traceback" not in output
    assert failed(tmp_path) <= MEANT_TO_FAIL


def test_the_demo_that_serves_ends_at_once_on_ctrl_c(command_line: CommandLine, port: int) -> None:
    process = command_line.start("demo", "--serve", "--port", str(port), start_new_session=True)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Serving"):
            break
    began = time.monotonic()
    command_line.interrupt_group(process)
    process.communicate(timeout=10)
    assert time.monotonic() - began < 3
    assert process.returncode == 0


def has_said(process: subprocess.Popen[str], words: str) -> bool:
    """Wait until a program has said something; False where it ends without."""
    return any(words in line for line in process.stdout or ())


def unreachable(folder: Path) -> None:
    """A catalogue of one source where nothing listens."""
    (folder / "sources.toml").write_text(
        """[nowhere]
title = "Nowhere"
home = "http://127.0.30.1:9/"
kind = "feed"
url = "http://127.0.30.1:9/feed"
role = "news"
language = "en"
country = "GB"
owner = "nowhere"
timezone = "UTC"
interval = "30m"
rank = 50
"""
    )
    (folder / "launchwire.toml").write_text('catalogue = "sources.toml"\ndelay = 0.05\ntick = "1s"\n')


def test_a_round_that_reads_nothing_publishes_nothing_however_often_it_runs(
    command_line: CommandLine, tmp_path: Path
) -> None:
    unreachable(tmp_path)
    first, second, export = (command_line.launchwire(*words) for words in (["run"], ["run"], ["export"]))
    assert [done.returncode for done in (first, second, export)] == [1, 1, 1]
    assert "none of 1 sources could be read" in first.stderr
    assert "make demo" in first.stderr
    assert "nothing is stored yet" in second.stderr
    assert not (tmp_path / "var" / "site").exists()


def test_a_round_that_reads_nothing_leaves_the_published_feed_as_it_was(
    command_line: CommandLine, tmp_path: Path
) -> None:
    unreachable(tmp_path)
    site = tmp_path / "var" / "site"
    site.mkdir(parents=True)
    (site / "feed.json").write_text(json.dumps({"items": ["as it was"]}))
    process = command_line.start("up")
    assert has_said(process, "nowhere: failed")
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=10)
    assert process.returncode == 0, output
    assert json.loads((site / "feed.json").read_text()) == {"items": ["as it was"]}


def test_a_second_up_on_the_same_store_is_refused(command_line: CommandLine, tmp_path: Path) -> None:
    unreachable(tmp_path)
    process = command_line.start("up")
    try:
        assert has_said(process, "nowhere: failed")
        second = command_line.launchwire("up")
        assert second.returncode == 2
        assert second.stderr.startswith("launchwire: `launchwire up` is running already")
    finally:
        process.kill()
        process.communicate()
