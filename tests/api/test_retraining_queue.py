"""Training anew as a page asks for it: queued, done by the worker, refused in plain words."""

import threading
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from uuid import uuid4

import pytest

from api import jobs, label_shelf, retrain_job, retraining
from api.model_shelf import publish, put_model
from gis.domain.detection.batch_errors import JobNotYours
from gis.domain.detection.model_errors import (
    LabelSetUnknown,
    ModelNameTaken,
    NothingToCompare,
    RetrainingUnderway,
)
from gis.domain.detection.queued import MOST_LOSSES
from gis.domain.sites.errors import IdReused
from gis.domain.terms import Comparative, JobState, ModelState, Verdict
from gis.errors import DiskFull
from gis.ledger import retraining_work
from gis.ledger.retrainings import (
    RetrainingAsked,
    ask_retraining,
    cancel_retraining,
    compare_again,
)
from gis.store import models, queue, retrainings, training_sets
from remote_sensing import binning, heeding
from tests.api.test_retraining import PIT, check, season  # noqa: F401
from tests.made_models import a_model
from tests.makers import a_check

AT_ONCE = timedelta(0)


@pytest.fixture
def office(season):  # noqa: F811
    """A season of checks, and the analysts' labels on the server's shelf."""
    book, settings, base = season
    check(book, PIT, a_check, verdict=Verdict.PIT, kind="MINE_PIT", waste_class="NONE")
    folder = settings.labels_dir / "2026标注"
    folder.mkdir(parents=True)
    text = base.read_text("utf-8")
    for name in ('image = "', 'labels = "'):
        text = text.replace(name, f"{name}{base.parent}/")
    (folder / "manifest.toml").write_text(text, "utf-8")
    return book, settings


def asked(**changes):
    return replace(RetrainingAsked(uuid4(), "150203", "秋季", "2026标注"), **changes)


def standing(book, one):
    with book.reading() as connection:
        return retrainings.retraining(connection, one.id)


def test_a_model_is_asked_for_trained_and_compared_and_waits_for_a_decision(office):
    book, settings = office
    old, _ = put_model(book, settings, a_model(), "旧")
    publish(book, old.id)
    wish = asked()
    made, is_new = ask_retraining(book, wish)
    assert is_new and ask_retraining(book, wish) == (made, False)
    with pytest.raises(IdReused):
        ask_retraining(book, replace(wish, name="另一"))
    with pytest.raises(RetrainingUnderway):
        ask_retraining(book, asked(name="另一"))
    told = []
    jobs.run(jobs.Duty(settings, until_empty=True, told=told.append))
    done = standing(book, made)
    assert done.state is JobState.DONE, done.error
    assert [one.id for one in told] == [made.id] and done.claim is None
    lines = " ".join(line["zh"] for line in done.log)
    assert all(word in lines for word in ("已排队", "正在训练", "识别留出地块", "待发布"))
    with book.reading() as connection:
        model = models.model(connection, done.model_id)
        (found,) = training_sets.comparisons(connection)
    assert (model.name, model.state, model.made_by) == ("秋季", ModelState.DRAFT, book.actor)
    assert found["against"] == "旧" and found["verdict"] in set(Comparative)
    with pytest.raises(ModelNameTaken):
        ask_retraining(book, asked())


def test_what_fails_says_so_and_what_is_cancelled_stops(office, monkeypatch):
    book, settings = office
    made, _ = ask_retraining(book, asked(labels="没有"))
    jobs.work_off(settings)
    failed = standing(book, made)
    assert (failed.state, failed.error["code"]) == (JobState.FAILED, "label_set_unknown")

    made, _ = ask_retraining(book, asked())
    cancelled = cancel_retraining(book, made.id)
    assert cancelled.state is JobState.CANCELLED
    jobs.work_off(settings)
    assert standing(book, made) == cancelled

    made, _ = ask_retraining(book, asked())
    real = retrain_job.retrain

    def stopped_meanwhile(*given):
        cancel_retraining(book, made.id)
        return real(*given)

    monkeypatch.setattr(retrain_job, "retrain", stopped_meanwhile)
    retrain_job.work(book, settings, made.id, beat_seconds=0.01)
    assert standing(book, made).state is JobState.CANCELLED
    assert list(settings.models_dir.glob(".work-*")) == []

    def broken(*_):
        raise RuntimeError("no such thing")

    monkeypatch.setattr(retrain_job, "retrain", broken)
    made, _ = ask_retraining(book, asked())
    retrain_job.work(book, settings, made.id)
    assert standing(book, made).error["code"] == "unexpected_fault"


