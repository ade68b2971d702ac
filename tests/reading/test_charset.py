from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ReadingError
from crawler.reading import charset, feed, page

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


URL = "https://news.example/"
TITLES = {
    "gb18030": "小米今天发布新款折叠手机，搭载徕卡镜头",
    "shift_jis": "シャープ、新型スマートフォンを本日発表",
    "euc_jp": "ソニー、新型スマートフォンを来月発売",
    "euc_kr": "삼성전자, 새 폴더블폰 오늘 공개",
    "big5": "華碩今天發表新款電競手機，售價兩萬元起",
    "windows-1251": "Компания показала новый смартфон с большим экраном",
    "koi8-r": "Производитель назвал дату выхода нового телефона",
}
LATIN = {
    "iso-8859-1": "Größere Geräte für München: neue Straßenübergänge",
    "windows-1252": "« L’été » : l’écran géant à 200 € dévoilé",
    "windows-1254": "Üretici yeni telefonunu gösterdi, satışlar gelecek ay başlıyor",
}


def a_feed(title: str, declared: str | None = None) -> str:
    """One entry only: there is little to guess by."""
    encoding = f' encoding="{declared}"' if declared else ""
    return (
        f'<?xml version="1.0"{encoding}?><rss version="2.0"><channel><title>News</title>'
        f"<item><title>{title}</title><link>https://news.example/1</link></item></channel></rss>"
    )


def a_page(title: str, declared: str | None = None) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<!doctype html><html><head>{meta}<title>{title}</title></head><h1>{title}</h1><p>{title * 3}.</p></html>"


def titles(title: str, real: str, declared: str | None, in_header: str | None = None) -> set[str]:
    content_type = f"text/html; charset={in_header}" if in_header else None
    read = feed.parse(a_feed(title, declared).encode(real), URL, content_type).entries[0].title
    return {read, page.parse(a_page(title, declared).encode(real), URL + "1", content_type).title}


@pytest.mark.parametrize("real", TITLES)
def test_the_title_of_a_feed_and_a_page_is_right_without_any_declaration(real: str) -> None:
    assert titles(TITLES[real], real, None) == {TITLES[real]}


@pytest.mark.parametrize("real", TITLES)
@pytest.mark.parametrize(
    "declared", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15", "us-ascii", "utf-16", "gibberish"]
)
def test_the_title_of_a_feed_and_a_page_is_right_under_a_wrong_declaration(real: str, declared: str) -> None:
    assert titles(TITLES[real], real, declared) == {TITLES[real]}
    assert titles(TITLES[real], real, None, in_header=declared) == {TITLES[real]}


@pytest.mark.parametrize(
    ("real", "declared"),
    [
        ("gb18030", "windows-1251"),
        ("shift_jis", "koi8-r"),
        ("euc_kr", "windows-1251"),
        ("koi8-r", "windows-1251"),
        ("windows-1251", "koi8-r"),
        ("windows-1251", "iso-8859-9"),
    ],
)
def test_a_charset_with_a_letter_for_every_byte_is_believed_only_where_its_letters_make_sense(
    real: str, declared: str
) -> None:
    assert titles(TITLES[real], real, declared) == {TITLES[real]}


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "gb2312", "shift_jis", "euc-kr", "big5"])
@pytest.mark.parametrize("title", [*TITLES.values(), *LATIN.values()])
def test_utf_8_is_right_under_any_declaration(title: str, declared: str) -> None:
    assert titles(title, "utf-8", declared, in_header=declared) == {title}


@pytest.mark.parametrize("real", LATIN)
def test_a_latin_charset_is_believed_with_all_its_marks(real: str) -> None:
    assert titles(LATIN[real], real, real) == {LATIN[real]}


def test_german_is_no_russian_whatever_is_declared() -> None:
    text = LATIN["iso-8859-1"]
    assert titles(text, "iso-8859-1", "windows-1251") == {text}


@pytest.mark.parametrize("title", ["国家镕基䶮字", "𠮷野家新机 €99"])
def test_gb2312_means_all_of_gb18030(title: str) -> None:
    assert titles(title, "gb18030", "gb2312") == {title}


@pytest.mark.parametrize(("real", "in_header"), [("windows-1251", "koi8-r"), ("koi8-r", "windows-1251")])
def test_of_two_declarations_the_one_that_fits_is_believed(real: str, in_header: str) -> None:
    assert titles(TITLES[real], real, real, in_header=in_header) == {TITLES[real]}
    assert titles(TITLES[real], real, in_header, in_header=real) == {TITLES[real]}


def test_a_servers_default_in_the_header_goes_behind_the_documents_own_word() -> None:
    greek = "Νέο κινητό"
    assert titles(greek, "iso-8859-7", "iso-8859-7", in_header="iso-8859-1") == {greek}


def test_the_header_goes_before_the_document_where_both_could_be() -> None:
    assert charset.decode(b'<meta charset="windows-1250">\xfe', "text/html; charset=windows-1254").endswith("ş")


def test_a_letter_of_another_charset_in_a_long_latin_text_does_not_lose_it() -> None:
    text = LATIN["iso-8859-1"] * 10
    assert charset.decode(a_page(text, "iso-8859-1").encode("cp1252") + b"\x81").count("Größere") == 50


@pytest.mark.parametrize("unit", [b"\xe9", b"\xb0\xa1", b"<a", b"\xe9a", b"<\xff", bytes(range(1, 256))])
def test_five_megabytes_of_anything_end_in_time(unit: bytes) -> None:
    started = time.perf_counter()
    with contextlib.suppress(ReadingError):
        charset.decode(unit * (5 * 2**20 // len(unit)), "text/html; charset=iso-8859-1")
    assert time.perf_counter() - started < 3


@given(st.binary(max_size=300), st.sampled_from([None, "text/xml; charset=gb2312", "charset=utf-7", "charset=rot13"]))
def test_any_bytes_give_text_or_a_reading_error(body: bytes, content_type: str | None) -> None:
    with contextlib.suppress(ReadingError):
        assert isinstance(charset.decode(body, content_type), str)
