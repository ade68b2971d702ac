"""One host of a small web whose answers a test changes as it goes."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "127.0.30.1"
NOW = datetime.now(UTC)


@dataclass
class PlainWeb:
    """`answers` by path: status, headers, body; any other path is 404. `asked` are the paths in order."""

    address: str
    answers: dict[str, tuple[int, dict[str, str], str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def feed(self, path: str, *items: str, headers: dict[str, str] | None = None) -> None:
        sent = {"Content-Type": "application/rss+xml"} | (headers or {})
        channel = f"<title>News</title><link>{self.address}/</link>{''.join(items)}"
        self.answers[path] = (200, sent, f'<rss version="2.0"><channel>{channel}</channel></rss>')

    def refuse(self, path: str, status: int, **headers: str) -> None:
        self.answers[path] = (status, headers, "")

    def table(self, name: str, path: str, more: str = "") -> str:
        """The catalogue's table of a source here."""
        return f"""
[{name}]
title = "Source {name}"
home = "{self.address}/"
kind = "feed"
url = "{self.address}{path}"
role = "news"
language = "en"
country = "GB"
owner = "{name}"
timezone = "UTC"
interval = "30m"
rank = 50
{more}
"""


@contextmanager
def plain_web(port: int) -> Iterator[PlainWeb]:
    web = PlainWeb(f"http://{HOST}:{port}")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(self.path)
            status, headers, body = web.answers.get(self.path, (404, {}, ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((HOST, port), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()


def catalogue(folder: Path, *tables: str) -> None:
    (folder / "sources.toml").write_text("\n".join(tables))


def item(web: PlainWeb, number: int, at: datetime | None = NOW) -> str:
    """An item of a feed; the first one tells of a launch."""
    title = "Google launches the Pixel 11 Pro today" if number == 1 else f"A look at our garden, part {number}"
    date = f"<pubDate>{format_datetime(at - timedelta(hours=number))}</pubDate>" if at else ""
    link = f"{web.address}/news/a-look-at-what-is-new-{number}"
    return f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>{date}</item>"


def page(title: str, at: datetime) -> str:
    text = "".join(f"<p>The workshop tells of what it has made in month {month} of the year.</p>" for month in range(9))
    return (
        f'<html lang="en"><head><title>{title}</title><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{at:%FT%TZ}"></head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    )
