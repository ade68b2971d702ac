"""The `content_html` of an item, built from plain text by escaping: no markup of a source ever reaches it.

Any one source is quoted by at most 300 characters, its headline included, so only one of its articles is listed with
headline; names, links and times are facts.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from crawler.domain import telling
from exports.clean import line, stamp, tag
from exports.extension import address, name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crawler.domain.models import Article, SourceFacts, Story

QUOTE_LIMIT = 300  # characters of any one source
HEADLINE_LIMIT = 200
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def summary(article: Article) -> str:
    """Return what may be quoted of an article besides its headline."""
    return line(article.summary, QUOTE_LIMIT - len(line(article.title, HEADLINE_LIMIT)))


def content(story: Story, sources: Mapping[str, SourceFacts], listed: Sequence[Article]) -> str:
    """Return the HTML: the lead's own words, who reported first, since when it is official, every source.

    Args:
        story: What is told.
        sources: Facts by source id.
        listed: The articles to list, in order of time.
    """
    quoted = {article.source: article for article in reversed(listed)} | {story.lead.source: story.lead}
    rows = "".join(f"<li>{_row(each, sources, quoted=each is quoted[each.source])}</li>" for each in listed)
    return f"{_quote(story.lead, sources)}<p>{_history(story, sources)}</p><ul>{rows}</ul>{_rest(story, listed)}"


def moment(text: str) -> str:
    """Return an RFC 3339 time as HTML that both people and programs read, the same under every locale."""
    month = MONTHS[int(text[5:7]) - 1]
    return f'<time datetime="{text}">{int(text[8:10])} {month} {text[:4]}, {text[11:16]} UTC</time>'


def link(article: Article, text: str) -> str:
    """Return a link to an article."""
    return f'<a href="{escape(address(article))}">{escape(text)}</a>'


def _lang(article: Article) -> str:
    language = tag(article.language)
    return f' lang="{language}"' if language else ""


def _quote(lead: Article, sources: Mapping[str, SourceFacts]) -> str:
    words = summary(lead)
    if not words:
        return ""
    return f"<blockquote{_lang(lead)}><p>{escape(words)}</p></blockquote><p>— {link(lead, name(lead, sources))}</p>"


def _history(story: Story, sources: Mapping[str, SourceFacts]) -> str:
    first, own = telling.first_reported(story.articles), telling.official(story.articles, sources)
    said = f"First reported by {link(first, name(first, sources))}, {moment(stamp(first.published))}."
    return f"{said} Official since {moment(stamp(own.published))}, {link(own, name(own, sources))}." if own else said


def _row(article: Article, sources: Mapping[str, SourceFacts], *, quoted: bool) -> str:
    headline, source = line(article.title, HEADLINE_LIMIT), name(article, sources)
    when = f", {moment(stamp(article.published))}" if article.has_date else ""
    if quoted and headline:
        return f"<span{_lang(article)}>{link(article, headline)}</span> — {escape(source)}{when}"
    return f"{link(article, source)}{when}"


def _rest(story: Story, listed: Sequence[Article]) -> str:
    left = len(story.articles) - len(listed)
    return f"<p>And {left} more.</p>" if left else ""
