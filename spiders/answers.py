"""What a visit keeps of an answer, and how it tells of a request that had none."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.domain.patience import REFUSALS, fresh_for, http_date, retry_after
from crawler.errors import NotAsked

if TYPE_CHECKING:
    from datetime import timedelta

    from scrapy.http import Response
    from twisted.python.failure import Failure

NOT_MODIFIED = 304
SERVER_ERROR = 500
PERMANENT = frozenset({301, 308})
GONE = frozenset({404, 410})
GONE_FOR_GOOD = 410
BLOCKED = frozenset({401, 403, 451})


def header(response: Response, name: str) -> str | None:
    """A header as sent, byte for byte a character."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def body_hash(response: Response) -> str:
    """SHA-256 of the body, hexadecimal."""
    return hashlib.sha256(response.body).hexdigest()


def validators(response: Response) -> dict[str, Any]:
    """What lets the same document be asked for conditionally; nothing of a POST, which cannot be, nor of a 304."""
    if response.request is None or response.request.method != "GET" or response.status == NOT_MODIFIED:
        return {}
    return {"etag": header(response, "ETag"), "last_modified": header(response, "Last-Modified"), "url": response.url}


def moved_to(response: Response) -> dict[str, Any]:
    """Where the document is for good now, where every redirect on the way was a permanent one."""
    reasons = response.meta.get("redirect_reasons", []) if response.request else []
    return {"moved_to": response.url} if reasons and PERMANENT.issuperset(reasons) else {}


def patience(response: Response) -> dict[str, Any]:
    """How long the server wants not to be asked for this document again."""
    now = datetime.now(UTC)
    wait = asked_wait(response, now)
    return {"fresh_for": freshness(response, now), "not_before": None if wait is None else now + wait}


def freshness(response: Response, now: datetime) -> timedelta | None:
    """What the caching headers say, None where they say nothing."""
    values = header(response, "Cache-Control"), header(response, "Expires"), header(response, "Age")
    return fresh_for(*values, now=_sent_at(response, now))


def asked_wait(response: Response, now: datetime) -> timedelta | None:
    """What Retry-After says, None where it says nothing."""
    return retry_after(header(response, "Retry-After"), _sent_at(response, now))


def _sent_at(response: Response, now: datetime) -> datetime:
    # Dates are by the server's clock, and so must be what they are counted from.
    return http_date(header(response, "Date")) or now


def not_asked(failure: Failure) -> NotAsked | None:
    """Why a request was not made, None where it was."""
    return failure.value if isinstance(failure.value, NotAsked) else None


def not_before(failure: Failure) -> datetime | None:
    """When the server may be asked again."""
    if isinstance(failure.value, HttpError):
        moment: datetime | None = failure.value.response.meta.get("not_before")
        return moment
    error = not_asked(failure)
    return error.until if error else None


def _status(response: Response) -> str:
    to = header(response, "Location")
    if response.status in PERMANENT and to:
        return f"moved: it has been at {response.urljoin(to)} for long; set url to that"
    if response.status in GONE:
        return f"gone: the server answered {response.status}"
    if response.status in BLOCKED:
        return f"blocked: the server answered {response.status}"
    return f"http: the server answered {response.status}"


def is_final(failure: Failure) -> bool:
    """Whether asking again would bring the same: the server knows the page and refuses it, or we did not ask."""
    error = failure.value
    if isinstance(error, HttpError):
        return error.response.status < SERVER_ERROR and error.response.status not in REFUSALS
    return isinstance(error, IgnoreRequest)


def reason(failure: Failure) -> str:
    """One word, and what happened."""
    error, said = failure.value, str(failure.value)
    if isinstance(error, HttpError):
        return _status(error.response)
    if isinstance(error, NotAsked):
        return said
    if "MAXSIZE" in said:
        return f"too large: {said}"
    if isinstance(error, asyncio.TimeoutError | TimeoutError) or "Timeout" in type(error).__name__:
        return "timeout: no answer in time"
    if "ResolveHost" in type(error).__name__ or "DNS" in said:
        return "unreachable: the host name is not known here"
    return f"unreachable: {type(error).__name__}: {said}".rstrip(": ")
