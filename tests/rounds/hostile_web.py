"""A web of single documents, each on a path of its own, for sources that are broken or mean harm."""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOSTS = [f"127.0.20.{number}" for number in range(1, 9)]


@dataclass(frozen=True)
class Document:
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    timezone: str = "UTC"


@contextmanager
def served(documents: Mapping[str, Document], port: int) -> Iterator[str]:
    """Serve documents on loopback, spread over hosts so that manners do not slow the test; gives their catalogue."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            document = documents.get(self.path.strip("/"))
            self.send_response(200 if document else 404)
            for name, value in (document.headers if document else {}).items():
                self.send_header(name, value)
            body = document.body if document else b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ExitStack() as stack:
        for host in HOSTS:
            server = stack.enter_context(ThreadingHTTPServer((host, port), Handler))
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            stack.callback(server.shutdown)
        yield "\n".join(
            _table(name, document, HOSTS[number % len(HOSTS)], port)
            for number, (name, document) in enumerate(documents.items())
        )


def _table(name: str, document: Document, host: str, port: int) -> str:
    return f"""
[{name}]
title = "{name}"
home = "http://{host}:{port}/"
kind = "feed"
url = "http://{host}:{port}/{name}"
role = "news"
language = "{document.language}"
country = "DE"
owner = "{name}"
timezone = "{document.timezone}"
interval = "30m"
rank = 50
"""
