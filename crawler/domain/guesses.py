"""Models that an article states, apart from those it only supposes.

"Probably the 12 Ultra" is a guess; "leaked: the 12 Ultra" is a statement, however unsure the source of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.domain.cues import cues
from crawler.domain.subjects import in_passing
from crawler.domain.text import Atoms, atoms

if TYPE_CHECKING:
    from crawler.domain.mentions import Mention

_REACH = 4  # words between "probably" and the name
_STOPS = frozenset(",;:!?。，；：！？、")


def is_guess(text: Atoms, mention: Mention, before: int) -> bool:
    """Whether a word of supposition stands right before or after a name.

    Args:
        text: Where the name stands.
        mention: The model.
        before: The atom at which its full name begins, its maker's included.
    """
    for i in range(before - 1, max(-1, before - 1 - _REACH), -1):
        if text.word(i) in _STOPS:
            break
        if any(hit.label == "guess" and hit.end <= before for hit in cues().at(text, i)):
            return True
    return mention.last < len(text) and any(hit.label == "guess_after" for hit in cues().at(text, mention.last))


def told_apart(
    title: str, heads: tuple[Mention, ...], text: str, below: tuple[Mention, ...], brands: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the stated and the guessed models.

    What the title states is stated. Where the title names no model, those of the text count, and one that
    the text supposes anywhere is a guess.
    """
    head, body = _split(atoms(title), heads, brands), _split(atoms(text), below, brands)
    stated = [name for name, guess in head if not guess]
    supposed = [name for name, guess in head if guess and name not in stated]
    supposed += [name for name, guess in body if guess and name not in stated]
    if not head:
        stated = [name for name, _ in body if name not in supposed]
    return tuple(dict.fromkeys(stated)), tuple(dict.fromkeys(supposed))


def _split(text: Atoms, mentions: tuple[Mention, ...], brands: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Return the names of our models, each with whether it is a guess there."""
    ours = [(m, _begin(m, mentions)) for m in mentions if m.kind == "model" and m.maker in brands]
    direct = [(m, before) for m, before in ours if not in_passing(text, m)] or ours
    return [(m.name, is_guess(text, m, before)) for m, before in direct]


def _begin(model: Mention, mentions: tuple[Mention, ...]) -> int:
    makers = [
        m.first for m in mentions if m.kind == "maker" and m.maker == model.maker and 0 <= model.first - m.last <= 1
    ]
    return makers[-1] if makers else model.first
