"""The list over HTTP: filters, orders, days, columns, views; and exports of the same."""

import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import openpyxl
import pytest

from gis.domain.terms import Role, SiteKind, WasteNature
from gis.ledger import people
from gis.store.register import CHINA
from tests.api.known import PASSWORD, WRITE
from tests.makers import list_site, square

HERE = {"district": "150203"}


@pytest.fixture
def sites(book, client):
    facts = [
        {"nature": WasteNature.HAZARDOUS, "mass_t": 5.0},
        {"kind": SiteKind.MINE_PIT, "mass_t": 50_000.0},
        {"responsible_party": "<script>alert(1)</script>", "mass_t": None},
    ]
    return [
        list_site(book, name=f"堆{i}", outline=square(109.61 + 0.04 * i, 40.65), **one)
        for i, one in enumerate(facts)
    ]


def names(answer):
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


def test_a_page_in_any_order_with_any_columns(client, sites):
    asked = HERE | {"sort": "-DCL", "columns": ["DWBH", "DCL", "FXDJ", "ZRMC"], "limit": 2}
    first = client.get("/api/sites", params=asked)
    assert names(first) == ["堆1", "堆0"]
    body = first.json()
    assert body["total"] == 3
    assert body["items"][0]["cells"] == {
        "DWBH": sites[1].code,
        "DCL": 50_000,
        "FXDJ": body["items"][0]["cells"]["FXDJ"],
        "ZRMC": None,
    }
    second = client.get("/api/sites", params=asked | {"after": body["next"]})
    assert names(second) == ["堆2"] and second.json()["next"] is None
    english = client.get("/api/sites", params=HERE | {"columns": "FWZL", "language": "en"})
    assert english.json()["items"][0]["cells"] == {"FWZL": "SW01 Smelting slag"}


def test_filters_narrow_the_list_and_its_counts_alike(client, sites):
    for asked, found in [
        ({"kind": ["MINE_PIT", "SAND_PIT"]}, ["堆1"]),
        ({"nature": "HAZARDOUS"}, ["堆0"]),
        ({"mass_t_min": 5, "mass_t_max": 5}, ["堆0"]),
        ({"unknown": "mass_t"}, ["堆2"]),
        ({"text": "SCRIPT"}, ["堆2"]),
        ({"box": "109.6,40.6,109.62,40.7"}, ["堆0"]),
        ({"town": "无此镇"}, []),
        ({"has_conclusion": "true"}, []),
        ({"tag": "T5"}, []),
    ]:
        assert names(client.get("/api/sites", params=HERE | asked)) == found
        counts = client.get("/api/sites/counts", params=HERE | asked).json()
        assert counts["total"] == len(found)


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"colour": "red"}, 422, "request_invalid"),
        ({"grade": "WORST"}, 422, "request_invalid"),
        ({"mass_t_min": "inf"}, 422, "request_invalid"),
        ({"limit": 1001}, 422, "request_invalid"),
        ({"text": "\x00"}, 422, "request_invalid"),
        ({"box": "109,40,108,41"}, 422, "box_unreadable"),
        ({"box": "a,b,c,d"}, 422, "box_unreadable"),
        ({"box": "nan,1,2,3"}, 422, "box_unreadable"),
        ({"sort": "SF"}, 422, "sort_unknown"),
        ({"sort": "--DCL"}, 422, "sort_unknown"),
        ({"after": "x"}, 422, "cursor_unknown"),
        ({"as_of": "2999-01-01"}, 422, "date_in_future"),
        ({"district": "000000"}, 404, "district_unknown"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(client, asked, status, code):
    answer = client.get("/api/sites", params=HERE | asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_list_of_yesterday_is_that_of_yesterday(client, sites):
    today = datetime.now(UTC).astimezone(CHINA).date()
    yesterday = client.get("/api/sites", params=HERE | {"as_of": str(today - timedelta(days=1))})
    assert names(yesterday) == []
    assert len(names(client.get("/api/sites", params=HERE | {"as_of": str(today)}))) == 3


def test_every_sortable_column_can_be_sorted_by(client, sites):
    columns = client.get("/api/sites/columns").json()["columns"]
    assert {"DWBH", "FXDJ", "DCL", "SXZT", "ZDMJ"} <= {
        one["short"] for one in columns if one["is_sortable"]
    }
    for one in columns:
        if one["is_sortable"]:
            asked = HERE | {"sort": one["short"], "columns": one["short"]}
            assert len(names(client.get("/api/sites", params=asked))) == 3, one


def test_an_export_repeats_the_filter_and_says_it(client, sites):
    asked = HERE | {"format": "xlsx", "kind": "MINE_PIT", "mass_t_min": 10}
    book = openpyxl.load_workbook(io.BytesIO(client.get("/api/inventory", params=asked).content))
    assert [row[1].value for row in book["管控清单"].iter_rows(min_row=3)] == [sites[1].code]
    cover = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert cover["筛选范围"].endswith("类型：废弃矿坑；堆存量（t）：≥ 10")
    assert cover["条数"] == "1"


def a_view(**changes):
    view = {"name": "高风险", "query": {"grade": ["HIGH"], "sort": "-DCL"}, "columns": ["DWBH"]}
    return HERE | view | changes


def test_a_view_is_saved_once_listed_and_removed(client):
    path = f"/api/views/{uuid4()}"
    assert client.put(path, json=a_view()).status_code == 201
    again = client.put(path, json=a_view())
    assert again.status_code == 200 and again.json()["is_mine"]
    assert client.put(path, json=a_view(columns=[])).json()["code"] == "view_id_reused"
    other = client.put(f"/api/views/{uuid4()}", json=a_view())
    assert (other.status_code, other.json()["code"]) == (409, "same_name")
    (view,) = client.get("/api/views", params=HERE).json()["views"]
    assert view["query"] == {"grade": ["HIGH"], "sort": "-DCL"} and view["columns"] == ["DWBH"]
    assert client.delete(path).status_code == 204
    assert client.get("/api/views", params=HERE).json()["views"] == []


def test_a_reader_keeps_views_but_shares_none(stranger, book):
    people.add_user(book, "li", "李工", Role.READER, PASSWORD)
    stranger.post("/api/session", json={"username": "li", "password": PASSWORD}, headers=WRITE)
    shared = stranger.put(f"/api/views/{uuid4()}", json=a_view(is_shared=True))
    assert (shared.status_code, shared.json()["code"]) == (403, "not_allowed")
    assert stranger.put(f"/api/views/{uuid4()}", json=a_view()).status_code == 201
