"""Refuses connections to addresses that are not public, where they are made: in Twisted's name resolver.

Every connection by name or literal, http or https, robots.txt or redirect, asks the reactor for addresses and connects
to what it is told; so the address that was judged is the one connected to. Behind a proxy it would see the proxy alone,
which is why the settings leave proxies off. What is public is decided by `crawler.domain.addresses`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from twisted.internet._resolver import GAIResolver, HostResolution
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.domain.addresses import is_public, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from twisted.internet.interfaces import IAddress, IHostResolution

    from crawler.domain.addresses import Network

LIFE = 60.0
"""Seconds that an answer is used: Scrapy's own cache never forgets, so that a moved host would be lost for ever."""
MOST = 2000
"""Answers remembered at once."""

_Found = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name stands for.

    Args:
        until: When to ask again, on the clock of the guard.
        public: The addresses that may be connected to.
        refused: Those that may not.
    """

    until: float
    public: tuple[_Found, ...]
    refused: tuple[str, ...]


class Guard:
    """Twisted's IHostnameResolver, giving out no address that is not public.

    Args:
        below: The resolver that is asked.
        allowed: Networks that are fine although they are not public.
        clock: In seconds.
    """

    def __init__(self, below: Any, allowed: Sequence[Network], clock: Callable[[], float] = time.monotonic) -> None:  # noqa: ANN401 (a zope interface)
        self.allowed = tuple(allowed)
        self._below = below
        self._clock = clock
        self._answers: dict[str, Answer] = {}

    def resolveHostName(  # noqa: N802 (Twisted's name)
        self,
        resolutionReceiver: Any,  # noqa: ANN401, N803 (an IResolutionReceiver)
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:  # noqa: ANN401 (an IHostResolution)
        """Give the public addresses of a name; see `twisted.internet.interfaces.IHostnameResolver`."""
        known = self._answers.get(_ascii(hostName))
        if known is None or known.until <= self._clock():
            judging = _Judging(self, hostName, resolutionReceiver)
            return self._below.resolveHostName(judging, hostName, portNumber, addressTypes, transportSemantics)
        resolution = HostResolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        for address in known.public:
            if addressTypes is not None and type(address) not in addressTypes:
                continue
            resolutionReceiver.addressResolved(type(address)("TCP", address.host, portNumber))
        resolutionReceiver.resolutionComplete()
        return resolution

    def refused(self, host: str) -> str | None:
        """The address for which a name was refused just now, None where it was not."""
        known = self._answers.get(_ascii(host))
        return known.refused[0] if known and known.refused and not known.public else None

    def keep(self, host: str, public: tuple[_Found, ...], refused: tuple[str, ...]) -> None:
        """Remember an answer for a while."""
        now = self._clock()
        if len(self._answers) >= MOST:
            self._answers = {name: known for name, known in self._answers.items() if known.until > now}
        self._answers[_ascii(host)] = Answer(now + LIFE, public, refused)


@dataclass(slots=True)
class _Judging:
    """Receives the addresses of one name and hands on the public ones."""

    guard: Guard
    host: str
    receiver: Any
    public: list[_Found] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:  # noqa: N802, N803
        self.receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: _Found) -> None:  # noqa: N802
        if is_public(parsed(address.host), self.guard.allowed):
            self.public.append(address)
            self.receiver.addressResolved(address)
        else:
            self.refused.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        if self.public or self.refused:
            self.guard.keep(self.host, tuple(self.public), tuple(self.refused))
        self.receiver.resolutionComplete()


def install(reactor: Any, allowed: Sequence[Network]) -> Guard:  # noqa: ANN401 (Twisted types it too loosely)
    """Make the reactor's connections guarded, once; gives the guard.

    To be called before each request: `scrapy crawl` installs a resolver of its own at a time that is hard to tell.
    """
    current = reactor.nameResolver
    if isinstance(current, Guard) and current.allowed == tuple(allowed):
        return current
    guard = Guard(GAIResolver(reactor), allowed)
    reactor.installNameResolver(guard)
    return guard


def _ascii(host: str) -> str:
    """One spelling of a name: requests hold it in ASCII, Twisted resolves it in Unicode."""
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()
