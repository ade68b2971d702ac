"""A newsroom that shows nothing without JavaScript, read by a real browser where one is installed."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import CommandLine

CHROMIUM = shutil.which("chromium") or ""
HOST = "127.0.40.1"
SHELL = b"""<!doctype html><html lang="en"><title>Newsroom</title><ul id="news"></ul><script>
fetch("/news.json").then(answer => answer.json()).then(news => {
  document.getElementById("news").innerHTML = news.map(one =>
    `<li class="one"><a href="${one.url}"><h3>${one.title}</h3></a><time datetime="${one.date}"></time></li>`).join("");
});
fetch("http://127.0.41.1:9/private").catch(() => {});
</script></html>"""
NEWS = [{"url": "/phone-4", "title": "Nothing Phone (4) will be unveiled on 3 March", "date": "2026-02-02T09:00:00Z"}]


@contextmanager
def newsroom(port: int) -> Iterator[list[tuple[str, str]]]:
    """Serve the newsroom; gives what was asked for, each with the user agent that asked."""
    asked: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["User-Agent"]))
            known = {"/": SHELL, "/news.json": json.dumps(NEWS).encode()}
            body = known.get(self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/json" if self.path.endswith(".json") else "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer((HOST, port), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        yield asked
        server.shutdown()


def write(folder: Path, port: int) -> None:
    (folder / "sources.toml").write_text(
        f"""[newsroom]
title = "Newsroom"
home = "http://{HOST}:{port}/"
kind = "listing"
url = "http://{HOST}:{port}/"
role = "brand"
brands = ["nothing"]
language = "en"
country = "GB"
owner = "nothing"
timezone = "UTC"
interval = "30m"
rank = 5
browser = true
[newsroom.listing]
item = "li.one"
link = "a"
title = "h3"
date = "time"
"""
    )


def titles(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "var" / "launchwire.db")) as database:
        return [title for (title,) in database.execute("SELECT title FROM articles")]


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")
def test_a_newsroom_filled_in_by_scripts_is_read_by_the_browser_and_only_then(
    command_line: CommandLine, port: int, tmp_path: Path
) -> None:
    write(tmp_path, port)
    with newsroom(port) as asked:
        plain = command_line.launchwire("run", catalogue="sources.toml", delay="0.05")
        assert plain.returncode == 1
        assert titles(tmp_path) == []
        browsed = command_line.launchwire(
            "run", "newsroom", catalogue="sources.toml", delay="0.05", browser="true", browser_path=CHROMIUM
        )
    assert browsed.returncode == 0, browsed.stderr
    assert titles(tmp_path) == [NEWS[0]["title"]]
    assert "/news.json" in {path for path, _ in asked}
    assert {agent.partition("/")[0] for _, agent in asked} == {"Launchwire"}, "never a browser's name"


def test_a_browser_that_is_not_there_is_one_clear_line(command_line: CommandLine) -> None:
    done = command_line.launchwire("sources", "list", browser_path="/nowhere/chromium")
    assert done.returncode == 2
    assert done.stderr.startswith("launchwire: LAUNCHWIRE_BROWSER_PATH: '/nowhere/chromium' must be a program")
