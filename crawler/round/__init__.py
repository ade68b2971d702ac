"""One round: visit the sources that are due, settle their articles into stories, publish.

The parts stand alone too: `scrapy crawl` does only the first, `launchwire export` only the others.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.domain.visits import Outcome, Visit
from crawler.round.publish import publish
from crawler.round.settle import Settled, settle

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
        published: None where nothing was published, because no source could be visited at all.
    """

    visits: tuple[Visit, ...] = ()
    settled: Settled = field(default_factory=Settled)
    published: Published | None = None

    @property
    def failed(self) -> bool:
        """Whether there were visits and none brought anything."""
        return bool(self.visits) and all(visit.outcome is Outcome.FAILED for visit in self.visits)


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


def conclude(config: Config, catalogue: Catalogue, store: Store, visits: tuple[Visit, ...] = ()) -> Round:
    """Settle what is stored into stories, and publish."""
    settled = settle(store, catalogue.facts, timedelta(days=config.window_days), datetime.now(UTC))
    return Round(visits, settled, publish(config, catalogue, store))
