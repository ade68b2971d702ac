"""Serves what the demo published, so that a reading program on this machine can subscribe to it.

Not for the public: one folder, on loopback, as files.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from crawler.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".json": "application/feed+json"}

    def log_message(self, *_: Any) -> None:  # noqa: ANN401 (any log arguments)
        """Say nothing: the terminal belongs to the demo."""


@contextmanager
def served(folder: Path, port: int) -> Iterator[str]:
    """Serve a folder on loopback while the block runs; gives its address.

    Raises:
        ConfigError: The port is taken.
    """
    try:
        server = ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(folder)))
    except OSError as error:
        raise ConfigError(f"port {port} is in use on {HOST}: choose another with --port ({error.strerror})") from error
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{HOST}:{port}/"
        server.shutdown()
