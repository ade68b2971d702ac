"""The articles of a story as readers get them: each is looked at once, for all that is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crawler.domain import telling
from crawler.domain.languages import tag
from exports.clean import line, stamp, web

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.domain.models import Article, SourceFacts, Story

NAME_LIMIT = 100  # characters, of a source, a brand, a model


class Report(NamedTuple):
    """An article on its way to readers; "" stands for what cannot be told.

    Args:
        article: It.
        url: Where a reader finds it; its canonical address is an identity and need not answer.
        source: Id of its source.
        name: What the source is called.
        role: What the source is.
        at: When it was published, as far as known, RFC 3339 in UTC.
        published: The same where the source itself says it.
        language: BCP 47 tag.
    """

    article: Article
    url: str
    source: str
    name: str
    role: str
    at: str
    published: str
    language: str


class Reports(NamedTuple):
    """All that is told of one story, in order of time.

    Args:
        every: The articles that have a web address; all, where none has.
        lead: The one that stands for the story.
        first: The earliest.
        own: The first by the maker itself, None before there is one.
    """

    every: tuple[Report, ...]
    lead: Report
    first: Report
    own: Report | None

    def listed(self, most: int) -> tuple[Report, ...]:
        """Return the first ones; the lead is always among them."""
        some = self.every[:most]
        return some if self.lead in some else (*some[:-1], self.lead)


def reports(story: Story, sources: Mapping[str, SourceFacts]) -> Reports:
    """Look at the articles of a story.

    Args:
        story: What is told.
        sources: Facts by source id; an unknown source stands under its id.
    """
    made = {id(each): report(each, sources) for each in (*story.articles, story.lead)}
    linked = [each for each in story.articles if made[id(each)].url] or story.articles
    first, own = telling.first_reported(linked), telling.official(linked, sources)
    every = tuple(made[id(each)] for each in linked)
    return Reports(every, made[id(story.lead)], made[id(first)], made[id(own)] if own else None)


def report(article: Article, sources: Mapping[str, SourceFacts]) -> Report:
    """Look at one article."""
    source, at = telling.facts(article, sources), stamp(article.published)
    id_ = line(article.source, NAME_LIMIT)
    return Report(
        article,
        web(article.url),
        id_,
        line(source.name, NAME_LIMIT) or id_,
        source.role.value,
        at,
        at if article.has_date else "",
        tag(article.language),
    )
