"""A small web on loopback that remembers every connection and request, and when each came."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from socketserver import TCPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Respond = Callable[["Asked"], "Answer"]


@dataclass(frozen=True)
class Asked:
    """A request as it came; `at` and `done` by the monotonic clock."""

    host: str
    path: str
    headers: dict[str, str]
    number: int
    at: float = 0.0
    done: float = 0.0
    status: int = 0


@dataclass(frozen=True)
class Answer:
    """An answer to send; status 0 hangs up instead."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class RecordingWeb:
    """Answers by a function, on one port of as many loopback addresses as wanted."""

    def __init__(self, hosts: Iterable[str], port: int, respond: Respond, *, takes: float = 0.0) -> None:
        self.hosts, self.port, self.respond, self.takes = tuple(hosts), port, respond, takes
        self.requests: list[Asked] = []
        self.connections: Counter[str] = Counter()
        self.peaks: Counter[str] = Counter()
        self._under_way: Counter[str] = Counter()
        self._numbers: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def served(self) -> Iterator[RecordingWeb]:
        with ExitStack() as stack:
            servers = [stack.enter_context(_Server((host, self.port), _handler(self, host))) for host in self.hosts]
            for server in servers:
                threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            try:
                yield self
            finally:
                with ThreadPoolExecutor(len(servers)) as at_once:
                    list(at_once.map(_Server.shutdown, servers))

    def to(self, host: str) -> list[Asked]:
        """The requests to one host, in the order they came."""
        return sorted((one for one in self.requests if one.host == host), key=lambda one: one.at)

    def paths(self, host: str) -> list[str]:
        return [one.path for one in self.to(host)]

    def gaps(self, host: str) -> list[float]:
        """Seconds from each request's arrival to the next one's."""
        times = [one.at for one in self.to(host)]
        return [later - earlier for earlier, later in pairwise(times)]

    def forget(self) -> None:
        self.requests.clear()
        self.connections.clear()
        self.peaks.clear()

    def answer(self, host: str, path: str, headers: dict[str, str]) -> Answer:
        at = time.monotonic()
        with self._lock:
            self._numbers[host, path] += 1
            self._under_way[host] += 1
            self.peaks[host] = max(self.peaks[host], self._under_way[host])
            number = self._numbers[host, path]
        answer = self.respond(Asked(host, path, headers, number))
        time.sleep(self.takes)
        with self._lock:
            self._under_way[host] -= 1
            self.requests.append(Asked(host, path, headers, number, at, time.monotonic(), answer.status))
        return answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def server_bind(self) -> None:
        # Without the reverse name lookup that `http.server` adds.
        TCPServer.server_bind(self)


def _handler(web: RecordingWeb, host: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout = 30

        def setup(self) -> None:
            web.connections[host] += 1
            super().setup()

        def do_GET(self) -> None:
            answer = web.answer(host, self.path, {name.lower(): value for name, value in self.headers.items()})
            if answer.status == 0:
                self.close_connection = True
                return
            body = answer.body.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if answer.status != 304:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def feed(*links: str, ttl: int | None = None) -> str:
    """An RSS feed of one item per link."""
    items = "".join(
        f"<item><title>Pixel {number} is announced</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>Tue, 03 Mar 2026 0{number % 10}:00:00 GMT</pubDate></item>"
        for number, link in enumerate(links)
    )
    wait = f"<ttl>{ttl}</ttl>" if ttl else ""
    return f'<rss version="2.0"><channel><title>News</title>{wait}{items}</channel></rss>'


def page(title: str = "Pixel 9 is announced") -> str:
    return (
        f"<html><head><title>{title}</title></head><body><article><p>{'It is here. ' * 30}</p></article></body></html>"
    )


def listing(*links: str) -> str:
    items = "".join(f'<li class="item"><a href="{link}">Pixel {link} is announced</a></li>' for link in links)
    return f"<html><body><ul>{items}</ul></body></html>"


def table(source: str, url: str, **more: str | bool) -> str:
    """A source's table in the catalogue."""
    kind = more.pop("kind", "feed")
    lines = [
        f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {str(value).lower()}"
        for key, value in more.items()
    ]
    selectors = f'\n[{source}.listing]\nitem = "li.item"\nlink = "a"\ntitle = "a"\n' if kind == "listing" else ""
    return f"""
[{source}]
title = "{source}"
home = "{url}"
kind = "{kind}"
url = "{url}"
role = "news"
language = "en"
country = "GB"
owner = "{source}"
timezone = "UTC"
interval = "30m"
rank = 50
{chr(10).join(lines)}
{selectors}"""


def by_host(answers: dict[str, Respond]) -> Respond:
    """Answer by the function of the host asked; `404` where there is none."""
    nothing: Respond = lambda _: Answer(status=404)  # noqa: E731
    found: defaultdict[str, Respond] = defaultdict(lambda: nothing, answers)
    return lambda asked: found[asked.host](asked)
