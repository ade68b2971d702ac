"""The command line: reads arguments, calls the layer below, shows what came of it."""

from __future__ import annotations

import os
import sys

from crawler.errors import Interrupted, one_line

CTRL_C = 130
"""Exit code of a program that Ctrl-C ended, as shells have it."""


def main() -> None:
    """Run the command line; our own errors are one line and an exit code, never a traceback."""
    try:
        with one_line():
            _run()
    except KeyboardInterrupt:
        raise SystemExit(_interrupted()) from None
    except SystemExit as end:
        if end.code == CTRL_C:
            _interrupted()  # Typer ends without a word
        raise
    except BrokenPipeError:
        # Whoever read our output has seen enough, as in `launchwire stories list | head`.
        sys.stderr.close()
        raise SystemExit(0) from None


def _interrupted() -> int:
    sys.stderr.write("launchwire: interrupted\n")
    return CTRL_C


def _run() -> None:
    from crawler.cli.app import app  # noqa: PLC0415 (loading takes a moment, in which Ctrl-C must not show a traceback)

    try:
        app()
    except Interrupted as interrupted:
        _leave(interrupted)


def _leave(interrupted: Interrupted) -> None:
    """End the process at once: threads of the reactor may still wait for a name server."""
    from crawler.reading import sandbox  # noqa: PLC0415

    sandbox.close()
    if interrupted.exit_code:
        sys.stderr.write(f"launchwire: {interrupted}\n")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(interrupted.exit_code)
