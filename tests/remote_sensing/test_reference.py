"""Points that judge a map: how many (the paper's example), where, and what comes of the answers."""

import csv
import json
import re
from math import isnan, sqrt

import geopandas
import numpy as np
import pytest

from remote_sensing.classes import class_of
from remote_sensing.errors import LabelsUnreadable
from remote_sensing.quality.accuracy import area_adjusted
from remote_sensing.reference import drawing, files
from remote_sensing.reference.design import Stratum, allocate, design, size_for
from remote_sensing.reference.errors import (
    MapsOverlap,
    NothingMapped,
    PlanChanged,
    PlanUnreadable,
    PointsDoubled,
    PointsMissing,
    PointsStrange,
    PointsUnreadable,
    ReferenceUnknown,
)
from remote_sensing.reference.estimate import estimate
from tests.remote_sensing.make_scene import write_raster

PIT, SOIL, WATER = (class_of(name).code for name in ("open_pit", "bare_soil", "water"))

# Olofsson et al. 2014, section 5.1.1: pixels of 30 m mapped as deforestation, forest gain, stable
# forest, stable non-forest; here our names stand for theirs.
PIXELS = (200_000, 150_000, 3_200_000, 6_450_000)
EXPECTED = (0.70, 0.60, 0.90, 0.95)
NAMES = ("open_pit", "sand_pit", "forest", "grassland")
EXAMPLE = tuple(
    Stratum(name, n, n * 900.0, u) for name, n, u in zip(NAMES, PIXELS, EXPECTED, strict=True)
)


# how many


def test_the_worked_example_needs_641_points():
    weights = [n / sum(PIXELS) for n in PIXELS]
    assert weights == [0.02, 0.015, 0.32, 0.645]
    assert [round(one.spread, 3) for one in EXAMPLE] == [0.458, 0.490, 0.3, 0.218]
    assert size_for(weights, EXPECTED, 0.01) == 641
    assert design(EXAMPLE, target_se=0.01).needed == 641


def test_the_worked_example_is_allocated_by_area():
    assert allocate(641, EXAMPLE, least=0) == (13, 10, 205, 413)


@pytest.mark.parametrize("least", [50, 75, 100])
def test_rare_classes_get_their_least_and_the_others_share_the_rest_by_area(least):
    pit, sand, forest, grass = allocate(641, EXAMPLE, least)
    assert (pit, sand, pit + sand + forest + grass) == (least, least, 641)
    assert forest == pytest.approx((641 - 2 * least) * 0.32 / 0.965, abs=1)
    assert grass == pytest.approx((641 - 2 * least) * 0.645 / 0.965, abs=1)


def test_the_standard_errors_to_expect_follow_from_the_sizes():
    made = design(EXAMPLE, target_se=0.01, least=75)
    assert made.users_se[0] == pytest.approx(sqrt(0.7 * 0.3 / 74))
    variance = sum(
        (n / 1e7) ** 2 * u * (1 - u) / (k - 1)
        for n, u, k in zip(PIXELS, EXPECTED, made.sizes, strict=True)
    )
    assert made.overall_se == pytest.approx(sqrt(variance))
    assert made.overall_se == pytest.approx(0.011, abs=5e-4)


def test_small_strata_give_no_more_points_than_they_have_pixels():
    strata = [Stratum("open_pit", 3, 2700.0), Stratum("forest", 10_000, 9e6)]
    assert allocate(100, strata, least=50) == (3, 97)
    assert allocate(100, [Stratum("open_pit", 3, 2700.0)], least=50) == (3,)


def test_a_stratum_without_area_is_no_stratum_and_one_pixel_says_nothing_of_its_error():
    strata = [Stratum("open_pit", 1, 900.0), Stratum("water", 0, 0.0), Stratum("forest", 99, 9e4)]
    made = design(strata, target_se=0.05, least=20)
    assert [one.name for one in made.strata] == ["open_pit", "forest"]
    assert made.sizes[0] == 1 and isnan(made.users_se[0]) and made.overall_se > 0


def test_the_first_example_of_2013_gives_its_adjusted_area():
    # Olofsson et al. 2013 (RSE 129), example 1: 22,353 mapped, 45,112 estimated.
    sample = np.array([[97, 0, 3], [3, 279, 18], [2, 1, 97]])
    found = area_adjusted(("a", "b", "c"), sample, (22_353, 1_122_543, 610_228))
    assert round(found.classes[0].area_m2.value) == 45_112
    assert round(found.classes[0].users.value, 2) == 0.97
    assert round(found.classes[0].producers.value, 2) == 0.48
    assert round(found.overall.value, 2) == 0.94


# where


@pytest.fixture(scope="module")
def map_codes():
    codes = np.full((60, 90), SOIL, np.uint8)
    codes[:20, :20], codes[40:, 70:], codes[59, 0], codes[:, 89] = PIT, WATER, 255, 255
    return codes


@pytest.fixture
def class_map(map_codes, tmp_path):
    (tmp_path / "s2").mkdir()
    return write_raster(tmp_path / "s2" / "classes.tif", map_codes[None], nodata=255)


