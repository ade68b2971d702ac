"""JSON from strangers: bytes to values, and members as text whatever their type. What they mean is known elsewhere."""

from __future__ import annotations

import json
from typing import Any

from crawler.errors import ReadingError
from crawler.reading import charset
from crawler.reading.refusal import refuse_pages

MOST_BYTES = 5 * 2**20


def read(body: bytes, content_type: str | None = None) -> Any:  # noqa: ANN401 (JSON is anything)
    """Read a JSON document.

    Args:
        body: The document as fetched, decompressed.
        content_type: The HTTP header, for its charset.

    Raises:
        ReadingError: `empty` or `blocked` for what stands there instead, `unparsable` for what is too long or no JSON.
    """
    if len(body) > MOST_BYTES:
        raise ReadingError("unparsable", f"{len(body)} bytes, more than {MOST_BYTES}")
    words = charset.decode(body, content_type)
    refuse_pages(words)
    try:
        return json.loads(words, strict=False)
    except (ValueError, RecursionError) as error:
        raise ReadingError("unparsable", f"no JSON: {error}"[:300]) from None


def text(holder: Any, key: str) -> str:  # noqa: ANN401 (JSON is anything)
    """A member as text, "" where there is none: real documents have numbers for ids and null or lists for titles."""
    value = holder.get(key) if isinstance(holder, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).encode("utf-8", "replace").decode().strip()  # JSON can spell half a surrogate pair
