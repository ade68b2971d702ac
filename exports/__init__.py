"""What Launchwire writes for readers: stories in, files out, and a site folder that always holds a whole publication.

`render` makes the files, `site.publish` puts them in place. Neither fetches, decides or reads the store.
"""

from __future__ import annotations

import logging
from importlib.resources import files
from typing import TYPE_CHECKING

from exports.channel import SCHEMA, Channel
from exports.check import sift
from exports.item import item
from exports.jsonfeed import newest_first, pages
from exports.page import page
from exports.site import Published, publish

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crawler.domain.models import SourceFacts, Story

__all__ = ["Channel", "Published", "publish", "render"]

log = logging.getLogger(__name__)


def render(stories: Iterable[Story], sources: Mapping[str, SourceFacts], channel: Channel) -> dict[str, bytes]:
    """Return the whole publication: names to bytes, in an order in which they can be put in place.

    A story that cannot be published as it stands is left out and named in the log.

    Args:
        stories: Every story that is published, in any order; none twice.
        sources: Facts by source id; an unknown source stands under its id.
        channel: The feed they go into.
    """
    good, problems = sift(item(story, sources, channel) for story in stories)
    for problem in problems:
        log.warning("%s", problem)
    feed = pages(good, channel)
    archive = [name for name in reversed(feed) if name.startswith("archive/")]
    schema = (files("exports") / "schemas" / SCHEMA).read_bytes()
    return {SCHEMA: schema, **feed, "index.html": page(newest_first(good), channel, archive)}
