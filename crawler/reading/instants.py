"""When a page says that its article was published, where it says it more than once and not always right.

Reading a date out of text is `crawler.reading.dates`' work; whether it can be true is judged in the domain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.reading import dates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

_EXACT = re.compile(r"\d{4}-?\d{2}-?\d{2}[T ]\s?\d{2}:?\s?\d{2}.*(?:Z|[+-]\d{2}:?\d{2})\s*$|.*\d{2}:\d{2}.*[+-]\d{4}$")
_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?\s?(Z|[+-]\d{2}:?\d{2})")
_NOUGHT = ("Z", "+00:00", "+0000", "-00:00")


def first(stated: Iterable[str], shown: Iterable[str], zone: tzinfo) -> datetime | None:
    """Choose among a page's claims.

    Args:
        stated: What its data says (JSON-LD, `<meta>`), the best word first.
        shown: What its readers see (`<time>`, dates in the text).
        zone: The source's own, for claims without one.

    Returns:
        The first stated claim that has clock and zone, else the first that is a date at all. Where a claim in UTC
        repeats, figure by figure, a clock that another gives with an offset, the other is right: software that writes
        "Z" behind local time is common.
    """
    claims = [claim.strip() for claim in stated if claim and claim.strip()]
    behind = [claim.strip() for claim in shown if claim and claim.strip()]
    exact = [claim for claim in claims if _EXACT.match(claim)]
    for claim in (*exact, *claims, *behind):
        if (found := dates.parse(_truer(claim, (*claims, *behind)), zone)) is not None:
            return found
    return None


def _truer(claim: str, others: Iterable[str]) -> str:
    clock = _CLOCK.match(claim)
    if clock is None or clock[4] not in _NOUGHT:
        return claim
    for other in others:
        their = _CLOCK.match(other)
        if their and their.group(1, 2) == clock.group(1, 2) and their[4] not in _NOUGHT:
            return other
    return claim
