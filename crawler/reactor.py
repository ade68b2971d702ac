"""Runs a coroutine on Twisted's asyncio reactor, which Scrapy needs, and gives back what it returns."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

T = TypeVar("T")


def run(main: Callable[[], Coroutine[Any, Any, T]], on_signal: Callable[[], Awaitable[None]]) -> T:
    """Run `main()` to its end; on SIGINT or SIGTERM call `on_signal()` once and let `main` finish by itself.

    Twisted's own handlers would stop the reactor in the middle of a write.

    Raises:
        Exception: Whatever `main` raises.
    """
    from scrapy.utils.reactor import install_reactor  # noqa: PLC0415 (installing is a side effect of importing)

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor as installed  # noqa: PLC0415

    reactor: Any = installed  # its interface says less than the reactor does

    outcome: list[asyncio.Task[T]] = []
    tasks: list[asyncio.Future[None]] = []

    def stop() -> None:
        if not tasks:
            tasks.append(asyncio.ensure_future(on_signal()))

    def begin() -> None:
        loop = asyncio.get_event_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
        task = loop.create_task(main())
        task.add_done_callback(lambda _: reactor.stop())
        outcome.append(task)

    reactor.callWhenRunning(begin)
    reactor.run(installSignalHandlers=False)
    return outcome[0].result()
