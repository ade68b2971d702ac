"""What an article is found by among many: numbers that two articles share wherever they may have to do with each other.

Whatever `candidates.pairs` suggests and whatever `duplicates.mark` takes for copies is found by these clues (or by an
address or guid in common), and a little more: who finds must look. Knows no store.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from zlib import crc32

from crawler.domain import candidates
from crawler.domain.duplicates import body_keys, headline_key, reprint_key
from crawler.domain.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.domain.models import Article

_MADE_BY = (
    *("clues.py", "candidates.py", "profile.py", "similarity.py", "duplicates.py", "terms.py", "text.py", "aspects.py"),
    *("generations.py", "spelling.py", "nameddays.py", "vocabulary.py", "stories.py"),
    *("data/aspects.toml", "data/background_idf.txt", "data/makers.toml", "data/products.toml"),
    "data/pair_weights.json",
)


@dataclass(frozen=True, slots=True)
class Clues:
    """The clues of one article.

    Args:
        compared: Each with its points; articles less than `candidates.WINDOW` apart are compared where those that they
            share come to `candidates.ENOUGH`.
        models: One for each phone that it states; where a time is unknown, only articles that share one are looked at.
        again: Shared with what may be the same article under another title of its source, under the same title
            elsewhere, or translated.
        address: What those that name it as their translation are found by.
        body: Copies of its body share at least one.
    """

    compared: Mapping[int, int]
    models: frozenset[int]
    again: frozenset[int]
    address: int
    body: frozenset[int]

    def points(self) -> dict[int, int]:
        """All of them, each with its points: none for what is not compared."""
        return dict.fromkeys((*self.models, *self.again, *self.body), 0) | dict(self.compared)


def clues(article: Article, owner: str) -> Clues:
    """The clues that lead to an article.

    Args:
        article: Decided.
        owner: Who owns its source.
    """
    own = profile(article, owner)
    points = {**dict(candidates.keys(own)), **{f"aspect {aspect}": 1 for aspect in own.headline}}
    return Clues(
        compared={_number(key): worth for key, worth in points.items()},
        models=frozenset(_number(f"model {model}") for model in article.decision.models),
        again=frozenset(map(_number, _again(article))),
        address=_number(f"address {article.canonical_url}"),
        body=frozenset(_number(f"body {shingle}") for shingle in body_keys(article.body)),
    )


def _again(article: Article) -> Iterator[str]:
    yield f"headline {headline_key(article)}"
    if (title := reprint_key(article)) is not None:
        yield f"reprint {title}"
    yield from (f"address {url}" for url in article.translations)


def _number(key: str) -> int:
    # Two keys with one number only find more than was sought.
    return crc32(key.encode())


@cache
def scheme() -> int:
    """A number for the way in which clues and links are made: when it changes, those that are kept hold no longer."""
    folder = resources.files("crawler.domain")
    number = 0
    for name in _MADE_BY:
        number = crc32(folder.joinpath(name).read_bytes(), number)
    return number
