"""The data catalogue keeps its word: hashes, licences, polygons; made-up rows name nobody."""

import csv
import hashlib
import json
import re
import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import shapely
from pyproj import Transformer
from rasterio.features import rasterize
from shapely.geometry import shape

from gis.domain import terms
from gis.domain.grading.facts import Facts
from gis.domain.grading.grading import grade
from gis.domain.terms import Grade, LayerKind
from gis.rules.grading import current
from remote_sensing.classes import class_of
from remote_sensing.training import manifest

DATA = Path(__file__).parents[2] / "data"
STRZEGOM = DATA / "demo" / "strzegom"
KUNDULUN = DATA / "demo" / "kundulun"
REFERENCE = DATA / "reference" / "kundulun"
DATES = ("20210619", "20220619")
BANDS = ("B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12")
MADE_UP = "演示数据"
MADE_ON = date(2026, 11, 23)
"""The day the made-up deadlines were laid round."""

TOWNS = set(
    "少先路街道 沼潭街道 林荫路街道 友谊大街街道 阿尔丁大街街道 团结大街街道 鞍山道街道 前进道街道 "
    "市府东路街道 白云路街道 黄河西路街道 昆工路街道 昆北街道 昆河镇 卜尔汉图镇".split()
)
UNITS = TOWNS | set(
    "区生态环境分局 区自然资源分局 区执法局 区住建局 区工信局 区农牧局 区财政局 区发改委".split()
)
POSTS = set("分管副区长 分局局长 执法局局长 镇长 副镇长 街道办主任".split())
PARTIES = {None, "演示单位甲", "演示单位乙", "演示单位丙"}
WORDS: dict[str, type[terms.Term]] = {
    "kind": terms.SiteKind,
    "waste_class": terms.WasteClass,
    "nature": terms.WasteNature,
    "responsibility": terms.Responsibility,
    "state": terms.SiteState,
}
CHOICES: dict[str, set[object]] = {
    "responsible_party": set(PARTIES),
    "town": set(TOWNS),
    "village": {None},
    "source": {"遥感", "信访", "督察", "巡查"},
    "retaining": {"NONE", "PART", "WHOLE", None},
    "monitoring": {"NONE", "PART", "WHOLE", None},
    "history": {"NONE", "OPEN", "INCIDENT", None},
    "ground": {"PERMEABLE", "GOOD", None},
    "source_zone": {"LEVEL_1_2", "QUASI_OR_NEAR", "NONE", None},
    "protected_land": {"INSIDE", "NEAR", "NONE", None},
}
FLAGS = (
    "dust_control runoff_control seepage_control is_bare is_steep_or_high is_dumping_active "
    "in_river_zone in_priority_area".split()
)
NUMBERS = "height_m mass_t dwelling_distance_m tributary_distance_m radioactivity_bq_g".split()
FREE = {"name", "mass_basis", "found_on", "note"}


