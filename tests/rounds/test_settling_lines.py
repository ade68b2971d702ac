"""Settling labelled lines in any order and any batches: our own, and real ones where CORPUS=DIR holds them."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.domain.stories import group
from crawler.pairtraining import article
from crawler.round.settle import settle
from crawler.store import articles, stories
from crawler.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from crawler.domain.models import Article

    Partition = set[frozenset[str]]

CORPUS = os.environ.get("CORPUS")
OWN = Path(__file__).parent.parent / "domain" / "stories.jsonl"
SOME = 600  # of our own lines, with many events of one phone among them
NOW = datetime(2026, 11, 1, tzinfo=UTC)

LINES = pytest.mark.parametrize(
    "lines",
    [
        "own",
        pytest.param("real", marks=pytest.mark.skipif(CORPUS is None, reason="needs CORPUS=DIR, labelled headlines")),
    ],
)


@cache
def told(lines: str) -> tuple[Article, ...]:
    """Labelled lines that triage takes for launch news, each at an address of its own and not yet stored."""
    path = OWN if lines == "own" else Path(CORPUS or "").resolve() / "gold" / "stories-dev.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()][: SOME if lines == "own" else None]
    read = [article({**row, "url": f"https://news.example/{row['id']}"}) for row in rows]
    return tuple(one for one in read if one.decision.relevant)


@cache
def whole(lines: str) -> Partition:
    return {frozenset(one.url for one in members) for members in group(told(lines))}


def settled(batches: Sequence[Sequence[Article]]) -> Partition:
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/launchwire.db")
        for batch in batches:
            with store.write() as db:
                articles.save(db, [replace(one, key="") for one in batch], lambda one: one, NOW)
            settle(store, {}, NOW)
        with store.read() as db:
            found = {frozenset(one.url for one in story.articles) for story in stories.every(db)}
        store.close()
    return found


@LINES
@settings(max_examples=6, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_any_order_of_lines_gives_the_same_stories(lines: str, chance: Random) -> None:
    shuffled = list(told(lines))
    chance.shuffle(shuffled)
    assert {frozenset(one.url for one in members) for members in group(shuffled)} == whole(lines)


@LINES
@settings(max_examples=4, deadline=None)
@given(chance=st.randoms(use_true_random=False), batches=st.integers(2, 40))
def test_any_batches_of_lines_give_the_stories_of_all_at_once(lines: str, chance: Random, batches: int) -> None:
    shuffled = list(told(lines))
    chance.shuffle(shuffled)
    edges = [0, *sorted(chance.sample(range(1, len(shuffled)), batches - 1)), len(shuffled)]
    assert settled([shuffled[a:b] for a, b in pairwise(edges)]) == whole(lines)
