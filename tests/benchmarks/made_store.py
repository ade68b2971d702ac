"""A store of many made stories for benchmarks: five articles each, makers and phones as uneven as in the news.

Rows are written straight into the tables, without settling: only their publication is measured.
"""

from __future__ import annotations

import json
import random
import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from sqlite3 import connect
from typing import TYPE_CHECKING, Any

from crawler.domain.models import Role, SourceFacts, Stage
from crawler.store import migrate

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2015, 1, 1, tzinfo=UTC)
YEARS = 10
MAKERS = {
    "samsung": ("Galaxy S{g}", "Galaxy S{g} Ultra", "Galaxy Z Fold{g}", "Galaxy A{g}"),
    "apple": ("iPhone {g}", "iPhone {g} Pro", "iPhone {g} Pro Max"),
    "xiaomi": ("Xiaomi {g}", "Xiaomi {g} Ultra", "Redmi Note {g}", "Poco F{g}"),
    "google": ("Pixel {g}", "Pixel {g} Pro", "Pixel {g}a"),
    "oppo": ("Find X{g}", "Reno {g}", "Find N{g}"),
    "huawei": ("P{g}", "Mate {g}", "nova {g}"),
    "oneplus": ("OnePlus {g}", "OnePlus {g}R"),
    "vivo": ("X{g}", "V{g}", "iQOO {g}"),
    "honor": ("Magic{g}", "Honor {g}"),
    "motorola": ("Edge {g}", "Razr {g}"),
    "sony": ("Xperia 1 {g}",),
    "nothing": ("Phone ({g})",),
    "asus": ("Zenfone {g}", "ROG Phone {g}"),
    "realme": ("GT {g}", "Realme {g}"),
    "nokia": ("X{g}0",),
}
LANGUAGES = {"en": 50, "de": 9, "zh": 9, "es": 7, "fr": 6, "it": 5, "hi": 4, "pt": 4, "ja": 3, "ru": 3}
WORDS = tuple(
    re.findall(
        r"\w+",
        "camera battery display charging design leak price launch date specs sensor folding screen chipset titanium "
        "glass colours memory software update region market retailer render benchmark certification event stage lens",
    )
)
SOURCES = {
    **{f"{m}_newsroom": SourceFacts(f"{m}_newsroom", f"{m.title()} Newsroom", Role.BRAND, m, brands=(m,), rank=1,
                                    home=f"https://{m}.example/") for m in MAKERS},
    **{f"site{n}": SourceFacts(f"site{n}", f"Phone Site {n}", Role.NEWS, f"owner{n // 2}",
                               home=f"https://site{n}.example/") for n in range(120)},
}  # fmt: skip
_ARTICLE = re.findall(
    r"\w+",
    "id source url canonical_url guid title summary body language authors image videos published dated first_seen "
    "page_read relevant score stage brands models guessed dates why duplicate_of story settled",
)
_STORY = ["id", "lead", "title", "stage", "brands", "models", "guessed", "dates", "created", "updated"]


def fill(path: Path, stories: int, body: int = 600) -> None:
    """Make a store with so many stories; the same each time."""
    migrate.to_head(path)
    with closing(connect(path)) as database:
        database.execute("PRAGMA synchronous=OFF")
        for first in range(1, stories + 1, 2_000):
            made = [story(number, stories, body) for number in range(first, min(first + 2_000, stories + 1))]
            with database:
                _insert(database, "stories", _STORY, [row for row, _ in made])
                _insert(database, "articles", _ARTICLE, [row for _, rows in made for row in rows])


def story(number: int, of: int, body: int = 600) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Make the rows of one story and of its articles."""
    rnd = random.Random(number)  # noqa: S311 (figures, no secrets)
    maker = rnd.choices(list(MAKERS), cum_weights=_skewed(len(MAKERS)))[0]
    at = START + timedelta(days=YEARS * 365 * number / of, hours=rnd.uniform(-24, 24))
    generation = max(1, (at.year - 2009) + rnd.choice((0, 0, 0, 1)))
    models = [line.format(g=generation) for line in rnd.sample(MAKERS[maker], min(len(MAKERS[maker]), 1 + number % 2))]
    stage = rnd.choices(list(Stage), weights=(4, 1, 3, 2))[0]
    dates = [{"kind": "launch", "date": f"{at + timedelta(days=20):%Y-%m-%d}", "official": False}]
    dates = dates if number % 5 == 0 else []
    rows = [
        _article(rnd, number, at, place, maker, models, stage, dates, body)
        for place in range(rnd.choices((1, 2, 3, 5, 8, 14), weights=(2, 2, 2, 2, 2, 1))[0])
    ]
    lead = next((row for row in rows if row["source"].endswith("_newsroom")), rows[0])
    return {
        "id": number,
        "lead": lead["id"],
        "title": lead["title"],
        "stage": stage.value,
        "brands": json.dumps([maker]),
        "models": json.dumps(models),
        "guessed": "[]" if number % 4 else json.dumps([f"{models[0]} Plus"]),
        "dates": json.dumps(dates),
        "created": _stored(at),
        "updated": _stored(at + timedelta(hours=4)),
    }, rows


def _article(  # noqa: PLR0913, PLR0917 - all that an article is drawn from
    rnd: random.Random,
    number: int,
    at: datetime,
    place: int,
    maker: str,
    models: list[str],
    stage: Stage,
    dates: list[dict[str, Any]],
    body: int,
) -> dict[str, Any]:
    own = place == 1 and number % 3 == 0
    source = f"{maker}_newsroom" if own else f"site{rnd.randrange(120)}"
    published = at + timedelta(minutes=place * rnd.randrange(1, 60))
    words = " ".join(rnd.choices(WORDS, k=9))
    url = f"https://{source.replace('_', '-')}.example/{published:%Y/%m}/{number}-{place}-{words.replace(' ', '-')}/"
    return {
        "id": number * 20 + place,
        "source": source,
        "url": url,
        "canonical_url": url,
        "guid": url,
        "title": f"{maker.title()} {models[0]}: {words}",
        "summary": " ".join(rnd.choices(WORDS, k=35)).capitalize() + ".",
        "body": (words * (body // len(words) + 1))[:body],
        "language": rnd.choices(list(LANGUAGES), weights=list(LANGUAGES.values()))[0],
        "authors": json.dumps([f"Writer {rnd.randrange(300)}"]),
        "image": f"{url}image.jpg" if rnd.random() < 0.7 else None,
        "videos": "[]" if rnd.random() < 0.95 else json.dumps([f"https://video.example/watch?v={number}"]),
        "published": _stored(published),
        "dated": "entry",
        "first_seen": _stored(published + timedelta(minutes=20)),
        "page_read": 1,
        "relevant": 1,
        "score": 0.9,
        "stage": stage.value,
        "brands": json.dumps([maker]),
        "models": json.dumps(models),
        "guessed": "[]",
        "dates": json.dumps(dates),
        "why": json.dumps(["names a phone", "says unveils"]),
        "duplicate_of": number * 20 if place == 3 else None,
        "story": number,
        "settled": 1,
    }


def _skewed(many: int) -> list[float]:
    return list(accumulate(1 / (place + 1) for place in range(many)))


def _stored(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def _insert(database: Any, table: str, columns: list[str], rows: list[dict[str, Any]]) -> None:  # noqa: ANN401
    values = ", ".join(f":{name}" for name in columns)
    database.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", rows)  # noqa: S608
