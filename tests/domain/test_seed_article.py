"""The teaser that the project began with, told in our words, from entry to decision as the pipeline takes it."""

from datetime import UTC, datetime

import pytest

from crawler.domain.articles import from_entry
from crawler.domain.deciding import decided
from crawler.domain.models import ComingDate, Decision, Entry, Role, SourceFacts, Stage

NOW = datetime(2022, 5, 23, 12, tzinfo=UTC)
NEWS = SourceFacts("letters", "Letters", Role.NEWS, "letters")
TITLE = "It is official: Xiaomi and Leica build a phone together, and it is shown in July"
LEDE = (
    "The Chinese maker Xiaomi and the German camera house Leica have announced a long-term partnership. "
    "The first smartphone that came of it, probably the Xiaomi 12 Ultra, will be unveiled in July 2022."
)
REST = "Until last year Leica lent its name to the cameras of Huawei, whose P50 was the last of that line."
DIRT = (
    "YouTube player",
    "xiaomi leica official collaboration 12 ultra 4",
    "⭐️ Discover the new Weekly Flyer with the best deals and coupons",
    "Follow us on Telegram",
)


def decide(*paragraphs: str) -> Decision:
    entry = Entry("https://letters.example/xiaomi-leica", TITLE, LEDE, "\n\n".join(paragraphs), NOW)
    return decided(from_entry(entry, NEWS.id, "en", NOW), NEWS).decision


def told(decision: Decision) -> tuple[object, ...]:
    names = ("relevant", "score", "stage", "brands", "models", "guessed", "dates", "why")
    return tuple(getattr(decision, name) for name in names)


def test_it_is_a_teaser_of_xiaomi_with_a_guessed_model_and_a_month() -> None:
    found = decide(LEDE, REST)
    assert (found.relevant, found.stage, found.brands) == (True, Stage.TEASER, ("xiaomi",))
    assert (found.models, found.guessed) == ((), ("12 Ultra",))
    assert found.dates == (ComingDate("launch", "2022-07", official=False),)


@pytest.mark.parametrize("dirt", DIRT)
def test_a_label_or_promotion_between_its_paragraphs_changes_nothing(dirt: str) -> None:
    assert told(decide(LEDE, dirt, REST)) == told(decide(LEDE, REST))


def test_all_of_them_and_one_glued_to_the_last_sentence_change_nothing() -> None:
    assert told(decide(DIRT[0], LEDE, *DIRT[1:], f"{REST} {DIRT[2]}")) == told(decide(LEDE, REST))
