"""Serve the sample web until Ctrl-C: `python -m crawler.sample [--port N]`."""

from __future__ import annotations

import argparse
import sys
import threading

from crawler.errors import ConfigError
from crawler.sample.web import PORT, SampleWeb


def main(argv: list[str] | None = None) -> int:
    """Serve, print where, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m crawler.sample", description="Serve the sample web on loopback.")
    parser.add_argument("--port", type=int, default=PORT, help="the same on every address (default: %(default)s)")
    try:
        with SampleWeb(parser.parse_args(argv).port) as web:
            sys.stdout.write("".join(f"{o.base(web.port)}{o.feed}  {o.title}\n" for o in web.outlets.values()))
            sys.stdout.flush()
            threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
