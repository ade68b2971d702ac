"""One story as one item of a JSON Feed. Whether the item may be published is decided in `check`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from crawler.domain import telling
from exports.channel import ABOUT
from exports.clean import kept, line, stamp, web
from exports.content import content, summary
from exports.extension import MODEL_LIMIT, TITLE_LIMIT, extension, names, urn
from exports.reports import reports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crawler.domain.models import SourceFacts, Story
    from exports.channel import Channel
    from exports.reports import Report, Reports

ITEM_BYTES = 60_000  # four of the largest still fit on a page
_TIMELINE_BYTES = 6_000  # kept free for the story so far, which is known last
AUTHOR_LIMIT = 5
_MOST_LISTED = (200, 40, 10, 1)  # how many sources are listed, until the item fits


def item(story: Story, sources: Mapping[str, SourceFacts], channel: Channel) -> dict[str, Any]:
    """Return a story as an item, as complete as 54,000 bytes allow; articles without a web address are left out.

    Args:
        story: What is told.
        sources: Facts by source id; an unknown source stands under its id.
        channel: The feed it goes into.
    """
    return written(story, sources, channel)[0]


def written(story: Story, sources: Mapping[str, SourceFacts], channel: Channel) -> tuple[dict[str, Any], bytes]:
    """Return the same both as data and as compact JSON."""
    told = reports(story, sources)
    made: dict[str, Any] = {}
    form = b""
    for most in _MOST_LISTED:
        made = _item(story, told, sources, channel, told.listed(most))
        form = encoded(made)
        if len(form) <= ITEM_BYTES - _TIMELINE_BYTES:
            break
    return made, form


def encoded(fields: Mapping[str, Any]) -> bytes:
    """Return compact UTF-8 JSON, keys in the order given.

    Raises:
        ValueError: A lone surrogate or a number that JSON does not have.
    """
    return _JSON.encode(fields).encode()


_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"))


def _item(
    story: Story, told: Reports, sources: Mapping[str, SourceFacts], channel: Channel, listed: Sequence[Report]
) -> dict[str, Any]:
    lead, words = told.lead, summary(story.lead)
    return kept(
        {
            "id": urn(story.id),
            "url": channel.address(f"story/{story.id}.html") or lead.url,
            "external_url": lead.url,
            "title": line(story.title, TITLE_LIMIT),
            "content_html": content(told, words, listed),
            "summary": words,
            "image": web(story.lead.image),
            "date_published": told.first.at,
            "date_modified": stamp(story.updated),
            "authors": _authors(lead, sources),
            "tags": [*names(story.brands, MODEL_LIMIT), story.stage.value],
            "language": lead.language,
            "_launchwire": extension(story, told, sources, listed, channel.address(ABOUT)),
        }
    )


def _authors(lead: Report, sources: Mapping[str, SourceFacts]) -> list[dict[str, Any]]:
    people = [{"name": person} for person in names(lead.article.authors, AUTHOR_LIMIT)]
    return [*people, kept({"name": lead.name, "url": web(telling.facts(lead.article, sources).home)})]
