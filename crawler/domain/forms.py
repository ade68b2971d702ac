"""How people write values in the files they edit: durations, addresses, ids, tags, zones.

Each function returns the value or raises a ValueError whose text says what is allowed. Which file and key the value
stands in is not known here; the catalogue and the settings add that.
"""

from __future__ import annotations

import difflib
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d{1,6})([smhd])", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?", re.ASCII)
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_LONGEST_SHOWN = 60


def duration(value: object) -> timedelta:
    """Read a span of time such as `30s`, `15m`, `2h` or `1d`.

    Args:
        value: A whole number and one unit, or a timedelta that is passed on.

    Raises:
        ValueError: It is something else, or not more than zero.
    """
    if isinstance(value, timedelta):
        span = value
    elif isinstance(value, str) and (match := _DURATION.fullmatch(value)):
        span = timedelta(**{_UNITS[match[2]]: int(match[1])})
    else:
        raise ValueError('must be a whole number and a unit, such as "30s", "15m", "2h" or "1d"')
    if span <= timedelta(0):
        raise ValueError('must be more than zero, such as "30m"')
    return span


def web_address(value: str) -> str:
    """Check an absolute http(s) address; it is returned as written.

    Raises:
        ValueError: Another scheme, no host, a bad port, white space, or a name and password in it.
    """
    if not value.isprintable() or " " in value:
        raise ValueError("must not hold white space or control characters")
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise ValueError('must be an absolute address, such as "https://example.org/feed"')
    if parts.username is not None:
        raise ValueError("must not hold a user name")
    return value


def path_prefix(value: str) -> str:
    """Check what the path of an address begins with; it is returned as written.

    Raises:
        ValueError: No slash at its beginning, or anything that does not stand in a path.
    """
    if not value.startswith("/") or not value.isprintable() or set(value) & set(' ?#*"<>'):
        raise ValueError('must be the beginning of a path, such as "/en/newsroom/"')
    return value


def several(value: object) -> object:
    """Return one string as a list of it, so that a single value needs no brackets."""
    return [value] if isinstance(value, str) else value


def identifier(value: str) -> str:
    """Check the id of a source, an owner or a brand.

    Raises:
        ValueError: Not a small letter followed by small letters, digits and `_`, or over 40 characters.
    """
    if not _IDENTIFIER.fullmatch(value):
        raise ValueError("must be small letters, digits and _, a letter first, at most 40 characters")
    return value


def country_code(value: str) -> str:
    """Check the form of an ISO 3166-1 alpha-2 code.

    Raises:
        ValueError: Not two capital letters.
    """
    if not _COUNTRY.fullmatch(value):
        raise ValueError('must be two capital letters as in ISO 3166, such as "BG"')
    return value


def language_tag(value: str) -> str:
    """Check the everyday part of BCP 47: language, script, region.

    Raises:
        ValueError: Not of the form `en`, `zh-TW` or `zh-Hant-TW`.
    """
    if not _LANGUAGE.fullmatch(value):
        raise ValueError('must be a BCP 47 tag, such as "en", "zh-TW" or "zh-Hant"')
    return value


def zone_name(value: str) -> str:
    """Check the name of a time zone against the IANA database.

    Raises:
        ValueError: There is no such zone.
    """
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        raise ValueError('must be an IANA time zone, such as "Europe/Rome" or "Asia/Kolkata"') from None
    return value


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for a mistyped word, or "" where nothing is near."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean {found[0]!r}?" if found else ""


def shown(value: object) -> str:
    """Return a value as a person wrote it, on one line and not too long."""
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def complaint(errors: Sequence[Mapping[str, Any]], known: Iterable[str]) -> str:
    """Turn pydantic's error records into one `key: value reason`; a mistyped key comes before what it left missing.

    Args:
        errors: `ValidationError.errors()`; a record without a key gives its reason alone.
        known: The keys that may stand there, to suggest from.
    """
    error = min(errors, key=lambda each: each["type"] != "extra_forbidden")
    reason = str(error["msg"]).removeprefix("Value error, ").replace("Input should be", "must be")
    if not error["loc"]:
        return reason
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "missing":
        return f"{key}: is missing"
    if error["type"] == "extra_forbidden":
        return f"{key}: is not a key here{nearest(str(error['loc'][-1]), known)}"
    return f"{key}: {shown(error['input'])} {reason}"
