"""The last look at an item: exact types, lengths, http(s) addresses only, no unknown key.

What is put into it later is ours alone: the story so far, made of ids, stages and times of items that were looked at.

No reader and no validator checks all of this, and some drop a whole feed for one wrong type. An item that fails is left
out and reported, never the feed. Nothing is repaired here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from crawler.domain.models import Role, Stage
from exports.clean import unfit, web
from exports.extension import MODEL_LIMIT, TITLE_LIMIT, VIDEO_LIMIT
from exports.item import ITEM_BYTES
from exports.reports import NAME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Rule = Callable[[object], str]  # gives what is wrong with a value, to be read after its name, or ""


def problem(item: Mapping[str, Any]) -> str:
    """Return the first thing that is wrong with an item, or ""."""
    found = _ITEM(item)
    return found and f"item{found}"


def _text(most: int, form: str = "") -> Rule:
    fits: Callable[[str], object] = re.compile(form, re.ASCII).fullmatch if form else _sound

    def rule(value: object) -> str:
        if not isinstance(value, str):
            return " is not text"
        if len(value) > most:
            return f" has {len(value)} characters, at most {most} are allowed"
        if not fits(value):
            return f" is empty, holds what no text may hold, or is not of its form: {value[:60]!r}"
        return ""

    return rule


def _sound(text: str) -> bool:
    return bool(text.strip()) and not unfit(text)


def _known(rule: Rule) -> Rule:
    """Return a rule that remembers what it said of short texts that come again and again."""
    said = lru_cache(maxsize=4096)(rule)
    return lambda value: said(value) if isinstance(value, str) and len(value) <= NAME_LIMIT else rule(value)


def _one_of(*values: str) -> Rule:
    return _known(_text(NAME_LIMIT, "|".join(map(re.escape, values))))


def _address(value: object) -> str:
    sound = isinstance(value, str) and web(value) == value
    return "" if sound else f" is not an http(s) address: {str(value)[:60]!r}"


def _flag(value: object) -> str:
    return "" if isinstance(value, bool) else " is not true or false"


def _count(value: object) -> str:
    sound = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return "" if sound else " is not a number from 1"


def _list(rule: Rule, most: int) -> Rule:
    def whole(value: object) -> str:
        if not isinstance(value, list) or not 0 < len(value) <= most:
            return f" is not a list of 1 to {most}"
        for place, each in enumerate(value):
            if found := rule(each):
                return f"[{place}]{found}"
        return ""

    return whole


def _object(required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    rules, needed = {**required, **optional}, required.keys()

    def whole(value: object) -> str:
        if not isinstance(value, dict):
            return " is not an object"
        if not needed <= value.keys():
            return f".{next(key for key in required if key not in value)} is missing"
        for key, each in value.items():
            if key not in rules:
                return f".{key} is not a key of ours"
            if found := rules[key](each):
                return f".{key}{found}"
        return ""

    return whole


_TIME = _known(_text(20, r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}Z"))
_URN = _text(60, r"urn:launchwire:story:[1-9][0-9]*")
_NAME = _known(_text(NAME_LIMIT))
_TITLE = _text(TITLE_LIMIT)
_LANGUAGE = _known(_text(40, r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}"))
_STAGE = _one_of(*Stage)
_SOURCE: dict[str, Rule] = {"source": _NAME, "name": _NAME}
_ROLE = _one_of(*Role)
_REPORT = _object({**_SOURCE, "url": _address, "at": _TIME}, {})
_DATE = _text(10, r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_KIND = _one_of("launch", "event", "sale")

_EXTENSION = _object(
    {
        "stage": _STAGE,
        "lead": _object({**_SOURCE, "role": _ROLE, "url": _address}, {}),
        "first_reported": _REPORT,
        "sources": _list(
            _object(
                {**_SOURCE, "role": _ROLE, "url": _address},
                {"published": _TIME, "title": _TITLE, "language": _LANGUAGE, "duplicate_of": _address},
            ),
            1000,
        ),
        "outlets": _count,
    },
    {
        "about": _address,
        "brands": _list(_NAME, MODEL_LIMIT),
        "models": _list(_NAME, MODEL_LIMIT),
        "models_guessed": _list(_NAME, MODEL_LIMIT),
        "dates": _list(_object({"kind": _KIND, "date": _DATE, "official": _flag}, {"source": _NAME}), 100),
        "videos": _list(_address, VIDEO_LIMIT),
        "official": _REPORT,
        "timeline": _list(_object({"stage": _STAGE, "at": _TIME, "story": _URN}, {}), 100),
        "aliases": _list(_URN, 1000),
    },
)

_ITEM = _object(
    {
        "id": _URN,
        "url": _address,
        "external_url": _address,
        "title": _TITLE,
        "content_html": _text(ITEM_BYTES),
        "date_published": _TIME,
        "date_modified": _TIME,
        "authors": _list(_object({"name": _NAME}, {"url": _address}), 10),
        "tags": _list(_NAME, MODEL_LIMIT + 1),
        "_launchwire": _EXTENSION,
    },
    {"summary": _TITLE, "image": _address, "language": _LANGUAGE},
)
