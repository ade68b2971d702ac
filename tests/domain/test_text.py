import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from crawler.domain.text import atoms, fold, sentences, words


def test_kinds_of_quotes_dashes_and_spaces_are_one() -> None:
    assert fold("“Galaxy\u00a0S26” – Samsung’s A\u201156") == '"galaxy s26" - samsung\'s a-56'


def test_quotes_around_the_whole_are_dropped() -> None:
    assert fold("「Xperia 1 VII」") == fold('"Xperia 1 VII"') == "xperia 1 vii"


def test_full_width_digits_and_letters_are_plain_ones() -> None:
    assert fold("Ｘｉａｏｍｉ　１２Ｓ") == "xiaomi 12s"


def test_a_trade_mark_sign_is_no_part_of_a_word() -> None:
    assert fold("Galaxy S26™ and iPhone™") == "galaxy s26 and iphone"


def test_digits_stay_with_their_letters_in_words() -> None:
    assert words("Galaxy S26, 12S Ultra") == ("galaxy", "s26", "12s", "ultra")


def test_a_run_without_spaces_gives_its_pairs() -> None:
    assert words("小米发布 12S") == ("小米", "米发", "发布", "12s")


def test_atoms_part_letters_from_digits_and_know_what_is_glued() -> None:
    cut = atoms("小米12S Ultra")
    assert cut.words == ("小", "米", "12", "s", "ultra")
    assert [cut.glued(i) for i in range(5)] == [False, True, True, True, False]


def test_an_abbreviation_or_a_decimal_ends_no_sentence() -> None:
    assert sentences("It is No. 1 with 6.7 inches. It ships now! 小米发布新机。7月见。") == (
        "It is No. 1 with 6.7 inches.",
        "It ships now!",
        "小米发布新机。",
        "7月见。",
    )


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(alphabet="abAB12 ｓ６ÉéßµΩŞ한小シ“”’-‑\u00a0", max_size=40))
def test_the_unicode_form_does_not_matter(text: str) -> None:
    assert fold(unicodedata.normalize("NFKC", text)) == fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(st.text(max_size=80))
def test_atoms_cover_all_that_is_no_space(text: str) -> None:
    cut = atoms(text)
    assert "".join(cut.words) == "".join(cut.text.split())


def test_abbreviations_over_and_over_are_one_sentence_soon() -> None:
    assert sentences("No. " * 20_000) == (("No. " * 20_000).strip(),)
