import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from api.cli import build
from remote_sensing import change_kind, change_kind_files
from remote_sensing.change import files
from remote_sensing.change_kind import BANDS, KINDS
from remote_sensing.safe_files import sha256_of
from tests.remote_sensing.made_changes import BARE, FOREST, WATER, pair_of
from tests.remote_sensing.made_runs import GRID, ground, make_run
from tests.remote_sensing.make_scene import write_raster

SUMMER, NEXT = "2021-06-19", "2022-06-19"
OLD, DUG = (10, 10, 30, 30), (60, 90, 90, 120)
GREW = (10, 10, 30, 60)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A judge that has met six made-up pairs of each kind."""
    draw, kinds = np.random.default_rng(0), [kind for kind in KINDS for _ in range(6)]
    pairs = [pair_of(kind, draw) for kind in kinds]
    before, after = (np.moveaxis(np.stack(day), 3, 1) for day in zip(*pairs, strict=True))
    made = change_kind.train(before, after, kinds, {"version": change_kind_files.VERSION})
    path = tmp_path_factory.mktemp("judge") / "changes.qfc"
    change_kind_files.save(made, path)
    return path


def image(path: Path, on: str, pits: tuple[tuple[int, ...], ...], bands: int = 6) -> Path:
    """Write forest with pits, each bare ground with ponds in it."""
    draw = np.random.default_rng(int(on[:4]))
    shown = np.tile(FOREST, (120, 160, 1)).astype(float)
    for top, left, bottom, right in pits:
        shown[top:bottom, left:right] = BARE
        for row in range(top + 2, bottom - 2, 5):
            for col in draw.integers(left, right - 2, (right - left) // 8):
                shown[row : row + 2, col : col + 2] = WATER
    shown *= 1 + 0.05 * draw.standard_normal(shown.shape)
    written = np.moveaxis(shown.round().astype(np.uint16), 2, 0)[:bands]
    return write_raster(path, written, names=BANDS[:bands], tags={"ACQUIRED": on}, transform=GRID)


def runs_of(
    folder: Path, *dated: tuple[str, tuple[tuple[int, ...], ...]], bands: int = 6
) -> list[Path]:
    """Write an image and its run for each day."""
    made = []
    for on, pits in dated:
        path = image(folder / f"{on}.tif", on, pits, bands)
        seen = (path.name, sha256_of(path))
        made.append(make_run(folder / on, ground(*pits), on, image=seen))
    return made


def call(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(build(["change"]), ["change", *map(str, words)])
    return done.exit_code, done.output + str(done.exception or "")


def test_new_and_grown_places_say_what_kind_of_change_it_was(judge: Path, tmp_path: Path) -> None:
    kept = (95, 20, 110, 40)
    runs = runs_of(tmp_path, (SUMMER, (OLD, kept)), (NEXT, (GREW, kept, DUG)))
    out = tmp_path / "out"
    code, said = call(*runs, "--out", out, "--images", tmp_path, "--kinds", judge)
    assert code == 0, said
    assert "采矿" in said
    found = json.loads((out / files.CHANGES).read_bytes())["features"]
    told = {one["properties"]["state"]: one["properties"] for one in found}
    assert set(told) == {"NEW", "GROWN", "UNCHANGED"}
    for state in ("NEW", "GROWN"):
        assert told[state]["change_kind"] == "mining"
        assert sum(told[state]["change_kinds"].values()) == pytest.approx(1, abs=1e-3)
    assert told["UNCHANGED"]["change_kind"] is None
    record = json.loads((out / files.RECORD).read_bytes())
    assert record["judge"] == {"name": judge.name, "sha256": sha256_of(judge)}


def test_without_a_judge_no_kind_is_told(tmp_path: Path) -> None:
    runs = runs_of(tmp_path, (SUMMER, (OLD,)), (NEXT, (OLD, DUG)))
    code, said = call(*runs, "--out", tmp_path / "out", "--images", tmp_path)
    assert code == 0 and "变化类型" not in said
    found = json.loads((tmp_path / "out" / files.CHANGES).read_bytes())["features"]
    assert {one["properties"]["change_kind"] for one in found} == {None}
    assert json.loads((tmp_path / "out" / files.RECORD).read_bytes())["judge"] is None


def test_what_kinds_cannot_be_read_from_is_refused_before_anything_is_written(
    judge: Path, tmp_path: Path
) -> None:
    for name in ("six", "three"):
        (tmp_path / name).mkdir()
    dated = ((SUMMER, (OLD,)), (NEXT, (OLD, DUG)))
    runs, coloured = runs_of(tmp_path / "six", *dated), runs_of(tmp_path / "three", *dated, bands=3)
    out = tmp_path / "out"
    code, said = call(*runs, "--out", out, "--kinds", judge)
    assert code == 1 and f"the folder of {SUMMER}'s {SUMMER}.tif with --images" in said
    code, said = call(*coloured, "--out", out, "--images", tmp_path / "three", "--kinds", judge)
    assert code == 1 and "B08, B11, B12" in said
    for wrong in (runs[0] / "run.json", tmp_path / "none.qfc"):
        code, said = call(*runs, "--out", out, "--images", tmp_path / "six", "--kinds", wrong)
        assert code == 1 and wrong.name in said
    assert not out.exists()
