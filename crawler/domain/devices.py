"""Which makers, models and partners an article is about.

Models come back as their maker writes them, without its name; what the article only supposes comes back apart.
Does not decide whether the article is news.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.domain.guesses import told_apart
from crawler.domain.mentions import Mention, scan
from crawler.domain.subjects import subjects

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_OF_MAKERS = frozenset({"maker", "family", "model"})
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Devices:
    """What an article names.

    Args:
        brands: Makers that it is about, in order of mention.
        models: Models that it states.
        guessed: Models that it only supposes; never also in `models`.
        partners: Partners such as leica.
        title: Every mention in the title.
        text: Every mention in the text.
    """

    brands: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    title: tuple[Mention, ...] = field(default=(), repr=False)
    text: tuple[Mention, ...] = field(default=(), repr=False)


def find(title: str, text: str = "", *, near: tuple[str, ...] = (), day: date | None = None) -> Devices:
    """Return what an article is about.

    Args:
        title: Its headline, which decides; makers of the text count only where it names none.
        text: Summary and body.
        near: Makers that the source speaks for, so that its short forms (S26) count.
        day: Of publication; tells a new phone from an old one beside it.
    """
    heads = scan(title, frozenset(near))
    known = frozenset(mention.maker for mention in heads if mention.kind in _OF_MAKERS) | frozenset(near)
    below = scan(text, known) if text else ()
    brands = subjects(title, heads) or subjects(text, below)[:1] or near[:1]
    if brands and _DIGIT.search(title) and not any(mention.kind == "model" for mention in heads):
        heads = scan(title, known.union(brands))  # a short form may stand before its maker
    stated, guessed = told_apart((title, heads), (text, below), brands, day)
    partners = unique(mention.maker for mention in (*heads, *below) if mention.kind == "partner")
    return Devices(brands, stated, guessed, partners, heads, below)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return `names` in order, each once."""
    return tuple(dict.fromkeys(names))
