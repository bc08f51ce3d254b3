"""Reference layers at both doors: adopted, listed, withdrawn; overlaps told."""

import json

import pytest
from shapely.geometry import box, mapping

from gis.domain.terms import LayerKind
from gis.ledger import places
from tests.makers import Clock, a_district, a_layer, list_site, open_book, square
from tests.terminal import Terminal

SAID = ("--title", "生态保护红线", "--source", "区自然资源分局", "--licence", "内部使用")


@pytest.fixture
def register(database_url):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        yield book


@pytest.fixture
def qingfei(database_url, tmp_path):
    terminal = Terminal(database_url, tmp_path / "data")

    def run(*words, code=0):
        done = terminal(*words)
        assert done.returncode == code, done.stderr
        return done.stdout if code == 0 else done.stderr

    return run


@pytest.fixture
def red_line(tmp_path):
    zone = mapping(box(109.69, 40.69, 109.71, 40.71))
    feature = {"type": "Feature", "properties": {"名称": "大青山"}, "geometry": zone}
    path = tmp_path / "红线.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    return path


def test_a_layer_from_file_to_grade_and_back(register, qingfei, red_line):
    site = list_site(register, mass_t=10.0)
    add = ("layer", "add", red_line, "--district", "150203", "--kind", "RED_LINE", *SAID)
    done = json.loads(qingfei(*add, "--dated-on", "2024-06-30", "--json"))
    assert done["is_new"] and (done["measured"], done["changed"]) == (1, 1)
    again = json.loads(qingfei(*add, "--dated-on", "2024-06-30", "--json"))
    assert again["is_new"] is False and again["id"] == done["id"]
    shown = json.loads(qingfei("layer", "show", done["id"][:8], "--json"))
    assert shown["reading"]["file"] == "红线.geojson" and shown["features"] == 1
    assert "大青山" not in qingfei("layer", "list", "--district", "150203")
    ended = json.loads(qingfei("layer", "withdraw", done["id"], "--json"))
    assert ended["changed"] == 1
    assert json.loads(qingfei("layer", "list", "--district", "150203", "--json")) == []
    every = json.loads(qingfei("layer", "list", "--district", "150203", "--all", "--json"))
    assert [one["is_in_force"] for one in every] == [False]
    assert site.code.startswith("150203")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "HOLY_GROUND"), "RED_LINE"),
        (("--kind", "SOURCE_ZONE"), "--level-column"),
        (("--kind", "SOURCE_ZONE", "--level", "4"), "一级保护区"),
        (("--kind", "MAIN_STEM"), "线"),
        (("--kind", "RED_LINE", "--crs", "4546"), "--crs 4490"),
    ],
)
def test_a_layer_that_does_not_fit_is_refused_in_one_sentence(
    register, qingfei, tmp_path, words, said
):
    shape = box(109.69, 40.69, 109.71, 40.71)
    if "MAIN_STEM" in words:
        shape = shape.centroid
    feature = {"type": "Feature", "properties": {}, "geometry": mapping(shape)}
    path = tmp_path / "layer.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    refusal = qingfei("layer", "add", path, "--district", "150203", *words, *SAID, code=1)
    assert said in refusal and len(refusal.strip().splitlines()) == 1


def test_overlaps_are_told(register, qingfei):
    one = list_site(register)
    other = list_site(register, outline=square(109.701))
    across = list_site(register, outline=square(109.599))
    found = json.loads(qingfei("overlaps", "--district", "150203", "--json"))
    assert [(p["one"], p["other"]) for p in found["overlaps"]] == [(one.code, other.code)]
    assert [b["code"] for b in found["outside"]] == [across.code]
    assert "重叠面积" in qingfei("overlaps", "--district", "150203")


def test_pages_read_the_layers_in_force_and_on_demand_all(client, book):
    layer = a_layer(LayerKind.RED_LINE, box(109.69, 40.69, 109.71, 40.71))
    places.add_layer(book, *layer)
    (found,) = client.get("/api/layers", params={"district": "150203"}).json()["layers"]
    assert (found["title_zh"], found["features"], found["is_in_force"]) == ("生态保护红线", 1, True)
    assert found["dated_on"] == "2025-01-01" and found["licence"] == "CC0"
    places.withdraw_layer(book, layer[0].id)
    assert client.get("/api/layers", params={"district": "150203"}).json()["layers"] == []
    ended = client.get("/api/layers", params={"district": "150203", "ended": True}).json()["layers"]
    assert [one["is_in_force"] for one in ended] == [False]


def test_an_unknown_district_is_answered_so(client):
    assert client.get("/api/layers", params={"district": "999999"}).status_code == 404
