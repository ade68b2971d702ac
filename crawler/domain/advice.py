"""What a person can do about the health of a source."""

from __future__ import annotations

from crawler.domain.health import Condition

_ADVICE = {
    Condition.BLOCKED: "the site refuses us: set `contact` so that it can see who asks, ask it for a feed, or pause it",
    Condition.ROBOTS: "the site does not want to be asked, and is not: find another address of it, or pause it",
    Condition.GONE: "find its new address on its front page and set `url`, or pause it or take it out",
    Condition.MOVED: "set `url` to the new address; the old one is followed for 30 days alone",
    Condition.EMPTY: "compare the document with `kind` and with the selectors or path that the catalogue has for it",
    Condition.UNPARSABLE: "look at the address: what is there is not what `kind` says, or needs JavaScript",
    Condition.SILENT: "see on its front page whether its news moved elsewhere, or set a longer `silence`",
    Condition.FAILING: "check again later; a source that goes on failing is asked less and less",
}


def advice(condition: Condition) -> str | None:
    """One line, None where nothing need be done."""
    return _ADVICE.get(condition)
