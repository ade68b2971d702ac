"""Every name in one text: makers, models, partners, and things that are no phones.

Says what stands where; what the article is about is decided in devices.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.domain.modelnames import Model, complete, read_model, read_number
from crawler.domain.text import atoms
from crawler.domain.vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from crawler.domain.text import Atoms

_AFTER_PRO = frozenset({"Max", "XL"})  # "17 Pro / Max" is 17 Pro Max
_MOST_FILLERS = 3
_SWALLOWABLE = frozenset(
    {"pro", "max", "plus", "ultra", "mini", "lite", "fe", "se", "gt", "air", "+", "neo", "classic"}
)
_SWALLOWED = 5
_CLEAR_DIGITS = 2
_SERIES = (  # after a number it says that this is a phone's name, and the next after a short form too
    *("serie", "serisi", "série", "lineup", "reihe", "-serie", "-reihe", "-modell"),
    *("系列", "标准版", "標準版", "首销", "首銷", "シリーズ", "시리즈", "सीरीज"),
)
_SERIES_OR_PHONE = (*_SERIES, "phone", "smartphone", "-smartphone", "手机", "手機", "スマホ")


@dataclass(frozen=True, slots=True)
class Mention:
    """One name found: what it is and where it stands in the folded text.

    Args:
        kind: `maker`, `family`, `model`, `partner`, `other`, `software` or `chip`.
        maker: The maker's id, or for `other` the kind of thing.
        name: The model's name, "" for the rest.
        start: Offset in the folded text, and `end` likewise.
    """

    kind: str
    maker: str
    name: str
    start: int
    end: int
    first: int = 0
    last: int = 0


@lru_cache(maxsize=1 << 14)
def _may_begin(word: str) -> bool:
    """Whether a name may begin with `word`; most words begin none."""
    return word in vocabulary().lines or vocabulary().things.begins(word) or word.isdecimal()


class _Scan:
    """One pass over one text; `known` are the makers named so far, here or in the title before."""

    def __init__(self, text: Atoms, known: frozenset[str]) -> None:
        self.text, self.known = text, dict.fromkeys(sorted(known))
        self.vocabulary: Vocabulary = vocabulary()
        self.found: list[Mention] = []
        self.previous: Model | None = None

    def run(self) -> tuple[Mention, ...]:
        done = 0
        for i, word in enumerate(self.text.words):
            if i < done:
                continue
            if _may_begin(word):
                done = self._at(i)
            elif self.previous is not None and (model := self._continued(self.previous, i)):
                done = self._add_model(model)
        return tuple(self.found)

    def _at(self, i: int) -> int:
        model = self._model_at(i)
        hits = self.vocabulary.things.at(self.text, i)
        if model and (not hits or model.end > hits[0].end):
            return self._add_model(model)
        if hits:
            return self._add_things(i, hits[0].end, [hit.label for hit in hits])
        if model := (self.previous and self._continued(self.previous, i)) or self._bare_at(i):
            return self._add_model(model)
        return i + 1

    def _model_at(self, i: int) -> Model | None:
        for line in self.vocabulary.lines.get(self.text.words[i], ()):
            if line.implies or (line.maker in self.known and not self._inside_a_code(i)):
                model = read_model(self.text, i, line, self.vocabulary)
                if model and (line.implies or self._is_clear(model, i)):
                    return model
        return None

    def _bare_at(self, i: int) -> Model | None:
        """Read `12S` or `13 Pro` of a maker named before (`Xiaomi unveils 12S`); a number alone is none there."""
        if not self.text.words[i].isdecimal() or len(self.text.words[i]) < _CLEAR_DIGITS or self._inside_a_code(i):
            return None
        for maker in self.known:
            for line in self.vocabulary.bare.get(maker, ()):
                model = read_model(self.text, i, line, self.vocabulary)
                number = model.base.number if model else None
                if model and number and (number.letters or model.suffixes or self._follows(_SERIES, model.end)):
                    return model
        return None

    def _inside_a_code(self, i: int) -> bool:
        """Whether the place is in the middle of something longer, such as the E10 of ZV-E10."""
        before = self.text.word(i - 1)
        return self.text.glued(i) and before.isascii() and (before.isalnum() or before in {"-", "."})

    def _is_clear(self, model: Model, i: int) -> bool:
        """Whether a short form is a phone: M13 alone may be a panel, `Samsung M13` and `M13 Pro` are phones."""
        maker, words = model.base.line.maker, model.base.line.words
        if self._right_after_maker(i, maker):
            return True
        if model.base.number is None or not model.base.number.digits:
            return len(words) > 1
        known_line = self.previous is not None and self.previous.base.line.words[-1:] == words[-1:]
        telling = len("".join(words)) > 1 or bool(model.suffixes) or known_line
        return telling or self._follows(_SERIES_OR_PHONE, model.end)

    def _follows(self, some: tuple[str, ...], i: int) -> bool:
        return i < len(self.text) and self.text.text.startswith(some, self.text.starts[i])

    def _right_after_maker(self, i: int, maker: str) -> bool:
        last = self.found[-1] if self.found else None
        if last is None or last.kind != "maker" or last.maker != maker or i - last.last > _MOST_FILLERS:
            return False
        return all(word in self.vocabulary.fillers for word in self.text.words[last.last : i])

    def _add_model(self, model: Model) -> int:
        self._add("model", model.base.line.maker, model.name, model.start, model.end)
        self.known[model.base.line.maker] = None
        self.previous = model
        return model.end

    def _add(self, kind: str, maker: str, name: str, first: int, last: int) -> None:
        self.found.append(Mention(kind, maker, name, self.text.starts[first], self.text.ends[last - 1], first, last))

    def _add_things(self, i: int, end: int, labels: list[str]) -> int:
        for label in labels:
            kind, _, what = label.partition(":")
            if kind == "maker":
                return self._add_maker(what, i, end)
            self._add(kind, what, "", i, end)
            if kind == "family":
                self.known[what] = None
                return end
        return end if all(label.startswith("partner") for label in labels) else self._swallow(end)

    def _add_maker(self, maker: str, i: int, end: int) -> int:
        self._add("maker", maker, "", i, end)
        self.known[maker] = None
        at = end
        for _ in range(_MOST_FILLERS + 1):
            for line in self.vocabulary.bare.get(maker, ()):
                if model := read_model(self.text, at, line, self.vocabulary):
                    return self._add_model(model)
            if self.text.word(at) not in self.vocabulary.fillers:
                break
            at += 1
        return end

    def _swallow(self, i: int) -> int:
        """Pass over the number and letters of a thing that is no phone (Watch GT 6 Pro)."""
        for _ in range(_SWALLOWED):
            word = self.text.word(i)
            short = len(word) == 1 and word.isascii() and word.isalpha() and self.text.word(i + 1).isdecimal()
            glued = self.text.glued(i) and word.isascii() and word.isalpha() and self.text.word(i - 1).isdecimal()
            if not (word.isdecimal() or short or glued or word in _SWALLOWABLE):
                break
            i += 1
        return i

    def _continued(self, before: Model, i: int) -> Model | None:
        """Read what a list leaves out: `8 and 8 Pro`, `15 Pro and Pro Max`, `Reno12 / Pro`."""
        if before.base.number is None or self.text.word(i) in self.vocabulary.joints:
            return None
        joined = self._joined(before.end, i)
        opened = "(" in before.base.line.display and self.text.word(i) == "("
        number = read_number(self.text, i + opened, before.base.line.maker, self.vocabulary)
        if number is None:
            return self._same_number(before, i) if joined else None
        end = number.end + (opened and self.text.word(number.end) == ")")
        model = complete(self.text, (i, end), before.base._replace(number=number), self.vocabulary)
        again = number.digits == before.base.number.digits
        more = bool(model.suffixes or number.letters)
        return model if (again and more) or (joined and (again or more)) else None

    def _same_number(self, before: Model, i: int) -> Model | None:
        model = complete(self.text, (i, i), before.base, self.vocabulary)
        if not model.suffixes or model.suffixes[0][0].isdecimal():
            return None
        if model.suffixes[0] in _AFTER_PRO and before.suffixes[-1:] == ("Pro",):
            name = f"{before.name} {' '.join(model.suffixes)}"
            return model._replace(name=name, suffixes=before.suffixes + model.suffixes)
        return model

    def _joined(self, end: int, i: int) -> bool:
        between = self.text.words[end:i]
        return 0 < len(between) <= 3 and all(word in self.vocabulary.joints for word in between)  # noqa: PLR2004


def may_name_a_maker(text: str) -> bool:
    """Whether a text may name a maker; where it says no, `scan` finds none, unless one was named before.

    Args:
        text: Title or running text.
    """
    return next(vocabulary().openings.find(atoms(text)), None) is not None


def scan(text: str, known: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
    """Return every name in `text`, in order.

    Args:
        text: Title or running text.
        known: Makers that are named already, so that their short forms (S26) count.
    """
    return _Scan(atoms(text), known).run()
