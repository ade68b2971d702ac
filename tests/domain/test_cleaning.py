from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.domain import cleaning, noise

TEASER = "Two makers announced that they will build a phone together."
DIRTY = f"""YouTube player
{TEASER}
makers official collaboration 12 ultra 4
The first one comes in July. makers official collaboration 12 ultra 4 It should be called 12 Ultra.
Nothing is known of its price. ⭐️ Discover the new Weekly Flyer of Gadgets with coupons always different!
"""


def test_a_dirty_body_keeps_its_sentences_and_loses_the_rest() -> None:
    assert cleaning.body(DIRTY) == (
        f"{TEASER}\nThe first one comes in July. It should be called 12 Ultra.\nNothing is known of its price."
    )


@pytest.mark.parametrize(
    "noise",
    [
        "YouTube player",
        "Click here to load the video",
        "Klicken Sie hier, um das Video zu laden",
        "Empfohlener redaktioneller Inhalt",
        "Clicca qui per caricare il video",
        "Haz clic aquí para ver el vídeo",
        "点击播放视频",
        "動画を再生",
        "hero-image_final-2.jpg",
        "Copyright © News, Inc. All Rights Reserved.",
        "© 2026 News",
        "By Ann Writer last updated",
        "2026年06月09日 12時00分更新",
        "maker-phone-15-ultra-render",
        "The post Maker shows phone 2.0 appeared first on Some Blog.",
        "Der Beitrag Maker zeigt Telefon erschien zuerst auf Ein Blog.",
        "L'articolo Il telefono è ufficiale proviene da Un Blog.",
        "La entrada El móvil ya es oficial se publicó primero en Un Blog.",
        "Follow us on Google News and never miss a thing.",
        "Folgt uns auf Google News!",
        "Seguici su Telegram per tutte le novità.",
        "Síguenos en WhatsApp.",
        "Subscribe to our newsletter.",
        "This article contains affiliate links.",
        "Beim Kauf über diese Links erhalten wir eine kleine Provision.",
        "关注我们的公众号。",
        "フォローしてね。",
        "➡️ Join our channel on Telegram for the best deals of the day",
        "👉 Scopri il volantino con tutti gli sconti",
        "Pubblicità",
        "Leggi anche: il telefono di ieri",
        "Suivez-nous sur Google News.",
        "Volg ons op Instagram!",
        "Подписывайтесь на наш канал.",
        "责任编辑：某人",
        "채널을 구독하세요.",
    ],
)
def test_noise_is_dropped_wherever_it_stands(noise: str) -> None:
    assert cleaning.body(noise) == ""
    assert cleaning.body(f"{TEASER}\n{noise}") == TEASER
    assert cleaning.body(f"{TEASER} {noise}") == TEASER


@pytest.mark.parametrize(
    "sentence",
    [
        "The maker follows its rivals and shows the phone on YouTube on 4 July.",
        "People who like the phone can watch the launch on Instagram.",
        "The offer holds until Sunday, and the phone costs 999 euros in the U.S. market.",
        "The app brings a new newsletter tab to the phone.",
        "Der Hersteller folgt damit dem Trend und zeigt das Telefon auf Instagram.",
        "Sein Kanal hat 100 Zuschauer.",
        "The state-of-the-art camera is a 50 MP one.",
        "新机将于7月4日发布。售价为3999元。",
        "新製品は7月に登場する。価格は未定。",
    ],
)
def test_a_sentence_of_the_article_stays_as_it_was_written(sentence: str) -> None:
    assert cleaning.body(sentence) == sentence


def test_text_around_dropped_chinese_sentences_is_joined_without_a_blank() -> None:
    assert cleaning.body("新机七月发布。关注我们的公众号。售价未定。") == "新机七月发布。售价未定。"


def test_a_tail_glued_to_a_sentence_without_a_full_stop_takes_nothing_else_with_it() -> None:
    assert cleaning.body("It comes in July The post Maker shows phone appeared first on Blog.") == "It comes in July"


@pytest.mark.parametrize(
    "more", [" […]", " [...]", " Read more →", " Weiterlesen", " Continua a leggere »", "続きを読む"]
)
def test_a_summary_loses_its_read_more(more: str) -> None:
    assert cleaning.summary(TEASER + more) == TEASER


def test_a_summary_is_one_line_of_bounded_length() -> None:
    summary = cleaning.summary("one two\nthree " * 500)
    assert "\n" not in summary
    assert len(summary) <= cleaning.LONGEST_SUMMARY + 1
    assert summary.endswith("…")


def test_a_plea_is_sought_by_words_that_it_holds() -> None:
    for words, plea in noise.PLEAS:
        assert words == words.lower()
        assert re.search(re.escape(words.split()[0][:4]), plea), words


def test_what_repeats_across_the_articles_of_one_source_is_boilerplate() -> None:
    about = "About Maker: Maker makes phones for everyone."
    bodies = [f"News number {word}. It is new. {about}" for word in ("one", "two", "three", "four")]
    repeated = cleaning.boilerplate(bodies)
    assert about in repeated
    assert "News number one." not in repeated
    assert cleaning.body(f"A fifth piece of news. {about}", repeated) == "A fifth piece of news."


def test_two_articles_are_too_few_to_call_anything_boilerplate() -> None:
    assert cleaning.boilerplate(["The same.", "The same."]) == frozenset()


def test_a_piece_that_one_article_repeats_to_itself_is_no_boilerplate() -> None:
    assert cleaning.boilerplate(["Again. Again. Again. Again."]) == frozenset()


@given(st.text(max_size=400))
@example("©\t0")
def test_cleaning_is_idempotent_and_never_adds_text(text: str) -> None:
    once = cleaning.body(text)
    assert len(once) <= len(text)
    assert cleaning.body(once) == once


@pytest.mark.parametrize("more", ["read more ", "[…] "])
def test_a_text_that_is_read_more_over_and_over_ends_soon_and_leaves_nothing(more: str) -> None:
    assert cleaning.summary(more * 5_000) == ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("joe@a.media (Joe Doe)", "Joe Doe"),
        ("Joe Doe <joe.doe@a.technology>", "Joe Doe"),
        ("noreply@a.example", ""),
        ("Joe B. and Ann (editors)", "Joe B. and Ann (editors)"),
        ("@joe on social media", "@joe on social media"),
    ],
)
def test_an_authors_address_for_mail_is_nobodys_business(name: str, expected: str) -> None:
    assert cleaning.person(name) == expected
