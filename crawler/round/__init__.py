"""One round: visit the sources that are due, settle their articles into stories, publish.

The parts stand alone too: `scrapy crawl` does only the first, `launchwire export` only the others.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.domain.visits import Outcome, Visit
from crawler.round.publish import publish
from crawler.round.settle import Settled, settle
from crawler.store import articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.catalogue import Catalogue, Source
    from crawler.config import Config
    from crawler.round.crawl import Crawl
    from crawler.store.database import Store
    from exports.site import Published


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did.

    Args:
        visits: One for each source that was visited.
        settled: What the articles did to the stories.
        published: None where nothing was published: no visit brought anything, or nothing was ever stored.
    """

    visits: tuple[Visit, ...] = ()
    settled: Settled = field(default_factory=Settled)
    published: Published | None = None

    def __str__(self) -> str:
        """The round in a line, for the log."""
        failed = sum(visit.outcome is Outcome.FAILED for visit in self.visits)
        written = len(self.published.written) if self.published else 0
        return (
            f"{len(self.visits)} visited, {failed} failed; {self.settled.articles} articles to settle, "
            f"{self.settled.new} new stories, {self.settled.changed} changed; {written} files written"
        )

    @property
    def failed(self) -> bool:
        """Whether there were visits and no source answered as it should."""
        well = {Outcome.READ, Outcome.UNCHANGED}
        return bool(self.visits) and all(visit.outcome not in well for visit in self.visits)


async def run(crawl: Crawl, sources: Sequence[Source], catalogue: Catalogue, store: Store) -> Round:
    """Visit `sources` and publish what is known then.

    Args:
        crawl: Does the visits; can be stopped from elsewhere, and what was visited until then is published.
        sources: Those to visit.
        catalogue: All of them: stories name sources that are not visited now.
        store: The open store.
    """
    visits = tuple(await crawl.visit(sources))
    done = Round(visits)
    if done.failed:
        return done
    return await asyncio.to_thread(conclude, crawl.config, catalogue, store, visits)


def conclude(
    config: Config, catalogue: Catalogue, store: Store, visits: tuple[Visit, ...] = (), *, thorough: bool = False
) -> Round:
    """Settle what is stored into stories, and publish.

    Nothing new is no reason not to publish: others settle too, and how sources are doing is told as well. A store that
    never held an article publishes nothing: its empty feed would replace a good one. `thorough` puts back also what
    others changed in place in the files of a large site.
    """
    settled = settle(store, catalogue.facts, datetime.now(UTC), config.language)
    with store.read() as db:
        if not articles.any_stored(db):
            return Round(visits, settled)
    return Round(visits, settled, publish(config, catalogue, store, thorough=thorough))
