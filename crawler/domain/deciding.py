"""Gives an article its decision: triage with what is known of its source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.domain.triage import decide

if TYPE_CHECKING:
    from crawler.domain.models import Article, SourceFacts


def decided(article: Article, source: SourceFacts) -> Article:
    """The article with triage's decision in place of any earlier one.

    Args:
        article: Cleaned, from `source`.
        source: Its role and brands weigh in.
    """
    decision = decide(
        article.title,
        article.summary,
        article.body,
        role=source.role,
        language=article.language,
        # The first sight of an undated article says nothing about its phone's age.
        published=article.published if article.has_date else None,
        source_brands=source.brands,
    )
    return replace(article, decision=decision)
