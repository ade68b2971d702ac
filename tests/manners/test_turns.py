"""Turns at a host."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

from crawler.turns import Turns

GAP = 0.05


def always() -> bool:
    return True


def test_turns_at_one_host_follow_each_other_with_a_gap_and_those_at_two_do_not_wait() -> None:
    turns, seen = Turns(), dict[str, list[tuple[float, float]]](a=[], b=[])

    async def visit(host: str) -> None:
        async with turns.turn(host, GAP, always):
            began = time.monotonic()
            await asyncio.sleep(0.02)
            turns.ended(host)
            seen[host].append((began, time.monotonic()))

    async def visits() -> None:
        await asyncio.gather(*(visit(host) for host in "abab" for _ in range(2)))

    asyncio.run(visits())
    for times in seen.values():
        assert len(times) == 4
        assert all(later[0] - earlier[0] >= GAP + 0.02 for earlier, later in pairwise(times))
    assert abs(seen["a"][0][0] - seen["b"][0][0]) < GAP


def test_who_is_told_to_stop_does_not_wait() -> None:
    turns = Turns()

    async def visit() -> float:
        began = time.monotonic()
        async with turns.turn("a", 3600, lambda: False):
            return time.monotonic() - began

    turns.ended("a")
    assert asyncio.run(visit()) < 1


def test_a_turn_in_which_nothing_was_asked_leaves_no_gap() -> None:
    turns = Turns()

    async def visits() -> float:
        began = time.monotonic()
        for _ in range(3):
            async with turns.turn("a", 3600, always):
                pass
        return time.monotonic() - began

    assert asyncio.run(visits()) < 1
