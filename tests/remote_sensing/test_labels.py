import json
from pathlib import Path

import geopandas
import numpy as np
import pytest
from rasterio.transform import Affine
from shapely import LineString, Polygon, box

from remote_sensing import errors
from remote_sensing.classes import class_of
from remote_sensing.scene import Scene, open_scene
from remote_sensing.training.labels import UNLABELLED, codes_on
from remote_sensing.training.manifest import TrainingScene
from tests.remote_sensing.make_scene import Made, make_scene, write_raster

LEFT, TOP = 398_000, 4_501_000
LEGEND = {"10": "open_pit", "wood": "forest"}
PIT, WOOD, OTHER = (class_of(name).code for name in ("open_pit", "forest", "other"))


@pytest.fixture(scope="module")
def scene(made: Made) -> Scene:
    return open_scene(made.path)


def patch(col: float, row: float, wide: float, high: float) -> Polygon:
    """A rectangle given in pixels of the scene."""
    return box(LEFT + 10 * col, TOP - 10 * (row + high), LEFT + 10 * (col + wide), TOP - 10 * row)


def shapes(path: Path, rows: list[tuple[object, object]], **more: str) -> Path:
    frame = geopandas.GeoDataFrame(
        {"kind": [kind for kind, _ in rows], "note": "x"},
        geometry=[shape for _, shape in rows],
        crs="EPSG:32649",
    )
    (frame.to_crs(4326) if path.suffix == ".geojson" else frame).to_file(path, **more)
    return path


def burnt(scene: Scene, labels: Path, **more: str) -> np.ndarray:
    return codes_on(scene, TrainingScene(scene.path, labels, **more), LEGEND)  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".shp"])
def test_shapes_of_each_kind_label_the_pixels_whose_centre_they_hold(
    tmp_path: Path, scene: Scene, suffix: str
) -> None:
    rows = [("10", patch(5, 6, 4, 3)), ("wood", patch(20.4, 30.4, 2, 2)), ("?", patch(1, 1, 2, 2))]
    found = burnt(scene, shapes(tmp_path / f"l{suffix}", rows))
    expected = np.full((80, 96), UNLABELLED)
    expected[6:9, 5:9] = PIT
    expected[30:32, 20:22] = WOOD
    assert (found == expected).all()


def test_background_keeps_clear_of_every_shape(tmp_path: Path, scene: Scene) -> None:
    rows = [("10", patch(5.4, 6.4, 3, 3)), ("unknown", patch(40, 40, 10, 10))]
    found = burnt(scene, shapes(tmp_path / "l.geojson", rows), background="other")
    assert (found[6:9, 5:8] == PIT).all()
    assert (found[9, 5:9] == UNLABELLED).all()
    assert (found[41:49, 41:49] == UNLABELLED).all()
    assert found[0, 0] == found[60, 60] == OTHER


def test_where_two_classes_meet_none_is_said(tmp_path: Path, scene: Scene) -> None:
    rows = [("10", patch(5, 5, 6, 6)), ("wood", patch(8, 5, 6, 6)), ("10", patch(5, 5, 6, 6))]
    found = burnt(scene, shapes(tmp_path / "l.gpkg", rows))
    assert (found[5:11, 5:8] == PIT).all()
    assert (found[5:11, 8:11] == UNLABELLED).all()
    assert (found[5:11, 11:14] == WOOD).all()


def test_shapes_outside_the_image_are_passed_over(tmp_path: Path, scene: Scene) -> None:
    found = burnt(scene, shapes(tmp_path / "l.geojson", [("10", patch(500, 500, 9, 9))]))
    assert (found == UNLABELLED).all()
    empty = tmp_path / "empty.geojson"
    empty.write_text('{"type": "FeatureCollection", "features": []}')
    assert (burnt(scene, empty, background="other") == OTHER).all()


def test_the_field_named_is_used_and_must_be_there(tmp_path: Path, scene: Scene) -> None:
    path = shapes(tmp_path / "l.gpkg", [(10.0, patch(5, 5, 6, 6))])
    assert (burnt(scene, path, field="kind") == PIT).sum() == 36
    assert (burnt(scene, path, field="note") == PIT).sum() == 0
    with pytest.raises(errors.FieldMissing, match="kind, note"):
        burnt(scene, path, field="cls")


