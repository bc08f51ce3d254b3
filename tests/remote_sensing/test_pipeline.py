"""One run: what it finds, what it leaves behind, when it goes on and when it refuses."""

import json

import numpy as np
import pytest
import rasterio

from remote_sensing import pipeline, runner, safe_files
from remote_sensing.classes import class_of
from remote_sensing.classify import halo_of
from remote_sensing.errors import (
    ModelLacksBands,
    OutputBusy,
    OutputOfOtherInputs,
    OutputUnwritable,
)
from remote_sensing.run_record import CANDIDATES, CLASSES, OUTPUTS, RECORD, SCORES
from remote_sensing.scene import open_scene
from tests.remote_sensing.make_scene import make_scene

FILES = (*OUTPUTS, RECORD)


@pytest.fixture(scope="module")
def scene(made):
    return open_scene(made.path)


@pytest.fixture
def detect(scene, model, model_path, tmp_path):
    def call(**options):
        out = options.pop("out", tmp_path)
        return pipeline.detect(scene, model, out, model_path=model_path, **options)

    return call


def contents(folder):
    """Return the bytes of the three outputs and the record without its timing."""
    record = json.loads((folder / RECORD).read_bytes())
    del record["timing"]
    return [*((folder / name).read_bytes() for name in OUTPUTS), json.dumps(record)]


def test_it_finds_the_pits_with_the_island_in_one_of_them(detect, made):
    result = detect()
    assert [c.class_name for c in result.candidates] == ["open_pit", "open_pit"]
    assert sorted(len(c.outline_lonlat.interiors) for c in result.candidates) == [0, 1]
    truth_m2 = 100 * int((made.truth == class_of("open_pit").code).sum())
    assert sum(c.area_m2 for c in result.candidates) == pytest.approx(truth_m2, rel=0.1)
    assert all(0.5 < c.confidence <= 1 for c in result.candidates)


def test_the_folder_holds_the_four_files_and_nothing_else(detect):
    result = detect()
    assert sorted(path.name for path in result.folder.iterdir()) == sorted(FILES)


def test_the_class_map_says_what_its_codes_mean(detect, scene, model):
    folder = detect().folder
    with rasterio.open(folder / CLASSES) as classes, rasterio.open(folder / SCORES) as scores:
        codes, percents = classes.read(1), scores.read()
        named = json.loads(classes.tags()["CLASSES"])
        assert named == {str(class_of(n).code): n for n in model.card.classes}
        assert (classes.nodata, scores.nodata) == (255, 255)
        assert classes.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert scores.descriptions == model.card.classes
        assert (classes.crs, classes.transform) == (scene.crs, scene.transform)
        assert classes.colormap(1)[class_of("open_pit").code] == (0xD7, 0x19, 0x1C, 255)
    assert (codes[0] == 255).all()
    assert (percents[:, 0] == 255).all()
    inside = codes != 255
    first_best = percents[:, inside].argmax(axis=0)
    assert [named[str(code)] for code in codes[inside]] == [
        model.card.classes[i] for i in first_best
    ]
    assert percents[:, inside].max() <= 100
    assert np.abs(percents[:, inside].astype(int).sum(axis=0) - 100).max() <= len(percents)


@pytest.mark.parametrize(("run", "size"), [(runner.serial, 32), (runner.threads(3), 33)])
def test_windows_and_threads_do_not_change_a_byte(detect, tmp_path, run, size):
    whole = contents(detect(out=tmp_path / "whole").folder)
    cut = contents(detect(out=tmp_path / "cut", run=run, window_size=size).folder)
    assert cut[:3] == whole[:3]


def test_a_cluster_of_two_processes_does_not_change_a_byte(detect, tmp_path):
    from distributed import LocalCluster

    here = contents(detect(out=tmp_path / "here", window_size=40).folder)
    threads = detect(out=tmp_path / "threads", window_size=40, run=runner.threads(2))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        run = runner.dask(cluster.scheduler_address)
        there = detect(out=tmp_path / "there", window_size=40, run=run)
    assert contents(there.folder) == contents(threads.folder) == here


def test_the_record_says_what_was_run_on_what(detect, scene, model):
    record = json.loads((detect(window_size=32).folder / RECORD).read_bytes())
    assert record["inputs"]["image"]["sha256"] == scene.sha256
    assert record["inputs"]["model"]["sha256"] == model.sha256
    assert record["inputs"]["parameters"]["min_area_m2"] == 2000
    assert record["windows"] == {"size": 32, "halo": halo_of(model), "count": 9}
    assert set(record["outputs"]) == set(OUTPUTS)
    assert record["versions"]["scikit-learn"]
    assert record["candidates"]["open_pit"]["count"] == 2
    assert record["timing"]["windows_made"] == 9
    assert record["timing"]["seconds"] > 0


