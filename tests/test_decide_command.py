"""`launchwire decide`: one process or many, the decisions are the same and in the order of the lines."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli.deciders import WORTH_IT, Said, decide_all

if TYPE_CHECKING:
    from conftest import CommandLine

LINES = [
    json.loads(line) for line in (Path(__file__).parent / "domain" / "lines.jsonl").read_text("utf-8").splitlines()
]


def said(number: int) -> Said:
    row = LINES[number % len(LINES)]
    when = datetime.fromisoformat(row["published"])
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    address = f"https://news.example/{number}"
    return Said(str(number), row["title"], row.get("snippet") or "", address, f"source{number % 9}", "en", when)


def test_many_processes_decide_as_one_does() -> None:
    some = [said(number) for number in range(1200)]
    alone, shared = (list(decide_all(some, every=False, processes=count)) for count in (1, 2))
    assert [(one.line(None), one.article and one.article.title) for one in alone] == [
        (one.line(None), one.article and one.article.title) for one in shared
    ]
    assert {one.article is None for one in alone} == {True, False}


def test_a_big_file_is_decided_line_by_line_in_order(command_line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    # Few are launch news: how thousands of reports of nine events are folded is no question here.
    titles = [LINES[number % 9]["title"] if number % 100 == 0 else "A quiet day" for number in range(WORTH_IT)]
    items = [{"id": str(number), "title": f"{title} {number}"} for number, title in enumerate(titles)]
    file.write_text("\n".join(map(json.dumps, items)))
    done = command_line.launchwire("decide", str(file))
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [item["id"] for item in items]


def test_a_wrong_line_is_told_while_processes_decide(command_line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    items = [json.dumps({"id": str(number), "title": "Galaxy S31"}) for number in range(WORTH_IT + 700)]
    file.write_text("\n".join([*items, items[3]]))
    done = command_line.launchwire("decide", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    said = f"line {len(items) + 1}: the id '3' stands in an earlier line; give each item its own"
    assert done.stderr == f"launchwire: {file}: {said}\n"
