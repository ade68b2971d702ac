"""The sample web's own catalogue, as the text that `crawler.catalogue` reads; it does not check it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crawler.sample.listing import DATE, ITEM, LINK, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crawler.sample.outlet import Outlet


_KINDS = {"listing": "listing", "sitemap": "sitemap", "newsmap": "sitemap", "oppo": "api"}
"""The kind of source of each format that is no feed."""


def catalogue_text(outlets: Iterable[Outlet], port: int) -> str:
    """Return one TOML table per outlet."""
    return "\n".join(_table(outlet, port) for outlet in outlets)


def _table(outlet: Outlet, port: int) -> str:
    base, kind = outlet.base(port), _KINDS.get(outlet.format, "feed")
    facts = {
        "title": outlet.title,
        "home": f"{base}/",
        "kind": kind,
        "url": base + outlet.feed,
        "role": outlet.role,
        "brands": outlet.brands,
        "language": outlet.language,
        "country": outlet.country,
        "owner": outlet.id,
        "timezone": outlet.timezone,
        "interval": outlet.interval,
        "rank": outlet.rank,
        "follow": outlet.follow,
    }
    return f"[{outlet.id}]\n{_lines(facts)}{_how(outlet, kind)}"


def _how(outlet: Outlet, kind: str) -> str:
    """What sources of this kind bring besides."""
    if kind == "listing":
        return f"[{outlet.id}.listing]\n" + _lines({"item": ITEM, "link": LINK, "title": TITLE, "date": DATE})
    if kind == "sitemap":
        return f"[{outlet.id}.sitemap]\n" + _lines({"path": outlet.article.partition("{")[0]})
    return _lines({"api": outlet.format}) if kind == "api" else ""


def _lines(facts: Mapping[str, object]) -> str:
    """Strings, numbers, booleans and lists of strings are written alike in JSON and TOML."""
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())
