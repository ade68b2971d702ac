"""Finding many phrases in one text at once.

A phrase is one or more words; `launch*` stands for every word that begins so. Does not know what phrases mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.text import Atoms, atoms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SHORTEST_STEM = 2
_REMEMBERED = 1 << 15
"""Words whose phrases are remembered: those that a few languages use."""


class Hit(NamedTuple):
    """A phrase found: its label, and the atoms from `start` to before `end`."""

    label: str
    start: int
    end: int


class _Ways(NamedTuple):
    """How phrases go on from a first word.

    Args:
        on: What may follow, the longest first: the words, whether the last is a stem, the labels.
        alone: Labels of the word where nothing does.
    """

    on: list[tuple[tuple[str, ...], bool, list[str]]]
    alone: list[str]


class Phrases:
    """Phrases with a label each; one phrase may stand under several labels.

    Args:
        entries: Pairs of phrase and label.
    """

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._first: dict[str, dict[tuple[tuple[str, ...], bool], set[str]]] = {}
        self._stems: dict[str, list[str]] = {}
        for phrase, label in entries:
            self._add(phrase, label)
        self._longest_stem = max(map(len, self._stems), default=0)
        self._options = {word: self._sorted(options) for word, options in self._first.items()}
        self._ways = _Remembered(self._ways_of)

    def _add(self, phrase: str, label: str) -> None:
        stem = phrase.endswith("*")
        words = atoms(phrase.removesuffix("*")).words
        if stem and len(words) == 1:
            self._stems.setdefault(words[0], []).append(label)
        elif words:
            self._first.setdefault(words[0], {}).setdefault((words[1:], stem), set()).add(label)

    @staticmethod
    def _sorted(options: dict[tuple[tuple[str, ...], bool], set[str]]) -> list[tuple[tuple[str, ...], bool, list[str]]]:
        longest_first = sorted(options.items(), key=lambda option: (-len(option[0][0]), option[0]))
        return [(rest, stem, sorted(labels)) for (rest, stem), labels in longest_first]

    def begins(self, word: str) -> bool:
        """Whether a phrase may begin with `word`; most words begin none."""
        return self._ways[word] is not None

    def _ways_of(self, word: str) -> _Ways | None:
        options, stemmed = self._options.get(word, ()), self._stem_of(word)
        own = [label for rest, _, labels in options if not rest for label in labels]
        ways = _Ways([option for option in options if option[0]], list(dict.fromkeys(own + stemmed)))
        return ways if any(ways) else None

    def at(self, text: Atoms, i: int) -> list[Hit]:
        """Return the longest phrase that begins at atom `i`, once for each of its labels."""
        ways = self._ways[text.words[i]]
        if ways is None:
            return []
        if ways.on:
            following = text.word(i + 1)
            for rest, stem, labels in ways.on:
                may = rest[0] == following or (stem and len(rest) == 1)
                if may and self._continues(text, i + 1, rest, stem=stem):
                    return [Hit(label, i, i + 1 + len(rest)) for label in labels]
        return [Hit(label, i, i + 1) for label in ways.alone]

    def _stem_of(self, word: str) -> list[str]:
        """Return the labels of the longest stem with which `word` begins."""
        for length in range(min(len(word), self._longest_stem), _SHORTEST_STEM - 1, -1):
            if labels := self._stems.get(word[:length]):
                return labels
        return []

    @staticmethod
    def _continues(text: Atoms, i: int, rest: tuple[str, ...], *, stem: bool) -> bool:
        if not stem:
            return text.words[i : i + len(rest)] == rest
        last = i + len(rest) - 1
        return text.words[i:last] == rest[:-1] and text.word(last).startswith(rest[-1])

    def find(self, text: Atoms) -> Iterator[Hit]:
        """Yield every phrase of `text`; one inside a longer one is not found."""
        done = 0
        ways = self._ways
        for i in [i for i, word in enumerate(text.words) if ways[word]]:
            if i >= done and (hits := self.at(text, i)):
                yield from hits
                done = hits[0].end


class _Remembered(dict[str, _Ways | None]):
    """The ways on from each word met; most have none. To look into a dict takes half the time of a cached call."""

    def __init__(self, ways_of: Callable[[str], _Ways | None]) -> None:
        super().__init__()
        self._ways_of = ways_of

    def __missing__(self, word: str) -> _Ways | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        ways = self[word] = self._ways_of(word)
        return ways
