"""The sample web: every invented outlet on a loopback address of its own, served over HTTP by threads.

It listens on 127.0.x.y alone and decides nothing of what it serves; `site` does.
"""

from __future__ import annotations

import errno
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from crawler.errors import ConfigError
from crawler.sample.catalogue import catalogue_text
from crawler.sample.outlet import Outlet, SampleEntry, load_outlets
from crawler.sample.server import Request, Server
from crawler.sample.site import Answer, answer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

PORT = 8765


class SampleWeb:
    """The running sample web; a context manager.

    Args:
        port: The same on every address.
        outlets: Whom to serve; by default all that the package carries.
    """

    def __init__(self, port: int = PORT, outlets: Sequence[Outlet] | None = None) -> None:
        self.port = port
        self._outlets = {outlet.id: outlet for outlet in (load_outlets() if outlets is None else outlets)}
        self._lock = threading.Lock()
        self._requests: list[Request] = []
        self._servers: list[Server] = []

    def __enter__(self) -> Self:
        """Bind every address and serve.

        Raises:
            ConfigError: An address or the port cannot be had; nothing is left bound.
        """
        try:
            for id_, outlet in self._outlets.items():
                self._servers.append(self._server(id_, outlet.address))
        except ConfigError:
            self._close()
            raise
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.1,), name=server.host, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving and free the addresses."""
        with ThreadPoolExecutor(max_workers=len(self._servers) or 1) as pool:
            list(pool.map(Server.shutdown, self._servers))
        self._close()

    @property
    def requests(self) -> list[Request]:
        """Every request so far, in order of answer; a copy."""
        with self._lock:
            return list(self._requests)

    @property
    def outlets(self) -> dict[str, Outlet]:
        """The outlets by id, as they are now; a copy."""
        with self._lock:
            return dict(self._outlets)

    def catalogue(self) -> str:
        """Return the catalogue of all outlets as TOML."""
        return catalogue_text(self.outlets.values(), self.port)

    def publish(self, outlet_id: str, entry: SampleEntry) -> None:
        """Add an article to an outlet: its page appears, its feed and its validators change.

        Args:
            outlet_id: Whose article it is.
            entry: Newer than the outlet's newest, or Last-Modified stays and only the ETag changes.
        """
        with self._lock:
            outlet = self._outlets[outlet_id]
            self._outlets[outlet_id] = replace(outlet, entries=(*outlet.entries, entry))

    def _server(self, id_: str, host: str) -> Server:
        try:
            return Server(host, self.port, lambda request: self._respond(id_, request))
        except (OSError, OverflowError) as error:
            raise ConfigError(_why(error, host, self.port)) from error

    def _respond(self, id_: str, request: Request) -> Answer:
        with self._lock:
            outlet = self._outlets[id_]
        result = answer(outlet, self.port, request.path, request.headers, request.payload)
        time.sleep(result.delay)
        with self._lock:
            self._requests.append(replace(request, status=result.status, done=time.monotonic()))
        return result

    def _close(self) -> None:
        for server in self._servers:
            server.server_close()
        self._servers.clear()


def _why(error: Exception, host: str, port: int) -> str:
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.EADDRINUSE:
        return f"port {port} is in use on {host}: choose another with --port"
    if code == errno.EADDRNOTAVAIL:
        return (
            f"{host} is not an address of this machine; on macOS add it and its neighbours to lo0: "
            f"for n in $(seq 1 20); do sudo ifconfig lo0 alias {host.rpartition('.')[0]}.$n; done"
        )
    return f"cannot listen on {host}:{port}: {error}; choose another port with --port"
