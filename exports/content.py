"""The `content_html` of an item, built from plain text by escaping: no markup of a source ever reaches it.

Any one source is quoted by at most 300 characters, its headline included, so only one of its articles is listed with
headline; names, links and times are facts.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from exports.clean import escaped, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.domain.models import Article
    from exports.reports import Report, Reports

QUOTE_LIMIT = 300  # characters of any one source
HEADLINE_LIMIT = 200
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def summary(article: Article) -> str:
    """Return what may be quoted of an article besides its headline."""
    return line(article.summary, QUOTE_LIMIT - len(line(article.title, HEADLINE_LIMIT)))


def content(told: Reports, words: str, listed: Sequence[Report]) -> str:
    """Return the HTML: the lead's own words, who reported first, since when it is official, every source.

    Args:
        told: All articles of the story.
        words: What is quoted of the lead.
        listed: The articles to list, in order of time.
    """
    quoted = {each.article.source: each for each in reversed(listed)} | {told.lead.article.source: told.lead}
    rows = "".join(f"<li>{_row(each, quoted=each is quoted[each.article.source])}</li>" for each in listed)
    return f"{_quote(told.lead, words)}<p>{_history(told)}</p><ul>{rows}</ul>{_rest(len(told.every) - len(listed))}"


@lru_cache(maxsize=4096)
def moment(text: str) -> str:
    """Return an RFC 3339 time as HTML that both people and programs read, the same under every locale."""
    month = MONTHS[int(text[5:7]) - 1]
    return f'<time datetime="{text}">{int(text[8:10])} {month} {text[:4]}, {text[11:16]} UTC</time>'


def _link(url: str, text: str) -> str:
    return f'<a href="{escaped(url)}">{escaped(text)}</a>'


def _lang(language: str) -> str:
    return f' lang="{language}"' if language else ""


def _quote(lead: Report, words: str) -> str:
    if not words:
        return ""
    quoted = f"<blockquote{_lang(lead.language)}><p>{escape(words)}</p></blockquote>"
    return f"{quoted}<p>— {_link(lead.url, lead.name)}</p>"


def _history(told: Reports) -> str:
    first, own = told.first, told.own
    said = f"First reported by {_link(first.url, first.name)}, {moment(first.at)}."
    return f"{said} Official since {moment(own.at)}, {_link(own.url, own.name)}." if own else said


def _row(told: Report, *, quoted: bool) -> str:
    when = f", {moment(told.published)}" if told.published else ""
    if quoted and (headline := line(told.article.title, HEADLINE_LIMIT)):
        return f"<span{_lang(told.language)}>{_link(told.url, headline)}</span> — {escaped(told.name)}{when}"
    return f"{_link(told.url, told.name)}{when}"


def _rest(left: int) -> str:
    return f"<p>And {left} more.</p>" if left else ""
