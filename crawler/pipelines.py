"""Scrapy item pipelines: decide each article, and store a visit together with its articles.

A visit is stored in one transaction with the articles that came with it: a crawl that is killed has stored all of a
visit, validators too, or nothing of it, and asks again.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import DropItem

from crawler.domain.deciding import decided
from crawler.domain.models import Article
from crawler.domain.visits import Outcome, Visit, after
from crawler.errors import StoreError
from crawler.store import articles, sources
from crawler.store.database import open_store

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

    from crawler.catalogue import Source
    from crawler.domain.models import SourceFacts

visited = object()
"""Scrapy signal: a visit was stored with its articles; sent with `visit` and `saved` (how many were new, updated)."""

logger = logging.getLogger(__name__)


class DecidePipeline:
    """Gives every article its decision, so that also `-O out.json` shows it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the sources from the crawler's spider, once there is one."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:  # noqa: ANN401 (Scrapy's own)
        """Decide an article, let a visit pass."""
        return _decided(item, _source(self._crawler, item.source).facts) if isinstance(item, Article) else item


class StorePipeline:
    """Stores articles and visits."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: dict[str, list[Article]] = defaultdict(list)
        self._store = open_store(crawler.settings["LAUNCHWIRE_DATABASE"])

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the database from the settings; it is created where there is none."""
        return cls(crawler)

    def close_spider(self) -> None:
        """Let go of the store. Articles whose visit never ended are left for the next visit."""
        self._store.close()

    def process_item(self, item: Any) -> Any:  # noqa: ANN401 (Scrapy's own)
        """Keep an article until its visit ends; store both then."""
        if isinstance(item, Visit):
            self._end(item, self._waiting.pop(item.source, []))
            # A visit is for the store alone, not for the files that `-O` writes.
            raise DropItem("stored", log_level="DEBUG")
        self._waiting[item.source].append(item)
        return item

    def _end(self, visit: Visit, seen: list[Article]) -> None:
        saved = articles.Saved()
        try:
            saved = self._save(visit, seen)
        except StoreError as error:
            # The round must hear of it; the store remembers the source as it was, so that it stays due.
            visit = replace(visit, outcome=Outcome.FAILED, problem=f"store: {error}")
        logger.info("%s", _line(visit, saved))
        self._crawler.signals.send_catch_log(visited, visit=visit, saved=saved)

    def _save(self, visit: Visit, seen: list[Article]) -> articles.Saved:
        source = _source(self._crawler, visit.source)
        newest = max((article.published for article in seen if article.has_date), default=None)
        with self._store.write() as db:
            saved = articles.save(db, seen, lambda one: _decided(one, source.facts), visit.at)
            state = after(sources.state(db, visit.source), visit, source.interval, new=saved.new, newest=newest)
            sources.keep(db, state)
            sources.log(db, visit, new=saved.new, updated=saved.updated)
        return saved


def _source(crawler: Crawler, id_: str) -> Source:
    """A source that the crawler's spider visits."""
    visited_ones: tuple[Source, ...] = getattr(crawler.spider, "sources", ())
    return next(source for source in visited_ones if source.id == id_)


def _decided(article: Article, source: SourceFacts) -> Article:
    try:
        return decided(article, source)
    except Exception:
        # A text that the rules cannot bear must not cost the source its other articles.
        logger.exception("no decision on %s", article.url)
        return article


def _line(visit: Visit, saved: articles.Saved) -> str:
    found = f"{visit.entries} entries, {saved.new} new, {saved.updated} updated"
    parts = [visit.source, visit.outcome.value, f"HTTP {visit.http or '-'}", found, f"{visit.ms} ms", visit.problem]
    return ": ".join([parts[0] or "", ", ".join(part for part in parts[1:] if part)])
