"""JSON in words of our own: feeds, answers of APIs, and the data that pages carry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.reading.recording.wording import Wording

MOST = 3
_TITLES = {"title", "headline"}
_NAMES = {"author", "authors", "creator", "publisher"}
_AS_IT_IS = {"@context", "@type", "version", "language", "inLanguage"}


def document(text: str, wording: Wording, fragment: Callable[[str], str], is_kept: Callable[[Any], bool]) -> str:
    """A document with the first rows of each list that are kept, or the first ones where none is.

    Args:
        text: JSON.
        wording: Our words.
        fragment: Rewords HTML.
        is_kept: Whether a row is one of the entries to keep.
    """
    value = _cut(json.loads(text.lstrip("\ufeff")), is_kept)
    return json.dumps(reworded(value, wording, fragment=fragment), ensure_ascii=False, indent=1) + "\n"


def reworded(
    value: Any,  # noqa: ANN401 (JSON is anything)
    wording: Wording,
    key: str = "",
    number: int = 1,
    fragment: Callable[[str], str] | None = None,
) -> Any:  # noqa: ANN401
    """The same value with our words; `number` is that of the entry it belongs to, `key` the member it stands in."""
    if isinstance(value, dict):
        return {name: reworded(one, wording, _key(key, name), number, fragment) for name, one in value.items()}
    if isinstance(value, list):
        counted = enumerate(value, 1) if any(isinstance(one, dict) for one in value) else ((number, v) for v in value)
        return [reworded(one, wording, key, place, fragment) for place, one in counted]
    return _said(value, wording, key, number, fragment) if isinstance(value, str) else value


def _key(outer: str, name: str) -> str:
    return outer if outer in _NAMES and name == "name" else name


def _said(text: str, wording: Wording, key: str, number: int, fragment: Callable[[str], str] | None) -> str:
    if key in _AS_IT_IS:
        return text
    if key in _TITLES:
        return wording.title(number)
    if key in _NAMES:
        return wording.name()
    return fragment(text) if fragment and "<" in text else wording.value(text)


def _cut(value: Any, is_kept: Callable[[Any], bool]) -> Any:  # noqa: ANN401 (JSON is anything)
    if isinstance(value, dict):
        return {name: _cut(one, is_kept) for name, one in value.items()}
    if not isinstance(value, list) or len(value) <= MOST:
        return [_cut(one, is_kept) for one in value] if isinstance(value, list) else value
    kept = [one for one in value if is_kept(one)] or value
    return [_cut(one, is_kept) for one in kept[:MOST]]