@pytest.fixture
def plan(class_map, tmp_path):
    made = design(drawing.strata_of([class_map], {"open_pit": 0.9}), size=60, least=15)
    files.write_plan(tmp_path / "design.json", made, [class_map])
    return tmp_path / "design.json"


def draw(plan, seed=1):
    made = files.read_plan(plan)
    return made, drawing.draw(made.maps, made.design.strata, made.design.sizes, seed)


def test_strata_are_the_maps_classes_with_their_ground(class_map, map_codes):
    strata = {one.name: one for one in drawing.strata_of([class_map], {"open_pit": 0.9})}
    assert {name: one.pixels for name, one in strata.items()} == {
        name: int((map_codes == class_of(name).code).sum())
        for name in ("open_pit", "bare_soil", "water")
    }
    assert strata["open_pit"].area_m2 == pytest.approx(400 * 100, rel=2e-3)
    assert (strata["open_pit"].expected, strata["water"].expected) == (0.9, 0.8)


def test_points_lie_on_pixels_of_their_class_none_twice(plan, map_codes, class_map):
    made, points = draw(plan)
    assert sorted(p.mapped for p in points) == sorted(
        name for one, n in zip(made.design.strata, made.design.sizes, strict=True)
        for name in [one.name] * n
    )  # fmt: skip
    assert len({(p.lon, p.lat) for p in points}) == len(points) == 60
    from pyproj import Transformer

    with drawing.opened(class_map) as dataset:
        back, inverse = Transformer.from_crs(4326, dataset.crs, always_xy=True), ~dataset.transform
    for p in points:
        col, row = inverse @ back.transform(p.lon, p.lat)
        assert map_codes[int(row), int(col)] == class_of(p.mapped).code
        assert (col % 1, row % 1) == pytest.approx((0.5, 0.5), abs=0.01)


def test_a_seed_draws_the_same_points_again_and_another_draws_others(plan):
    assert draw(plan, 1)[1] == draw(plan, 1)[1]
    assert draw(plan, 1)[1] != draw(plan, 2)[1]


def test_strips_do_not_change_what_is_drawn(plan, monkeypatch):
    whole = draw(plan)[1]
    monkeypatch.setattr(drawing, "_STRIP", 7)
    assert {(p.lon, p.lat, p.mapped) for p in draw(plan)[1]} == {
        (p.lon, p.lat, p.mapped) for p in whole
    }


def test_maps_over_the_same_ground_are_refused(class_map, map_codes, tmp_path):
    other = write_raster(tmp_path / "other.tif", map_codes[None], nodata=255)
    with pytest.raises(MapsOverlap):
        drawing.strata_of([class_map, other], {})


def test_a_map_without_classes_and_a_file_that_is_no_map_are_refused(tmp_path):
    empty = write_raster(tmp_path / "empty.tif", np.full((1, 5, 5), 255, np.uint8), nodata=255)
    with pytest.raises(NothingMapped):
        drawing.strata_of([empty], {})
    (tmp_path / "text.tif").write_text("no map")
    with pytest.raises(LabelsUnreadable):
        drawing.strata_of([tmp_path / "text.tif"], {})
    floats = write_raster(tmp_path / "floats.tif", np.ones((1, 5, 5), np.float32))
    with pytest.raises(LabelsUnreadable):
        drawing.strata_of([floats], {})


def test_a_map_that_changed_since_the_design_is_refused(plan, class_map, map_codes):
    write_raster(class_map, np.roll(map_codes, 1)[None], nodata=255)
    with pytest.raises(PlanChanged):
        files.read_plan(plan)
    class_map.unlink()
    with pytest.raises(PlanChanged):
        files.read_plan(plan)


@pytest.mark.parametrize("said", ["", "[]", '{"kind": "qingfei reference design"}', "\x00"])
def test_what_is_no_design_is_refused(said, tmp_path):
    (tmp_path / "d.json").write_text(said)
    with pytest.raises(PlanUnreadable):
        files.read_plan(tmp_path / "d.json")
    with pytest.raises(PlanUnreadable):
        files.read_key(tmp_path / "d.json")


# what was seen


@pytest.fixture
def drawn(plan, tmp_path):
    """The key of points, and a function that writes the table filled in by ``answer``."""
    made, points = draw(plan)
    files.write_key(tmp_path / "p.key.json", made, points, 1)
    key = files.read_key(tmp_path / "p.key.json")

    def fill(answer, name="p.csv", encoding="utf-8-sig"):
        rows = [{"point": p.name, "reference": answer(p)} for p in points]
        with (tmp_path / name).open("w", encoding=encoding, newline="") as stream:
            table = csv.DictWriter(stream, ["point", "reference"])
            table.writeheader()
            table.writerows(rows)
        return tmp_path / name

    return key, points, fill


def as_mapped(point):
    return point.mapped


