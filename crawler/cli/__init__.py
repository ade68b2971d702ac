"""The command line: reads arguments, calls the layer below, shows what came of it."""

from __future__ import annotations

import sys

from crawler.cli.app import app
from crawler.errors import one_line


def main() -> None:
    """Run the command line; our own errors are one line and an exit code, never a traceback."""
    try:
        with one_line():
            app()
    except BrokenPipeError:
        # Whoever read our output has seen enough, as in `launchwire stories list | head`.
        sys.stderr.close()
        raise SystemExit(0) from None
