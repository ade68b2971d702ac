"""Runs a coroutine on Twisted's asyncio reactor, which Scrapy needs, and gives back what it returns."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any, TypeVar

from crawler.errors import Interrupted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

T = TypeVar("T")
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run(main: Callable[[], Coroutine[Any, Any, T]], on_signal: Callable[[], Awaitable[None]]) -> T:
    """Run `main()` to its end; on SIGINT or SIGTERM call `on_signal()` once and let `main` finish by itself.

    Twisted's own handlers would stop the reactor in the middle of a write.

    Raises:
        Interrupted: There was a signal, and `main` has ended since; the process must end too, for the reactor cannot
            run again.
        Exception: Whatever `main` raises.
    """
    from scrapy.utils.reactor import install_reactor  # noqa: PLC0415 (installing is a side effect of importing)

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor as installed  # noqa: PLC0415

    reactor: Any = installed  # its interface says less than the reactor does
    loop = asyncio.get_event_loop()
    running: list[asyncio.Task[T]] = []
    stopping: list[asyncio.Future[None]] = []
    received: list[signal.Signals] = []

    def stop(number: signal.Signals) -> None:
        received.append(number)
        if not stopping:
            stopping.append(asyncio.ensure_future(on_signal()))

    def end(_: asyncio.Task[T]) -> None:
        # Stopping the reactor waits for its threads, and a name look-up in one of them may take half a minute.
        loop.stop() if received else reactor.stop()

    def begin() -> None:
        for number in SIGNALS:
            loop.add_signal_handler(number, stop, number)
        running.append(loop.create_task(main()))
        running[0].add_done_callback(end)

    reactor.callWhenRunning(begin)
    try:
        reactor.run(installSignalHandlers=False)
    finally:
        for number in SIGNALS:
            loop.remove_signal_handler(number)
    result = running[0].result()
    if received:
        raise Interrupted(received[0])
    return result
