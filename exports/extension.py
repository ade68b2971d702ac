"""The `_launchwire` object of an item: what a feed reader has no field for.

Its names are fixed, readers build on them; `schemas/launchwire.schema.json` describes each. `timeline` is
written by `timeline`, once all stories are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.domain import telling
from exports.clean import kept, line, web
from exports.reports import NAME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crawler.domain.models import Article, ComingDate, SourceFacts, Story
    from exports.reports import Report, Reports

TITLE_LIMIT = 300
VIDEO_LIMIT = 10
MODEL_LIMIT = 30


def urn(story: int) -> str:
    """Return the id that readers know a story by; it holds no host name, so the site can move."""
    return f"urn:launchwire:story:{story}"


def extension(
    story: Story, told: Reports, sources: Mapping[str, SourceFacts], listed: Sequence[Report], about: str
) -> dict[str, Any]:
    """Return the object; a key is left out where there is nothing to say, never null.

    Args:
        story: What is told.
        told: Its articles.
        sources: Facts by source id.
        listed: The articles to list, all of them or what fits.
        about: Address of the page that explains the object, or "".
    """
    models = names(story.models, MODEL_LIMIT)
    articles = [each.article for each in told.every]
    naming = [told.own.article, *articles] if told.own else articles
    return kept(
        {
            "about": about,
            "stage": story.stage.value,
            "brands": names(story.brands, MODEL_LIMIT),
            "models": models,
            "models_guessed": [model for model in names(story.guessed, MODEL_LIMIT) if model not in models],
            "dates": [_date(date, naming) for date in story.dates],
            "videos": _videos(articles),
            "lead": _lead(told.lead),
            "first_reported": _report(told.first),
            "official": _report(told.own) if told.own else None,
            "sources": _sources(told, listed),
            "outlets": telling.outlets(articles, sources),
            "aliases": [urn(alias) for alias in sorted(story.aliases)],
        }
    )


def names(values: Iterable[str], most: int) -> list[str]:
    """Return clean names in their order, none twice."""
    cleaned = (line(value, NAME_LIMIT) for value in values)
    return list(dict.fromkeys(filter(None, cleaned)))[:most]


def _lead(told: Report) -> dict[str, Any]:
    said = {"source": told.source, "name": told.name, "role": told.role}
    return said | {"url": told.url} if told.url else said


def _report(told: Report) -> dict[str, Any]:
    return {"source": told.source, "name": told.name} | kept({"url": told.url}) | {"at": told.at}


def _sources(told: Reports, listed: Sequence[Report]) -> list[dict[str, Any]]:
    places = {each.article.key: each.url for each in reversed(told.every) if each.article.key}
    return [_listing(each, places.get(each.article.duplicate_of or "", "")) for each in listed]


def _listing(told: Report, copied: str) -> dict[str, Any]:
    said = _lead(told)
    if title := line(told.article.title, TITLE_LIMIT):
        said["title"] = title
    if told.language:
        said["language"] = told.language
    if told.published:
        said["published"] = told.published
    if copied:
        said["duplicate_of"] = copied
    return said


def _date(date: ComingDate, articles: Iterable[Article]) -> dict[str, Any]:
    naming = next((each.source for each in articles if _names(each, date)), "")
    said = {"kind": line(date.kind, NAME_LIMIT), "date": line(date.date, NAME_LIMIT), "official": date.official}
    return kept(said | {"source": line(naming, NAME_LIMIT)})


def _names(article: Article, date: ComingDate) -> bool:
    return any((said.kind, said.date) == (date.kind, date.date) for said in article.decision.dates)


def _videos(articles: Sequence[Article]) -> list[str]:
    links = (web(video) for article in articles for video in article.videos)
    return list(dict.fromkeys(filter(None, links)))[:VIDEO_LIMIT]
