"""`launchwire serve`: the site over HTTP."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from typing import Annotated

import typer
import uvicorn

from crawler.cli import show
from crawler.errors import ConfigError
from crawler.web.app import app


def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all networks.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the published site until SIGTERM or Ctrl-C; `launchwire up` beside it keeps the site fresh."""
    site = ctx.obj.config().site
    with _listening(host, port) as listener, suppress(KeyboardInterrupt):
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # uvicorn ends in order and raises the signal again
        show.say(f"Serving {site} at http://{host}:{port}/ until Ctrl-C.")
        settings = uvicorn.Config(app(site), log_level="warning", access_log=False, server_header=False, lifespan="off")
        uvicorn.Server(settings).run([listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (while")[0]  # Python repeats the address
        raise ConfigError(f"cannot listen on {host} port {port}: {reason}") from error
