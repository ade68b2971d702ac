"""Tell a refusal that was sent with HTTP 200 from a document: bot checks, soft 404s, walls of consent and pay, shells.

Nothing here parses; it looks at the words that servers use. Reasons are few: `empty`, `blocked`, `gone`, `consent`,
`shell` and `paywall`; `unparsable` is what no reader can make sense of.
"""

from __future__ import annotations

import re
from html import unescape

from crawler.errors import ReadingError
from crawler.reading import walls

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_HEADING = re.compile(r"<(title|h1)\b[^>]*>([^<]{0,300})", re.IGNORECASE)
_UNSEEN = re.compile(
    r"<(script|style|noscript|svg|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[!?/a-z][^<>]*>?", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？\n]?")
_LOOKED_AT = 20_000
_SEARCHED = 200_000
_SHORT = 1_000
"""Visible characters of a refusal, most have 300; an article that speaks of "access denied" is longer."""

_SHORTEST = 6_000
"""Characters of a page that is searched for a refusal with its scripts: those of bot checks name themselves there."""

_TEASER = 1_500
"""Characters of a text up to which a plea to subscribe means that the rest is missing; teasers seen had 200 to 900."""

_WALL = 6_000
_MOSTLY = 0.4
"""Share of a page's sentences that speak of consent from which it is a wall: a notice under an article had 0.1."""


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_BLOCKED = _any(walls.BLOCKED)
_BLOCKED_TITLE = _any(walls.BLOCKED_TITLES)
_GONE_TITLE = _any(walls.GONE_TITLES)
_CONSENT = _any(walls.CONSENT)
_PAID = _any(walls.PAID)


def refuse_pages(text: str) -> None:
    """Raise where a web page stands instead of a feed.

    Raises:
        ReadingError: `empty` for nothing, `blocked` for a refusal, `gone` for a soft 404, `unparsable`
            for any other HTML page.
    """
    if not text.strip():
        raise ReadingError("empty", "no bytes but blanks")
    start = text[:_LOOKED_AT]
    is_html = bool(_HTML.match(start)) and not _FEED.search(start)  # feeds with HTML's doctype exist
    if is_html:
        _refuse_titles(start)
    if (is_html or not text.lstrip().startswith(("<", "{"))) and (words := _BLOCKED.search(start)):
        raise ReadingError("blocked", f'a page that says "{_said(words[0])}" instead of a feed')
    if is_html:
        raise ReadingError("unparsable", "a web page instead of a feed")


def refuse_refusals(html: str) -> None:
    """Raise where a page is a refusal or a soft 404 instead of an article or index.

    Raises:
        ReadingError: `empty`, `blocked` or `gone`.
    """
    if not html.strip():
        raise ReadingError("empty", "no bytes but blanks")
    _refuse_titles(html[:_LOOKED_AT])
    seen = visible(html)
    if len(seen) <= _SHORT and (words := _BLOCKED.search(html if len(html) <= _SHORTEST else seen)):
        raise ReadingError("blocked", f'a page that says "{_said(words[0])}"')


def visible(html: str) -> str:
    """Give what a page shows, roughly and fast: its first 200,000 characters without tags and scripts."""
    shown = _TAG.sub("\n", _UNSEEN.sub("\n", html[:_SEARCHED]))
    return "\n".join(line for part in unescape(shown).splitlines() if (line := " ".join(part.split())))


def asks_consent(text: str) -> bool:
    """Tell whether a text is a wall of consent: short, and most of it speaks of cookies and partners."""
    if not text or len(text) > _WALL:
        return False
    sentences = _SENTENCE.findall(text)
    return sum(len(one) for one in sentences if _CONSENT.search(one)) >= _MOSTLY * sum(map(len, sentences))


def asks_money(text: str, shown: str) -> bool:
    """Tell whether an article's text is only a teaser before a paywall.

    Args:
        text: The article's text as found.
        shown: All that the page shows.
    """
    return len(text) <= _TEASER and bool(_PAID.search(shown))


def _refuse_titles(start: str) -> None:
    for heading in _HEADING.finditer(start):
        title = _said(heading[2])
        if _BLOCKED_TITLE.fullmatch(title.rstrip(" .…")):
            raise ReadingError("blocked", f'a page titled "{title}"')
        if _GONE_TITLE.match(title) or _GONE_TITLE.match(re.split(r"\s[-|–—:·]\s", title)[-1]):
            raise ReadingError("gone", f'a page titled "{title}"')


def _said(words: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", words)).split())[:80]
