"""The guard over a resolver that answers what the test wants."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address

from crawler.guard import LIFE, MOST, Guard

LOOPBACK = [ip_network("127.0.40.0/24")]


class Resolver:
    """Gives the next of the answers each time it is asked."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def resolveHostName(self, receiver: Any, host: str, port: int = 0, *_: Any) -> Any:  # noqa: ANN401, N802 (Twisted's own)
        self.asked.append(host)
        receiver.resolutionBegan(None)
        for address in self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]:
            receiver.addressResolved((IPv6Address if ":" in address else IPv4Address)("TCP", address, port))
        receiver.resolutionComplete()


class Receiver:
    """What an endpoint would connect to."""

    def __init__(self) -> None:
        self.addresses: list[tuple[str, int]] = []
        self.complete = False

    def resolutionBegan(self, _: object) -> None:  # noqa: N802
        self.addresses.clear()

    def addressResolved(self, address: IPv4Address | IPv6Address) -> None:  # noqa: N802
        self.addresses.append((address.host, address.port))

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete = True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def ask(guard: Guard, host: str, port: int = 80) -> list[tuple[str, int]]:
    receiver = Receiver()
    guard.resolveHostName(receiver, host, port)
    assert receiver.complete
    return receiver.addresses


def test_only_public_addresses_are_given_out() -> None:
    guard = Guard(Resolver(["10.0.0.1", "8.8.8.8", "::1", "2606:4700::1111"]), [])
    assert ask(guard, "mixed.test", 443) == [("8.8.8.8", 443), ("2606:4700::1111", 443)]
    assert guard.refused("mixed.test") is None


def test_a_name_without_public_addresses_is_refused_and_says_why() -> None:
    guard = Guard(Resolver(["10.0.0.1", "::1"]), LOOPBACK)
    assert ask(guard, "inside.test") == []
    assert guard.refused("inside.test") == "10.0.0.1"
    assert guard.refused("other.test") is None


def test_the_answer_that_was_judged_is_used_for_a_while_and_the_next_is_judged_again() -> None:
    clock = Clock()
    resolver = Resolver(["127.0.40.1"], ["127.0.41.2"], ["127.0.40.3"])
    guard = Guard(resolver, LOOPBACK, clock)
    assert ask(guard, "turns.test", 80) == [("127.0.40.1", 80)]
    clock.now = LIFE - 1
    assert ask(guard, "TURNS.test", 443) == [("127.0.40.1", 443)]
    assert len(resolver.asked) == 1
    clock.now = LIFE
    assert ask(guard, "turns.test") == []
    assert guard.refused("turns.test") == "127.0.41.2"
    clock.now = 2 * LIFE
    assert ask(guard, "turns.test") == [("127.0.40.3", 80)]
    assert guard.refused("turns.test") is None


def test_a_name_that_is_not_found_is_asked_for_again() -> None:
    resolver = Resolver([], ["8.8.8.8"])
    guard = Guard(resolver, [])
    assert ask(guard, "new.test") == []
    assert guard.refused("new.test") is None
    assert ask(guard, "new.test") == [("8.8.8.8", 80)]


def test_a_name_is_known_in_both_of_its_spellings() -> None:
    guard = Guard(Resolver(["10.0.0.1"]), [])
    ask(guard, "bücher.test")
    assert guard.refused("xn--bcher-kva.test") == "10.0.0.1"


def test_answers_do_not_pile_up() -> None:
    clock = Clock()
    guard = Guard(Resolver(["8.8.8.8"]), [], clock)
    for number in range(3 * MOST):
        clock.now = number
        ask(guard, f"host{number}.test")
    assert len(guard._answers) <= MOST
