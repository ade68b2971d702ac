"""A second round over sources that did not change costs one small request each, and no reading at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from conftest import CommandLine
from recording import Answer, Asked, RecordingWeb, feed, table

if TYPE_CHECKING:
    import pytest

SOURCES = 150
INTERPRETER = Path(__file__).parent / "interpreter"


def answer(asked: Asked) -> Answer:
    if asked.path == "/robots.txt":
        return Answer("User-agent: *\nAllow: /\n")
    etag = f'W/"{asked.host}"'
    if asked.headers.get("if-none-match") == etag:
        return Answer(status=304, headers={"ETag": etag})
    return Answer(feed(f"http://{asked.host}/news"), headers={"ETag": etag})


def workers(starts: Path) -> int:
    """How many reading workers were started: each is an interpreter of its own."""
    count = starts.read_text().count("multiprocessing") if starts.exists() else 0
    starts.write_text("")
    return count


def test_a_hundred_and_fifty_unchanged_sources_cost_as_many_conditional_requests_and_no_reading(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = [f"127.0.31.{number}" for number in range(1, SOURCES + 1)]
    catalogue = "".join(table(f"s{number}", f"http://{host}:{port}/feed") for number, host in enumerate(hosts))
    (tmp_path / "sources.toml").write_text(catalogue)
    starts = tmp_path / "starts"
    monkeypatch.setenv("TEST_STARTS", str(starts))
    run = CommandLine(tmp_path, (INTERPRETER,)).launchwire
    settings = {"catalogue": "sources.toml", "delay": "0.05"}
    with RecordingWeb(hosts, port, answer).served() as web:
        assert run("run", **settings).returncode == 0
        assert {one.status for one in web.requests} == {200}
        assert len(web.requests) == 2 * SOURCES
        assert workers(starts) >= 1

        web.forget()
        assert run("run", **settings).returncode == 0
        assert web.requests == []  # a restart polls nothing twice

        done = run("run", "--all", **settings)
        assert done.returncode == 0, done.stderr
    assert sorted(one.host for one in web.requests) == sorted(hosts)
    assert {(one.path, one.status) for one in web.requests} == {("/feed", 304)}
    assert all(one.headers["if-none-match"] == f'W/"{one.host}"' for one in web.requests)
    assert workers(starts) == 0
    with closing(sqlite3.connect(tmp_path / "var" / "launchwire.db")) as database:
        last = f"SELECT outcome, http, entries FROM visits ORDER BY id DESC LIMIT {SOURCES}"  # noqa: S608 (a number of ours)
        assert set(database.execute(last)) == {("unchanged", 304, 0)}
