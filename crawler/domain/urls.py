"""Addresses: which are links at all, which name the same article, which watch link an embed stands for.

Nothing here fetches: redirects and `rel=canonical` are the caller's.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

LONGEST = 2048
"""Characters of an address; what is longer is a payload, no link (sitemaps.org allows 2,048)."""

_ABSOLUTE = re.compile(r"https?://[^/]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd\ud800-\udfff\\]")
_PORTS = {None: "", 80: "", 443: ""}
_TWIN_HOST = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.[^.])")
_AMP_TAIL = re.compile(r"(?:/amp/?|/amp\.html?|\.amp(?:\.html?)?)$", re.IGNORECASE)
_AMP_HEAD = re.compile(r"^/amp(?=/[^/])", re.IGNORECASE)
_AMP_VIEWER = re.compile(r"^https?://(?:www\.)?google\.[a-z.]{2,6}/amp/(s/)?(?=[^/]+\.)", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^https?://[^/]+\.cdn\.ampproject\.org/[a-z]/(s/)?(?=[^/]+\.)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_NEVER_ESCAPED = re.compile(r"[A-Za-z0-9._~/:@!$'()*+,;=-]*")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT_IN_PATH = "%/:@!$&'()*+,;=~[]"
_KEPT_IN_QUERY = "%/:@!$'()*+,;=?~[]|"

_TRACKER = re.compile(
    r"(?:utm|at|ns|ga|hsa|pk|mtm|matomo|piwik|oly|vero|itm|stm|guce|mc|spm|wt)_\w+"
    r"|wt\.\w+|_+(?:ga|gl|hsenc|hsmi|twitter_impression|source|openstat)|_?amp"
    r"|ref|ref_?(?:src|url)|referrer|ftag|fbclid|gclid|gclsrc|dclid|[gw]braid|msclkid|yclid|twclid|ttclid|igsh(?:id)?"
    r"|cmp|cmpid|xtor|spm|scm|ncid|ocid|icid|intcid|s_cid|mkt_tok|trk|trkid|hss_channel|ito|guccounter|outputtype"
    r"|sr_share|shared?|cxrecs_s|chinfo|isappinstalled|nsukey|rss",
    re.IGNORECASE,
)
_CHANNEL_NAME = re.compile(r"source|src|from|medium|partner|origin|via|feature|feed|campaign", re.IGNORECASE)
_CHANNEL = re.compile(
    r"|rss\w*|feeds?|atom|twitter|facebook|fb|google\w*|linkedin|weibo|wechat|newsletter|e?mail|push|home\w*",
    re.IGNORECASE,
)


def resolve(base: str, href: str) -> str | None:
    """Make a link absolute.

    Args:
        base: Address of the document that holds the link.
        href: The link as written there.

    Returns:
        An http(s) address of printable ASCII without fragment-only, script, data or credential tricks, or None.
    """
    href = href.strip()
    if not href or len(href) > LONGEST or _CONTROL.search(href):
        return None
    try:
        address = href if _ABSOLUTE.match(href) else urljoin(base, href)
        host = _host(address)
        parts = urlsplit(address)
        if host is None or "@" in parts.netloc:
            return None
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        return None
    query = f"?{_escaped(parts.query, _KEPT_IN_QUERY + '&')}" if parts.query else ""
    fragment = f"#{_escaped(parts.fragment, _KEPT_IN_QUERY + '&')}" if parts.fragment else ""
    whole = f"{parts.scheme.lower()}://{host}{port}{_escaped(parts.path or '/', _KEPT_IN_PATH)}{query}{fragment}"
    return whole if len(whole) <= LONGEST else None


def canonical(url: str) -> str:
    """Name the article behind an address: two addresses of one article give the same text.

    It is an identity to compare, not an address to fetch, so it also forgets what differs between twins: `http` and
    `https` (a source that moves to https would double its articles), `www.`, `m.`, `mobile.` and `amp.` before a host,
    a trailing slash, `index.html`, trackers, AMP forms and fragments (not `#!` and `#/`, which name pages).

    Args:
        url: An absolute address; what is none is given back stripped.
    """
    url = url.strip()
    while (following := _simplified(url)) != url:
        url = following
    return url


def untracked(url: str) -> str:
    """Drop what tells the server where a reader comes from; the rest of the address stays as published.

    Args:
        url: An absolute address, to be fetched and linked.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _tracks(pair))
    fragment = "" if _tracks(parts.fragment) else parts.fragment
    return parts._replace(query=query, fragment=fragment).geturl()


def same_site(one: str, other: str) -> bool:
    """Tell whether two canonical addresses share their host, or one's host is under the other's."""
    hosts = [urlsplit(url).hostname or "" for url in (one, other)]
    return bool(all(hosts)) and (hosts[0] == hosts[1] or any(a.endswith(f".{b}") for a, b in (hosts, hosts[::-1])))


