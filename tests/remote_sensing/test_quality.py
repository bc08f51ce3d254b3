"""The protocol: pixels on labelled ground, places of 0.5 ha, confidence, and labels of any kind."""

import json
from math import isnan

import numpy as np
import pytest
import shapely
from rasterio.crs import CRS
from rasterio.transform import Affine
from shapely import box

from remote_sensing import pipeline
from remote_sensing.classes import class_of
from remote_sensing.errors import (
    CandidatesUnreadable,
    FieldMissing,
    LabelsUnreadable,
    LegendUnknownClass,
)
from remote_sensing.plain import plain
from remote_sensing.quality import protocol, truth
from remote_sensing.quality.batches import batch, look_at_all
from remote_sensing.quality.errors import LabelsElsewhere, LabelsHaveNoGeometry, RunMissing
from remote_sensing.quality.per_object import judge_confidence, judge_objects
from remote_sensing.quality.per_pixel import ANY_TARGET, judge_pixels
from remote_sensing.quality.text import as_text, batch_as_text
from remote_sensing.scene import open_scene
from remote_sensing.training import manifest
from tests.remote_sensing.make_scene import write_raster

PIT, SOIL, WATER = (class_of(name).code for name in ("open_pit", "bare_soil", "water"))


@pytest.fixture(scope="module")
def run(made, model, model_path, tmp_path_factory):
    out = tmp_path_factory.mktemp("run")
    return pipeline.detect(open_scene(made.path), model, out, model_path=model_path)