def test_a_second_run_finds_all_done_and_touches_nothing(detect):
    first = detect()
    before = {name: (first.folder / name).stat().st_mtime_ns for name in FILES}
    again = detect(run=None)
    assert again.was_done
    assert again.candidates == first.candidates
    assert {name: (first.folder / name).stat().st_mtime_ns for name in FILES} == before


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["flip", "cut", "gone"])
def test_a_damaged_output_is_made_again(detect, name, damage):
    folder = detect().folder
    whole = contents(folder)
    path = folder / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(content if damage == "flip" else content[: len(content) // 2])
    again = detect()
    assert not again.was_done
    assert contents(folder) == whole


def test_other_inputs_are_refused_unless_told_to_overwrite(detect):
    folder = detect().folder
    before = contents(folder)
    with pytest.raises(OutputOfOtherInputs, match="--overwrite"):
        detect(min_area_m2=50_000)
    assert contents(folder) == before
    assert detect(min_area_m2=50_000, overwrite=True).candidates == ()
    assert json.loads((folder / RECORD).read_bytes())["inputs"]["parameters"]["min_area_m2"] == 5e4


def test_files_that_nobody_can_account_for_are_not_overwritten(detect, scene, tmp_path):
    folder = tmp_path / scene.path.stem
    folder.mkdir()
    (folder / CANDIDATES).write_text("somebody's own work")
    with pytest.raises(OutputOfOtherInputs):
        detect()
    assert (folder / CANDIDATES).read_text() == "somebody's own work"


class Stopped(Exception):
    pass


def stop_after(count):
    def progress(done, total):
        if done == count:
            raise Stopped

    return progress


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(detect, tmp_path):
    whole = contents(detect(out=tmp_path / "whole", window_size=32).folder)
    with pytest.raises(Stopped):
        detect(window_size=32, progress=stop_after(4))
    told = []
    result = detect(window_size=32, progress=lambda done, total: told.append((done, total)))
    assert (result.windows_resumed, result.windows_made) == (4, 5)
    assert told == [(n, 9) for n in range(5, 10)]
    assert contents(result.folder) == whole


def test_a_damaged_part_is_made_again(detect, scene, tmp_path):
    whole = contents(detect(out=tmp_path / "whole", window_size=32).folder)
    with pytest.raises(Stopped):
        detect(window_size=32, progress=stop_after(4))
    part = tmp_path / scene.path.stem / ".parts" / "000002.part"
    content = bytearray(part.read_bytes())
    content[-1] ^= 1
    part.write_bytes(content)
    result = detect(window_size=32)
    assert (result.windows_resumed, result.windows_made) == (3, 6)
    assert contents(result.folder) == whole


def test_parts_of_other_windows_are_not_mixed_in(detect, tmp_path):
    whole = contents(detect(out=tmp_path / "whole", window_size=40).folder)
    with pytest.raises(Stopped):
        detect(window_size=32, progress=stop_after(4))
    result = detect(window_size=40)
    assert result.windows_resumed == 0
    assert contents(result.folder) == whole


def test_a_run_under_way_with_other_inputs_is_not_thrown_away(detect):
    with pytest.raises(Stopped):
        detect(window_size=32, progress=stop_after(4))
    with pytest.raises(OutputOfOtherInputs):
        detect(min_area_m2=50_000)
    assert detect(window_size=32).windows_resumed == 4


def test_two_runs_into_one_folder_do_not_meet(detect, scene, tmp_path):
    with safe_files.sole_writer(tmp_path / scene.path.stem), pytest.raises(OutputBusy):
        detect()
    assert len(detect().candidates) == 2


def test_an_output_that_cannot_be_is_one_sentence(detect, tmp_path):
    taken = tmp_path / "file"
    taken.write_text("")
    with pytest.raises(OutputUnwritable, match="Cannot write"):
        detect(out=taken)


def test_a_model_of_bands_that_the_scene_lacks_is_refused(model, model_path, tmp_path):
    rgb = make_scene(tmp_path / "rgb.tif", bands=("B02", "B03", "B04"))
    with pytest.raises(ModelLacksBands, match="B08"):
        pipeline.detect(open_scene(rgb.path), model, tmp_path / "out", model_path=model_path)
    assert not (tmp_path / "out").exists()