def watch_link(embed_url: str) -> str | None:
    """Give the page where people watch what an embed plays, or None where the embed is no known player."""
    if embed_url.startswith("//"):
        embed_url = f"https:{embed_url}"
    try:
        parts = urlsplit(embed_url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        query = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return None
    for players, path, key, link in _PLAYERS:
        if host in players and (found := path.match(parts.path)):
            name = query.get(key, [""])[0] if key else found[1]
            if re.fullmatch(r"[\w-]{1,40}", name, re.ASCII):
                return link.format(name)
    return None


_YOUTUBE = ("youtube.com", "youtube-nocookie.com", "music.youtube.com")
_PLAYERS = (
    (_YOUTUBE, re.compile(r"/embed/videoseries"), "list", "https://www.youtube.com/playlist?list={}"),
    (_YOUTUBE, re.compile(r"/(?:embed|v|shorts|live|e)/([\w-]{6,20})"), "", "https://www.youtube.com/watch?v={}"),
    (_YOUTUBE, re.compile(r"/watch$"), "v", "https://www.youtube.com/watch?v={}"),
    (("youtu.be",), re.compile(r"/([\w-]{6,20})"), "", "https://www.youtube.com/watch?v={}"),
    (("player.vimeo.com",), re.compile(r"/video/(\d+)"), "", "https://vimeo.com/{}"),
    (("vimeo.com",), re.compile(r"/(\d+)"), "", "https://vimeo.com/{}"),
    (("player.bilibili.com",), re.compile(r"/player\.html"), "bvid", "https://www.bilibili.com/video/{}"),
    (("player.bilibili.com",), re.compile(r"/player\.html"), "aid", "https://www.bilibili.com/video/av{}"),
    (("bilibili.com",), re.compile(r"/video/((?:BV|av)\w+)"), "", "https://www.bilibili.com/video/{}"),
    (("dailymotion.com",), re.compile(r"/(?:embed/)?video/(\w+)"), "", "https://www.dailymotion.com/video/{}"),
    (("geo.dailymotion.com",), re.compile(r"/player"), "video", "https://www.dailymotion.com/video/{}"),
    (("player.youku.com",), re.compile(r"/embed/(\w+)"), "", "https://v.youku.com/v_show/id_{}.html"),
    (("v.qq.com",), re.compile(r"/(?:txp/)?iframe/player\.html"), "vid", "https://v.qq.com/x/page/{}.html"),
    (("rutube.ru",), re.compile(r"/play/embed/(\w+)"), "", "https://rutube.ru/video/{}/"),
    (("embed.nicovideo.jp",), re.compile(r"/watch/(\w+)"), "", "https://www.nicovideo.jp/watch/{}"),
    (("streamable.com",), re.compile(r"/[eo]/(\w+)"), "", "https://streamable.com/{}"),
)


def _simplified(url: str) -> str:
    address = resolve(url, url)
    if address is None:
        return url
    for wrapper in (_AMP_VIEWER, _AMP_CACHE):
        if wrapper.match(address):
            return wrapper.sub("https://", address)
    parts = urlsplit(address)
    host = _TWIN_HOST.sub("", (parts.hostname or "").rstrip("."))
    if ":" in host:
        host = f"[{host}]"
    port = _PORTS.get(parts.port, f":{parts.port}")
    query = "&".join(sorted({pair for pair in parts.query.split("&") if pair and not _tracks(pair)}))
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return f"https://{host}{port}{_path(parts.path)}{f'?{query}' if query else ''}{fragment}"


def _path(path: str) -> str:
    path = re.sub("/{2,}", "/", path)
    if "/." in path:
        path = urlsplit(urljoin("https://host", path)).path
    path = _AMP_HEAD.sub("", path)
    path = _INDEX.sub("/", _AMP_TAIL.sub("", path))
    return path.rstrip("/") or "/"


def _tracks(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = unquote(name)
    return bool(_TRACKER.fullmatch(name) or (_CHANNEL_NAME.fullmatch(name) and _CHANNEL.fullmatch(value)))


def _host(address: str) -> str | None:
    """The host in ASCII, brackets kept, or None where the address names none or is not http(s)."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    if parts.scheme.lower() not in {"http", "https"} or not host.strip("."):
        return None
    if ":" in host:
        return f"[{host}]"
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    return host if re.fullmatch(r"[a-z0-9._-]+", host) else None


def _escaped(text: str, kept: str) -> str:
    """Percent-encode what must be, decode what need not be, and leave other escapes in upper case."""
    if _NEVER_ESCAPED.fullmatch(text):
        return text
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return quote(_ESCAPE.sub(_plain, text), safe=kept)


def _plain(escape: re.Match[str]) -> str:
    letter = chr(int(escape[1], 16))
    return letter if letter in _UNRESERVED else escape[0].upper()
