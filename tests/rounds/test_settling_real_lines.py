"""Settling real headlines in any order and any batches: runs with CORPUS=DIR, where DIR/gold/stories-dev.jsonl lies."""

from __future__ import annotations

import json
import os
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
NOW = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = pytest.mark.skipif(CORPUS is None, reason="labelled headlines are not part of the project: set CORPUS")


@cache
def real() -> tuple[Article, ...]:
    """All labelled lines that triage takes for launch news, each at an address of its own."""
    text = (Path(CORPUS or "").resolve() / "gold" / "stories-dev.jsonl").read_text("utf-8")
    read = [article({**row, "url": f"https://news.example/{row['id']}"}) for row in map(json.loads, text.splitlines())]
    return tuple(one for one in read if one.decision.relevant)


@cache
def whole() -> Partition:
    return {frozenset(one.url for one in members) for members in group(real())}


def settled(batches: Sequence[Sequence[Article]]) -> Partition:
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/launchwire.db")
        for batch in batches:
            with store.write() as db:
                articles.save(db, batch, lambda one: one, NOW)
            settle(store, {}, NOW)
        with store.read() as db:
            found = {frozenset(one.url for one in story.articles) for story in stories.every(db)}
        store.close()
    return found


@settings(max_examples=6, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_order_of_real_lines_gives_the_same_stories(chance: Random) -> None:
    shuffled = list(real())
    chance.shuffle(shuffled)
    assert {frozenset(one.url for one in members) for members in group(shuffled)} == whole()


@settings(max_examples=4, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 40))
def test_any_batches_of_real_lines_give_the_stories_of_all_at_once(chance: Random, batches: int) -> None:
    shuffled = list(real())
    chance.shuffle(shuffled)
    edges = [0, *sorted(chance.sample(range(1, len(shuffled)), batches - 1)), len(shuffled)]
    assert settled([shuffled[a:b] for a, b in pairwise(edges)]) == whole()
