"""A newsroom's JSON API in the form of OPPO's: asked by POST, a page of rows at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.sample.outlet import Outlet, SampleEntry


def page_of_rows(outlet: Outlet, payload: bytes) -> str | None:
    """Return the rows that a payload asks for, newest first, or None where it asks for nothing known.

    Args:
        outlet: The newsroom.
        payload: JSON with `customCategoryType`, `pageSize` and `pageIndex`, which counts from 1.
    """
    try:
        wanted = json.loads(payload)
        category, size, index = (wanted[key] for key in ("customCategoryType", "pageSize", "pageIndex"))
    except (ValueError, KeyError, TypeError):
        return None
    if category != "newsroom_press" or not (isinstance(size, int) and isinstance(index, int) and min(size, index) > 0):
        return None
    entries = outlet.newest_first()
    rows = [_row(outlet, entry) for entry in entries[(index - 1) * size : index * size]]
    return json.dumps({"code": 200, "data": {"total": len(entries), "rows": rows}}, ensure_ascii=False)


def _row(outlet: Outlet, entry: SampleEntry) -> dict[str, Any]:
    return {
        "pageUrl": outlet.path(entry),
        "title": entry.title,
        "description": entry.summary,
        "publishTime": int(entry.published.timestamp()),
    }
