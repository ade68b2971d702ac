"""Told to stop while a host's Crawl-delay runs: nothing more is asked, and what was not asked is asked another time."""

from __future__ import annotations

import signal
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from recording import Answer, Asked, RecordingWeb, feed, page, table

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CommandLine

PATIENT, QUICK = "127.0.33.1", "127.0.33.2"


def answer(asked: Asked) -> Answer:
    if asked.path == "/robots.txt":
        return Answer("User-agent: *\nCrawl-delay: 45\n") if asked.host == PATIENT else Answer(status=404)
    if asked.host == PATIENT:
        return Answer(feed("/1", "/2") if asked.path == "/feed" else page())
    return Answer(feed("/x"))


def test_a_wait_for_a_host_does_not_hold_up_the_end(command_line: CommandLine, port: int, tmp_path: Path) -> None:
    tables = [table("patient", f"http://{PATIENT}:{port}/feed"), table("quick", f"http://{QUICK}:{port}/feed")]
    (tmp_path / "sources.toml").write_text("".join(tables))
    with RecordingWeb([PATIENT, QUICK], port, answer).served() as web:
        process = command_line.start("up", catalogue="sources.toml", delay="0.05", tick="1s")
        try:
            deadline = time.monotonic() + 20
            while len(web.requests) < 3:
                assert time.monotonic() < deadline, web.requests
                time.sleep(0.05)
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            output, _ = process.communicate(timeout=15)
            assert time.monotonic() - began < 5, output
        finally:
            process.kill()
        assert process.returncode == 0, output
        assert web.paths(PATIENT) == ["/robots.txt"]
    with closing(sqlite3.connect(tmp_path / "var" / "launchwire.db")) as database:
        assert database.execute("SELECT source, outcome FROM visits").fetchall() == [("quick", "read")]
