"""A batch from its start to its candidates on file, and all that may come between."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from api import jobs, pulse
from api.cli import build, detection
from api.intake import SceneSent, add_scene
from api.model_shelf import put_judge
from gis.domain.detection.batch_errors import (
    BatchDone,
    BatchNameTaken,
    BatchRunning,
    BatchUnknown,
    JobNotYours,
    ModelNotPublished,
    NothingToCancel,
    NothingToRetry,
    SceneNotHere,
)
from gis.domain.detection.model_errors import ModelUnknown
from gis.domain.detection.queued import MOST_LOSSES
from gis.domain.sites.errors import IdReused
from gis.domain.terms import FootprintState, JobState
from gis.errors import DiskFull
from gis.ledger import batch_work
from gis.ledger.batches import cancel_batch, retry_batch, start_batch
from gis.ledger.ignore_zones import draw_zones
from gis.ledger.models import publish_model, withdraw_model
from gis.spatial.crs import as_multipolygon
from gis.store import batches, imagery, queue
from gis.store.tables import candidate_changes
from remote_sensing import model as models
from remote_sensing import parts, pipeline, safe_files
from remote_sensing.change import kind_training
from remote_sensing.run_record import OBJECTS, OUTPUTS
from remote_sensing.scene import open_scene
from tests.ledger.looking import rows, verbs
from tests.ledger.test_ignore_zones import a_zone
from tests.makers import KUNDULUN
from tests.remote_sensing.made_changes import made_judge
from tests.remote_sensing.make_scene import make_scene
from tests.runs.conftest import CUT, WINDOW
from tests.terminal import Terminal

AT_ONCE = timedelta(0)


def states(office, batch):
    return [job.state.value for job in office.jobs(batch)]


def entries(office):
    """How many entries the queue itself holds."""
    with office.book.reading() as connection:
        return connection.exec_driver_sql("select count(*) from jobs.procrastinate_jobs").scalar()


def last_line(job):
    return job.log[-1]["zh"]


@pytest.fixture
def stopping_at(monkeypatch):
    """Do something as the n-th window is kept, with the worker in the middle of a scene."""

    def install(number, deed):
        keep, seen = parts.Parts.save, []

        def save(self, tile, scores):
            keep(self, tile, scores)
            seen.append(tile.index)
            if len(seen) == number:
                deed()

        monkeypatch.setattr(parts.Parts, "save", save)
        return seen

    return install


def test_what_a_batch_asks_for_reaches_the_run_its_record_and_its_file(office):
    office.start()
    jobs.work_off(office.settings)
    ground = a_zone(id=uuid4(), outline=as_multipolygon(office.scenes[0].footprint))
    draw_zones(office.book, [ground])
    asked = replace(office.asked(name="快", quick=True, masked=False), with_zones=True, threads=2)
    batch, _ = start_batch(office.book, asked)
    assert states(office, batch) == ["WAITING"]  # the plain run does not stand for it
    jobs.work_off(office.settings)
    (job,) = office.jobs(batch)
    assert job.state is JobState.DONE, job.error
    with office.book.reading() as connection:
        run = imagery.run(connection, job.run_id)
        audits = batches.audits(connection, [job])
    assert run.parameters["zones"] == [str(ground.id)] and run.parameters["masked"] is False
    assert run.parameters["quick"]["z"] > 0 and "POLYGON" in run.parameters["ignored"]
    assert "mask_sha256" not in run.record["inputs"]["image"]
    assert audits == {job.run_id: run.record["audit"]} and run.record["audit"]["pixels"] > 0
    terminal = Terminal(str(office.settings.database_url), office.settings.data_dir)
    assert "快速模式抽查：" in terminal("runs", "show", "快").stdout
    found = json.loads((office.folder(job) / OBJECTS).read_bytes())["features"]
    assert found and all(one["properties"]["ignored"] for one in found)  # marked, not dropped
    with pytest.raises(BatchDone):
        start_batch(office.book, replace(asked, id=uuid4(), name="又一次"))


def test_a_batch_with_a_judge_says_what_kind_of_change_is_new(
    office, tmp_path, model_path, monkeypatch
):
    made = make_scene(tmp_path / "kundulun_20240617.tif", seed=3, shift=40)
    later = add_scene(
        office.book, office.settings, SceneSent(open_scene(made.path), KUNDULUN, "later", "—", "")
    )
    office.start(office.scenes[0], later)
    jobs.work_off(office.settings)
    content = kind_training.dump(made_judge())
    judge, _ = put_judge(office.book, office.settings, content, "判别")
    publish_model(office.book, judge.id)
    asked = replace(office.asked(later, name="判别类型"), judge_id=judge.id)
    batch, _ = start_batch(office.book, asked)
    jobs.work_off(office.settings)
    (job,) = office.jobs(batch)
    assert job.state is JobState.DONE, job.error
    assert job.windows_total is None, "no pixel depends on a judge: its windows stood already"
    with office.book.reading() as connection:
        run = imagery.run(connection, job.run_id)
        told = connection.execute(
            sa.select(candidate_changes.c.state, candidate_changes.c.kind).where(
                candidate_changes.c.run_id == job.run_id
            )
        ).all()
    assert run.parameters["kinds"] == judge.sha256
    kinds = {row.kind for row in told if row.state in (FootprintState.NEW, FootprintState.GROWN)}
    assert kinds and None not in kinds
    with pytest.raises(BatchDone):  # what tells more stands for what tells less
        start_batch(office.book, office.asked(later, name="不判别"))
    with pytest.raises(BatchDone):
        start_batch(office.book, replace(asked, id=uuid4(), name="又一次"))
    shown = Terminal(str(office.settings.database_url), office.settings.data_dir)
    words = ("runs", "start", "终端", "--model", office.record.name, "--scene", "later")
    assert "都已用同一模型和参数检测过" in shown(*words, "--kinds", "判别").stderr

    monkeypatch.setattr(detection, "terminal_book", lambda: office.book)
    monkeypatch.setattr(detection, "Settings", lambda: office.settings)
    words = ["detect", str(made.path), "--model", str(model_path), "--out", str(tmp_path), "--file"]
    unknown = CliRunner().invoke(build(["detect"]), [*words, "--kinds", "没有"])
    assert isinstance(unknown.exception, ModelUnknown)
    done = CliRunner().invoke(build(["detect"]), [*words, "--kinds", "判别", "--json"])
    assert done.exit_code == 0, done.output
    with office.book.reading() as connection:
        runs = [imagery.run(connection, one["id"]) for one in imagery.all_runs(connection)]
    told = [run.parameters["kinds"] for run in runs if "kinds" in run.parameters]
    assert told == [judge.sha256] and len(runs) == 2, "no second run of the same finds"


def test_a_batch_is_gone_over_and_filed_by_a_worker(office):
    batch = office.start(*office.scenes)
    assert states(office, batch) == ["WAITING", "WAITING"]
    told = []
    jobs.work_off(office.settings, told.append)
    done = office.jobs(batch)
    assert states(office, batch) == ["DONE", "DONE"]
    assert [job.id for job in told] == [job.id for job in done]
    for job in done:
        assert (job.windows_done, job.windows_total) == (1, 1)
        assert job.found >= 1 and job.run_id is not None and job.claim is None
        assert {path.name for path in office.folder(job).iterdir()} == {*OUTPUTS, "run.json"}
        assert "完成" in last_line(job)
    assert rows(office.book, "detection_runs") == {"detection_runs": 2}
    assert verbs(office.book)[-1] == "finish_job"
    assert entries(office) == 0


def test_the_same_again_is_the_same_batch_and_other_content_is_refused(office):
    asked = office.asked()
    first, is_new = start_batch(office.book, asked)
    assert is_new and start_batch(office.book, asked) == (first, False)
    with pytest.raises(IdReused):
        start_batch(office.book, replace(asked, threads=2))
    assert entries(office) == 1


def test_a_second_batch_of_the_same_name_is_refused(office):
    office.start(name="六月")
    with pytest.raises(BatchNameTaken, match="wang"):
        office.start(office.scenes[1], name=" 六月 ")


def test_what_was_done_before_is_said_and_not_done_again(office):
    office.start(name="第一批")
    jobs.work_off(office.settings)
    with pytest.raises(BatchDone) as refused:
        office.start(name="第二批")
    assert "第一批" in refused.value.sentence("zh-CN")
    both = office.start(*office.scenes, name="第二批")
    assert states(office, both) == ["DONE", "WAITING"]
    assert "此前" in last_line(office.jobs(both)[0])
    other = office.start(name="另一参数", min_area_m2=50_000.0)
    assert states(office, other) == ["WAITING"]


@pytest.mark.parametrize("scenes", [(0, 0), (0, None)])
def test_a_scene_twice_or_of_elsewhere_is_refused(office, scenes):
    stranger = replace(office.scenes[0], id=uuid4())
    chosen = [stranger if n is None else office.scenes[n] for n in scenes]
    with pytest.raises(SceneNotHere):
        office.start(*chosen)
    assert rows(office.book, "detection_jobs") == {"detection_jobs": 0}


def test_cancelled_before_it_runs(office):
    batch = office.start(*office.scenes)
    cancelled = cancel_batch(office.book, batch.id)
    assert cancelled.cancelled_by == "wang"
    assert states(office, batch) == ["CANCELLED", "CANCELLED"]
    assert entries(office) == 0
    with pytest.raises(NothingToCancel):
        cancel_batch(office.book, batch.id)
    with pytest.raises(BatchUnknown):
        cancel_batch(office.book, uuid4())


def test_cancelled_while_it_runs_it_stops_at_a_window_and_goes_on_from_there(office, stopping_at):
    batch = office.start(**CUT)

    def cancel():
        cancel_batch(office.book, batch.id)
        assert cancel_batch(office.book, batch.id).cancelled_at  # again, while it still stops
        with pytest.raises(BatchRunning):
            retry_batch(office.book, batch.id)

    seen = stopping_at(4, cancel)
    jobs.work_off(office.settings)
    (job,) = office.jobs(batch)
    assert job.state is JobState.CANCELLED and job.is_resumable
    assert 4 <= job.windows_done < 30 and len(seen) == job.windows_done
    assert f"停在窗口 {job.windows_done}/30" in last_line(job)
    assert rows(office.book, "detection_runs") == {"detection_runs": 0}
    retry_batch(office.book, batch.id)
    jobs.work_off(office.settings)
    assert states(office, batch) == ["DONE"]
    assert sorted(seen) == list(range(30))  # no window twice
    with pytest.raises(NothingToRetry):
        retry_batch(office.book, batch.id)


def test_a_worker_that_is_told_to_stop_puts_its_scene_back(office, stopping_at):
    batch = office.start(**CUT)
    duty = jobs.Duty(office.settings, until_empty=True)
    seen = stopping_at(3, duty.stop.set)
    jobs.run(duty)
    (job,) = office.jobs(batch)
    assert job.state is JobState.WAITING and job.claim is None
    assert "已放回队列" in last_line(job)
    assert entries(office) == 1
    jobs.work_off(office.settings)
    assert states(office, batch) == ["DONE"] and sorted(seen) == list(range(30))


def test_a_full_disk_fails_the_scene_truly_and_the_rest_is_done_when_there_is_room(
    office, stopping_at, monkeypatch
):
    batch = office.start(*office.scenes, **CUT)

    def full():
        raise DiskFull(path="runs")

    seen = stopping_at(5, full)
    jobs.work_off(office.settings)
    full_one, other = office.jobs(batch)
    assert (full_one.state, other.state) == (JobState.FAILED, JobState.DONE)
    assert full_one.error["code"] == "disk_full" and "磁盘空间不足" in last_line(full_one)
    assert full_one.is_resumable
    retry_batch(office.book, batch.id, full_one.id)
    jobs.work_off(office.settings)
    assert states(office, batch) == ["DONE", "DONE"]
    assert len(seen) == 60


def test_a_scene_without_the_models_bands_fails_with_its_sentence_and_others_go_on(
    office, monkeypatch
):
    lacking = office.scenes[0].id
    keep = pipeline.Model.require_bands

    def require(self, scene):
        keep(self, replace(scene, band_names=("B02", "B03")) if str(lacking) in str(scene.path)
             else scene)  # fmt: skip

    monkeypatch.setattr(models.Model, "require_bands", require)
    batch = office.start(*office.scenes)
    jobs.work_off(office.settings)
    assert states(office, batch) == ["FAILED", "DONE"]
    assert office.jobs(batch)[0].error["code"] == "model_lacks_bands"


def test_a_model_file_that_changed_or_went_is_one_sentence(office):
    batch = office.start()
    path = Path(office.record.path)
    whole = path.read_bytes()
    path.chmod(0o600)
    path.unlink()
    jobs.work_off(office.settings)
    (job,) = office.jobs(batch)
    assert job.error["code"] == "model_file_gone" and job.error["zh"].endswith("。")
    path.write_bytes(whole[:-1] + b"x")
    retry_batch(office.book, batch.id)
    jobs.work_off(office.settings)
    assert office.jobs(batch)[0].error["code"] == "model_file_changed"


def test_a_model_that_is_not_published_starts_nothing(office):
    withdraw_model(office.book, office.record.id, "试验")
    with pytest.raises(ModelNotPublished, match="small|小模型"):
        office.start()


def test_what_nobody_foresaw_is_a_sentence_too(office, stopping_at):
    batch = office.start(**CUT)

    def break_down():
        raise ZeroDivisionError("by nothing")

    stopping_at(2, break_down)
    jobs.work_off(office.settings)
    (job,) = office.jobs(batch)
    assert job.error["code"] == "unexpected_fault" and "by nothing" in job.error["en"]


def test_a_dead_workers_scene_goes_back_in_line_and_the_dead_one_cannot_end_it(office):
    batch = office.start(**CUT)
    (job,) = office.jobs(batch)
    _, taken = batch_work.take_job(office.book, job.id, "there:1")
    assert batch_work.take_job(office.book, job.id, "here:2") is None
    assert batch_work.put_back_lost(office.book) == []  # it has just beaten
    (back,) = batch_work.put_back_lost(office.book, AT_ONCE)
    assert back.state is JobState.WAITING and "失去联系" in last_line(back)
    with pytest.raises(JobNotYours):
        batch_work.stop_job(office.book, job.id, taken.claim)
    jobs.work_off(office.settings)
    assert states(office, batch) == ["DONE"]


def test_a_scene_that_kills_its_workers_fails_in_the_end(office):
    batch = office.start(**CUT)
    (job,) = office.jobs(batch)
    for _ in range(MOST_LOSSES):
        assert office.jobs(batch)[0].state is JobState.WAITING
        batch_work.take_job(office.book, job.id, "there:1")
        batch_work.put_back_lost(office.book, AT_ONCE)
    (failed,) = office.jobs(batch)
    assert failed.state is JobState.FAILED and failed.error["code"] == "worker_lost"


def test_an_entry_that_was_lost_is_put_back(office):
    batch = office.start()
    with office.book.engine.begin() as connection:
        queue.take_out(connection, office.jobs(batch))
    assert entries(office) == 0
    jobs.work_off(office.settings)
    assert states(office, batch) == ["DONE"]


def test_a_database_that_goes_away_for_a_while_costs_no_window(office, stopping_at, monkeypatch):
    """Every connection is cut in the middle of a scene, as a restart of the server does."""
    batch = office.start(**CUT)
    monkeypatch.setattr(pulse, "PATIENCE", 0.05)

    def cut():
        with office.book.engine.connect() as connection:
            connection.exec_driver_sql(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )

    seen = stopping_at(6, cut)
    duty = jobs.Duty(office.settings, tell=lambda job: duty.stop.set())
    jobs.run(duty)
    assert states(office, batch) == ["DONE"] and sorted(seen) == list(range(30))


def test_the_results_are_those_of_the_command_line(office, model, model_path, tmp_path):
    from api.follow_up import scene_of

    batch = office.start(**CUT)
    jobs.work_off(office.settings)
    by_hand = pipeline.detect(
        scene_of(office.scenes[0]), model, tmp_path / "hand", model_path=model_path,
        window_size=WINDOW,
    )  # fmt: skip
    folder = office.folder(office.jobs(batch)[0])
    for name in OUTPUTS:
        assert (folder / name).read_bytes() == (by_hand.folder / name).read_bytes(), name
    with safe_files.sole_writer(folder):  # nobody holds it any more
        pass
