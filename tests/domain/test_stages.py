import pytest

from crawler.domain.features import evidence
from crawler.domain.models import Role, Stage
from crawler.domain.stages import judge


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Leak: this is the Galaxy S31", Stage.RUMOR),
        ("Gerücht: Galaxy S31 soll im Januar kommen", Stage.RUMOR),
        ("曝三星 Galaxy S31 渲染图", Stage.RUMOR),
        ("Samsung sends invitations: Galaxy S31 coming soon", Stage.TEASER),
        ("三星 Galaxy S31 官宣定档", Stage.TEASER),
        ("Samsung unveils the Galaxy S31", Stage.ANNOUNCEMENT),
        ("Samsung presenta el Galaxy S31", Stage.ANNOUNCEMENT),
        ("Samsung представила Galaxy S31", Stage.ANNOUNCEMENT),
        ("Galaxy S31 pre-orders open", Stage.AVAILABILITY),
        ("Galaxy S31 已开售", Stage.AVAILABILITY),
        ("갤럭시 S31 사전예약 시작", Stage.AVAILABILITY),
    ],
)
def test_the_words_of_the_news_decide_its_stage(title: str, stage: Stage) -> None:
    assert judge(evidence(title, "", None), Role.NEWS).stage is stage


def test_a_makers_own_newsroom_tells_no_rumours() -> None:
    found = evidence("Leaks aside: this is the Galaxy S31, it could be yours", "", None)
    assert judge(found, Role.NEWS).stage is Stage.RUMOR
    assert judge(found, Role.BRAND).stage is not Stage.RUMOR


def test_the_deciding_words_are_named() -> None:
    assert "unveils" in judge(evidence("Samsung unveils the Galaxy S31", "", None), Role.NEWS).words
