from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.catalogue import Api, Source
from crawler.domain.models import Role
from crawler.errors import ReadingError
from crawler.reading import apis

WHEN = datetime(2026, 6, 9, 8, 30, tzinfo=UTC)
SECONDS = int(WHEN.timestamp())
HOMES = {
    Api.OPPO: "https://www.oppo.example/en/newsroom/press/",
    Api.QUALCOMM: "https://www.qualcomm.example/news/releases",
    Api.XIAOMI: "https://www.mi.example/global/discover/newsroom",
}
ROWS: dict[Api, dict[str, Any]] = {
    Api.OPPO: {"pageUrl": "/en/newsroom/press/x/", "title": "T", "publishTime": SECONDS, "description": "D"},
    Api.QUALCOMM: {
        "title": "T",
        "link": "/news/releases/2026/06/x",
        "field_publish_date": [str(SECONDS)],
        "field_pr_body_summary": ["D"],
    },
    Api.XIAOMI: {"material_id": 77, "material_type": "newsroom", "title": "T", "desc": "D", "add_time": SECONDS},
}
ADDRESSES = {
    Api.OPPO: "https://www.oppo.example/en/newsroom/press/x/",
    Api.QUALCOMM: "https://www.qualcomm.example/news/releases/2026/06/x",
    Api.XIAOMI: "https://www.mi.example/global/discover/article?id=77",
}


def source(api: Api | None) -> Source:
    how: dict[str, Any] = {"kind": "api", "api": api} if api else {"kind": "feed"}
    return Source(
        id="acme",
        title="Acme",
        home=HOMES[api] if api else "https://acme.example/",
        url="https://api.example/v1?from=pc",
        role=Role.BRAND,
        brands=("acme",),
        language="en",
        country="CN",
        owner="acme",
        timezone="Asia/Shanghai",
        interval="1h",
        rank=0,
        **how,
    )


def answer(api: Api, rows: object) -> bytes:
    path = {Api.OPPO: "data rows", Api.QUALCOMM: "data newsFinder resources", Api.XIAOMI: "data list"}[api]
    holder = rows
    for key in reversed(path.split()):
        holder = {key: holder}
    return json.dumps(holder).encode()


EVERY = pytest.mark.parametrize("api", list(Api))


@EVERY
def test_a_row_is_an_entry_with_address_title_summary_and_time(api: Api) -> None:
    (entry,) = apis.parse(answer(api, [ROWS[api]]), source(api)).entries
    assert (entry.url, entry.title, entry.summary, entry.published) == (ADDRESSES[api], "T", "D", WHEN)


@EVERY
def test_one_bad_row_does_not_cost_the_others(api: Api) -> None:
    untitled = ROWS[api] | {"title": None}
    rows = [None, 7, {}, untitled, ROWS[api], ROWS[api]]
    assert len(apis.parse(answer(api, rows), source(api)).entries) == 1


@EVERY
def test_a_row_without_a_time_is_an_entry_without_a_date(api: Api) -> None:
    row = {key: None if "time" in key.lower() or "date" in key else value for key, value in ROWS[api].items()}
    (entry,) = apis.parse(answer(api, [row]), source(api)).entries
    assert entry.published is None


@EVERY
def test_titles_and_summaries_lose_their_markup(api: Api) -> None:
    dirty = "<b>Find&nbsp;X9</b> <script>x</script>"
    row = {key: dirty if value in ("T", "D", ["D"]) else value for key, value in ROWS[api].items()}
    (entry,) = apis.parse(answer(api, [row]), source(api)).entries
    assert (entry.title, entry.summary) == ("Find X9", "Find X9")


@EVERY
@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>Access Denied</html>", "^blocked: "),
        (b"<html>Shop</html>", "^unparsable: a web page "),
        (b"", "^empty: "),
        (b'{"data"', "^unparsable: no JSON: "),
        (b'{"data": null, "msg": "sign wrong"}', r"^unparsable: no list at data\.\S+: sign wrong$"),
        (b"[]", r"^unparsable: no list at data\."),
        (b"[" * 100_000, "^unparsable: no JSON: "),
    ],
)
def test_what_is_no_answer_says_why(api: Api, body: bytes, said: str) -> None:
    with pytest.raises(ReadingError, match=said):
        apis.parse(body, source(api))


@EVERY
def test_an_answer_without_articles_is_empty(api: Api) -> None:
    with pytest.raises(ReadingError, match=r"^empty: "):
        apis.parse(answer(api, []), source(api))


def test_videos_and_guides_among_xiaomis_materials_are_left_out() -> None:
    rows = [ROWS[Api.XIAOMI] | {"material_id": 78, "material_type": "video"}, ROWS[Api.XIAOMI]]
    (entry,) = apis.parse(answer(Api.XIAOMI, rows), source(Api.XIAOMI)).entries
    assert entry.url.endswith("?id=77")


def test_an_id_cannot_break_out_of_its_address() -> None:
    row = ROWS[Api.XIAOMI] | {"material_id": "../1&x=//evil.example/"}
    (entry,) = apis.parse(answer(Api.XIAOMI, [row]), source(Api.XIAOMI)).entries
    assert entry.url.startswith("https://www.mi.example/global/discover/article?id=")
    assert "&" not in entry.url


def test_xiaomi_is_asked_as_its_address_stands() -> None:
    call = apis.request(source(Api.XIAOMI))
    assert (call.method, call.url, call.body) == ("GET", "https://api.example/v1?from=pc", b"")


@pytest.mark.parametrize("api", [Api.OPPO, Api.QUALCOMM])
def test_the_others_are_posted_json_of_their_own(api: Api) -> None:
    call = apis.request(source(api))
    assert (call.method, call.headers["Content-Type"]) == ("POST", "application/json")
    assert call.body == apis.request(source(api)).body
    payload = json.loads(call.body)
    if api is Api.OPPO:
        assert (payload["customCategoryType"], payload["pageIndex"], payload["region"]) == ("newsroom_press", 1, "en")
    else:
        wanted = payload["variables"]["wanted"]
        assert set(ROWS[api]) <= set(wanted["resourceFields"])
        assert "newsFinder(searchInput: $wanted)" in payload["query"]


def test_a_source_of_another_kind_has_no_api() -> None:
    with pytest.raises(ValueError, match="acme is no source of kind api"):
        apis.request(source(None))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(list(Api)), st.data())
def test_whatever_stands_in_a_row_it_is_read_or_refused(api: Api, data: st.DataObject) -> None:
    row = {key: data.draw(st.just(value) | VALUES) for key, value in ROWS[api].items()}
    try:
        reading = apis.parse(answer(api, data.draw(VALUES | st.just([row]))), source(api))
    except ReadingError:
        return
    assert all(entry.title and entry.url.startswith("http") for entry in reading.entries)
