"""Addresses that are not public are refused before a connection is made: of sources, redirects, links and names."""

from __future__ import annotations

import json
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import CommandLine
from recording import Answer, Asked, RecordingWeb, feed, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    Visits = dict[str, tuple[str, str | None]]

INTERPRETER = Path(__file__).parent / "interpreter"
PUBLIC = "127.0.40.1"
"""Stands for a public host: the operator allows its network, and that one alone."""
INSIDE = ["127.0.0.1", "127.0.41.1", "127.0.41.2"]
ONLY_PUBLIC = "127.0.40.0/24"

NOT_PUBLIC = {
    "loopback": "127.0.0.1",
    "loopback6": "[::1]",
    "metadata": "169.254.169.254",
    "ten": "10.0.0.1",
    "shared": "100.64.0.1",
    "nowhere": "0.0.0.0",  # noqa: S104 (nothing is bound)
    "decimal": "2130706433",
    "octal": "0177.0.0.1",
    "hexadecimal": "0x7f000001",
    "short": "127.1",
    "mapped": "[::ffff:127.0.0.1]",
    "six_to_four": "[2002:7f00:1::1]",
    "nat64": "[64:ff9b::7f00:1]",
    "compatible": "[::127.0.0.1]",
    "teredo": "[2001:0:7f00:1::]",
    "private6": "[fd00::1]",
    "linklocal6": "[fe80::1]",
    "multicast": "224.0.0.1",
    "localhost": "localhost",
    "inside": "inside.test",
    "mixed": "mixed.test",
}
NAMES = {
    "inside.test": [["127.0.41.1"]],
    "mixed.test": [["127.0.41.1", "::1", "10.0.0.1"]],
    # Every answer but the first leads inside.
    "turns.test": [["127.0.40.1"], ["127.0.41.2"]],
    "turned.test": [["127.0.41.2"]],
    "both.test": [["127.0.41.2", "127.0.40.1"]],
}


def answer(asked: Asked) -> Answer:
    port = asked.headers["host"].partition(":")[2]
    if asked.path == "/robots.txt":
        # Without keep-alive, so that the next request needs an address again.
        return Answer(status=404, headers={"Connection": "close"})
    if asked.path.startswith("/to/"):
        host = NOT_PUBLIC[asked.path.removeprefix("/to/")]
        return Answer(status=302, headers={"Location": f"http://{host}:{port}/feed"})
    if asked.path == "/links":
        return Answer(feed(*(f"http://{host}:{port}/secret" for host in NOT_PUBLIC.values())))
    return Answer(feed("/x"))


class Inside:
    """Hosts that must never be spoken to: notes each connection."""

    def __init__(self, port: int) -> None:
        self.web = RecordingWeb(INSIDE, port, answer)
        self.socket = socket.create_server(("::1", port), family=socket.AF_INET6)
        self.socket.setblocking(False)  # noqa: FBT003 (its only argument)

    def connections(self) -> int:
        """How many connections came, also such as sent nothing."""
        try:
            self.socket.accept()
        except BlockingIOError:
            return sum(self.web.connections.values())
        return sum(self.web.connections.values()) + 1


@pytest.fixture
def inside(port: int) -> Iterator[Inside]:
    watched = Inside(port)
    with watched.web.served(), closing(watched.socket):
        yield watched


@pytest.fixture
def public(port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RecordingWeb]:
    (tmp_path / "names.json").write_text(json.dumps(NAMES))
    monkeypatch.setenv("TEST_NAMES", str(tmp_path / "names.json"))
    # Behind a proxy the guard would see the proxy alone, so that none is used.
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://{INSIDE[1]}:{port}")
    with RecordingWeb([PUBLIC], port, answer).served() as web:
        yield web


def visits(folder: Path) -> Visits:
    with closing(sqlite3.connect(folder / "var" / "launchwire.db")) as database:
        rows = database.execute("SELECT source, outcome, problem FROM visits").fetchall()
    return {source: (outcome, problem) for source, outcome, problem in rows}


def run(folder: Path, tables: list[str], *, scrapy: str = "", allowed: str = ONLY_PUBLIC) -> Visits:
    (folder / "sources.toml").write_text("".join(tables))
    command = CommandLine(folder, (INTERPRETER,))
    settings = {"catalogue": "sources.toml", "delay": "0.01", "allow_networks": allowed, "timeout": "5"}
    done = command.scrapy("crawl", scrapy, **settings) if scrapy else command.launchwire("run", **settings)
    assert "Traceback" not in done.stderr, done.stderr
    return visits(folder)


