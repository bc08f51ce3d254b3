"""The import's routes: a file is looked at, reported on, loaded once, and its rows are kept."""

import io
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.inventory import inventory_as_of
from gis.exports import inventory
from gis.store.register import CHINA
from tests.imports.files import layer, workbook
from tests.makers import list_site, square

HEADINGS = ["编号", "名称", "经度", "纬度", "占地面积（亩）", "类型", "堆高（m）"]
ROWS = [
    ["A-1", "一号渣堆", 109.75, 40.70, 15, "渣堆", 6],
    ["A-2", "二号矿坑", "109°48′00″", "40°42′00″", "1.2 ha", "矿坑", None],
]
GOOD = {"district": "150203", "name": "2021年核查", "mapping": {"datum": "CGCS2000"}}


def sending(path: Path, **options: Any) -> dict[str, Any]:
    said = json.dumps(GOOD | options, ensure_ascii=False)
    return {"files": {"file": (path.name, path.read_bytes())}, "data": {"options": said}}


def check(client: TestClient, path: Path, **options: Any) -> dict[str, Any]:
    answer = client.post("/api/imports/check", **sending(path, **options))
    assert answer.status_code == 200, answer.text
    return answer.json()


def load(client: TestClient, path: Path, import_id: str | None = None, **options: Any) -> Any:
    address = f"/api/imports/{import_id or uuid4()}"
    return client.put(address, **sending(path, **options))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbook(tmp_path / "清单.xlsx", ["某区清单"], HEADINGS, *ROWS)


def test_a_list_is_looked_at_then_loaded_and_told_of(client: TestClient, path: Path):
    found = check(client, path, mapping=None)
    assert found["mapping"]["columns"]["占地面积（亩）"] == "area_m2"
    assert found["mapping"]["units"] == {"占地面积（亩）": "亩", "堆高（m）": "m"}
    assert found["headings"][0] == {"heading": "编号", "samples": ["A-1", "A-2"]}
    assert [p["rule"] for p in found["problems"] if not p["is_warning"]] == ["DATUM_ASKED"]
    assert found["position"]["ways"][0]["inside"] == 2 and found["position"]["datum"] is None
    assert len(found["position"]["points"]) == 2 and found["position"]["district"]

    refused = load(client, path, mapping=None)
    assert refused.status_code == 422 and refused.json()["code"] == "list_refused"
    assert client.get("/api/imports?district=150203").json()["items"] == []

    import_id = str(uuid4())
    answer = load(client, path, import_id)
    assert answer.status_code == 200, answer.text
    assert answer.json()["counts"] == {"LISTED": 2} and answer.json()["is_new"]
    assert load(client, path, import_id).json() == answer.json() | {"is_new": False}
    assert load(client, path, import_id, name="另一份").status_code == 409

    items = client.get("/api/imports?district=150203").json()["items"]
    assert [item["name"] for item in items] == ["2021年核查"] and items[0]["rows"] == 2
    sites = client.get("/api/sites?district=150203").json()["items"]
    assert {site["name"] for site in sites} == {"一号渣堆", "二号矿坑"}
    code = next(site["code"] for site in sites if site["name"] == "一号渣堆")
    (row,) = client.get(f"/api/sites/{code}/imports").json()["items"]
    assert row["raw"]["经度"] == "109.75" and row["stated_crs"] == "LON_LAT:4490 CGCS2000"
    assert row["file_name"] == path.name and row["loaded_at"] and row["row"] == 3
    told = client.get(f"/api/sites/{code}").json()
    assert told["history"][0]["verb_zh"] == "列入清单"


