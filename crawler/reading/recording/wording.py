"""Words of our own in place of another's: what a document says is replaced, its dates, numbers and addresses are not.

Of an address the headline in it is replaced too, alike wherever it stands.
"""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta, timezone
from functools import cache
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.reading import dates

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.catalogue import Source

LONGEST = 240
"""Characters of sample text in place of however long a text."""
_LABEL = 12
"""Characters up to which a text is a label, not a sentence."""
_DATE = 80
_HEADLINE = 3
"""Words of a part of a path from which it is a headline; `press-release` is none."""
_LETTER = re.compile(r"[^\W\d_]")
_TOKEN = re.compile(r"[\x21-\x7e]{1,100}")
_ADDRESS = re.compile(r"(?:https?:/)?/[\x21-\x7e]*|(?:\.{1,2}/|\?)[\x21-\x7e]*|[\w-]+(?:/[\w.%-]+)+", re.ASCII)
_NUMBER = re.compile(r"\d{4,}")
_ENDING = re.compile(r"\.\w{2,5}$", re.ASCII)


_ELSEWHERE = timezone(timedelta(hours=9))


class Wording:
    """The sample words for one source.

    Args:
        source: Gives the language, and its title stands in every headline, so that those of two sources differ.
    """

    def __init__(self, source: Source) -> None:
        known = _words()
        self._words = known.get(source.language) or known.get(source.language.split("-")[0]) or known["en"]
        self._source = source.title
        self._kept = {part for url in (source.url, source.home) for part in urlsplit(url).path.split("/")}
        self._kept |= {part for path in (source.sitemap.path if source.sitemap else ()) for part in path.split("/")}
        self._numbers = count(1)
        self._slugs: dict[str, str] = {}

    def title(self, number: int) -> str:
        """The headline of an entry, counted from 1."""
        return str(self._words["title"].format(source=self._source, n=number))

    def name(self) -> str:
        """In place of a person's name."""
        return self._source

    def value(self, original: str) -> str:
        """What stands in place of any text: an address or date like it, the same number, or sample words."""
        words = original.strip()
        if not _LETTER.search(words):
            return original
        if _ADDRESS.fullmatch(words):
            return self.address(words)
        date = _date(words) if len(words) <= _DATE else None
        if date is not None:
            return date
        return original if _TOKEN.fullmatch(words) else self._said(len(words))

    def address(self, url: str) -> str:
        """An address of the same shape without the headline in it."""
        start, path, rest = _cut(url)
        parts = path.split("/")
        last = max((place for place, part in enumerate(parts) if self._is_headline(part)), default=None)
        if last is not None:
            parts[last] = self._slug(parts[last])
        return start + "/".join(parts) + ("" if _headlike(rest) else rest)

    def _is_headline(self, part: str) -> bool:
        return part not in self._kept and _headlike(part)

    def _slug(self, part: str) -> str:
        if part not in self._slugs:
            between = "_" if part.count("_") > part.count("-") else "-"
            ending = _ENDING.search(part)
            words = ["sample", str(len(self._slugs) + 1), *_NUMBER.findall(part)]
            self._slugs[part] = between.join(words) + (ending[0] if ending else "")
        return self._slugs[part]

    def _said(self, length: int) -> str:
        if length <= _LABEL:
            return str(self._words["label"])
        said = ""
        while len(said) < min(length, LONGEST):
            number = next(self._numbers)
            sentences = self._words["sentences"]
            said = f"{said} {sentences[number % len(sentences)].format(n=number)}".strip()
        return said


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("crawler.reading.recording") / "words.toml").read_text(encoding="utf-8"))


def _date(words: str) -> str | None:
    """The part of a short text that is its date, None where it names none."""
    moment = _moment(words)
    if moment is None:
        return None
    tokens = words.split()
    spans = [tokens[at : at + size] for size in range(1, len(tokens) + 1) for at in range(len(tokens) - size + 1)]
    part = next(part for span in spans if _moment(part := " ".join(span)) == moment)
    return part if part.isascii() else _cut_out(part, moment)


def _cut_out(part: str, moment: tuple[datetime, datetime | None]) -> str:
    """The date in a text of a script that writes no spaces."""
    while _moment(part[1:]) == moment:
        part = part[1:]
    while _moment(part[:-1]) == moment:
        part = part[:-1]
    return part


def _moment(words: str) -> tuple[datetime, datetime | None] | None:
    """The date in two zones: a part that lost its own zone is not the same in both."""
    moment = dates.parse(words)
    return None if moment is None else (moment, dates.parse(words, _ELSEWHERE))


def _cut(url: str) -> tuple[str, str, str]:
    """Scheme and host, path, and what follows it."""
    found = re.match(r"(\w+://[^/?#]*)?([^?#]*)(.*)", url, re.DOTALL)
    return (found[1] or "", found[2], found[3]) if found else ("", url, "")


def _headlike(text: str) -> bool:
    words = [word for word in re.split(r"[-_+.=&]|%20", text) if _LETTER.search(word)]
    return len(words) >= _HEADLINE or text.count("%") > _HEADLINE or not text.isascii()