def test_a_comparison_that_failed_is_made_again_without_training(office, monkeypatch):
    book, settings = office
    old, _ = put_model(book, settings, a_model(), "旧")
    publish(book, old.id)
    made, _ = ask_retraining(book, asked())
    assert compare_again(book, made.id) == made, "it is in line already"
    real = retraining.contest

    def full(*_):
        raise DiskFull(path="models")

    monkeypatch.setattr(retraining, "contest", full)
    jobs.work_off(settings)
    failed = standing(book, made)
    assert (failed.state, failed.error["code"]) == (JobState.FAILED, "disk_full")
    assert failed.can_compare and failed.set_name
    with book.reading() as connection:
        model = models.model(connection, failed.model_id)
        assert training_sets.comparisons(connection) == []
    assert (model.name, model.state) == ("秋季", ModelState.DRAFT)
    publish(book, model.id)  # somebody publishes it all the same: it is not its own rival

    other, _ = ask_retraining(book, asked(name="另一"))
    with pytest.raises(RetrainingUnderway):
        compare_again(book, made.id)
    cancel_retraining(book, other.id)
    with pytest.raises(NothingToCompare):
        compare_again(book, other.id)

    monkeypatch.setattr(retraining, "contest", real)
    monkeypatch.setattr("remote_sensing.training.train.train", None)
    again = compare_again(book, made.id)
    assert again.state is JobState.WAITING and again.error is None
    assert compare_again(book, made.id) == again
    taken = retraining_work.take_job(book, made.id, "here:1")
    book.clock.tick()
    (back,) = retraining_work.put_back_lost(book, AT_ONCE)
    assert taken.model_id == back.model_id and "将只做比较" in back.log[-1]["zh"]
    jobs.work_off(settings)
    done = standing(book, made)
    assert done.state is JobState.DONE, done.error
    with book.reading() as connection:
        (found,) = training_sets.comparisons(connection)
    assert (found["model_id"], found["against"]) == (failed.model_id, "旧")
    with pytest.raises(NothingToCompare):
        compare_again(book, made.id)


@pytest.mark.parametrize("way", ["cancelled", "the worker stops"])
def test_a_training_is_let_go_in_the_middle_of_a_forest(office, monkeypatch, way):
    book, settings = office
    made, _ = ask_retraining(book, asked())
    began = threading.Event()

    def endless(forest, *_, **__):
        if not began.is_set() and way == "cancelled":
            cancel_retraining(book, made.id)
        began.set()
        until = monotonic() + 30
        while monotonic() < until:
            heeding.heed()
        raise AssertionError("nobody let it go")

    def stopping():
        return began.is_set() and way != "cancelled"

    monkeypatch.setattr(binning, "grown", endless)
    done = retrain_job.work(book, settings, made.id, stopping=stopping, beat_seconds=0.01)
    assert done.state is (JobState.CANCELLED if way == "cancelled" else JobState.WAITING)
    assert standing(book, made) == done and done.model_id is None
    assert list(settings.models_dir.glob("*")) == [], "no draft, no folder left behind"
    with book.reading() as connection:
        assert models.all_models(connection) == []


def test_a_dead_worker_s_training_begins_anew_and_is_given_up_in_the_end(office):
    book, _ = office
    made, _ = ask_retraining(book, asked())
    for lost in range(1, MOST_LOSSES + 1):
        taken = retraining_work.take_job(book, made.id, "here:1")
        assert retraining_work.take_job(book, made.id, "here:2") is None
        assert retraining_work.put_back_lost(book) == []
        book.clock.tick()
        (back,) = retraining_work.put_back_lost(book, AT_ONCE)
        assert back.times_lost == lost
        with pytest.raises(JobNotYours):
            retraining_work.fail(book, made.id, taken.claim, DiskFull(path="models"))
    assert back.state is JobState.FAILED and "内存" in back.error["zh"]
    ask_retraining(book, asked(name="再来"))


def test_a_training_that_the_queue_lost_is_put_in_again(office):
    book, _ = office
    made, _ = ask_retraining(book, asked())
    with book.engine.begin() as connection:
        queue.take_out_training(connection, [made])
        assert [one.id for one in queue.trainings_without_entry(connection)] == [made.id]
    assert retraining_work.put_back_lost(book) == []
    with book.reading() as connection:
        assert queue.trainings_without_entry(connection) == []


def test_only_what_is_on_the_shelf_can_be_learnt(office):
    _, settings = office
    (settings.labels_dir / "空").mkdir()
    assert label_shelf.names(settings) == ["2026标注"]
    for name in ("空", "..", "../..", "/etc", "2026标注/..", ""):
        with pytest.raises(LabelSetUnknown):
            label_shelf.manifest_of(settings, name)
