"""The `_launchwire` object of an item: what a feed reader has no field for.

Its names are fixed, readers build on them; `schemas/launchwire.schema.json` describes each. `timeline` is
written by `timeline`, once all stories are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.domain import telling
from exports.clean import kept, line, stamp, tag, web

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crawler.domain.models import Article, ComingDate, SourceFacts, Story

NAME_LIMIT = 100  # characters, of a source, a brand, a model
TITLE_LIMIT = 300
VIDEO_LIMIT = 10
MODEL_LIMIT = 30


def urn(story: int) -> str:
    """Return the id that readers know a story by; it holds no host name, so the site can move."""
    return f"urn:launchwire:story:{story}"


def address(article: Article) -> str:
    """Return where a reader finds an article, or ""; its canonical address is an identity and need not answer."""
    return web(article.url)


def extension(
    story: Story, sources: Mapping[str, SourceFacts], listed: Sequence[Article], about: str
) -> dict[str, Any]:
    """Return the object; a key is left out where there is nothing to say, never null.

    Args:
        story: What is told.
        sources: Facts by source id.
        listed: The articles to list, all of them or what fits.
        about: Address of the page that explains the object, or "".
    """
    models = names(story.models, MODEL_LIMIT)
    first, own = telling.first_reported(story.articles), telling.official(story.articles, sources)
    return kept(
        {
            "about": about,
            "stage": story.stage.value,
            "brands": names(story.brands, MODEL_LIMIT),
            "models": models,
            "models_guessed": [model for model in names(story.guessed, MODEL_LIMIT) if model not in models],
            "dates": [_date(date, [own, *story.articles] if own else story.articles) for date in story.dates],
            "videos": _videos(story.articles),
            "lead": _source(story.lead, sources) | kept({"url": address(story.lead)}),
            "first_reported": _report(first, sources),
            "official": _report(own, sources) if own else None,
            "sources": [_listing(article, story.articles, sources) for article in listed],
            "outlets": telling.outlets(story.articles, sources),
            "aliases": [urn(alias) for alias in sorted(story.aliases)],
        }
    )


def names(values: Iterable[str], most: int) -> list[str]:
    """Return clean names in their order, none twice."""
    cleaned = (line(value, NAME_LIMIT) for value in values)
    return list(dict.fromkeys(filter(None, cleaned)))[:most]


def name(article: Article, sources: Mapping[str, SourceFacts]) -> str:
    """Return the name of an article's source."""
    return line(telling.facts(article, sources).name, NAME_LIMIT) or line(article.source, NAME_LIMIT)


def _source(article: Article, sources: Mapping[str, SourceFacts]) -> dict[str, Any]:
    role = telling.facts(article, sources).role.value
    return {"source": line(article.source, NAME_LIMIT), "name": name(article, sources), "role": role}


def _report(article: Article, sources: Mapping[str, SourceFacts]) -> dict[str, Any]:
    said = _source(article, sources) | kept({"url": address(article)}) | {"at": stamp(article.published)}
    return {key: value for key, value in said.items() if key != "role"}


def _listing(article: Article, articles: Sequence[Article], sources: Mapping[str, SourceFacts]) -> dict[str, Any]:
    copied = next((address(each) for each in articles if each.key and each.key == article.duplicate_of), "")
    return _source(article, sources) | kept(
        {
            "url": address(article),
            "title": line(article.title, TITLE_LIMIT),
            "language": tag(article.language),
            "published": stamp(article.published) if article.has_date else "",
            "duplicate_of": copied,
        }
    )


def _date(date: ComingDate, articles: Iterable[Article]) -> dict[str, Any]:
    naming = next((each.source for each in articles if _names(each, date)), "")
    said = {"kind": line(date.kind, NAME_LIMIT), "date": line(date.date, NAME_LIMIT), "official": date.official}
    return kept(said | {"source": line(naming, NAME_LIMIT)})


def _names(article: Article, date: ComingDate) -> bool:
    return any((said.kind, said.date) == (date.kind, date.date) for said in article.decision.dates)


def _videos(articles: Sequence[Article]) -> list[str]:
    links = (web(video) for article in articles for video in article.videos)
    return list(dict.fromkeys(filter(None, links)))[:VIDEO_LIMIT]
