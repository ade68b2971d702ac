"""The sandbox with real processes; each test leaves none behind."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from crawler.errors import ReadingError
from crawler.reading import document, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

FEED = b"<rss version='2.0'><channel><item><title>Maker shows phone</title><link>/phone</link></item></channel></rss>"
URL = "https://news.example/feed"


@pytest.fixture(autouse=True)
def _no_worker_is_left() -> Iterator[None]:
    yield
    sandbox.close()
    assert not multiprocessing.active_children()


def refuse() -> None:
    raise ReadingError("blocked", "as told")


def fail() -> None:
    raise LookupError("as told")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hog() -> int:
    return len(bytearray(sandbox.MEMORY * 2))


async def failure(function: object, deadline: float = 30) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        await sandbox.run(function, deadline=deadline)  # type: ignore[arg-type] # any function will do
    return caught.value


def test_a_document_is_read_in_a_worker() -> None:
    reading = asyncio.run(document.read(FEED, URL))
    assert [entry.url for entry in reading.entries] == ["https://news.example/phone"]
    assert asyncio.run(sandbox.run(os.getpid, deadline=30)) != os.getpid()


def test_a_parser_that_hangs_is_killed_at_its_deadline_and_the_others_are_unharmed() -> None:
    async def together() -> tuple[float, int]:
        await document.read(FEED, URL)  # the workers are up
        started = time.monotonic()
        hanging = asyncio.create_task(sandbox.run(time.sleep, 60, deadline=0.5))
        readings = await asyncio.gather(*(document.read(FEED, URL) for _ in range(5)))
        with pytest.raises(ReadingError, match=r"^unparsable: took longer than 0\.5 s$"):
            await hanging
        seconds = time.monotonic() - started
        return seconds, len(readings) + len((await document.read(FEED, URL)).entries)

    seconds, read = asyncio.run(together())
    assert seconds < 3
    assert read == 6


def test_the_loop_goes_on_while_a_parser_works() -> None:
    async def together() -> int:
        work, beats = asyncio.create_task(sandbox.run(time.sleep, 0.3, deadline=10)), 0
        while not work.done():
            await asyncio.sleep(0.02)
            beats += 1
        return beats

    assert asyncio.run(together()) >= 5


@pytest.mark.parametrize(
    ("function", "reason", "said"),
    [(refuse, "blocked", "as told"), (fail, "unparsable", "LookupError: as told"), (die, "unparsable", "died")],
)
def test_what_goes_wrong_in_a_worker_is_a_reading_error(function: object, reason: str, said: str) -> None:
    error = asyncio.run(failure(function))
    assert error.reason == reason
    assert said in error.detail
    assert asyncio.run(document.read(FEED, URL)).entries


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep a limit of memory")
def test_a_parser_that_takes_too_much_memory_is_stopped() -> None:
    assert asyncio.run(failure(hog)).detail == f"needed more than {sandbox.MEMORY // 2**20} MB"


def test_closing_twice_and_reading_again_works() -> None:
    asyncio.run(document.read(FEED, URL))
    sandbox.close()
    sandbox.close()
    assert asyncio.run(document.read(FEED, URL)).entries


PROGRAM = """
import asyncio, multiprocessing, sys, time
from crawler.reading import document, sandbox

async def main():
    await document.read({feed!r}, "https://news.example/feed")
    print(*[child.pid for child in multiprocessing.active_children()], flush=True)
    {then}

if __name__ == "__main__":
    asyncio.run(main())
"""


def run_program(then: str) -> tuple[subprocess.Popen[str], list[int]]:
    program = PROGRAM.format(feed=FEED, then=then)
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, [int(pid) for pid in process.stdout.readline().split()]


def alive(pids: list[int]) -> list[int]:
    deadline = time.monotonic() + 5
    while (left := [pid for pid in pids if running(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_program_that_never_closes_the_sandbox_ends_quickly_and_leaves_no_worker() -> None:
    process, workers = run_program("pass")
    with process:
        assert process.wait(timeout=5) == 0
    assert len(workers) == sandbox.WORKERS
    assert not alive(workers)


@pytest.mark.parametrize(
    ("number", "then"),
    [
        (signal.SIGTERM, "await asyncio.sleep(60)"),
        (signal.SIGKILL, "await asyncio.sleep(60)"),
        (signal.SIGKILL, "await sandbox.run(time.sleep, 60, deadline=0.7)"),
    ],
)
def test_workers_do_not_outlive_a_killed_parent(number: signal.Signals, then: str) -> None:
    process, workers = run_program(then)
    with process:
        process.send_signal(number)
        assert process.wait(timeout=5) == -number
    assert not alive(workers)