def test_no_source_at_an_address_that_is_not_public_is_connected_to(
    tmp_path: Path, port: int, inside: Inside, public: RecordingWeb
) -> None:
    tables = [table(name, f"http://{host}:{port}/feed") for name, host in NOT_PUBLIC.items()]
    tables += [table(f"{name}_tls", f"https://{host}:{port}/feed") for name, host in NOT_PUBLIC.items()]
    seen = run(tmp_path, [*tables, table("good", f"http://{PUBLIC}:{port}/feed")])
    assert seen.pop("good")[0] == "read"
    assert len(seen) == 2 * len(NOT_PUBLIC)
    for source, (outcome, problem) in seen.items():
        assert outcome == "failed"
        assert problem is not None
        assert problem.startswith("refused: "), source
        assert problem.endswith(" is no public address")
    assert seen["decimal"][1] == seen["octal"][1] == seen["short"][1] == "refused: 127.0.0.1 is no public address"
    assert seen["metadata"][1] == "refused: 169.254.169.254 is no public address"
    assert inside.connections() == 0
    assert len(public.to(PUBLIC)) == 2


def test_no_redirect_to_such_an_address_is_followed(
    tmp_path: Path, port: int, inside: Inside, public: RecordingWeb
) -> None:
    seen = run(tmp_path, [table(name, f"http://{PUBLIC}:{port}/to/{name}") for name in NOT_PUBLIC])
    assert len(public.to(PUBLIC)) == len(NOT_PUBLIC) + 1
    assert all((problem or "").startswith("refused: ") for _, problem in seen.values()), seen
    assert inside.connections() == 0


def test_no_link_to_such_an_address_is_followed_as_an_article_page_and_the_visit_says_so(
    tmp_path: Path, port: int, inside: Inside, public: RecordingWeb
) -> None:
    seen = run(tmp_path, [table("links", f"http://{PUBLIC}:{port}/links", follow=True)])
    outcome, problem = seen["links"]
    assert outcome == "read"
    assert problem is not None
    assert "is no public address" in problem
    assert f"(and {len(NOT_PUBLIC) - 1} more pages)" in problem
    assert inside.connections() == 0
    assert public.paths(PUBLIC) == ["/robots.txt", "/links"]


def test_the_same_holds_under_scrapy_crawl(tmp_path: Path, port: int, inside: Inside, public: RecordingWeb) -> None:
    tables = [table("inside", f"http://inside.test:{port}/feed"), table("good", f"http://{PUBLIC}:{port}/to/loopback")]
    assert run(tmp_path, tables, scrapy="inside")["inside"][1] == "refused: 127.0.41.1 is no public address"
    assert run(tmp_path, tables, scrapy="good")["good"][1] == "refused: 127.0.0.1 is no public address"
    assert inside.connections() == 0
    assert public.paths(PUBLIC) == ["/robots.txt", "/to/loopback"]


def test_the_same_holds_under_launchwire_up(tmp_path: Path, port: int, inside: Inside, public: RecordingWeb) -> None:
    tables = [table("inside", f"http://inside.test:{port}/feed"), table("led", f"http://{PUBLIC}:{port}/to/octal")]
    (tmp_path / "sources.toml").write_text("".join(tables))
    command = CommandLine(tmp_path, (INTERPRETER,))
    process = command.start("up", catalogue="sources.toml", delay="0.01", allow_networks=ONLY_PUBLIC, tick="1s")
    try:
        deadline = time.monotonic() + 20
        while not (tmp_path / "var" / "launchwire.db").exists() or len(visits(tmp_path)) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    finally:
        process.kill()
        process.communicate()
    assert visits(tmp_path) == {
        "inside": ("failed", "refused: 127.0.41.1 is no public address"),
        "led": ("failed", "refused: 127.0.0.1 is no public address"),
    }
    assert public.paths(PUBLIC) == ["/robots.txt", "/to/octal"]
    assert inside.connections() == 0


def test_a_name_that_changes_its_answer_is_connected_to_where_it_was_judged(
    tmp_path: Path, port: int, inside: Inside, public: RecordingWeb
) -> None:
    tables = [
        table("turns", f"http://turns.test:{port}/feed"),
        table("turned", f"http://turned.test:{port}/feed"),
        table("both", f"http://both.test:{port}/feed"),
    ]
    seen = run(tmp_path, tables)
    assert seen["turns"][0] == seen["both"][0] == "read"
    assert sorted(public.paths(PUBLIC)) == ["/feed"] * 2 + ["/robots.txt"] * 2
    assert seen["turned"][1] == "refused: 127.0.41.2 is no public address"
    # Another process asks for the name anew, and is told of an inside address first.
    (tmp_path / "names.json").write_text(json.dumps({"turns.test": NAMES["turns.test"][1:]}))
    (tmp_path / "var" / "launchwire.db").unlink()
    assert run(tmp_path, tables[:1])["turns"][1] == "refused: 127.0.41.2 is no public address"
    assert inside.connections() == 0


def test_without_an_allowed_network_loopback_is_not_public_either(
    tmp_path: Path, port: int, public: RecordingWeb
) -> None:
    seen = run(tmp_path, [table("good", f"http://{PUBLIC}:{port}/feed")], allowed="")
    assert seen["good"] == ("failed", f"refused: {PUBLIC} is no public address")
    assert public.connections == {}
