"""One outlet's HTTP/1.1 server on one loopback address: GET, HEAD and POST, quiet, a thread per connection.

It knows no outlet: what to answer is asked of a function.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.sample.site import Answer


@dataclass(frozen=True, slots=True)
class Request:
    """One request that was answered.

    Args:
        host: The loopback address that was asked, without port.
        path: With its query.
        headers: Keys in lower case.
        at: When it came, in seconds of the monotonic clock.
        done: When the answer was ready to be sent, on the same clock.
        payload: What was posted; None for another method.
    """

    host: str
    path: str
    headers: dict[str, str]
    status: int
    at: float
    method: str = "GET"
    done: float = 0.0
    payload: bytes | None = None


class Server(ThreadingHTTPServer):
    """One outlet's server."""

    daemon_threads = True
    block_on_close = False  # an idle keep-alive connection must not hold the end up

    def __init__(self, host: str, port: int, respond: Callable[[Request], Answer]) -> None:
        self.host = host
        self.respond = respond
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Bind without the reverse name lookup that `http.server` adds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, self.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "SampleWeb"
    sys_version = ""
    timeout = 10  # seconds an idle connection is kept
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with head and body."""
        self._send()

    def do_HEAD(self) -> None:
        """Answer with the head that GET would have."""
        self._send()

    def do_POST(self) -> None:
        """Answer to what was posted."""
        self._send(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing; `SampleWeb.requests` is the log."""

    def _send(self, payload: bytes | None = None) -> None:
        headers = {key.lower(): value for key, value in self.headers.items()}
        request = Request(self.server.host, self.path, headers, 0, time.monotonic(), self.command, payload=payload)
        result = self.server.respond(request)
        self.send_response(result.status)
        for key, value in _head(result):
            self.send_header(key, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(result.body)


def _head(result: Answer) -> list[tuple[str, str]]:
    content = [("Content-Type", result.media_type), ("Content-Length", str(len(result.body)))]
    return [*(content if result.status != 304 else []), *result.headers]  # noqa: PLR2004 - HTTP's own number