@pytest.fixture(scope="module")
def labels(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("labels") / "labels.tif"
    return write_raster(path, made.truth[None], nodata=0)


def candidates_file(run):
    return run.folder / "candidates.geojson"


# pixels


def test_pixel_shares_are_counted_on_labelled_ground_only():
    mapped = np.array([[PIT, PIT, PIT, SOIL, WATER, 255, PIT]], np.uint8)
    known = np.array([[PIT, PIT, SOIL, PIT, WATER, PIT, 255]], np.uint8)
    found = judge_pixels(mapped, known)
    pit = found.classes[found.names.index("open_pit")]
    assert (pit.precision, pit.recall, pit.iou, pit.f1) == (2 / 3, 2 / 3, 0.5, 2 / 3)
    assert found.overall == 3 / 5
    assert found.labelled_pixels == 5
    assert found.matrix.sum() == 5
    assert found.target.iou == 0.5
    assert found.target_all_ground.precision == 0.5


def test_a_target_of_unsaid_class_counts_for_all_targets_together():
    mapped = np.array([[PIT, SOIL, class_of("tailings").code]], np.uint8)
    known = np.full((1, 3), ANY_TARGET, np.uint8)
    found = judge_pixels(mapped, known)
    assert (found.target.recall, found.names) == (2 / 3, ())


def test_nothing_labelled_says_nothing():
    found = judge_pixels(np.full((2, 2), PIT, np.uint8), np.full((2, 2), 255, np.uint8))
    assert isnan(found.overall)
    assert isnan(found.target.iou)


# places


def test_found_right_and_well_met_are_shares_of_area():
    places = [box(0, 0, 100, 100), box(200, 0, 300, 100), box(400, 0, 500, 100)]
    ours = [
        box(0, 0, 100, 60),  # covers 60 % of the first
        box(229, 0, 300, 400),  # covers 71 % of the second, only 25 % of it lies there
        box(471, 0, 571, 100),  # covers 29 % of the third
    ]
    found = judge_objects(ours, places, 10.0)
    assert (found.found, found.found_well, found.right) == (2, 1, 1)
    assert (found.recall, found.precision) == (2 / 3, 1 / 3)
    assert found.candidates_per_100km2 == 30
    assert found.area_error_percent == pytest.approx(100 * (6000 + 28400 + 10000 - 3e4) / 3e4)


def test_two_candidates_may_cover_one_place_together():
    halves = [box(0, 0, 20, 100), box(80, 0, 100, 100)]
    found = judge_objects(halves, [box(0, 0, 100, 100)], 1.0)
    assert (found.found, found.found_well, found.right) == (1, 0, 2)


def test_no_candidates_and_no_places_say_nothing():
    assert isnan(judge_objects([], [], 1.0).recall)
    assert judge_objects([], [box(0, 0, 100, 100)], 1.0).recall == 0
    assert isnan(judge_objects([box(0, 0, 100, 100)], [], float("nan")).area_error_percent)


def test_confidence_is_compared_with_being_right():
    said = np.array([0.95, 0.95, 0.55, 1.0])
    right = np.array([True, False, False, True])
    found = judge_confidence(said, right)
    assert [b.candidates for b in found.bins] == [0, 0, 0, 0, 0, 1, 0, 0, 0, 3]
    assert found.bins[9].share_right == pytest.approx(2 / 3)
    assert found.brier == pytest.approx((0.05**2 + 0.95**2 + 0.55**2) / 4)
    assert found.precision_of_first == 0.5


def test_only_the_twenty_surest_are_visited_first():
    said = np.linspace(1, 0, 40)
    assert judge_confidence(said, said > 0.5).precision_of_first == 1
    assert judge_confidence(said[::-1], said[::-1] > 0.75).precision_of_first == 0.5


# whole runs


def test_a_good_run_is_judged_good(run, labels):
    said = protocol.evaluate(candidates_file(run), labels)
    assert (said.objects_all.places, said.objects_all.found) == (2, 2)
    assert (said.objects_all.candidates, said.objects_all.right) == (2, 2)
    assert said.objects_all.found_well == 2
    assert abs(said.objects_all.area_error_percent) < 10
    assert said.unlabelled_candidates == 0
    assert said.pixels.overall > 0.9
    assert said.pixels.target.iou > 0.85
    assert said.ground_km2 == pytest.approx(94 * 78 * 1e-4, rel=2e-3)
    pit = next(c for c in said.area.classes if c.name == "open_pit")
    assert pit.area_m2.value == pytest.approx(100 * (said.pixels.target.truth_pixels), rel=2e-3)


def test_a_candidate_on_unlabelled_ground_is_counted_both_ways(run, made, tmp_path):
    half = made.truth.copy()
    half[:, 48:] = 0
    said = protocol.evaluate(
        candidates_file(run), write_raster(tmp_path / "l.tif", half[None], nodata=0)
    )
    assert said.unlabelled_candidates == 1
    assert (said.objects_all.candidates, said.objects_all.precision) == (2, 0.5)
    assert (said.objects_labelled.candidates, said.objects_labelled.precision) == (1, 1)
    assert said.confidence_all.precision_of_first == 0.5
    assert said.confidence_labelled.precision_of_first == 1


def test_a_legend_gives_the_values_their_classes(run, made, tmp_path):
    labels = np.where(made.truth == PIT, 10, np.where(made.truth == WATER, 8, 77)).astype(np.uint8)
    path = write_raster(tmp_path / "l.tif", labels[None])
    said = protocol.evaluate(candidates_file(run), path, legend={"10": "open_pit", "8": "water"})
    assert said.objects_all.found == 2
    assert {c.name for c in said.pixels.classes if c.truth_pixels} == {"open_pit", "water"}
    with pytest.raises(LegendUnknownClass, match="pit_of_doom"):
        protocol.evaluate(candidates_file(run), path, legend={"10": "pit_of_doom"})


def test_labels_on_another_grid_are_brought_to_the_map(run, labels):
    known = truth.read(labels, None, None)
    fine = truth.Raster(
        np.kron(known.ground.codes, np.ones((2, 2), np.uint8)),
        known.ground.transform @ Affine.scale(0.5),
        known.ground.crs,
    )
    assert (fine.onto(known.ground).codes == known.ground.codes).all()


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32649"])
def test_outlines_as_labels_all_count_as_targets(run, labels, tmp_path, crs):
    known = truth.read(labels, None, None)
    places = [truth.moved(place, known.crs, CRS.from_string(crs)) for place in known.places]
    said = protocol.evaluate(candidates_file(run), outlines(tmp_path, places, crs=crs))
    assert (said.objects_all.places, said.objects_all.found, said.objects_all.right) == (2, 2, 2)
    assert said.pixels.target_all_ground.iou > 0.85
    assert said.area is None


def test_a_field_and_a_legend_say_which_outlines_are_targets(run, labels, tmp_path):
    known = truth.read(labels, None, None)
    path = outlines(tmp_path, known.places, kinds=["pit", "lake"], crs="EPSG:32649")
    legend = {"pit": "open_pit", "lake": "water"}
    said = protocol.evaluate(candidates_file(run), path, legend=legend, field="kind")
    assert (said.objects_all.places, said.objects_all.right) == (1, 1)
    with pytest.raises(FieldMissing, match="colour"):
        protocol.evaluate(candidates_file(run), path, legend=legend, field="colour")


def test_places_outside_the_image_and_below_half_a_hectare_do_not_count(run, labels, tmp_path):
    known = truth.read(labels, None, None)
    far = shapely.transform(known.places[0], lambda corners: corners + 50_000)
    small = box(398_100, 4_500_800, 398_160, 4_500_880)
    said = protocol.evaluate(
        candidates_file(run), outlines(tmp_path, [*known.places, far, small], crs="EPSG:32649")
    )
    assert said.objects_all.places == 2


def test_without_a_class_map_pixels_are_not_judged(run, labels, tmp_path):
    alone = tmp_path / "candidates.geojson"
    alone.write_bytes(candidates_file(run).read_bytes())
    said = protocol.evaluate(alone, labels)
    assert (said.pixels, said.area) == (None, None)
    assert said.objects_all.found == 2
    assert "classes.tif" in as_text(said)


@pytest.mark.parametrize("name", ["a.tif", "a.geojson", "a.txt"])
def test_labels_that_are_none_are_refused(run, tmp_path, name):
    (tmp_path / name).write_text("no labels")
    with pytest.raises(LabelsUnreadable, match="a"):
        protocol.evaluate(candidates_file(run), tmp_path / name)
    with pytest.raises(CandidatesUnreadable):
        protocol.evaluate(tmp_path / name, tmp_path / name)


@pytest.mark.parametrize(("language", "words"), [("zh-CN", "露天采坑"), ("en", "open_pit")])
def test_the_whole_protocol_is_said_in_both_languages(run, labels, language, words):
    text = as_text(protocol.evaluate(candidates_file(run), labels), language)
    for word in (words, "IoU", "F1", "30 %", "Brier", "100", "Olofsson", "0.9-1.0"):
        assert word in text
    assert "nan" not in text


def test_labels_of_another_place_are_refused(run, labels, tmp_path):
    known = truth.read(labels, None, None)
    far = [shapely.transform(place, lambda corners: corners + 50_000) for place in known.places]
    with pytest.raises(LabelsElsewhere):
        protocol.evaluate(candidates_file(run), outlines(tmp_path, far, crs="EPSG:32649"))
    moved = np.zeros((1, 8, 8), np.uint8)
    with pytest.raises(LabelsElsewhere):
        path = write_raster(tmp_path / "far.tif", moved, transform=Affine(10, 0, 9e5, 0, -10, 4e6))
        protocol.evaluate(candidates_file(run), path)


def test_truth_without_outlines_is_refused_but_no_place_at_all_is_a_truth(run, labels, tmp_path):
    known = truth.read(labels, None, None)
    path = outlines(tmp_path, known.places, crs="EPSG:32649")
    content = json.loads(path.read_text())
    bare = [feature | {"geometry": None} for feature in content["features"]]
    path.write_text(json.dumps(content | {"features": bare}))
    with pytest.raises(LabelsHaveNoGeometry):
        protocol.evaluate(candidates_file(run), path)
    path.write_text(json.dumps(content | {"features": []}))
    said = protocol.evaluate(candidates_file(run), path)
    assert (said.objects_all.places, said.objects_all.precision) == (0, 0)


def test_no_candidates_are_judged_too(run, labels, tmp_path):
    empty = tmp_path / "candidates.geojson"
    empty.write_text('{"type": "FeatureCollection", "features": []}')
    said = protocol.evaluate(empty, labels)
    assert (said.objects_all.found, said.objects_all.recall) == (0, 0)
    assert isnan(said.objects_all.precision) and isnan(said.confidence_all.brier)
    assert plain(said)["confidence_all"]["brier"] is None
    json.dumps(plain(said), allow_nan=False)


# several scenes


@pytest.fixture(scope="module")
def several(manifest_path, model, model_path, tmp_path_factory):
    """The runs of a manifest's two images, and the manifest."""
    out, known = tmp_path_factory.mktemp("runs"), manifest.read(manifest_path)
    for scene in known.scenes:
        pipeline.detect(open_scene(scene.image), model, out, model_path=model_path)
    return out, known


def test_a_batch_is_judged_scene_by_scene_and_together(several):
    found = batch(look_at_all(*several))
    one, other = found.scenes
    assert found.names == ("scene0", "scene1")
    for key in ("places", "found", "candidates", "right"):
        together = getattr(found.pooled.objects_all, key)
        assert together == getattr(one.objects_all, key) + getattr(other.objects_all, key)
    assert found.pooled.pixels.labelled_pixels == sum(
        scene.pixels.labelled_pixels for scene in found.scenes
    )
    ious = [scene.pixels.target.iou for scene in found.scenes]
    spread = found.spreads["target_iou"]
    assert spread.median == pytest.approx(sum(ious) / 2)
    assert (spread.least, spread.worst) == (min(ious), found.names[ious.index(min(ious))])
    assert found.spreads["iou open_pit"].scenes == 2
    assert found.pooled.ground_km2 == pytest.approx(sum(s.ground_km2 for s in found.scenes))


def test_the_first_twenty_are_those_of_each_scene(several):
    said, right = np.array([0.9, 0.8] * 20), np.array([True, False] * 20)
    assert judge_confidence(said, right).precision_of_first == 1
    assert judge_confidence(said, right, [0, 1] * 20).precision_of_first == 0.5


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_batch_is_said_in_both_languages(several, language):
    text = batch_as_text(batch(look_at_all(*several)), language)
    for word in ("scene0", "scene1", "IoU", "Olofsson"):
        assert word in text
    assert "nan" not in text


def test_an_image_without_a_run_is_named(several, tmp_path):
    with pytest.raises(RunMissing, match="scene0"):
        look_at_all(tmp_path, several[1])


def outlines(folder, places, *, crs, kinds=None):
    """Write places as GeoJSON with their CRS named, as QGIS does."""
    features = [
        {
            "type": "Feature",
            "properties": {"kind": kinds[n] if kinds else None},
            "geometry": shapely.geometry.mapping(place),
        }
        for n, place in enumerate(places)
    ]
    content = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": crs}},
        "features": features,
    }
    path = folder / "places.geojson"
    path.write_text(json.dumps(content))
    return path
