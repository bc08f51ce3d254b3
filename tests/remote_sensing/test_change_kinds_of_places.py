import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import build
from remote_sensing.change import files, kind_training
from remote_sensing.safe_files import sha256_of
from tests.remote_sensing.made_changes import image_with_pits, made_judge
from tests.remote_sensing.made_runs import ground, make_run

SUMMER, NEXT = "2021-06-19", "2022-06-19"
OLD, DUG = (10, 10, 30, 30), (60, 90, 90, 120)
GREW = (10, 10, 30, 60)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("judge") / "changes.qfc"
    kind_training.save(made_judge(), path)
    return path


def runs_of(
    folder: Path, *dated: tuple[str, tuple[tuple[int, ...], ...]], bands: int = 6
) -> list[Path]:
    """Write an image and its run for each day."""
    made = []
    for on, pits in dated:
        path = image_with_pits(folder / f"{on}.tif", on, pits, bands)
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
