import json
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.domain.models import Decision, Role, Stage
from crawler.domain.triage import THRESHOLD, decide

MAY = datetime(2022, 5, 23, 9, tzinfo=UTC)


@cache
def lines() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "lines.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def decided(line: dict[str, Any]) -> Decision:
    return decide(line["title"], language=line["lang"], published=datetime.fromisoformat(line["published"]))


SEED_TITLE = "Xiaomi and Leica make it official: their first smartphone comes this summer"
SEED_TEXT = (
    "Xiaomi has confirmed that it will build phone cameras together with Leica. The first smartphone of the two, "
    "probably the Xiaomi 12 Ultra, will be unveiled in July 2022. Leica's earlier partner was Huawei."
)


def test_the_leica_teaser_is_a_teaser_of_xiaomi_alone_with_a_guessed_model_and_a_month() -> None:
    found = decide(SEED_TITLE, SEED_TEXT, published=MAY)
    assert found.relevant
    assert found.stage is Stage.TEASER
    assert found.brands == ("xiaomi",)
    assert (found.models, found.guessed) == ((), ("12 Ultra",))
    assert [(one.kind, one.date) for one in found.dates] == [("launch", "2022-07")]


def test_embed_labels_and_promotion_change_nothing_of_it() -> None:
    dirt = "\nxiaomi leica official collaboration 12 ultra 4\nYouTube player\n⭐ Discover the new flyer and its coupons"
    clean, dirty = (decide(SEED_TITLE, SEED_TEXT, text, published=MAY) for text in (SEED_TEXT, SEED_TEXT + dirt))
    assert dirty.relevant
    for name in ("stage", "brands", "models", "guessed", "dates"):
        assert getattr(dirty, name) == getattr(clean, name)


def test_what_names_no_maker_is_not_relevant() -> None:
    found = decide("Leak: new game to be unveiled in July")
    assert (found.relevant, found.score) == (False, 0.0)


def test_an_irrelevant_article_has_no_stage_and_no_dates() -> None:
    found = decide("Galaxy S23 review: six months later", "It goes on sale in July 2030.", published=MAY)
    assert (found.relevant, found.stage, found.dates) == (False, None, ())


def test_every_decision_says_why() -> None:
    reasons = decide("Samsung unveils the Galaxy S31", published=MAY).why
    assert any("a phone beyond all known" in reason for reason in reasons)
    assert reasons[-1].startswith("announcement: ")


def test_a_newsrooms_own_brand_counts_where_it_is_not_named() -> None:
    found = decide("Introducing the S31 Ultra", role=Role.BRAND, source_brands=("samsung",), published=MAY)
    assert (found.brands, found.models) == (("samsung",), ("Galaxy S31 Ultra",))


def test_labelled_lines_speak_many_languages_and_hold_traps() -> None:
    assert len(lines()) >= 300
    languages = Counter(line["lang"] for line in lines())
    assert len(languages) >= 15
    assert sum(not line["relevant"] for line in lines()) >= 100
    stages = Counter(line["stage"] for line in lines() if line["relevant"])
    assert min(stages[stage] for stage in Stage) >= 30


@pytest.mark.parametrize("language", sorted({line["lang"] for line in lines()}))
def test_labelled_lines_are_decided_as_a_person_would(language: str) -> None:
    ours = [line for line in lines() if line["lang"] == language]
    wrong = [line["title"] for line in ours if decided(line).relevant != bool(line["relevant"])]
    assert len(wrong) <= len(ours) * 0.15, wrong


# Floors that may only rise; the figures stand in QUALITY.md.
RELEVANCE, STAGE, BRANDS, MODELS = 0.97, 0.975, 0.995, 0.99


@cache
def found() -> dict[str, Decision]:
    return {line["id"]: decided(line) for line in lines()}


def f1(pairs: list[tuple[set[str], set[str]]]) -> float:
    """The micro-averaged F1 of (said, true) sets."""
    right = sum(len(said & true) for said, true in pairs)
    return 2 * right / sum(len(said) + len(true) for said, true in pairs)


def test_relevance_keeps_its_floor() -> None:
    said = {id_ for id_, decision in found().items() if decision.relevant}
    assert f1([(said, {line["id"] for line in lines() if line["relevant"]})]) >= RELEVANCE


def test_stages_keep_their_floor() -> None:
    relevant = [line for line in lines() if line["relevant"] and found()[line["id"]].relevant]
    assert sum(found()[line["id"]].stage == line["stage"] for line in relevant) >= STAGE * len(relevant)


def test_names_keep_their_floors() -> None:
    relevant = [(line, found()[line["id"]]) for line in lines() if line["relevant"]]
    assert f1([(set(decision.brands), set(line["brands"])) for line, decision in relevant]) >= BRANDS
    assert f1([({*decision.models, *decision.guessed}, set(line["models"])) for line, decision in relevant]) >= MODELS


@given(st.text(max_size=120), st.text(max_size=200), st.text(max_size=200))
def test_no_text_breaks_the_decision(title: str, summary: str, body: str) -> None:
    found = decide(title, summary, body, published=MAY)
    assert 0 <= found.score <= 1
    assert found.relevant == (found.score >= THRESHOLD)
    assert not set(found.models) & set(found.guessed)


FORMS: list[Callable[[str], str]] = [
    str.upper,
    str.lower,
    str.title,
    lambda text: f"“{text}”",
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFKC", text),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace("-", "\u2011"),
    lambda text: text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}),
]


@pytest.mark.parametrize("form", FORMS)
def test_case_unicode_form_spaces_dashes_and_quotes_change_no_decision(form: Callable[[str], str]) -> None:
    for title in (line["title"] for line in lines()):
        assert decide(form(title), published=MAY) == decide(title, published=MAY)


@example("`", "“{}”")
@given(st.text(max_size=80), st.sampled_from(["“{}”", '"{}"', "«{}»", "「{}」"]))
def test_quotes_around_any_title_change_nothing(title: str, quotes: str) -> None:
    assert decide(quotes.format(f"Samsung {title} S31"), published=MAY) == decide(f"Samsung {title} S31", published=MAY)


def test_a_date_is_official_only_where_the_maker_itself_says_so() -> None:
    title = "Samsung confirms: Galaxy S31 launches on 24 February"
    own = decide(title, role=Role.BRAND, source_brands=("samsung",), published=MAY.replace(month=1))
    others = decide(title, published=MAY.replace(month=1))
    assert [(one.date, one.official) for one in own.dates] == [("2022-02-24", True)]
    assert [(one.date, one.official) for one in others.dates] == [("2022-02-24", False)]


@pytest.mark.parametrize(
    "title",
    [
        "삼성 갤럭시 S27 울트라 2월 24일 공개",
        "Samsung Galaxy S27 Ultra 24 Şubat'ta tanıtılacak",
        "Samsung Galaxy S27 Ultra launches on February 24",
    ],
)
def test_one_fact_in_three_languages_is_one_decision(title: str) -> None:
    found = decide(title, published=datetime(2027, 1, 28, tzinfo=UTC))
    assert (found.relevant, found.brands, found.models) == (True, ("samsung",), ("Galaxy S27 Ultra",))
    assert [(one.kind, one.date) for one in found.dates] == [("launch", "2027-02-24")]


def test_the_sponsor_of_a_tournament_tells_of_no_phone() -> None:
    assert not decide("OPPO becomes a partner of the UEFA Champions League", published=MAY).relevant
