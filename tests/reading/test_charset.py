from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ReadingError
from crawler.reading import charset

RUSSIAN = "Производитель показал новый телефон с двумя камерами и большим экраном. Цена пока неизвестна. " * 3
CHINESE = "小米今天宣布与徕卡合作，首款手机将于七月发布。售价目前未知，屏幕尺寸也没有公布。" * 3
JAPANESE = "メーカーは本日、新しいスマートフォンを発表した。価格と発売日はまだ公表されていない。" * 3
GERMAN = "Der Hersteller hat für München ein größeres Gerät angekündigt."


@pytest.mark.parametrize(
    ("text", "real"),
    [(GERMAN, "iso-8859-1"), (RUSSIAN, "windows-1251"), (CHINESE, "gbk"), (JAPANESE, "shift_jis"), (CHINESE, "utf-8")],
)
def test_a_declared_charset_is_used(text: str, real: str) -> None:
    in_body = f'<?xml version="1.0" encoding="{real}"?>{text}'
    assert charset.decode(in_body.encode(real)) == in_body
    assert charset.decode(text.encode(real), f"text/xml; charset={real}") == text
    in_page = f'<html><meta charset="{real}">{text}'
    assert charset.decode(in_page.encode(real)) == in_page


@pytest.mark.parametrize(
    ("text", "real"), [(RUSSIAN, "windows-1251"), (CHINESE, "gbk"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp")]
)
def test_an_undeclared_charset_is_guessed(text: str, real: str) -> None:
    assert charset.decode(text.encode(real)) == text


@pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii", "windows-1251", "no-such-charset", "base64"])
def test_utf_8_is_read_as_such_whatever_it_is_called(declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>{CHINESE}'
    assert charset.decode(text.encode(), f"text/xml; charset={declared}") == text


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-be"])
def test_a_byte_order_mark_or_the_place_of_nuls_decides(name: str) -> None:
    text = f"<rss>{RUSSIAN}</rss>"
    assert charset.decode(text.encode(name), "text/xml; charset=iso-8859-1") == text


def test_quotes_of_windows_in_a_latin_1_document_are_quotes() -> None:
    assert charset.decode(b'<?xml version="1.0" encoding="ISO-8859-1"?>\x93a\x94').endswith("“a”")


def test_a_letter_cut_by_the_end_and_one_bad_byte_do_not_change_the_charset() -> None:
    assert charset.decode(CHINESE.encode()[:-1]).startswith(CHINESE[:-1])
    assert charset.decode(CHINESE.encode() + b"\xff.") == CHINESE + "\ufffd."


def test_iso_2022_jp_is_not_taken_for_ascii() -> None:
    text = f'<?xml version="1.0" encoding="iso-2022-jp"?>{JAPANESE}'
    assert charset.decode(text.encode("iso-2022-jp")) == text


@given(st.binary(max_size=300), st.sampled_from([None, "text/xml; charset=gb2312", "charset=utf-7", "charset=rot13"]))
def test_any_bytes_give_text_or_a_reading_error(body: bytes, content_type: str | None) -> None:
    with contextlib.suppress(ReadingError):
        assert isinstance(charset.decode(body, content_type), str)
