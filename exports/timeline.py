"""Writes the story so far into cards: which earlier and later stories tell of the same phones.

Which those are is decided in the domain; only published stories are named, so that no link is dead. An item names the
earlier ones alone, so that a new story changes no older one's item.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from exports.card import Near, repacked
from exports.clean import line
from exports.extension import TITLE_LIMIT, urn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crawler.domain.sofar import Moment, SoFar
    from exports.card import Card


def linked(cards: Sequence[Card], told: Mapping[int, SoFar]) -> Iterator[Card]:
    """Give the cards with what came before and after; the earlier stories stand in the item too.

    Args:
        cards: All that are published.
        told: By story id, as `so_far` says it of the same stories.
    """
    by_number = {card.number: card for card in cards}
    known: dict[int, Near] = {}

    def near(moments: Iterable[Moment]) -> tuple[Near, ...]:
        for each in moments:
            if each.story not in known:
                known[each.story] = _near(each, by_number[each.story])
        return tuple(known[each.story] for each in moments)

    for card in cards:
        sides = told.get(card.number)
        yield _with(card, near(sides.earlier), near(sides.later)) if sides else card


def _near(moment: Moment, card: Card) -> Near:
    return Near(card.published, card.number, card.stage, line(moment.title, TITLE_LIMIT), card.language)


def _with(card: Card, earlier: tuple[Near, ...], later: tuple[Near, ...]) -> Card:
    told = replace(card, earlier=earlier, later=later)
    if not earlier:
        return told
    item = card.item()
    rows = [{"stage": each.stage, "at": each.at, "story": urn(each.number)} for each in earlier]
    item["_launchwire"]["timeline"] = rows
    return repacked(told, item)
