"""Tell a refusal that was sent with HTTP 200 from a document: "Access Denied", challenges, soft 404s.

Nothing here parses; it looks at the words that servers use.
"""

from __future__ import annotations

import re

from crawler.errors import ReadingError

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_BLOCKED = re.compile(
    r"access (?:to this page has been )?denied|<title>\s*(?:403|forbidden|attention required|just a moment)"
    r"|request (?:unsuccessful|blocked|rejected)|you don'?t have permission to access|are you (?:a robot|human)"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|unusual traffic|captcha-delivery|cf-chl-|_incapsula_resource"
    r"|zugriff verweigert|acceso denegado|accesso negato|accès refusé|访问被拒绝|アクセスが拒否",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"<(title|h1)\b[^>]*>[^<]*(?:\b404\b|page not found|not found|seite nicht gefunden|pagina non trovata"
    r"|página no encontrada|page introuvable|页面不存在|找不到|ページが見つかりません|페이지를 찾을 수)",
    re.IGNORECASE,
)
_LOOKED_AT = 20_000
_SHORT = 6_000
"""A refusal's page is short; an article that speaks of "access denied" is not."""


def refuse_pages(text: str) -> None:
    """Raise where a web page stands instead of a feed.

    Raises:
        ReadingError: `empty` for nothing, `blocked` for a refusal, `unparsable` for any other HTML page.
    """
    if not text.strip():
        raise ReadingError("empty", "no bytes but blanks")
    start = text[:_LOOKED_AT]
    is_html = bool(_HTML.match(start)) and not _FEED.search(start)  # feeds with HTML's doctype exist
    if (is_html or not text.lstrip().startswith(("<", "{"))) and (words := _BLOCKED.search(start)):
        raise ReadingError("blocked", f'a page that says "{_said(words)}" instead of a feed')
    if is_html:
        raise ReadingError("unparsable", "a web page instead of a feed")


def refuse_refusals(html: str) -> None:
    """Raise where a page is a refusal or a soft 404 instead of an article or index.

    Raises:
        ReadingError: `empty`, `blocked` or `gone`.
    """
    if not html.strip():
        raise ReadingError("empty", "no bytes but blanks")
    if len(html) <= _SHORT and (words := _BLOCKED.search(html)):
        raise ReadingError("blocked", f'a page that says "{_said(words)}"')
    if words := _GONE.search(html[:_LOOKED_AT]):
        raise ReadingError("gone", f'a page titled "{_said(words)}"')


def _said(words: re.Match[str]) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", words[0]).split())[:80]
