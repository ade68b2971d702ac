"""Finding many phrases in one text at once.

A phrase is one or more words; `launch*` stands for every word that begins so. Does not know what phrases mean.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.text import Atoms, atoms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHORTEST_STEM = 2


class Hit(NamedTuple):
    """A phrase found: its label, and the atoms from `start` to before `end`."""

    label: str
    start: int
    end: int


class Phrases:
    """Phrases with a label each; one phrase may stand under several labels.

    Args:
        entries: Pairs of phrase and label.
    """

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._first: dict[str, dict[tuple[tuple[str, ...], bool], set[str]]] = {}
        self._stems: dict[str, list[str]] = {}
        # A language has few words that are frequent.
        self._stemmed = lru_cache(maxsize=8192)(self._stem_of)
        self.begins = lru_cache(maxsize=1 << 14)(self._begins)
        for phrase, label in entries:
            self._add(phrase, label)
        self._options = {word: self._sorted(options) for word, options in self._first.items()}

    def _add(self, phrase: str, label: str) -> None:
        stem = phrase.endswith("*")
        words = atoms(phrase.removesuffix("*")).words
        if stem and len(words) == 1:
            self._stems.setdefault(words[0], []).append(label)
        elif words:
            self._first.setdefault(words[0], {}).setdefault((words[1:], stem), set()).add(label)

    @staticmethod
    def _sorted(options: dict[tuple[tuple[str, ...], bool], set[str]]) -> list[tuple[tuple[str, ...], bool, list[str]]]:
        """What may follow a first word, the longest first: the words, whether the last is a stem, the labels."""
        longest_first = sorted(options.items(), key=lambda option: (-len(option[0][0]), option[0]))
        return [(rest, stem, sorted(labels)) for (rest, stem), labels in longest_first]

    def _begins(self, word: str) -> bool:
        """Whether a phrase may begin with `word`; most words begin none."""
        return word in self._first or bool(self._stemmed(word))

    def at(self, text: Atoms, i: int) -> list[Hit]:
        """Return the longest phrase that begins at atom `i`, once for each of its labels."""
        word, following = text.words[i], text.word(i + 1)
        for rest, stem, labels in self._options.get(word, ()):
            if not rest:
                return [Hit(label, i, i + 1) for label in dict.fromkeys(labels + self._stemmed(word))]
            may = rest[0] == following or (stem and len(rest) == 1)
            if may and self._continues(text, i + 1, rest, stem=stem):
                return [Hit(label, i, i + 1 + len(rest)) for label in labels]
        return [Hit(label, i, i + 1) for label in self._stemmed(word)]

    def _stem_of(self, word: str) -> list[str]:
        """Return the labels of the longest stem with which `word` begins."""
        for length in range(len(word), _SHORTEST_STEM - 1, -1):
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
        for i in [i for i, word in enumerate(text.words) if self.begins(word)]:
            if i >= done and (hits := self.at(text, i)):
                yield from hits
                done = hits[0].end
