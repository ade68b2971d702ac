"""Which of the makers that a text mentions it is about.

A rival, a parent company or the maker of a part is mentioned in passing and is no brand of the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.domain.cues import cues
from crawler.domain.text import Atoms, atoms, is_cjk
from crawler.domain.vocabulary import vocabulary

if TYPE_CHECKING:
    from crawler.domain.mentions import Mention

_ACTS = {"stage:teaser", "stage:announcement", "stage:availability", "phone"}
_LISTED = 2  # atoms from one name of a list to the next
_REACH = 3  # words between "than" and the rival's name


def direct(text: Atoms, mentions: tuple[Mention, ...]) -> list[Mention]:
    """Return the mentions of makers and models that are not in passing; all of them where each one is."""
    named = [mention for mention in mentions if mention.kind in {"maker", "family", "model"}]
    kept: list[Mention] = []
    passing_until, before = -1, range(0)
    for mention in named:
        listed = 0 < mention.first - passing_until <= _LISTED and text.word(passing_until) in vocabulary().joints
        if listed or passing_until == mention.first or _in_passing(text, mention, before):
            passing_until = mention.last
        else:
            kept.append(mention)
        before = range(mention.first, mention.last)
    return kept or named


def _in_passing(text: Atoms, mention: Mention, before: range) -> bool:
    """Whether the words before or after a name, outside the name `before` it, say that it is only compared with."""
    for i in range(max(0, mention.first - _REACH), mention.first):
        if i not in before and any(hit.label == "passing" and hit.end <= mention.first for hit in cues().at(text, i)):
            return True
    return mention.last < len(text) and any(hit.label == "passing_after" for hit in cues().at(text, mention.last))


def subjects(title: str, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """Return the makers that `title` is about, in order of mention.

    Makers with a model named come before all others; a parent gives way to its sub-brand; one whose name is
    an everyday word needs a phone word beside it.
    """
    text = atoms(title)
    meant = direct(text, mentions)
    makers = list(dict.fromkeys(m.maker for m in meant if m.kind == "model")) or _bare(text, meant)
    return tuple(maker for maker in makers if not _gives_way(maker, makers))


def _bare(text: Atoms, mentions: list[Mention]) -> list[str]:
    return list(dict.fromkeys(m.maker for m in mentions if _is_meant(text, m)))


def _is_meant(text: Atoms, mention: Mention) -> bool:
    """Whether an everyday word (Honor, Nothing) is the maker here: a phone and an act of news stand with it."""
    if mention.kind == "family" or not vocabulary().makers[mention.maker].common or is_cjk(text.word(mention.first)):
        return True
    if text.word(mention.last) != "'" and not (mention.last < len(text) and _labels(text, mention.last) & _ACTS):
        return False
    return any(hit.label == "phone" for hit in cues().find(text))


def _labels(text: Atoms, i: int) -> set[str]:
    return {hit.label for hit in cues().at(text, i)}


def _gives_way(maker: str, makers: list[str]) -> bool:
    return any(vocabulary().makers[other].parent == maker for other in makers)
