"""Run a parser where it can be killed: in a process of its own, with a deadline and a memory limit.

Documents come from strangers, and some hang or bloat every parser there is. Nothing here parses.
"""

from __future__ import annotations

import asyncio
import functools
import multiprocessing
import signal
import sys
from concurrent.futures import TimeoutError as DeadlineError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pebble import ProcessFuture

Result = TypeVar("Result")

WORKERS = 2
"""One document that hangs must not hold up all others."""

MEMORY = 400 * 2**20
"""Bytes that a worker may take above what it has at its start."""


@dataclass(frozen=True, slots=True)
class _Failure:
    reason: str
    detail: str


async def run(function: Callable[..., Result], *args: object, deadline: float) -> Result:
    """Call a function in a worker and wait for its result without blocking the loop.

    Args:
        function: A module's own function, so that the worker can import it.
        args: What it gets; they are pickled, as is the result.
        deadline: Seconds it may run; the time it waits for a free worker does not count.

    Raises:
        ReadingError: As the function raised it; or `unparsable` where it ran too long, took too much memory, died, or
            raised anything else.
    """
    future = _schedule(function, args, deadline)
    try:
        result: Result | _Failure = await asyncio.wrap_future(future)
    except DeadlineError:
        raise ReadingError("unparsable", f"took longer than {deadline:g} s") from None
    except (ProcessExpired, BrokenProcessPool) as error:
        raise ReadingError("unparsable", f"the parser died ({error})") from None
    if isinstance(result, _Failure):
        raise ReadingError(result.reason, result.detail)
    return result


def _schedule(
    function: Callable[..., Result], args: tuple[object, ...], deadline: float
) -> ProcessFuture[Result | _Failure]:
    # Workers start here and inherit the mask: Ctrl-C in a terminal reaches the whole group, and is the parent's matter.
    resource_tracker.ensure_running()  # which would take the mask away if it were started with the first worker
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return _pool().schedule(_guarded, args=(function, args, deadline), timeout=deadline)
    except RuntimeError:  # the pool broke or was closed: a new one starts at once
        close()
        return _pool().schedule(_guarded, args=(function, args, deadline), timeout=deadline)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def close() -> None:
    """Stop the workers now; the next `run` starts new ones. Not needed at the interpreter's end: they die with it."""
    if _pool.cache_info().currsize:
        pool = _pool()
        _pool.cache_clear()
        pool.stop()  # type: ignore[no-untyped-call] # pebble leaves it so
        pool.join()


@functools.cache
def _pool() -> ProcessPool:
    # spawn: a forked worker would run our own signal handlers and hold our sockets
    return ProcessPool(max_workers=WORKERS, initializer=_prepare, context=multiprocessing.get_context("spawn"))


def _guarded(function: Callable[..., Result], args: tuple[object, ...], deadline: float) -> Result | _Failure:
    """Turn what a parser raises into a value: exceptions need not survive pickling, and break the pool if not."""
    signal.setitimer(signal.ITIMER_REAL, 2 * deadline)  # the worker's own end, should nobody be left to kill it
    try:
        return function(*args)
    except ReadingError as error:
        return _Failure(error.reason, error.detail)
    except MemoryError:
        return _Failure("unparsable", f"needed more than {MEMORY // 2**20} MB")
    except Exception as error:  # noqa: BLE001 # parsers raise whatever they meet; the document is at fault
        return _Failure("unparsable", f"{type(error).__name__}: {error}"[:300])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _prepare() -> None:
    """In the worker: die at once when killed, and know the limit of memory."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a Python handler would wait for the C code that hangs
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 # not on every platform

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