def test_the_report_is_a_workbook_whose_cells_are_text(client: TestClient, tmp_path: Path):
    rows = [["A-1", "一号", "东边", 40.7, "'=1+1", "渣堆", 6], *ROWS]
    path = workbook(tmp_path / "坏.xlsx", HEADINGS, *rows)
    answer = client.post("/api/imports/report", **sending(path))
    assert (
        answer.status_code == 200 and "filename*=UTF-8''" in answer.headers["content-disposition"]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    lines = list(sheet.iter_rows(min_row=3, values_only=True))
    assert [line[:2] for line in lines if line[5] == "POSITION_UNREAD"] == [(2, "C2")]
    assert {cell.data_type for row in sheet.iter_rows(min_row=3) for cell in row} <= {"s", "n"}


def test_matches_are_decided_row_by_row(client: TestClient, book, path: Path):
    known = list_site(book, name="一号渣堆", outline=square(109.749, 40.699))
    found = check(client, path)
    (open_row,) = found["matches"]
    match = open_row["matches"][0]
    assert match["site_code"] == known.code and "OVERLAP" in match["reasons"]
    assert {d["title_zh"] for d in match["differences"]} >= {"堆高（m）"}
    refused = load(client, path)
    assert refused.status_code == 409 and refused.json()["code"] == "matches_open"
    decided = {open_row["row"]: {"fate": "UPDATED", "site_code": known.code}}
    answer = load(client, path, decisions=decided)
    assert answer.json()["counts"] == {"LISTED": 1, "UPDATED": 1}
    assert client.get(f"/api/sites/{known.code}").json()["height_m"] == 6


def test_our_own_export_comes_back_unchanged(client: TestClient, book, tmp_path: Path):
    for number in range(3):
        list_site(book, name=f"{number}号", outline=square(109.70 + number / 50), height_m=6.5)
    day = book.clock().astimezone(CHINA).date()
    for format, suffix in (("xlsx", ".xlsx"), ("gpkg", ".gpkg"), ("shp", ".zip")):
        path = tmp_path / f"back{suffix}"
        inventory.write(inventory_as_of(book, "150203", day), format, path)
        found = check(client, path, name=f"回导{suffix}")
        assert (found["faults"], found["unchanged"], found["open"]) == (0, 3, 0), found["problems"]


def test_a_datum_is_suggested_by_sites_of_the_same_name(client: TestClient, book, tmp_path: Path):
    import numpy as np

    from gis.spatial import datum

    list_site(book, name="一号渣堆", outline=square(109.749, 40.699))
    lon, lat = datum.gcj02_from_wgs84(np.array([109.75]), np.array([40.70]))
    path = workbook(
        tmp_path / "a.xlsx",
        HEADINGS,
        ["A-1", "一号渣堆", float(lon[0]), float(lat[0]), 15, "渣堆", 6],
    )
    suggested = check(client, path, mapping=None)["position"]["suggested"]
    assert suggested["datum"] == "GCJ02" and suggested["metres"] < 10


def test_a_layer_is_loaded_with_its_outlines(client: TestClient, tmp_path: Path):
    rows = [{"名称": "甲堆", "类型": "渣堆"}]
    path = layer(tmp_path / "a.gpkg", "GPKG", rows, [square()], layer="堆场", crs=4490)
    answer = load(client, path, mapping=None)
    assert answer.status_code == 200, answer.text
    (site,) = client.get("/api/sites?district=150203").json()["items"]
    assert site["area_m2"] > 30_000


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"district": "999999"}, 404),
        ({"mapping": {"columns": {"名称": "nothing"}}}, 422),
        ({"mapping": {"datum": "XIAN80"}}, 422),
        ({"name": ""}, 422),
        ({"decisions": {"x": {}}}, 422),
        ({"sheet": "没有"}, 422),
    ],
)
def test_what_does_not_fit_is_refused_in_words(client: TestClient, path: Path, options, status):
    answer = client.post("/api/imports/check", **sending(path, **options))
    assert answer.status_code == status and answer.json()["zh"].endswith("。"), answer.text


def test_a_file_that_is_none_is_refused_in_words(client: TestClient, tmp_path: Path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"<html>")
    answer = client.post("/api/imports/check", **sending(path))
    assert answer.status_code == 422 and answer.json()["code"] == "table_damaged"
