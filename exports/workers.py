"""Works through the parts of a whole in several processes; what is done there is not known here."""

from __future__ import annotations

import gc
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING

from crawler.errors import ExportError
from crawler.processes import follow_the_first, processors
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
    pool = ProcessPoolExecutor(min(processors(), _MOST), get_context("spawn"), _prepare, (task,))
    try:
        yield Workers(pool)
    finally:
        pool.shutdown(cancel_futures=True)


def _prepare(task: Task) -> None:
    follow_the_first()
    _here.append(Bench(task))
    gc.disable()  # hardly any circles are left unused here: those of a part are looked for at its end
    gc.freeze()


def _work(work: Callable[[Bench, Work], Result], part: Work) -> Result:
    try:
        return work(_here[0], part)
    finally:
        gc.collect(0)  # what earlier parts left in caches is not looked at again
