"""Models that an article states, apart from those it only supposes.

"Probably the 12 Ultra" is a guess; "leaked: the 12 Ultra" is a statement, however unsure the source of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.domain.cues import cues
from crawler.domain.novelty import Novelty, novelty
from crawler.domain.subjects import direct
from crawler.domain.text import Atoms, atoms

if TYPE_CHECKING:
    from datetime import date

    from crawler.domain.mentions import Mention

_AS_FAR_AS_NUMBER = re.compile(r"\D*\d+\w*\)?(?: [IVX]+\b)?")
_NETWORK = re.compile(r" [3-6]G\b")
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
    title: tuple[str, tuple[Mention, ...]],
    text: tuple[str, tuple[Mention, ...]],
    brands: tuple[str, ...],
    day: date | None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the stated and the guessed models.

    What the title states is stated, and so are its variants in the text. Where the title names no model,
    those of the text count, and one that the text supposes anywhere is a guess.

    Args:
        title: The headline and its mentions.
        text: The same of summary and body.
        brands: The makers that the article is about.
        day: Of publication.
    """
    head, body = _split(*title, brands), _split(*text, brands, day)
    stated = [name for name, guess in head if not guess]
    supposed = [name for name, guess in (*head, *body) if guess and name not in stated]
    bases = {base(name) for name, _ in head}
    stated += [name for name, _ in body if name not in supposed and (not head or base(name) in bases)]
    return _one_spelling(stated), _one_spelling(supposed)


def _one_spelling(names: list[str]) -> tuple[str, ...]:
    """Return `names` each once; one with its network (5G) gives way to the same without."""
    return tuple(
        name for name in dict.fromkeys(names) if (short := _NETWORK.sub("", name)) == name or short not in names
    )


def base(name: str) -> str:
    """Return a model's name as far as its number: `Galaxy S26` of `Galaxy S26 Ultra`."""
    match = _AS_FAR_AS_NUMBER.match(name)
    return match.group() if match else name


def _split(
    text: str, mentions: tuple[Mention, ...], brands: tuple[str, ...], day: date | None = None
) -> list[tuple[str, bool]]:
    """Return the names of our models, each with whether it is a guess there.

    Where the day is given, a phone known to be old beside one that is not is there for comparison.
    """
    cut = atoms(text)
    models = [m for m in direct(cut, tuple(m for m in mentions if m.maker in brands)) if m.kind == "model"]
    fresh = [m for m in models if novelty(m.maker, m.name, day) is not Novelty.OLD]
    return [(m.name, is_guess(cut, m, _begin(m, mentions))) for m in fresh or models]


def _begin(model: Mention, mentions: tuple[Mention, ...]) -> int:
    """Return the atom at which the full name begins, the names of makers before it included."""
    begin = model.first
    for mention in reversed(mentions):
        if mention.kind in {"maker", "family"} and 0 <= begin - mention.last <= 1:
            begin = mention.first
    return begin
