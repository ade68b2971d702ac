"""What speaks for and against an article, as readable features.

Each feature is a short English phrase and present or not. What they weigh stands in data/weights.json.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.coming import coming_dates
from crawler.domain.cues import cues
from crawler.domain.devices import Devices, find
from crawler.domain.mentions import may_name_a_maker
from crawler.domain.novelty import Novelty, novelty
from crawler.domain.text import atoms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.domain.mentions import Mention
    from crawler.domain.models import ComingDate
    from crawler.domain.text import Atoms

_FRESHEST_FIRST = list(Novelty)
_MONEY = re.compile(r"[$€£₹¥]\s?\d|\d\s?(?:€|元|円|원|zł|euro|rs\b)|\brs\.? \d")
_READ_FOR_NAMES, _READ_FOR_CUES = 1600, 600  # characters; what an article is about stands at its beginning
_IMAGING = frozenset({"leica", "zeiss", "hasselblad", "ricoh"})  # a phone is what they make with a maker
_FEW, _NEAR, _HOST_WORDS = 2, 3, 2  # words
_OF_PLACE = frozenset({"host", "guess", "guess_after", "passing", "passing_after"})  # count only beside a name
_LISTS = (",", "、", "/", "and", "und", "et", "e", "y", "i", "和", "と")
_OWNS = frozenset({"'", "の", "的"})


class Cue(NamedTuple):
    """A cue found: its label in cues.toml and its words in the text."""

    label: str
    words: str


def find_cues(text: str) -> tuple[Cue, ...]:
    """Return the cue words of `text`, in order, each once."""
    cut = atoms(text)
    found = (Cue(hit.label, cut.text[cut.starts[hit.start] : cut.ends[hit.end - 1]]) for hit in cues().find(cut))
    return tuple(dict.fromkeys(found))


class Evidence(NamedTuple):
    """All that was found in an article.

    Args:
        devices: What title and text name.
        title: Cues of the title.
        text: Cues of the text.
        features: What follows from them, in a fixed order, each once.
    """

    devices: Devices
    title: tuple[Cue, ...]
    text: tuple[Cue, ...]
    features: tuple[str, ...]


def may_name(title: str, text: str) -> bool:
    """Whether `named` may find a maker at all; told far more quickly.

    Args:
        title: Headline.
        text: Summary and body.
    """
    return may_name_a_maker(title) or may_name_a_maker(text[:_READ_FOR_NAMES])


def named(title: str, text: str, day: date | None, near: tuple[str, ...] = ()) -> Devices:
    """Find what an article names; the arguments are those of `evidence`."""
    return find(title, text[:_READ_FOR_NAMES], near=near, day=day)


def evidence(  # noqa: PLR0913 (the last two are for those who know more than the article says)
    title: str,
    text: str,
    day: date | None,
    near: tuple[str, ...] = (),
    *,
    names: Devices | None = None,
    known_until: date = date.max,
) -> Evidence:
    """Gather the evidence of an article.

    Args:
        title: Headline.
        text: Summary and body; only the beginning counts.
        day: Of publication.
        near: Makers that the source speaks for.
        names: What `named` found, where it was asked before.
        known_until: Phones unveiled later are taken as not known; only training needs it.
    """
    found = names or named(title, text, day, near)
    head, below = find_cues(title), find_cues(text[:_READ_FOR_CUES])
    dates = coming_dates(title, "", day, official=False)
    ages = _newest(found.title, day, known_until), _newest(found.text, day, known_until)
    return Evidence(found, head, below, _features(title, found, (head, below), dates, ages))


def _features(
    title: str,
    found: Devices,
    said: tuple[tuple[Cue, ...], tuple[Cue, ...]],
    dates: tuple[ComingDate, ...],
    ages: tuple[Novelty | None, Novelty | None],
) -> tuple[str, ...]:
    labels, below = ({cue.label for cue in some} for some in said)
    newest = ages[0]
    stages = [label.partition(":")[2] for label in sorted(labels) if label.startswith("stage:")]
    names = [
        *(f"title: {one} and {other}" for i, one in enumerate(stages) for other in stages[i + 1 :]),
        *_of_names(found, labels, *ages),
        *_of_form(atoms(title), found.title),
        *_of_place(atoms(title), found.title),
        *(f"title: {label}" for label in sorted(labels - _OF_PLACE)),
        *(f"text: {label}" for label in sorted(below - _OF_PLACE)),
        *(f"title: a {one.kind} to come" for one in dates),
        *(f"title: begins with {cue.label}" for cue in [cue for cue in said[0] if cue.label.startswith("stage:")][:1]),
        *(f"a phone {newest}, {label}" for label in sorted(labels) if newest and label.startswith("stage:")),
    ]
    return tuple(dict.fromkeys(names))


def _newest(mentions: tuple[Mention, ...], day: date | None, known_until: date) -> Novelty | None:
    ages = [novelty(mention.maker, mention.name, day, known_until) for mention in mentions if mention.kind == "model"]
    return min(ages, key=_FRESHEST_FIRST.index, default=None)


def _of_names(found: Devices, labels: set[str], newest: Novelty | None, below: Novelty | None) -> Iterator[str]:
    kinds = [mention.kind for mention in found.title]
    if newest:
        yield f"title: a phone {newest}"
    elif "family" in kinds or ("maker" in kinds and "phone" in labels):
        yield from _with_cues("a maker and a phone", labels)
        if below:
            yield f"text: a phone {below}"
    else:
        yield from _with_cues("a maker" if "maker" in kinds else "no maker", labels)
        if below:
            yield f"text: another phone {below}"
    for kind, name in (
        ("other", "another thing"),
        ("software", "a system"),
        ("chip", "a chip"),
    ):
        if kind in kinds:
            yield f"title: {name}"
    if {"maker", "partner"} <= set(kinds) and not newest and _IMAGING & {mention.maker for mention in found.title}:
        yield "a maker and an imaging partner"
        yield from (
            f"a maker and an imaging partner, {label}" for label in sorted(labels) if label.startswith("stage:")
        )
    if "other" in kinds and "model" in kinds and kinds.index("other") < kinds.index("model"):
        yield "title: another thing first"
    if len({mention.maker for mention in found.title if mention.kind == "model"}) > 1:
        yield "title: phones of two makers"


def _with_cues(name: str, labels: set[str]) -> Iterator[str]:
    """Yield a feature, and it together with each cue that may change what it means."""
    yield f"title: {name}"
    yield from (f"{name}, {label}" for label in sorted(labels) if label.startswith(("stage:", "fresh", "dated")))


def _of_form(title: Atoms, mentions: tuple[Mention, ...]) -> Iterator[str]:
    models = [mention for mention in mentions if mention.kind == "model"]
    if title.text.rstrip("\"' ").endswith("?"):
        yield "title: a question"
    if title.word(0).isdecimal() and not (models and models[0].first == 0):
        yield "title: a number first"
    if _MONEY.search(title.text):
        yield "title: money"
    if models and len(title) - (models[-1].last - models[0].first) <= _FEW:
        yield "title: hardly more than a name"
    if models and models[0].first <= _NEAR:
        yield "title: a phone first"


def _of_place(title: Atoms, mentions: tuple[Mention, ...]) -> Iterator[str]:
    """Tell what only happens on a phone, or is made for it, from what is about the phone."""
    first = next((mention for mention in mentions if mention.kind in {"model", "family"}), None)
    if first is None:
        return
    makers = (mention.first for mention in mentions if mention.kind == "maker" and mention.last == first.first)
    begin = next(makers, first.first)
    hits = (hit for i in range(max(0, begin - _HOST_WORDS), begin) for hit in cues().at(title, i))
    if any(hit.label == "host" and hit.end == begin for hit in hits):
        yield "title: something on a phone or for it"
    if title.word(first.last) in _OWNS:
        yield "title: something of a phone"
    for thing in (mention for mention in mentions if mention.kind == "other" and mention.first >= first.last):
        if any(sign in title.words[first.last : thing.first] for sign in _LISTS):
            yield "title: other things in a list"
        elif thing.maker == "accessory" and thing.first - first.last <= _NEAR:
            yield "title: an accessory of a phone"