def catalogue() -> dict[str, list[str]]:
    """Return the catalogue's rows by file: what, source, licence, date, CRS, sha256."""
    text = (DATA / "README.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): row[1:] for row in rows}


def features(path: Path) -> list[dict[str, Any]]:
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection, "RFC 7946 knows only WGS 84"
    found: list[dict[str, Any]] = collection["features"]
    return found


def shipped(pattern: str = "*") -> list[Path]:
    return sorted(p for p in DATA.rglob(pattern) if p.is_file() and p != DATA / "README.md")


def projected(geometry: shapely.Geometry, epsg: int) -> shapely.Geometry:
    move = Transformer.from_crs(4326, epsg, always_xy=True)

    def moved(lonlat: np.ndarray) -> np.ndarray:
        return np.column_stack(move.transform(lonlat[:, 0], lonlat[:, 1]))

    return shapely.transform(geometry, moved)


def rows(name: str) -> list[dict[str, str]]:
    with (KUNDULUN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sites() -> list[dict[str, Any]]:
    return [feature["properties"] for feature in features(KUNDULUN / "sites.geojson")]


def test_every_file_stands_in_the_catalogue_and_no_other() -> None:
    assert set(catalogue()) == {p.relative_to(DATA).as_posix() for p in shipped()}


@pytest.mark.parametrize("path", shipped(), ids=lambda p: p.name)
def test_a_file_is_what_the_catalogue_says_it_is(path: Path) -> None:
    row = catalogue()[path.relative_to(DATA).as_posix()]
    what, source, licence, dated, crs, digest = row
    assert digest.strip("`") == hashlib.sha256(path.read_bytes()).hexdigest()
    assert all(text.strip() for text in (what, source, licence, dated, crs))


def test_no_label_set_of_others_is_shipped() -> None:
    names = " ".join(p.name for p in shipped())
    assert not re.search(r"_labels\.tif|quarry_polygons|reference_polygons|masks?\b", names)


def test_the_catalogue_carries_the_notices() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert "Contains modified Copernicus Sentinel data 2021, 2022" in text
    assert "中国地图管理规定" in text and "仅供演示" in text


@pytest.mark.parametrize("path", shipped("*.geojson"), ids=lambda p: p.name)
def test_geometry_is_sound_lon_lat(path: Path) -> None:
    for feature in features(path):
        geometry = shape(feature["geometry"])
        assert shapely.is_valid_reason(geometry) == "Valid Geometry", feature["properties"]
        west, south, east, north = geometry.bounds
        assert (
            16 < west <= east < 17
            and 50 < south <= north < 52
            or (108 < west <= east < 112 and 39 < south <= north < 43)
        )
        for polygon in shapely.get_parts(geometry):
            if polygon.geom_type == "Polygon":
                assert polygon.exterior.is_ccw, "RFC 7946: outer rings run counter-clockwise"
                assert not any(hole.is_ccw for hole in polygon.interiors)


@pytest.mark.parametrize("day", DATES)
def test_a_scene_has_its_bands_tags_and_notice(day: str) -> None:
    with rasterio.open(STRZEGOM / f"strzegom_{day}_s2.tif", driver="GTiff") as scene:
        assert scene.descriptions == BANDS
        assert scene.crs.to_epsg() == 32633 and scene.res == (10.0, 10.0)
        assert scene.nodata == 0 and scene.dtypes[0] == "uint16"
        tags = scene.tags()
        blue = scene.read(1, masked=True)
    assert tags["NOTICE"] == f"Contains modified Copernicus Sentinel data {day[:4]}"
    assert tags["ACQUIRED"] == day
    added = -int(tags["BOA_ADD_OFFSET"])
    assert added == (1000 if day > "20220125" else 0)
    assert 0.01 < (float(blue.mean()) - added) / 10_000 < 0.1, "the tag contradicts the pixels"


def test_the_two_scenes_stay_small() -> None:
    assert sum(p.stat().st_size for p in STRZEGOM.glob("*.tif")) < 2_500_000
    assert all(p.stat().st_size < 300_000 for p in REFERENCE.iterdir())


def test_the_training_manifest_can_be_read_and_names_every_class_drawn() -> None:
    read = manifest.read(STRZEGOM / "manifest.toml")
    for scene in read.scenes:
        drawn = {f["properties"]["class"] for f in features(scene.labels)}
        assert drawn == set(read.legend)
        assert scene.acquired_on is not None
        assert f"{scene.acquired_on:%Y%m%d}" in scene.image.name
        assert scene.labels.stem.endswith(f"{scene.acquired_on:%Y%m%d}")


@pytest.mark.parametrize("day", DATES)
def test_training_polygons_lie_on_valid_pixels_and_agree(day: str) -> None:
    with rasterio.open(STRZEGOM / f"strzegom_{day}_s2.tif", driver="GTiff") as scene:
        valid = scene.read(1) != 0
        size, grid, frame = scene.shape, scene.transform, shapely.box(*scene.bounds)
    taken = np.zeros(size, np.uint8)
    for feature in features(STRZEGOM / f"training_{day}.geojson"):
        properties = feature["properties"]
        assert properties["note"].strip()
        outline = projected(shape(feature["geometry"]), 32633)
        assert frame.contains(outline), properties
        mine = rasterize([(outline, 1)], size, transform=grid) > 0
        assert mine.sum() >= 4, properties
        assert valid[mine].all(), properties
        code = class_of(properties["class"]).code
        assert set(np.unique(taken[mine])) <= {0, code}, f"two classes on one pixel: {properties}"
        taken[mine] = code


@pytest.mark.parametrize("day", DATES)
def test_training_polygons_look_like_their_class(day: str) -> None:
    with rasterio.open(STRZEGOM / f"strzegom_{day}_s2.tif", driver="GTiff") as scene:
        added = float(scene.tags()["BOA_ADD_OFFSET"])
        stored = scene.read((3, 7, 10)).astype(float)
        grid = scene.transform
    red, near, short = (stored + added) / 10_000
    for feature in features(STRZEGOM / f"training_{day}.geojson"):
        name = feature["properties"]["class"]
        outline = projected(shape(feature["geometry"]), 32633)
        mine = rasterize([(outline, 1)], red.shape, transform=grid) > 0
        ndvi = float(((near[mine] - red[mine]) / (near[mine] + red[mine])).mean())
        dark, bright = float(near[mine].mean()) < 0.12, float(short[mine].mean()) > 0.15
        looks = {
            "open_pit": ndvi < 0.45 and bright,
            "bare_soil": ndvi < 0.5,
            "water": dark,
            "forest": ndvi > 0.7 and not bright,
            "cropland": ndvi > 0.5,
            "grassland": ndvi > 0.4,
            "built_up": ndvi < 0.65 and bright,
        }
        assert looks[name], (feature["properties"], ndvi)


def test_training_polygons_are_many_and_the_target_is_well_covered() -> None:
    drawn = [
        (f["properties"]["class"], projected(shape(f["geometry"]), 32633).area / 1e4)
        for day in DATES
        for f in features(STRZEGOM / f"training_{day}.geojson")
    ]
    assert len(drawn) >= 200
    assert sum(ha for name, ha in drawn if name == "open_pit") > 60
    assert min(Counter(name for name, _ in drawn).values()) >= 9


NAMES = {"name_zh", "name_en", "code"}


def test_reference_layers_say_whose_they_are_and_how_good() -> None:
    layers = tomllib.loads((REFERENCE / "layers.toml").read_text(encoding="utf-8"))["layer"]
    assert {row["file"] for row in layers} == {p.name for p in REFERENCE.glob("*.geojson")}
    for row in layers:
        assert LayerKind.of(row["kind"])
        assert all(row[key].strip() for key in ("title_zh", "title_en", "source", "licence"))
        assert row["note"].strip() and row["accuracy_m"] > 0
        for feature in features(REFERENCE / row["file"]):
            said = set(feature["properties"])
            assert NAMES <= said <= NAMES | {"is_important", "note_zh", "note_en"}


@pytest.mark.parametrize("folder", [STRZEGOM, KUNDULUN], ids=lambda p: p.name)
def test_a_place_names_its_outline_and_says_that_it_is_a_demo(folder: Path) -> None:
    place = tomllib.loads((folder / "place.toml").read_text(encoding="utf-8"))
    assert "演示" in place["name_zh"] and "demo" in place["name_en"] and place["is_demo"] is True
    outline = features(folder / place["outline"])[0]
    assert outline["properties"]["code"] == place["code"]
    west, _, east, _ = shape(outline["geometry"]).bounds
    area = Transformer.from_crs(4326, place["metric_epsg"]).target_crs.area_of_use
    assert area is not None and area.west <= west and east <= area.east


def test_made_up_sites_lie_apart_inside_the_district() -> None:
    district = shape(features(REFERENCE / "kundulun_outline.geojson")[0]["geometry"])
    outlines = [shape(f["geometry"]) for f in features(KUNDULUN / "sites.geojson")]
    assert 40 <= len(outlines) <= 60
    assert all(district.contains(outline) for outline in outlines)
    hectares = [projected(outline, 4546).area / 1e4 for outline in outlines]
    assert 0.25 <= min(hectares) and max(hectares) <= 20
    assert sum(1 for outline in outlines if outline.interiors) >= 3
    tree = shapely.STRtree(outlines)
    assert len(tree.query(outlines, predicate="intersects")[0]) == len(outlines)


@pytest.mark.parametrize("site", sites(), ids=lambda p: p["name"])
def test_a_made_up_site_uses_our_words_and_nobodys_name(site: dict[str, Any]) -> None:
    assert set(site) == {*WORDS, *CHOICES, *FLAGS, *NUMBERS, *FREE}
    assert all(words.of(site[key]) for key, words in WORDS.items())
    assert all(site[key] in allowed for key, allowed in CHOICES.items())
    assert all(site[key] in (True, False, None) for key in FLAGS)
    assert all(site[key] is None or site[key] >= 0 for key in NUMBERS)
    label = r"演示(堆场|建筑垃圾点|矿坑|砂坑|尾矿库)\d\d"
    assert re.fullmatch(rf"{label}（{site['town']}）", site["name"])
    assert (site["responsible_party"] is not None) == (site["responsibility"] == "OWNER")
    assert (site["mass_t"] is None) == (site["mass_basis"] is None)
    assert re.fullmatch(r"[占地面积堆高现场核实：无存（估算）×t/m³\d. ]*", site["mass_basis"] or "")
    assert date.fromisoformat(site["found_on"]) <= MADE_ON
    assert site["note"] == f"{MADE_UP}：位置、数量与属性均为虚构，不对应任何真实场地"


def test_made_up_conclusions_are_marked_and_of_known_sites() -> None:
    known = {site["name"]: site for site in sites()}
    for row in rows("conclusions.csv"):
        site = known[row["site"]]
        assert row["reason"].startswith(MADE_UP) and row["laboratory"] == "演示实验室"
        assert row["report_no"].startswith("演示-")
        assert row["state"] in ("IN_FORCE", "SIGNED")
        assert site["nature"] == (row["nature"] if row["state"] == "IN_FORCE" else "UNIDENTIFIED")
        assert site["found_on"] <= row["concluded_on"] <= MADE_ON.isoformat()
        if row["nature"] == "RADIOACTIVE":
            assert float(row["radioactivity_bq_g"]) == site["radioactivity_bq_g"]
        if row["nature"] == "CLASS_I":
            assert float(row["leach_multiple"]) <= 1, "GB 18599 3.6"
        if row["nature"] == "CLASS_II" and "pH" not in row["reason"]:
            assert float(row["leach_multiple"]) > 1, "GB 18599 3.7"
    assert 0.25 <= len({row["site"] for row in rows("conclusions.csv")}) / len(known) <= 0.5


def test_made_up_projects_are_marked_and_name_posts_not_persons() -> None:
    known = {site["name"]: site for site in sites()}
    for row in rows("projects.csv"):
        assert row["title"].startswith(f"{MADE_UP}：")
        assert terms.ProjectStage.of(row["stage"])
        assert {row["lead_unit"], *row["supporting_units"].split("、")} <= UNITS
        assert row["leader_role"] in POSTS
        assert known[row["site"]]["found_on"] < (row["due_on"] or MADE_ON.isoformat())
        assert row["task_no"] in ("4", "5", "13", "20")
        assert 0 <= int(row["progress_percent"]) <= 100
        assert float(row["paid_yuan"] or 0) <= float(row["budget_yuan"] or 0)
        closed = known[row["site"]]["state"] == "CLOSED"
        assert closed == (row["stage"] == "CLOSED") == (row["progress_percent"] == "100")


def test_made_up_deadlines_show_every_state() -> None:
    soon = MADE_ON + timedelta(days=30)
    states = Counter(
        "ongoing" if not row["due_on"]
        else "red" if (due := date.fromisoformat(row["due_on"])) < MADE_ON
        else "amber" if due <= soon
        else "on time"
        for row in rows("projects.csv")
        if row["stage"] != "CLOSED"
    )  # fmt: skip
    assert min(states[state] for state in ("ongoing", "red", "amber", "on time")) >= 2


def test_made_up_sites_show_every_grade() -> None:
    grades = Counter(grade(facts_of(site), current()).grade for site in sites())
    assert min(grades[g] for g in (Grade.HIGH, Grade.MEDIUM, Grade.LOW)) >= 5
    assert grades[Grade.OUT_OF_SCHEME] >= 1


def facts_of(site: dict[str, Any]) -> Facts:
    """Return the facts of a made-up site; the river is beyond 5 km of all of them."""
    same = (
        "mass_t is_bare is_steep_or_high is_dumping_active radioactivity_bq_g in_river_zone "
        "tributary_distance_m source_zone dwelling_distance_m protected_land retaining monitoring "
        "history".split()
    )
    nature = terms.WasteNature.of(site["nature"])
    return Facts(
        nature=None if nature is terms.WasteNature.UNIDENTIFIED else nature,
        main_stem_distance_m=7_800,
        responsibility=terms.Responsibility.of(site["responsibility"]),
        has_dust_control=site["dust_control"],
        has_runoff_control=site["runoff_control"],
        has_seepage_control=site["seepage_control"],
        **{key: site[key] for key in same},
    )
