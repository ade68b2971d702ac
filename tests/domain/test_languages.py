"""Language tags of documents, in the one form that readers take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.domain.languages import primary, tag


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en-us", "en-US"),
        ("pt_BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        (" de ", "de"),
        ("fil-PH", "fil-PH"),
        ("cn", "zh"),
        ("jp", "ja"),
        ("kr", "ko"),
        ("cz-CZ", "cs-CZ"),
        ("cmn-Hans", "zh-Hans"),
    ],
)
def test_a_tag_names_its_language_as_rfc_5646_writes_it(stated: str, expected: str) -> None:
    assert tag(stated) == expected


@pytest.mark.parametrize("stated", ["", "x", "xx", "english", "en us", "zzz", "en-", "-en", "de,en", "e\u0301n", "und"])
def test_what_names_no_language_is_none(stated: str) -> None:
    assert tag(stated) == ""


@given(st.text(max_size=20) | st.from_regex(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,9}){0,5}", fullmatch=True))
def test_a_tag_stays_as_it_is(stated: str) -> None:
    once = tag(stated)
    assert tag(once) == once
    assert primary(once) == primary(once.upper())
