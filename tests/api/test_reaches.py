"""Reaches over HTTP: rivers with counts, lines, strips; whose sites are seen; bad addresses."""

from dataclasses import replace

import pytest
from shapely import LineString

from gis.domain.terms import LayerKind
from gis.ledger import places
from gis.ledger.measuring import remeasure
from tests.api.sighted import SIGHTS, entering
from tests.makers import KUNDULUN, a_layer, list_site, square

HERE = {"district": KUNDULUN}


def lay(book, y=40.69):
    layer, features = a_layer(LayerKind.MAIN_STEM, LineString([(109.60, y), (109.90, y)]))
    places.add_layer(book, layer, [replace(one, name_zh="黄河") for one in features])


@pytest.fixture
def sites(book, client):
    lay(book)
    spots = [(109.61, 40.70, "甲堆"), (109.62, 40.67, "乙堆"), (109.75, 40.70, "丙堆")]
    return [list_site(book, name=name, outline=square(x, y)) for x, y, name in spots]


def test_rivers_and_reaches_come_with_their_counts(client, sites):
    answer = client.get("/api/reaches", params=HERE).json()
    (river,) = answer["rivers"]
    assert (river["code"], river["total"], river["reaches"]) == ("150203-R01", 3, 5)
    assert river["by_bank"] == {"LEFT": 2, "RIGHT": 1}
    first = answer["reaches"][0]
    assert (first["name_zh"], first["total"], first["joins"]) == ("黄河 0–5 km", 2, None)
    assert sum(first["by_grade"].values()) == 2 == first["by_state"]["LISTED"]
    assert first["layer_zh"] == "黄河干流（2025-01-01）"
    assert answer["without"] == 0 and len(answer["rules"]) == 4


def test_a_strip_names_each_site_with_chainage_bank_and_distance(client, sites):
    strip = client.get("/api/reaches/150203-R01-001/strip").json()
    assert [mark["name"] for mark in strip["marks"]] == ["甲堆", "乙堆"]
    first, second = strip["marks"]
    assert (first["bank"], second["bank"]) == ("LEFT", "RIGHT")
    assert 0 < first["chainage_m"] < second["chainage_m"] < 5_000
    assert first["river_distance_m"] == pytest.approx(1_105, abs=15)
    assert first["grade"] and first["state"] == "LISTED" and first["kind"] == "WASTE_PILE"
    whole = client.get("/api/reaches/150203-R01/strip", params={"colour": "state"}).json()
    assert (whole["total"], len(whole["reaches"]), whole["to_m"]) == (
        3,
        5,
        whole["reaches"][-1]["to_m"],
    )


def test_lists_counts_and_the_files_honour_river_reach_and_bank(client, sites):
    for asked, found in [
        ({"river": "黄河"}, {"甲堆", "乙堆", "丙堆"}),
        ({"river": "长江"}, set()),
        ({"reach": "黄河 0–5 km"}, {"甲堆", "乙堆"}),
        ({"reach": "黄河 0–5 km", "bank": "LEFT"}, {"甲堆"}),
    ]:
        page = client.get("/api/sites", params=HERE | asked).json()
        assert {item["name"] for item in page["items"]} == found
        counts = client.get("/api/sites/counts", params=HERE | asked).json()
        assert counts["total"] == len(found)
        file = client.get("/api/inventory", params=HERE | asked | {"format": "geojson"})
        assert file.status_code == 200
        assert {name for name in ("甲堆", "乙堆", "丙堆") if name in file.text} == found
    everything = client.get("/api/sites/counts", params=HERE).json()
    assert everything["by_river"] == {"黄河": 3}
    reaches = [(one["reach"], one["river"]) for one in everything["by_reach"]]
    assert reaches == [("黄河 0–5 km", "黄河"), ("黄河 10–15 km", "黄河")]


def test_lines_are_geojson_and_a_day_before_the_layer_has_none(client, sites):
    lines = client.get("/api/reaches/lines", params=HERE).json()
    assert [one["id"] for one in lines["features"]][0] == "150203-R01-001"
    past = HERE | {"as_of": "2020-01-01"}
    assert client.get("/api/reaches/lines", params=past).json()["features"] == []
    assert client.get("/api/reaches", params=past).json()["rivers"] == []
    gone = client.get("/api/reaches/150203-R01-001/strip", params={"as_of": "2020-01-01"})
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/reaches?district=990000", 404),
        ("/api/reaches?district=150203&as_of=2999-01-01", 422),
        ("/api/reaches?district=150203&bank=LEFT", 422),
        ("/api/reaches/150203-R09/strip", 404),
        ("/api/reaches/150203-R01/strip?colour=age", 422),
        ("/api/reaches/%00/strip", 422),
    ],
)
def test_a_bad_address_is_said(client, sites, address, status):
    assert client.get(address).status_code == status


def test_an_account_of_one_town_sees_its_towns_sites_only(towns):
    lay(towns.book, 40.70)
    remeasure(towns.book, KUNDULUN)
    mine = entering(towns, SIGHTS["town"])
    whole = mine.get("/api/reaches", params=HERE)
    assert whole.status_code == 200
    strip = mine.get("/api/reaches/150203-R01/strip")
    assert strip.json()["total"] == whole.json()["rivers"][0]["total"] > 0
    for answer in (whole, strip, mine.get("/api/reaches/lines", params=HERE)):
        assert not [mark for mark in towns.east.marks if mark in answer.text]
