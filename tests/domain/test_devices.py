import tomllib
from datetime import date
from importlib import resources

import pytest

from crawler.domain.devices import find
from crawler.domain.novelty import Novelty, novelty
from crawler.domain.text import fold
from crawler.domain.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("title", "brand", "models"),
    [
        ("Samsung shows the Galaxy S26 Ultra", "samsung", ["Galaxy S26 Ultra"]),
        ("iPhone 17 Pro in orange", "apple", ["iPhone 17 Pro"]),
        ("Nothing Phone (2) and its lights", "nothing", ["Phone (2)"]),
        ("Nothing Phone 3a Pro", "nothing", ["Phone (3a) Pro"]),
        ("小米12S Ultra 发布", "xiaomi", ["12S Ultra"]),
        ("Xiaomi stellt 12S und 12S Pro vor", "xiaomi", ["12S", "12S Pro"]),
        ("シャオミ 13 Ultraを発表", "xiaomi", ["13 Ultra"]),
        ("샤오미 14 울트라 공개", "xiaomi", ["14 Ultra"]),
        ("Сяоми 15 Ultra представлен", "xiaomi", ["15 Ultra"]),
        ("OPPO Find X9 Ultra", "oppo", ["Find X9 Ultra"]),
        ("华为 Mate 60 Pro 开售", "huawei", ["Mate 60 Pro"]),
        ("Pixel 11 Pro Fold", "google", ["Pixel 11 Pro Fold"]),
        ("Moto G Power (2026)", "motorola", ["Moto G Power (2026)"]),
        ("Moto G Power 2026", "motorola", ["Moto G Power (2026)"]),
        ("Xperia 1 VII", "sony", ["Xperia 1 VII"]),
        ("HTC One (M8) in gold", "htc", ["One M8"]),
        ("vivo X70 Pro+", "vivo", ["X70 Pro+"]),
        ("Galaxy Z Fold8/Flip8", "samsung", ["Galaxy Z Fold8", "Galaxy Z Flip8"]),
        ("Samsung: S26, S26+ and S26 Ultra", "samsung", ["Galaxy S26", "Galaxy S26+", "Galaxy S26 Ultra"]),
        ("谷歌 Pixel 10/Pro/XL", "google", ["Pixel 10", "Pixel 10 Pro", "Pixel 10 Pro XL"]),
        ("iPhone 15 Pro and Pro Max", "apple", ["iPhone 15 Pro", "iPhone 15 Pro Max"]),
        ("Pixel 8 and 8 Pro", "google", ["Pixel 8", "Pixel 8 Pro"]),
        ("Data premiery iPhone'ów 18", "apple", ["iPhone 18"]),
        ("아이폰 17 공개", "apple", ["iPhone 17"]),
        ("Redmi Note 13 Pro+ 5G", "redmi", ["Note 13 Pro+ 5G"]),
        ("小米 REDMI K90 Pro", "redmi", ["K90 Pro"]),
        ("POCO F8 Ultra", "poco", ["F8 Ultra"]),
        ("realme 真我 GT8 Pro", "realme", ["GT 8 Pro"]),
        ("Fairphone (Gen. 6)", "fairphone", ["Fairphone 6"]),
        ("一加 Ace 6T", "oneplus", ["Ace 6T"]),
        ("Galaxy S99 Ultra", "samsung", ["Galaxy S99 Ultra"]),
        ("努比亚 Z80 Ultra 手机发布", "nubia", ["Z80 Ultra"]),  # a word of comparison inside the name
        ("史上最强Mate来了：Mate70四款全公布", "huawei", ["Mate 70"]),
        ("华为 Mate XT 非凡大师发布", "huawei", ["Mate XT"]),
        ("没挖孔的快乐只有红魔懂，10 Pro+电池超七千", "redmagic", ["10 Pro+"]),
        ("小米17，2999元起", "xiaomi", ["17"]),
        ("vivo 韩伯啸爆料 X300 系列手机", "vivo", ["X300"]),
        ("vivo iQOO 新机曝光，为 Z10 系列成员", "iqoo", ["Z10"]),
        ("Lucky08 将搭载魅族史上最大电池", "meizu", ["Lucky 08"]),
        ("雷军：MIX Flip 2折痕控制行业领先", "xiaomi", ["Mix Flip 2"]),
        ("華為 Mate 80 Pro 發布", "huawei", ["Mate 80 Pro"]),
        ("华硕 ROG 游戏手机 9 全球发布", "asus", ["ROG Phone 9"]),
        ("화웨이, 메이트 80 시리즈 발표", "huawei", ["Mate 80"]),
        ("갤럭시 Z 트라이폴드 공개", "samsung", ["Galaxy Z TriFold"]),
        ("갤럭시 S26 프로세서 공개", "samsung", ["Galaxy S26"]),
        ("グーグル ピクセル10 プロ 発表", "google", ["Pixel 10 Pro"]),
        ("エクスペリア 1 VII", "sony", ["Xperia 1 VII"]),
        ("सीएमएफ फोन 2 प्रो लॉन्च", "cmf", ["Phone 2 Pro"]),
        ("आईफोन 17 प्रो मैक्स लॉन्च", "apple", ["iPhone 17 Pro Max"]),
        ("रियलमी GT 8 प्रोसेसर", "realme", ["GT 8"]),
        ("Редми Ноут 15 Про вышел", "redmi", ["Note 15 Pro"]),
        ("آيفون 17 برو ماكس", "apple", ["iPhone 17 Pro Max"]),
        ("Samsung Galaxy S25-Serie vorgestellt", "samsung", ["Galaxy S25"]),
        ("Pixel-10-Reihe von Google", "google", ["Pixel 10"]),
        ("Xiaomi is calling its new phones the 17 series", "xiaomi", ["17"]),
    ],
)
def test_a_model_is_read_as_its_maker_writes_it(title: str, brand: str, models: list[str]) -> None:
    found = find(title)
    assert (found.brands, found.models) == ((brand,), tuple(models))


