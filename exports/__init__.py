"""What Launchwire writes for readers: stories in, files out, and a site folder that always holds a whole publication.

`publish` brings a site up to date; `render` makes the same files without one. Neither fetches, decides or reads the
store.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from exports.bench import Alone, Bench, Block, Task
from exports.channel import Channel
from exports.edition import fill, publish
from exports.ledger import Ledger
from exports.listing import Listing
from exports.order import in_order, of_block, of_phones, of_the_rest
from exports.publication import Publication
from exports.site import Published
from exports.status import SourceStatus
from exports.told import Given, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crawler.domain.models import SourceFacts
    from exports.file import File

__all__ = ["Channel", "Given", "Published", "SourceStatus", "Told", "publish", "render"]


def render(
    told: Told, sources: Mapping[str, SourceFacts], channel: Channel, statuses: Sequence[SourceStatus] = ()
) -> Iterator[File]:
    """Give the whole publication from scratch, in an order in which its files can be put in place.

    Args:
        told: The stories.
        sources: Facts by source id; an unknown source stands under its id.
        channel: The feed they go into.
        statuses: How the sources are doing.
    """
    ledger, all_ids = Ledger(), Block(1, told.last())
    bench = Bench(Task(Path(), told, sources, channel, ""), ledger)
    fill(ledger, Alone(bench), [all_ids])
    publication = Publication(ledger, channel, statuses)
    names = [*of_block(ledger, publication, *all_ids), *of_phones(ledger), *of_the_rest(publication)]
    listing = Listing(ledger)
    for name in in_order(names):
        if file := publication.file(name):
            listing.expect([(name, file)])
            yield file
