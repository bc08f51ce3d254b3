"""`qingfei evaluate`: one scene, a batch, and points drawn, filled in and read back."""

import csv
import json

import numpy as np
import pytest
from typer.testing import CliRunner

from api.cli import build
from gis.errors import QingfeiError
from remote_sensing import candidates
from remote_sensing.classes import class_of
from tests.remote_sensing.make_scene import write_raster

PIT, SOIL = class_of("open_pit").code, class_of("bare_soil").code


@pytest.fixture
def runs(tmp_path):
    """A batch folder of one run whose map is right, its labels and their manifest."""
    codes = np.full((40, 40), SOIL, np.uint8)
    codes[10:30, 10:30] = PIT
    (tmp_path / "runs" / "s2").mkdir(parents=True)
    write_raster(tmp_path / "runs" / "s2" / "classes.tif", codes[None], nodata=255)
    (tmp_path / "runs" / "s2" / "candidates.geojson").write_bytes(candidates.to_geojson([], {}))
    write_raster(tmp_path / "s2.tif", codes[None])
    write_raster(tmp_path / "labels.tif", codes[None], nodata=0)
    (tmp_path / "places.toml").write_text(
        f'[legend]\n{PIT} = "open_pit"\n{SOIL} = "bare_soil"\n'
        '[[scene]]\nimage = "s2.tif"\nlabels = "labels.tif"\n'
    )
    return tmp_path


def call(*words):
    return CliRunner().invoke(build(["evaluate"]), ["evaluate", *map(str, words)])


def figures(*words):
    done = call(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout, parse_constant=pytest.fail)


def test_one_scene_by_its_candidates_and_labels(runs):
    words = ("--candidates", runs / "runs/s2/candidates.geojson", "--labels", runs / "labels.tif")
    said = figures(*words)
    assert said["pixels"]["overall"] == 1
    assert (said["objects_all"]["places"], said["objects_all"]["recall"]) == (1, 0)
    assert said["confidence_all"]["brier"] is None
    assert "IoU 1.000" in call(*words).stdout


def test_a_batch_by_its_manifest(runs):
    words = ("--runs", runs / "runs", "--manifest", runs / "places.toml")
    assert figures(*words)["spreads"]["overall"]["median"] == 1
    assert "s2 | 1.000" in call(*words).stdout


def test_a_report_is_written_beside_what_is_printed(runs):
    words = ("--candidates", runs / "runs/s2/candidates.geojson", "--labels", runs / "labels.tif")
    said = figures(*words, "--report", runs / "report.html")
    assert said["pixels"]["overall"] == 1
    assert (runs / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    "words", [(), ("--candidates", "a"), ("--runs", "a"), ("--candidates", "a", "--runs", "b")]
)
def test_half_a_question_is_wrong_usage(words):
    assert call(*words).exit_code == 2


def test_points_are_designed_drawn_filled_in_and_estimated(runs):
    design, points = runs / "design.json", runs / "points.csv"
    made = figures("design", runs / "runs/s2/classes.tif", "--out", design, "--size", 80,
                   "--least", 30, "--users", "open_pit=0.9")  # fmt: skip
    assert sum(made["sizes"]) == 80 and min(made["sizes"]) == 30
    assert figures("sample", design, "--seed", 5, "--out", points)["points"] == 80
    key = json.loads((runs / "points.key.json").read_text())["points"]
    refused = call("estimate", points)
    assert isinstance(refused.exception, QingfeiError)
    with points.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with points.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.DictWriter(stream, rows[0])
        table.writeheader()
        table.writerows(row | {"reference": key[row["point"]]} for row in rows)
    said = figures("estimate", points)
    assert said["adjusted"]["overall"] == {"value": 1, "half_width": 0}
    pit = said["adjusted"]["classes"][0]
    assert pit["area_m2"]["value"] == pytest.approx(40_000, rel=2e-3)
    report = runs / "accuracy.html"
    assert "1.000 ± 0.000" in call("estimate", points, "--report", report).stdout
    assert report.read_text().count("<title>P") == 80
    (runs / "report.html").mkdir()
    refused = call("estimate", points, "--report", runs / "report.html")
    assert isinstance(refused.exception, QingfeiError)


@pytest.mark.parametrize("users", ["open_pit", "open_pit=x", "open_pit=1.2"])
def test_an_expected_accuracy_that_is_none_is_wrong_usage(runs, users):
    words = ("design", runs / "runs/s2/classes.tif", "--out", runs / "d.json", "--users", users)
    assert call(*words).exit_code == 2
    assert not (runs / "d.json").exists()
