"""Twenty workers are killed over one scene, two work at once: nothing twice, the same bytes."""

import os
import random
import signal
from datetime import timedelta
from pathlib import Path

from api import jobs
from api.settings import Settings
from gis.domain.terms import JobState
from gis.ledger import batch_work
from gis.ledger.batches import retry_batch
from remote_sensing import parts
from remote_sensing.pipeline import detect
from remote_sensing.run_record import OUTPUTS
from tests.forked import FORKED
from tests.ledger.looking import rows
from tests.runs.conftest import CUT, WINDOW

KILLS = 20
WINDOWS = 30


def worker(url: str, data_dir: Path, dies_at: int | None) -> None:
    """Work off the queue in a process of its own; die just after the n-th window, or just before.

    Every window that is kept is written down, so that one made twice would be seen.
    """
    keep, seen = parts.Parts.save, 0

    def save(self, tile, scores):
        nonlocal seen
        seen += 1
        if dies_at == -seen:
            os.kill(os.getpid(), signal.SIGKILL)
        keep(self, tile, scores)
        with (data_dir / "kept.txt").open("a") as book:
            book.write(f"{self.folder} {tile.index}\n")
        if dies_at == seen:
            os.kill(os.getpid(), signal.SIGKILL)

    parts.Parts.save = save
    jobs.work_off(Settings(database_url=url, data_dir=data_dir))


def start(office, dies_at=None):
    arguments = (str(office.settings.database_url), office.settings.data_dir, dies_at)
    process = FORKED.Process(target=worker, args=arguments)
    process.start()
    return process


def kept(office):
    return (office.settings.data_dir / "kept.txt").read_text().splitlines()


def assert_as_undisturbed(office, job, model, model_path, out):
    from api.follow_up import scene_of

    whole = detect(
        scene_of(office.scenes[job.place]), model, out / str(job.place),
        model_path=model_path, window_size=WINDOW,
    )  # fmt: skip
    for name in OUTPUTS:
        assert (office.folder(job) / name).read_bytes() == (whole.folder / name).read_bytes()


def test_twenty_kills_at_random_windows_change_no_byte_and_cost_no_window(
    office, model, model_path, tmp_path
):
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    batch = office.start(**CUT)
    deaths = before = 0
    while deaths < KILLS:
        process = start(office, chance.choice((1, -2, 1)))
        process.join()
        assert process.exitcode == -signal.SIGKILL, f"seed {seed}, death {deaths}"
        process.close()
        deaths += 1
        (job,) = batch_work.put_back_lost(office.book, timedelta(0))
        if job.state is JobState.FAILED:  # it died too fast to tell of its window, thrice
            retry_batch(office.book, batch.id)
        assert len(kept(office)) > before
        before = len(kept(office))
    assert start_and_wait(office) == 0
    (job,) = office.jobs(batch)
    assert job.state is JobState.DONE, f"seed {seed}"
    assert len(kept(office)) == len(set(kept(office))) == WINDOWS, f"seed {seed}"
    assert rows(office.book, "detection_runs") == {"detection_runs": 1}
    assert_as_undisturbed(office, job, model, model_path, tmp_path)
    assert not (office.folder(job) / ".parts").exists()


def start_and_wait(*arguments):
    process = start(*arguments)
    process.join()
    return process.exitcode


def test_two_workers_at_once_double_no_scene_and_no_window(office, model, model_path, tmp_path):
    batch = office.start(*office.scenes, **CUT)
    again = office.start(*office.scenes, name="同样的影像", **CUT)
    pair = [start(office), start(office)]
    for process in pair:
        process.join()
        assert process.exitcode == 0
    done = office.jobs(batch) + office.jobs(again)
    assert [job.state for job in done] == [JobState.DONE] * 4
    assert len(kept(office)) == len(set(kept(office))) == 2 * WINDOWS
    assert rows(office.book, "detection_runs") == {"detection_runs": 2}
    assert {job.run_id for job in done[:2]} == {job.run_id for job in done[2:]}
    for job in done[:2]:
        assert_as_undisturbed(office, job, model, model_path, tmp_path)
