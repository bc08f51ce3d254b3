"""Pits over HTTP and at the terminal: uploaded models measured, compared, recorded, refused."""

import math
from uuid import uuid4

import pytest
import shapely

from api.pit_measuring import one_at_a_time
from gis.domain.terms import SiteKind
from gis.ledger import Book
from gis.spatial import crs
from gis.spatial.crs import as_multipolygon
from tests.makers import list_site
from tests.remote_sensing.made_solids import CENTRE, GROUND, cone, hills, write

CONE_M3 = math.pi * 80**2 * 30 / 3


def outline(radius: float = 80.0):
    circle = shapely.Point(*CENTRE).buffer(radius, 64)
    return as_multipolygon(crs.transform(circle, 4546, 4490))


@pytest.fixture
def code(app, book: Book) -> str:
    return list_site(book, kind=SiteKind.MINE_PIT, name="一号坑", outline=outline()).code


def put(client, code, path, identity=None, address="measurement", **said):
    said = {"surveyed_on": "2026-06-01", **said}
    return client.put(
        f"/api/sites/{code}/pit/surveys/{identity or uuid4()}/{address}",
        files={"model": (path.name, path.read_bytes())},
        data=said,
    )


def listed(client, code):
    return client.get(f"/api/sites/{code}/pit/surveys").json()["items"]


def test_an_uploaded_model_is_measured_and_kept_once(client, code, tmp_path):
    path = write(tmp_path / "pit.tif", cone())
    identity = uuid4()
    answer = put(client, code, path, identity, water_percent=10)
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert found["free_volume_m3"] == pytest.approx(CONE_M3, rel=2e-3)
    assert (found["rim_basis"], found["basis"]) == ("LOW_POINT", "DEM")
    assert found["depth_m"] == pytest.approx(30, abs=0.5) and found["has_water"] is True
    assert found["water_area_m2"] == pytest.approx(0.1 * math.pi * 80**2, rel=0.01)
    (source,) = found["sources"]
    assert source["name"] == "pit.tif" and len(source["sha256"]) == 64
    assert put(client, code, path, identity, water_percent=10).status_code == 200
    other = write(tmp_path / "other.tif", cone(depth=20))
    assert put(client, code, other, identity, water_percent=10).json()["code"] == "survey_id_reused"
    assert listed(client, code) == [found]


def test_two_models_give_cut_and_fill_with_their_registration(client, code, tmp_path):
    before = write(tmp_path / "a.tif", hills, side=420)

    def later(x, y):
        return hills(x - 3.3, y + 2.1) + cone(50, 20)(x - 3.3, y + 2.1) - GROUND + 1.7

    after = write(tmp_path / "b.tif", later, side=420)
    answer = client.put(
        f"/api/sites/{code}/pit/surveys/{uuid4()}/change",
        files={
            name: (p.name, p.read_bytes()) for name, p in (("before", before), ("after", after))
        },
        data={"before_on": "2025-06-01", "after_on": "2026-06-01"},
    )
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert found["volume_change_m3"] == pytest.approx(-math.pi * 50**2 * 20 / 3, rel=0.01)
    moved = found["details"]["registration"]
    assert (moved["dx_m"], moved["dy_m"], moved["dz_m"]) == pytest.approx((3.3, -2.1, 1.7), abs=0.1)
    assert (found["compared_on"], found["surveyed_on"]) == ("2025-06-01", "2026-06-01")


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"level_m": GROUND + 2}, "level_above_rim"),
        ({"level_m": GROUND - 40}, "level_below_bottom"),
        ({"surveyed_on": "2099-01-01"}, "date_in_future"),
        ({"water_percent": 101}, "request_invalid"),
        ({"level_m": "nan"}, "request_invalid"),
        ({"accuracy_m": -1}, "request_invalid"),
    ],
)
def test_what_cannot_be_measured_is_refused_and_nothing_kept(client, code, tmp_path, said, refused):
    answer = put(client, code, write(tmp_path / "pit.tif", cone()), **said)
    assert (answer.status_code, answer.json()["code"]) == (422, refused)
    assert listed(client, code) == []


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        ({"unit": "ft"}, "unit_not_metre"),
        ({"centre": (300_000.0, 7_500_000.0), "crs": "EPSG:32720"}, "outline_off_model"),
        ({"change": lambda z: z * 0 - 9_999}, "holes_too_large"),
    ],
)
def test_models_that_do_not_fit_are_refused_by_the_name_they_were_sent_under(
    client, code, tmp_path, written, refused
):
    answer = put(client, code, write(tmp_path / "坑<b>.tif", cone(), **written))
    assert (answer.status_code, answer.json()["code"]) == (422, refused)
    assert "坑<b>.tif" in answer.json()["zh"]


def test_files_that_are_no_model_and_sites_that_are_no_pit_are_refused(
    client, code, book, tmp_path
):
    page = tmp_path / "page.tif"
    page.write_text("<html>")
    assert put(client, code, page).json()["code"] == "not_a_raster"
    heap = list_site(book, kind=SiteKind.WASTE_PILE, name="渣堆", outline=outline()).code
    assert put(client, heap, write(tmp_path / "pit.tif", cone())).json()["code"] == "no_pit"
    answer = put(client, "150203-M99999-X", page)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_in_register")


def test_one_model_is_measured_at_a_time(client, code, tmp_path, monkeypatch):
    monkeypatch.setattr("api.pit_measuring.WAIT_S", 0.01)
    path = write(tmp_path / "pit.tif", cone())
    with one_at_a_time():
        answer = put(client, code, path)
    assert (answer.status_code, answer.json()["code"]) == (503, "measuring_busy")
    assert put(client, code, path).status_code == 201


def test_a_stated_survey_and_its_withdrawal(client, code):
    address = f"/api/sites/{code}/pit/surveys/{uuid4()}"
    body = {"surveyed_on": "2026-05-01", "basis": "STATED", "depth_m": 18, "note": "勘查报告"}
    assert client.put(address, json=body).status_code == 201
    assert client.put(address, json=body).status_code == 200
    assert client.put(address, json=body | {"depth_m": 19}).status_code == 409
    for wrong in (
        {"depth_m": -1},
        {"depth_m": None},
        {"basis": "DEM"},
        {"surveyed_on": "2099-01-01"},
        {"free_volume_m3": -5},
        {"note": "\x00"},
        {"steepest_deg": 91},
    ):
        answer = client.put(f"/api/sites/{code}/pit/surveys/{uuid4()}", json=body | wrong)
        assert answer.status_code == 422, wrong
    assert client.put(f"{address}/withdrawal", json={"reason": " "}).status_code == 422
    assert client.put(f"{address}/withdrawal", json={"reason": "有误"}).status_code == 204
    assert client.put(f"{address}/withdrawal", json={"reason": "有误"}).status_code == 409
    assert listed(client, code) == []
