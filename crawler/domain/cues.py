"""The cue words of all languages, read once from data/cues.toml.

Finds them; what they mean for relevance and stage is decided in triage and stages.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.domain.phrases import Phrases
from crawler.domain.vocabulary import table

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache(maxsize=1)
def cues() -> Phrases:
    """All cue words, labelled `stage:rumor`, `not:review`, `phone`, `fresh`, `guess`, `guess_after`."""
    return Phrases(_entries())


def _entries() -> Iterable[tuple[str, str]]:
    for group, content in table("cues.toml").items():
        nested = content if group in {"stage", "not"} else {"": content}
        for name, languages in nested.items():
            label = f"{group}:{name}" if name else group
            for phrase in dict.fromkeys(phrase for some in languages.values() for phrase in some):
                yield phrase, label
