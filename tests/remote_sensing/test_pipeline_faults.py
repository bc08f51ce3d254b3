"""A kill or a full disk at any moment, run again: the bytes of a run that nothing disturbed."""

import os
import random
import resource
import signal
import sys
import time
from pathlib import Path

import pytest

from gis.errors import DiskFull
from remote_sensing import model as models
from remote_sensing import pipeline, runner, safe_files
from remote_sensing.run_record import OUTPUTS, RECORD, SCORES
from remote_sensing.scene import open_scene
from tests.forked import FORKED
from tests.remote_sensing.test_pipeline import contents

WINDOW = 80
RENAMES = 1 + 2 + 4  # what the parts are of, two windows, four files


def killed_run(scene: Path, forest: Path, out: Path, at: int, renamed: bool) -> None:
    """Run in a process that kills itself at its ``at``-th rename, just before or just after it."""
    replace, seen = safe_files.replace, 0

    def kill() -> None:
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def deadly(path: Path, aside: Path, write) -> None:
        nonlocal seen
        seen += 1

        def write_and_die(to: Path) -> None:
            write(to)
            if not renamed:
                kill()

        replace(path, aside, write_and_die)
        kill()

    safe_files.replace = deadly
    whole_run(scene, forest, out)


def whole_run(scene: Path, forest: Path, out: Path) -> None:
    pipeline.detect(
        open_scene(scene),
        models.load(forest),
        out,
        model_path=forest,
        window_size=WINDOW,
        run=runner.threads(2),
    )


def start(task, *arguments):
    process = FORKED.Process(target=task, args=arguments)
    process.start()
    return process


@pytest.fixture
def whole(made, model_path, tmp_path):
    whole_run(made.path, model_path, tmp_path / "whole")
    return contents(tmp_path / "whole" / made.path.stem)


def test_a_kill_at_every_rename_changes_no_byte(made, model, model_path, tmp_path, whole):
    scene = open_scene(made.path)
    for at in range(1, RENAMES + 1):
        for renamed in (False, True):
            out = tmp_path / f"{at}{renamed}"
            process = start(killed_run, made.path, model_path, out, at, renamed)
            process.join()
            assert process.exitcode == -signal.SIGKILL
            process.close()
            pipeline.detect(scene, model, out, model_path=model_path, window_size=WINDOW)
            assert contents(out / made.path.stem) == whole, (at, renamed)
            assert not (out / made.path.stem / ".parts").exists()


def test_kills_at_random_moments_change_no_byte(made, model_path, tmp_path, whole):
    seed = int.from_bytes(os.urandom(4), "big")
    print(f"seed {seed}")
    moments = random.Random(seed)
    began = time.monotonic()
    process = start(whole_run, made.path, model_path, tmp_path / "timed")
    process.join()
    assert process.exitcode == 0
    length = time.monotonic() - began
    for _ in range(6):
        process = start(whole_run, made.path, model_path, tmp_path / "out")
        time.sleep(moments.uniform(0, length))
        process.kill()
        process.join()
        process.close()
    whole_run(made.path, model_path, tmp_path / "out")
    assert contents(tmp_path / "out" / made.path.stem) == whole, f"seed {seed}"


def cramped_run(scene: Path, forest: Path, out: Path, room: int) -> None:
    """Run where no file can grow beyond ``room`` bytes; exit code 3 for the sentence we want."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        whole_run(scene, forest, out)
    except DiskFull:
        sys.exit(3)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_no_room_leaves_no_half_file_and_the_next_run_goes_on(
    made, model_path, tmp_path, whole, share
):
    room = int((tmp_path / "whole" / made.path.stem / SCORES).stat().st_size * share)
    process = start(cramped_run, made.path, model_path, tmp_path / "full", room)
    process.join()
    assert process.exitcode == 3
    folder = tmp_path / "full" / made.path.stem
    left = {path.name for path in folder.iterdir() if path.is_file()}
    assert left <= {*OUTPUTS}, RECORD
    for name, content in zip(OUTPUTS, whole, strict=False):
        assert name not in left or (folder / name).read_bytes() == content
    whole_run(made.path, model_path, tmp_path / "full")
    assert contents(folder) == whole


def test_a_run_let_go_while_scores_are_joined_and_outlined_goes_on_later(
    made, model, model_path, tmp_path, whole
):
    class Let(Exception):
        pass

    asked: list[str] = []
    stages: list[str] = []

    def run(out: str, heed) -> pipeline.DetectionResult:
        return pipeline.detect(
            open_scene(made.path), model, tmp_path / out, model_path=model_path,
            window_size=WINDOW, step=lambda _, en: stages.append(en), heed=heed,
        )  # fmt: skip

    run("counted", lambda: asked.append(stages[-1]))
    assert len(set(asked)) == 3  # the scores are joined, the objects outlined, the classes written
    for last in range(len(asked)):
        left = iter(range(last))

        def heed(left=left) -> None:
            if next(left, None) is None:
                raise Let

        with pytest.raises(Let):
            run("out", heed)
    assert run("out", lambda: None).windows_made == 0
    assert contents(tmp_path / "out" / made.path.stem) == whole
