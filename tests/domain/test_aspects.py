"""The cues of aspects keep the rules that their file states."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

from crawler.domain.aspects import aspects
from crawler.domain.terms import plain, words

CUES: dict[str, list[str]] = tomllib.loads(
    files("crawler.domain").joinpath("data/aspects.toml").read_text(encoding="utf-8")
)


def test_no_cue_stands_under_two_aspects() -> None:
    counted = Counter(plain(cue) for cues in CUES.values() for cue in set(cues))
    assert [cue for cue, number in counted.items() if number > 1] == []


def test_each_cue_is_found_where_it_stands_alone() -> None:
    texts = {cue: plain(cue.removesuffix("=")) for cues in CUES.values() for cue in cues}
    missed = [
        cue for aspect, cues in CUES.items() for cue in cues if aspect not in aspects(texts[cue], words(texts[cue]))
    ]
    assert missed == []
