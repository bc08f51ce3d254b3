"""Candidates: measures on the ellipsoid, stable identity, a file that reads back the same."""

import json
from uuid import UUID

import numpy as np
import pytest
import shapely
from affine import Affine
from shapely import Polygon, box

from remote_sensing import candidates
from remote_sensing.errors import CandidatesUnreadable
from remote_sensing.objects import Patch
from remote_sensing.scene import open_scene
from remote_sensing.windows import Window
from tests.remote_sensing.make_scene import write_raster

SQUARE = box(10, 10, 30, 30)
RING = Polygon(SQUARE.exterior.coords, [box(15, 15, 20, 20).exterior.coords])


def patch(pixels=400, score_sum=32_000, code=1):
    return Patch(code, 10, 10, pixels, score_sum, 61, 95, Window(10, 10, 20, 20))


@pytest.fixture(scope="module")
def scene(made):
    return open_scene(made.path)


def one(scene, outline=SQUARE, **options):
    return candidates.from_patches([patch()], [outline], scene, "m" * 64, **options)[0]


def test_area_and_perimeter_are_those_of_the_ground(scene):
    found = one(scene, RING)
    # At 398 km easting the UTM scale is 0.99973: true areas are 0.05 % larger than the grid's.
    assert found.area_m2 == pytest.approx(37_500, rel=1e-3)
    assert found.area_m2 > 37_500
    assert found.perimeter_m == pytest.approx(800 + 200, rel=1e-3)
    assert found.confidence == 0.8
    assert (found.score_min, found.score_max) == (0.61, 0.95)


def test_the_outline_is_wound_and_rounded_as_rfc_7946_asks(scene):
    outline = one(scene, RING).outline_lonlat
    assert outline.exterior.is_ccw
    assert not outline.interiors[0].is_ccw
    corners = shapely.get_coordinates(outline)
    assert (np.round(corners, 7) == corners).all()
    assert 109 < corners[:, 0].min() < corners[:, 0].max() < 111


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:32649"])
def test_the_same_ground_measures_the_same_in_any_crs(tmp_path, crs):
    here = {
        "EPSG:4326": Affine(1e-4, 0, 109.8, 0, -1e-4, 40.65),
        "EPSG:3857": Affine(13.2, 0, 12_222_880, 0, -13.2, 4_961_000),
        "EPSG:32649": Affine(10, 0, 398_000, 0, -10, 4_501_000),
    }[crs]
    values = np.full((3, 40, 40), 1_500, np.uint16)
    values += np.arange(40, dtype=np.uint16)
    path = write_raster(tmp_path / "a.tif", values, crs=crs, transform=here,
                        names=("B02", "B03", "B04"))  # fmt: skip
    scene = open_scene(path)
    assert one(scene).area_m2 == pytest.approx(400 * scene.pixel_m**2, rel=2e-3)


def test_identity_hangs_on_scene_model_class_and_outline(scene):
    base = one(scene)
    assert one(scene) == base
    assert isinstance(base.id, UUID)
    moved = one(scene, shapely.transform(SQUARE, lambda c: c + 1))
    (other_model,) = candidates.from_patches([patch()], [SQUARE], scene, "n" * 64)
    (other_class,) = candidates.from_patches([patch(code=2)], [SQUARE], scene, "m" * 64)
    assert len({base.id, moved.id, other_model.id, other_class.id}) == 4


def test_small_and_unsure_ones_are_left_out(scene):
    def count(**limits):
        return len(candidates.from_patches([patch()], [SQUARE], scene, "m", **limits))

    assert (count(min_area_m2=39_900), count(min_area_m2=40_200)) == (1, 0)
    assert (count(min_confidence=0.8), count(min_confidence=0.81)) == (1, 0)


def test_a_border_across_the_scene_follows_the_projection():
    long = candidates._LONGEST_EDGE_PX * 4
    dense = shapely.segmentize(box(0, 0, long, 1), candidates._LONGEST_EDGE_PX)
    assert shapely.get_num_coordinates(dense) == 5 + 2 * 3


def test_the_file_reads_back_what_was_written_surest_first(scene, tmp_path):
    patches = [patch(score_sum=s) for s in (20_000, 36_000, 28_000)]
    outlines = [shapely.transform(RING, lambda c, n=n: c + n) for n in (0, 30, 5)]
    found = candidates.from_patches(patches, outlines, scene, "m")
    assert [c.confidence for c in found] == [0.9, 0.7, 0.5]
    path = tmp_path / "c.geojson"
    path.write_bytes(candidates.to_geojson(reversed(found), {"name": "演示"}))
    assert candidates.read_geojson(path) == found
    content = json.loads(path.read_bytes())
    assert (content["type"], content["name"]) == ("FeatureCollection", "演示")
    wanted = {"class", "confidence", "area_m2", "perimeter_m"}
    assert all(wanted <= feature["properties"].keys() for feature in content["features"])


def test_no_candidates_are_a_valid_file(tmp_path):
    path = tmp_path / "c.geojson"
    path.write_bytes(candidates.to_geojson([], {}))
    assert candidates.read_geojson(path) == ()


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"features": [{}]}', '{"features": 3}', "\x00\x01",
     '{"features": [{"properties": {"id": "x"}, "geometry": {"type": "Point"}}]}'],
)  # fmt: skip
def test_another_file_is_refused_in_one_sentence(tmp_path, content):
    path = tmp_path / "c.geojson"
    path.write_text(content)
    with pytest.raises(CandidatesUnreadable, match=r"c\.geojson"):
        candidates.read_geojson(path)


def test_a_missing_file_is_refused_likewise(tmp_path):
    with pytest.raises(CandidatesUnreadable):
        candidates.read_geojson(tmp_path / "none.geojson")
