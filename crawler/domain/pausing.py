"""A person's word that a source is left alone for a while, and that it is not.

A paused source is in no round; whoever names it visits it all the same. Nothing is stored here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.domain.visits import FOR_GOOD

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.domain.visits import SourceState


def paused(state: SourceState, until: datetime = FOR_GOOD) -> SourceState:
    """The source left alone until a moment, or until it is resumed."""
    return replace(state, paused_until=until)


def resumed(state: SourceState) -> SourceState:
    """The source due at once, and its failures forgotten; where it moved to is not."""
    return replace(state, paused_until=None, failures=0, problem=None, next_check=None)