@pytest.mark.parametrize("suffix", ["csv", "geojson", "gpkg"])
def test_the_table_hides_the_map_and_comes_back_filled_in(suffix, drawn, tmp_path):
    key, points, _ = drawn
    path = tmp_path / f"points.{suffix}"
    files.write_points(path, points)
    words = {p.mapped for p in points} | {class_of(p.mapped).zh for p in points}
    assert not any(word.encode() in path.read_bytes() for word in words)
    with pytest.raises(PointsMissing):
        files.read_answers(path, key)
    if suffix == "csv":
        text = path.read_text(encoding="utf-8-sig")
        filled = re.sub(r"(P\d+)(,.*),,$", lambda m: f"{m[1]}{m[2]},{key.mapped[m[1]]},", text,
                        flags=re.M)  # fmt: skip
        path.write_text(filled, encoding="utf-8-sig", newline="")
    else:
        frame = geopandas.read_file(path)
        assert (frame.geometry.x.round(7) == [p.lon for p in points]).all()
        frame["reference"] = [key.mapped[name] for name in frame["point"]]
        frame.to_file(path, driver={"gpkg": "GPKG", "geojson": "GeoJSON"}[suffix])
    assert files.read_answers(path, key) == key.mapped


def test_the_same_points_are_the_same_text(drawn, tmp_path):
    _, points, _ = drawn
    for suffix in ("csv", "geojson"):
        for name in ("a", "b"):
            files.write_points(tmp_path / f"{name}.{suffix}", points)
        assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_a_scene_that_is_called_like_a_formula_is_text(drawn, tmp_path):
    point = drawing.Point("P001", 109.0, 40.0, "=1+1", "water")
    files.write_points(tmp_path / "p.csv", [point])
    assert "'=1+1" in (tmp_path / "p.csv").read_text(encoding="utf-8-sig")


def test_a_map_that_is_right_everywhere_has_its_areas(drawn):
    key, _, fill = drawn
    found = estimate(key, files.read_answers(fill(as_mapped), key))
    assert found.adjusted.overall.value == 1
    assert [round(c.area_m2.value) for c in found.adjusted.classes] == [
        round(c.mapped_m2) for c in found.adjusted.classes
    ]


def test_what_the_map_missed_adds_to_the_area_of_a_class(drawn):
    key, points, fill = drawn
    wrong = next(p.name for p in points if p.mapped == "bare_soil")
    found = estimate(
        key,
        files.read_answers(
            fill(lambda p: "露天采坑" if p.name == wrong else p.mapped, encoding="gb18030"), key
        ),
    )
    rows = {row.name: row for row in found.adjusted.classes}
    soil = next(one for one in key.strata if one.name == "bare_soil")
    drawn_soil = sum(p.mapped == "bare_soil" for p in points)
    pit = rows["open_pit"]
    assert pit.area_m2.value == pytest.approx(pit.mapped_m2 + soil.area_m2 / drawn_soil)
    assert pit.producers.value < 1 == pit.users.value
    assert pit.area_m2.half_width > 0


def test_a_class_that_the_map_does_not_have_may_be_seen(drawn):
    key, points, fill = drawn
    answers = files.read_answers(
        fill(lambda p: "greenhouse" if p.mapped == "bare_soil" else p.mapped), key
    )
    found = estimate(key, answers)
    house = next(row for row in found.adjusted.classes if row.name == "greenhouse")
    assert house.mapped_m2 == 0 and house.area_m2.value > 0
    assert isnan(house.users.value) and house.producers.value == 0


def test_unsure_points_are_left_out_and_counted(drawn):
    key, points, fill = drawn
    first = points[0].name
    found = estimate(
        key, files.read_answers(fill(lambda p: "Unsure" if p.name == first else p.mapped), key)
    )
    assert (found.points, found.unsure) == (len(points) - 1, 1)


def test_bad_tables_are_refused_with_what_is_wrong(drawn, tmp_path):
    key, points, fill = drawn
    path = fill(as_mapped)
    lines = path.read_text(encoding="utf-8-sig").splitlines()

    def with_lines(*own):
        path.write_text("\n".join(own), encoding="utf-8")
        return path

    cases = [
        (PointsMissing, lines[:-1]),
        (PointsDoubled, [*lines, lines[1]]),
        (PointsStrange, [*lines, "P999,water"]),
        (ReferenceUnknown, [*lines[:-1], lines[-1].split(",")[0] + ",moon"]),
        (PointsUnreadable, ["name,class", *lines[1:]]),
    ]
    for error, own in cases:
        with pytest.raises(error) as refused:
            files.read_answers(with_lines(*own), key)
        assert path.name in refused.value.sentence("en")
    path.write_bytes(b"\xff\xfe\x00\xff" * 9)
    with pytest.raises(PointsUnreadable):
        files.read_answers(path, key)
    with pytest.raises(PointsUnreadable):
        files.read_answers(tmp_path / "p.xlsx", key)
    with pytest.raises(PointsUnreadable):
        files.write_points(tmp_path / "p.xlsx", points)


def test_a_key_of_points_of_no_stratum_is_refused(drawn, tmp_path):
    content = json.loads((tmp_path / "p.key.json").read_text())
    content["points"]["P001"] = "forest"
    (tmp_path / "p.key.json").write_text(json.dumps(content))
    with pytest.raises(PlanUnreadable):
        files.read_key(tmp_path / "p.key.json")