@pytest.mark.parametrize(
    "title",
    [
        "Android 16 and One UI 8 reach more phones",
        "Snapdragon 8 Elite explained",
        "Galaxy Watch8 and Tab S11 FE",
        "Xiaomi after 12 months",
        "Xiaomi sold 13 million cars",
        "Xiaomi's 120W charger",
        "小米 12 月销量",
        "OnePlus opens its No. 1 store",
        "Sony ZV-E10 II",
        "Xiaomi Watch GT 6 Pro",
        "Nokia and 5G in 2026",
        "Honor in 2024",
        "갤럭시 탭 S11 울트라 출시",
        "小米 25 财年财报",
        "Xiaomi and its 5-year plan",
        "三星 990 Pro 固态硬盘",
    ],
)
def test_what_is_no_phone_is_no_model(title: str) -> None:
    assert find(title).models == ()


@pytest.mark.parametrize(
    ("title", "brands"),
    [
        ("Xiaomi's next flagship is thinner than the iPhone 17", ("xiaomi",)),
        ("Huawei spin-off Honor unveils a foldable phone in challenge to Samsung, Apple", ("honor",)),
        ("It is an honor to serve", ()),
        ("Nothing beats a quiet phone", ()),
        ("Nothing's next phone gets a date", ("nothing",)),
        ("Galaxy S23 vs iPhone 14", ("samsung", "apple")),
    ],
)
def test_a_maker_in_passing_is_no_brand_of_the_article(title: str, brands: tuple[str, ...]) -> None:
    assert find(title).brands == brands


@pytest.mark.parametrize(
    "title",
    [
        "Xiaomi and Leica: first phone is probably the Xiaomi 12 Ultra",
        "Leica und Xiaomi: vermutlich das Xiaomi 12 Ultra",
        "Xiaomi e Leica, probabilmente il 12 Ultra",
        "Xiaomi y Leica: probablemente el 12 Ultra",
        "小米与徕卡合作，预计为小米 12 Ultra",
        "Xiaomi и Leica: вероятно, это Xiaomi 12 Ultra".replace("вероятно, это", "вероятно это"),
        "シャオミとライカ、12 Ultraかもしれない",
        "Xiaomi and Leica: the 12 Ultra may be what comes first",
    ],
)
def test_a_supposed_model_is_a_guess_and_not_stated(title: str) -> None:
    found = find(title)
    assert (found.models, found.guessed) == ((), ("12 Ultra",))


