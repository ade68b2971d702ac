"""What Launchwire writes for readers: stories in, files out, and a site folder that always holds a whole publication.

`render` makes the files, `site.publish` puts them in place. Neither fetches, decides or reads the store.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from crawler.domain.sofar import so_far
from exports.card import card
from exports.channel import Channel
from exports.check import Sieve
from exports.item import item
from exports.publication import publication
from exports.site import Published, publish
from exports.status import SourceStatus
from exports.timeline import linked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crawler.domain.models import SourceFacts, Story
    from exports.card import Card
    from exports.file import File

__all__ = ["Channel", "Published", "SourceStatus", "publish", "render"]

log = logging.getLogger(__name__)


def render(
    stories: Iterable[Story],
    sources: Mapping[str, SourceFacts],
    channel: Channel,
    statuses: Sequence[SourceStatus] | None = None,
) -> Iterator[File]:
    """Give the whole publication, in an order in which its files can be put in place.

    A story that cannot be published as it stands is left out and named in the log. Stories are taken one by one and
    not kept: only their items are, packed.

    Args:
        stories: Every story that is published, in any order; none twice.
        sources: Facts by source id; an unknown source stands under its id.
        channel: The feed they go into.
        statuses: How the sources are doing; None where only what the catalogue says is known.
    """
    sieve = Sieve()
    cards: list[Card] = []

    def published() -> Iterator[Story]:
        for story in stories:
            if sieve.passes(made := item(story, sources, channel)):
                cards.append(card(made))
                yield story

    told = so_far(published())
    for problem in sieve.problems:
        log.warning("%s", problem)
    yield from publication(list(linked(cards, told)), known(sources) if statuses is None else statuses, channel)


def known(sources: Mapping[str, SourceFacts]) -> list[SourceStatus]:
    """Return what the catalogue alone knows of the sources."""
    return [SourceStatus(each.id, each.name, each.role.value, each.home, each.language) for each in sources.values()]
