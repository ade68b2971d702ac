"""What processes that share the work of another one have in common; each is started afresh (spawn).

One that is forked would hold whatever sockets, locks and signal handlers the first has.
"""

from __future__ import annotations

import os
import signal
from multiprocessing import parent_process
from threading import Thread


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def follow_the_first() -> None:
    """Leave Ctrl-C, which reaches all of a terminal, to the first process, and end when it ends, also by a kill."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_it, daemon=True).start()


def _end_with_it() -> None:
    if first := parent_process():
        first.join()
        os._exit(1)