def test_a_leaked_model_is_stated() -> None:
    assert find("Galaxy S27 could get a bigger battery, says leak").models == ("Galaxy S27",)


def test_the_text_adds_variants_of_the_title_and_nothing_else() -> None:
    found = find("Google unveils the Pixel 8", "The Pixel 8 Pro costs more than a Galaxy S23 or a Pixel 6a.")
    assert found.models == ("Pixel 8", "Pixel 8 Pro")


def test_the_text_tells_the_model_where_the_title_has_none() -> None:
    found = find("Honor's new foldable is here", "The Honor Magic V2 weighs 231 g.")
    assert (found.brands, found.models) == (("honor",), ("Magic V2",))


def test_an_old_phone_in_the_text_is_there_for_comparison() -> None:
    text = "The Galaxy Z Flip5 replaces the Galaxy Z Flip3."
    assert find("Samsung's new foldable phone", text, day=date(2023, 7, 27)).models == ("Galaxy Z Flip5",)


def test_partners_are_found_and_are_no_brands() -> None:
    found = find("小米与徕卡联合研发", "ライカ, Лейка, Zeiss")
    assert (found.brands, found.partners) == (("xiaomi",), ("leica", "zeiss"))


def test_a_short_form_counts_in_the_makers_own_newsroom() -> None:
    assert find("The S26 Ultra in detail", near=("samsung",)).models == ("Galaxy S26 Ultra",)


def test_mentions_say_where_they_stand() -> None:
    title = "Meet the Galaxy S26 Ultra"
    (model,) = [mention for mention in find(title).title if mention.kind == "model"]
    assert fold(title)[model.start : model.end] == "galaxy s26 ultra"


def test_every_maker_is_found_by_each_of_its_names() -> None:
    for maker in vocabulary().makers.values():
        for name in maker.names:
            kinds = [(m.kind, m.maker) for m in find(f"{name} unveils a phone").title]
            assert {("maker", maker.id), ("model", maker.id)} & set(kinds), (name, kinds)


def test_every_line_of_every_maker_is_read() -> None:
    for maker in vocabulary().makers.values():
        for text in (*maker.lines, *(f"{maker.names[0]} {one}" for one in maker.after)):
            pattern = text.partition("=")[0].replace("#?", "#").replace("#", "7").replace("~", "II")
            models = [m for m in find(pattern).title if m.kind == "model"]
            assert [m.maker for m in models] == [maker.id], (pattern, models)


def test_there_are_forty_makers_and_their_parents_exist() -> None:
    makers = vocabulary().makers
    assert len(makers) >= 40
    assert all(maker.parent in makers for maker in makers.values() if maker.parent)


def test_releases_belong_to_known_makers() -> None:
    data = resources.files("crawler.domain").joinpath("data", "releases.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(data)) <= set(vocabulary().makers)


@pytest.mark.parametrize(
    ("model", "day", "expected"),
    [
        ("Galaxy S23 Ultra", date(2023, 1, 15), Novelty.COMING),
        ("Galaxy S23 Ultra", date(2023, 2, 1), Novelty.LAUNCH),
        ("Galaxy S23", date(2023, 3, 1), Novelty.NEW),
        ("Galaxy S23", date(2024, 3, 1), Novelty.OLD),
        ("Galaxy S23 FE", date(2023, 9, 1), Novelty.COMING),
        ("Galaxy S99", date(2030, 1, 1), Novelty.BEYOND),
        ("Galaxy A07", date(2025, 1, 1), Novelty.UNKNOWN),
        ("Galaxy S23", None, Novelty.UNKNOWN),
    ],
)
def test_a_phone_is_as_new_as_the_day_makes_it(model: str, day: date | None, expected: Novelty) -> None:
    assert novelty("samsung", model, day) is expected


def test_a_release_that_nobody_knows_yet_makes_no_phone_coming() -> None:
    assert novelty("samsung", "Galaxy S23", date(2023, 2, 1), date(2022, 10, 1)) is Novelty.BEYOND


def test_a_short_form_in_the_title_counts_where_only_the_text_names_the_maker() -> None:
    found = find("X300标准版主摄曝光", "vivo 新机")
    assert (found.brands, found.models) == (("vivo",), ("X300",))