def test_a_legend_of_one_class_needs_no_field(tmp_path: Path, scene: Scene) -> None:
    path = shapes(tmp_path / "l.gpkg", [("a", patch(5, 5, 6, 6)), ("b", patch(20, 20, 2, 2))])
    source = TrainingScene(scene.path, path)
    assert (codes_on(scene, source, {"pit": "open_pit"}) == PIT).sum() == 40
    with pytest.raises(errors.FieldMissing):
        codes_on(scene, source, LEGEND)


def test_odd_shapes_are_survived(tmp_path: Path, scene: Scene) -> None:
    bow = Polygon([(LEFT, TOP), (LEFT + 90, TOP - 90), (LEFT + 90, TOP), (LEFT, TOP - 90)])
    line = LineString([(LEFT + 205, TOP - 205), (LEFT + 305, TOP - 205)])
    found = burnt(scene, shapes(tmp_path / "l.gpkg", [("10", bow), ("10", None), ("10", line)]))
    assert (found == PIT).sum() > 20


def test_a_raster_label_is_read_by_value(tmp_path: Path, scene: Scene) -> None:
    values = np.zeros((1, 80, 96), np.float32)
    values[0, 10:20, 10:20] = 10
    values[0, 30:40, 30:40] = 3
    path = write_raster(tmp_path / "l.tif", values, nodata=0)
    found = burnt(scene, path)
    assert (found[10:20, 10:20] == PIT).all()
    assert (found == PIT).sum() == 100
    assert (found != UNLABELLED).sum() == 100


def test_a_raster_of_another_grid_is_brought_onto_the_image_s(tmp_path: Path, scene: Scene) -> None:
    values = np.zeros((1, 60, 60), np.uint8)
    values[0, 10:30, 10:30] = 10
    finer = Affine(5, 0, LEFT + 100, 0, -5, TOP - 100)
    path = write_raster(tmp_path / "l.tif", values, transform=finer)
    found = burnt(scene, path)
    assert (found[15:25, 15:25] == PIT).all()
    assert (found == PIT).sum() == 100
    degrees = write_raster(
        tmp_path / "d.tif", np.full((1, 90, 90), 10, np.uint8),
        crs="EPSG:4326", transform=Affine(1e-4, 0, 109.793, 0, -1e-4, 40.655),
    )  # fmt: skip
    assert (burnt(scene, degrees) == PIT).mean() > 0.5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("l.geojson", b"{}"), ("l.geojson", b"[1]"), ("l.geojson", b"\xff\xfe"),
        ("l.geojson", b'{"features": [{"type": "Feature"}]}'), ("l.gpkg", b"<OGRVRTDataSource/>"),
        ("l.shp", b"<OGRVRTDataSource/>"), ("l.tif", b"text"), ("l.kml", b"<kml/>"),
        ("l.gpkg", b"SQLite format 3\0 and no more"), ("l.shp", b"\x00\x00\x27\x0a cut"),
    ],
)  # fmt: skip
def test_files_that_are_no_labels_are_refused(
    tmp_path: Path, scene: Scene, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(errors.LabelsUnreadable):
        burnt(scene, tmp_path / name)


def test_labels_must_say_where_they_are(tmp_path: Path, scene: Scene) -> None:
    path = write_raster(tmp_path / "l.tif", np.ones((1, 9, 9), np.uint8), crs=None)
    with pytest.raises(errors.NoCrs):
        burnt(scene, path)
    shapes(tmp_path / "l.shp", [("10", patch(1, 1, 2, 2))])
    (tmp_path / "l.prj").unlink()
    with pytest.raises(errors.NoCrs):
        burnt(scene, tmp_path / "l.shp")


def test_a_geojson_may_name_its_crs(tmp_path: Path, scene: Scene) -> None:
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32649"}}
    shape = {"type": "Polygon", "coordinates": [list(patch(5, 6, 4, 3).exterior.coords)]}
    feature = {"type": "Feature", "properties": {"kind": "10"}, "geometry": shape}
    path = tmp_path / "l.geojson"
    path.write_text(json.dumps({"crs": named, "features": [feature]}))
    assert (burnt(scene, path) == PIT).sum() == 12


def test_labels_fit_a_scene_in_degrees(tmp_path: Path) -> None:
    grid = Affine(1e-4, 0, 109.79, 0, -1e-4, 40.66)
    made = make_scene(tmp_path / "deg.tif", crs="EPSG:4326", transform=grid)
    shape = box(109.7910, 40.6580, 109.7920, 40.6590)
    path = tmp_path / "l.geojson"
    geopandas.GeoDataFrame({"kind": ["wood"]}, geometry=[shape], crs=4326).to_file(path)
    assert (burnt(open_scene(made.path), path) == WOOD).sum() == 100
