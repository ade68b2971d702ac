"""What a headline tells of a phone (a launch, a leak, a price, a partnership), by cues of many languages.

The cues are data (`data/aspects.toml`). An aspect helps to tell two events of one phone apart; it is not the stage.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from operator import add
from typing import TYPE_CHECKING

from crawler.domain.terms import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

EVENTS = frozenset(
    ("partnership", "ending", "delay", "leak", "certification", "benchmark", "unveiling", "invitation", "teaser")
) | {"price", "sale", "soldout", "concept", "video", "live", "roundup", "comparison", "repair"}
"""Aspects that say what happened; the others say what part of the phone it is about."""

_SHORTEST, _LONGEST = 3, 11


@cache
def _cues() -> tuple[dict[str, str], dict[str, str], dict[str, list[tuple[str, str]]]]:
    """Whole words, beginnings of words, and by their first two letters phrases found anywhere, all with aspects."""
    text = resources.files("crawler.domain").joinpath("data/aspects.toml").read_text(encoding="utf-8")
    pairs = [(plain(cue), aspect) for aspect, cues in tomllib.loads(text).items() for cue in cues]
    whole = {cue[:-1]: aspect for cue, aspect in pairs if cue.endswith("=")}
    anywhere = {c: a for c, a in pairs if not c.endswith("=") and (not c.isalpha() or ord(c[0]) >= ord("\u3040"))}
    beginnings = {c: a for c, a in pairs if c not in anywhere and not c.endswith("=")}
    by_opening: dict[str, list[tuple[str, str]]] = {}
    for cue, aspect in anywhere.items():
        by_opening.setdefault(cue[:2], []).append((cue, aspect))
    return whole, beginnings, by_opening


def aspects(text: str, words: Iterable[str]) -> frozenset[str]:
    """The aspects that a text tells.

    Args:
        text: The text in its plain form (`terms.plain`).
        words: Its words (`terms.words`).
    """
    whole, beginnings, anywhere = _cues()
    openings = anywhere.keys() & {*text, *map(add, text, text[1:])}  # few of very many cues
    found = {aspect for opening in openings for cue, aspect in anywhere[opening] if cue in text}
    for word in set(words):
        if word in whole:
            found.add(whole[word])
        for length in range(_SHORTEST, min(len(word), _LONGEST) + 1):
            if (cue := word[:length]) in beginnings:
                found.add(beginnings[cue])
    return frozenset(found)
