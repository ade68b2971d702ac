"""Works through the parts of a whole in several processes; what is done there is not known here.

Each process is started afresh: one that is forked would hold the sockets and signal handlers of a daemon.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from crawler.errors import ExportError
from exports.bench import Bench, Result, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from exports.bench import Task

_MOST = 4  # processes
_here: list[Bench] = []  # the bench of this process, where it is a worker


class Workers:
    """The processes of one task."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def each(self, work: Callable[[Bench, Work], Result], parts: Sequence[Work]) -> Iterator[Result]:
        """Give the results of all parts in their order, the next ones being worked on meanwhile.

        Raises:
            ExportError: A process was ended from outside.
        """
        try:
            yield from self._pool.map(partial(_work, work), parts)
        except BrokenProcessPool as error:
            raise ExportError("cannot publish: a process that helped was ended") from error


@contextmanager
def workers(task: Task) -> Iterator[Workers]:
    """Give as many processes as this machine has processors, at most four."""
    count = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, _MOST)
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, spawn, _prepare, (task,))
    try:
        yield Workers(pool)
    finally:
        pool.shutdown(cancel_futures=True)


def _prepare(task: Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group, and is the parent's matter
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _here.append(Bench(task))
    gc.disable()  # hardly any circles are left unused here: those of a part are looked for at its end
    gc.freeze()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _work(work: Callable[[Bench, Work], Result], part: Work) -> Result:
    try:
        return work(_here[0], part)
    finally:
        gc.collect(0)  # what earlier parts left in caches is not looked at again
