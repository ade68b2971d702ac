"""Which article is one that is known already; knows no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.domain.models import Article


class Known:
    """Articles by the ways in which one is recognised when its source has it again.

    A page may call itself otherwise than its feed does, so the address as published counts too. Some feeds give all
    their entries one guid, so that one counts only together with the title.

    Args:
        stored: Those that may be met again, the first stored first.
    """

    def __init__(self, stored: Iterable[Article]) -> None:
        self._by: dict[tuple[str | None, ...], Article] = {}
        self._changed: dict[int, Article] = {}
        self._place: dict[int, int] = {}
        for article in stored:
            self._know(article)

    @property
    def changed(self) -> list[Article]:
        """What was put, in order, each as it was put last."""
        return list(self._changed.values())

    def same(self, article: Article) -> Article | None:
        """The known article of the same source that this one is, None where it is new."""
        return next((self._by[way] for way in _ways(article) if way in self._by), None)

    def put(self, article: Article, *, instead: Article | None = None) -> None:
        """Know an article from now on, in place of what it was before, if it was."""
        place = len(self._changed)
        if instead is not None:
            place = self._place.pop(id(instead), place)
            for way in _ways(instead):
                if self._by.get(way) is instead:
                    del self._by[way]
        self._changed[place] = article
        self._place[id(article)] = place
        self._know(article)

    def _know(self, article: Article) -> None:
        for way in _ways(article):
            self._by.setdefault(way, article)


def _ways(article: Article) -> list[tuple[str | None, ...]]:
    ways: list[tuple[str | None, ...]] = [
        ("canonical", article.source, article.canonical_url),
        ("published", article.source, article.url),
    ]
    return [*ways, ("guid", article.source, article.guid, article.title)] if article.guid else ways
