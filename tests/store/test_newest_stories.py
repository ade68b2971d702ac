"""The newest stories and their number, as reading all of them would tell."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import UTC, datetime, timedelta
from sqlite3 import connect
from typing import TYPE_CHECKING

import pytest

from crawler.domain.telling import first_reported
from crawler.store import newest, stories
from crawler.store.database import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.domain.models import Story

START = datetime(2024, 5, 1, tzinfo=UTC)
_ARTICLE = (
    "INSERT INTO articles (source, url, canonical_url, title, summary, body, language, authors, videos, translations, "
    "published, dated, first_seen, page_read, relevant, score, brands, models, guessed, dates, why, story, settled) "
    "VALUES ('alfa', ?1, ?1, 'A title', '', '', 'en', '[]', '[]', '[]', ?2, ?3, ?2, 0, ?4, 1.0, '[]', '[]', '[]', "
    "'[]', '[]', ?5, 1)"
)
_STORY = (
    "INSERT INTO stories (id, lead, title, stage, brands, models, guessed, dates, created, updated, merged_into) "
    "VALUES (?1, 1, 'A title', 'rumor', '[]', '[]', '[]', '[]', ?2, ?2, ?3)"
)


def fill(path: Path, seed: int, dated: float) -> None:
    rnd = random.Random(seed)  # noqa: S311 (made data, no secrets)
    with closing(connect(path)) as db, db:
        for number in range(1, 31):
            gone = number > 1 and rnd.random() < 0.1
            db.execute(_STORY, (number, str(START), number - 1 if gone else None))
            for place in range(rnd.randrange(5)):
                at = START + timedelta(hours=rnd.randrange(20))
                origin = "entry" if rnd.random() < dated else "first_seen"
                said = f"{at:%Y-%m-%d %H:%M:%S.%f}"
                db.execute(_ARTICLE, (f"https://a.example/{number}/{place}", said, origin, rnd.random() < 0.9, number))


def first(told: Story) -> tuple[bool, datetime, int]:
    article = first_reported(told.articles)
    return article.has_date, article.published, told.id


@pytest.mark.parametrize("seed", range(12))
def test_the_newest_are_those_that_sorting_all_stories_gives(tmp_path: Path, seed: int) -> None:
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    fill(tmp_path / "store.db", seed, (0, 0.1, 0.5, 1)[seed % 4])
    with store.read() as db:
        told = stories.every(db)
        in_order = sorted(told, key=first, reverse=True)
        assert list(newest.walked(db, 3)) == in_order
        assert newest.newest(db, 8) == in_order[:8]
        assert newest.counts(db) == (sum(len(one.articles) for one in told), len(told))
    store.close()
