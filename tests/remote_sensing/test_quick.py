"""A quick run: full scores where something may be found, few trees elsewhere, and an audit."""

import json

import numpy as np
import pytest

from remote_sensing import audit, classify, pipeline, runner
from remote_sensing.classes import class_of
from remote_sensing.run_record import OUTPUTS, RECORD
from remote_sensing.scene import open_scene
from remote_sensing.windows import Tile, Window


@pytest.fixture(scope="module")
def scene(made):
    return open_scene(made.path)


@pytest.fixture(scope="module")
def both(scene, model, model_path):
    """The scores of the whole scene, exact and quick."""
    tile = Tile(0, *[Window(0, 0, scene.width, scene.height)] * 2)
    tasks = (classify.TileTask(scene, model, model_path, quick) for quick in (False, True))
    return [task(tile)[1] for task in tasks]


def test_where_a_target_may_be_every_score_is_exact(both, model):
    exact, quick = both
    targets = [class_of(name).is_target for name in model.card.classes]
    sought = (exact[targets].max(axis=0) >= 50) & (exact[0] != 255)
    assert sought.any()
    assert (exact[:, sought] == quick[:, sought]).all()
    assert (exact.argmax(axis=0) == quick.argmax(axis=0)).all()
    assert (exact != quick).any()


@pytest.mark.parametrize("place", [(0, 0, 17, 40), (30, 11, 20, 33), (90, 79, 6, 1)])
def test_windows_do_not_change_a_quick_score(scene, model, model_path, both, place):
    window = Window(*place)
    task = classify.TileTask(scene, model, model_path, quick=True)
    rows, cols = slice(window.row, window.row_end), slice(window.col, window.col_end)
    assert (task(Tile(0, window, window))[1] == both[1][:, rows, cols]).all()


def test_a_quick_run_says_what_it_changed(scene, model, model_path, tmp_path):
    def run(out, **options):
        return pipeline.detect(scene, model, tmp_path / out, model_path=model_path, **options)

    quick = run("quick", quick=True)
    told = quick.record["audit"]
    assert told["pixels"] == (scene.width - 2) * (scene.height - 2)
    assert told["classes"] == told["targets"] == 0
    assert 0 < told["most_percent"] <= 100
    assert quick.record["inputs"]["parameters"]["quick"] == {"z": 2.5, "mention": 10, "lead": 15}
    cut = run("cut", quick=True, window_size=33, run=runner.threads(2))
    for name in OUTPUTS:
        assert (quick.folder / name).read_bytes() == (cut.folder / name).read_bytes()
    exact = run("exact")
    assert "audit" not in exact.record
    assert exact.record["inputs_sha256"] != quick.record["inputs_sha256"]
    assert [c.class_name for c in exact.candidates] == [c.class_name for c in quick.candidates]
    assert json.loads((quick.folder / RECORD).read_bytes())["audit"] == told


def test_an_audit_counts_what_differs(scene, model, model_path, both):
    class Rasters:
        def percents(self, window):
            part = both[0][:, window.row : window.row_end, window.col : window.col_end].copy()
            part[:, 5, 5] = [0] * (len(part) - 1) + [100]
            return part

    exact = classify.TileTask(scene, model, model_path)
    found = audit.audit(exact, Rasters(), model.card.classes)
    assert found.classes == 1
    assert found.most_percent > 50


def test_squares_are_spread_and_never_stick_out():
    tiles = audit.squares(10_980, 10_980)
    assert len(tiles) == audit.MOST
    assert len({tile.inner.row // 2_745 for tile in tiles}) == 4
    assert len({tile.inner.col // 2_745 for tile in tiles}) == 4
    assert sum(t.inner.width * t.inner.height for t in audit.squares(200, 130)) == 200 * 130


def test_hearing_out_gives_the_full_sums(model):
    from remote_sensing import forest

    packed = model.packed
    assert packed
    draw = np.random.default_rng(0)
    x = draw.integers(0, 4_000, (500, len(model.card.features))).astype(np.int16)
    planes, index = packed.codes(x), np.arange(500, dtype=np.int32)
    sums, heard = packed.heard_sums(planes, index, forest.statistical(packed.trees))
    assert len(np.unique(heard)) > 1
    packed.hear_out(planes, index[::2], sums, heard)
    assert (heard[::2] == packed.trees).all()
    assert (sums[::2] == packed.sums(planes, index)[::2]).all()
