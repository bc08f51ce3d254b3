"""Batches at the terminal: start, look, cancel, try again, in plain sentences and in JSON."""

import json

import pytest

from api import jobs
from tests.terminal import Terminal


@pytest.fixture
def qingfei(office):
    terminal = Terminal(str(office.settings.database_url), office.settings.data_dir)

    def call(*words):
        done = terminal(*words)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout if done.returncode == 0 and "--json" in words else (
            done.stdout + done.stderr
        )  # fmt: skip

    return call


def test_a_batch_from_its_start_to_its_log(qingfei, office):
    told = json.loads(qingfei("runs", "start", "夏季", "--model", office.record.name, "--json"))
    assert (told["state"], told["scenes"], told["threads"]) == ("WAITING", 2, 1)
    assert "没有处理进程在运行" in qingfei("runs", "list")
    assert "排队中" in qingfei("runs", "show", "夏季")
    cancelled = json.loads(qingfei("runs", "cancel", "夏季", "--json"))
    assert cancelled["counts"]["CANCELLED"] == 2
    assert "已经结束或已取消" in qingfei("runs", "cancel", "夏季")
    one = office.scenes[0].name
    retried = json.loads(qingfei("runs", "retry", told["id"], "--scene", one, "--json"))
    assert retried["counts"] | {"WAITING": 1, "CANCELLED": 1} == retried["counts"]
    assert "没有可重试的影像" in qingfei("runs", "retry", "夏季", "--scene", one)
    assert "已完成：完成：疑似图斑" in qingfei("worker", "--until-empty")
    assert "1/2" in qingfei("runs", "list")
    log = qingfei("runs", "log", "夏季", "--scene", one)
    assert "已排队" in log and "勾绘" in log and "完成：疑似图斑" in log
    (filed,) = json.loads(qingfei("runs", "--json"))
    assert filed["scene_name"] == one


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "没有"), "没有批次 没有"),
        (("start", "x", "--model", "没有"), "没有名为“没有”的模型"),
        (("start", "x", "--model", "小模型", "--scene", "没有"), "没有影像 没有"),
    ],
)
def test_what_is_not_there_is_one_sentence(qingfei, words, sentence):
    assert sentence in qingfei("runs", *words)


def test_a_scene_that_a_batch_does_not_have(qingfei, office):
    office.start(name="一批")
    assert "没有影像 另一" in qingfei("runs", "log", "一批", "--scene", "另一")


def test_costs_say_by_which_rates(qingfei):
    told = qingfei("runs", "costs", "--tiles", 200, "--dates", 6)
    assert "随附基准" in told and "1200" in told and "120" in told
    assert json.loads(qingfei("runs", "costs", "--json"))["what"]["scenes"] == 1200


def test_a_worker_ends_with_the_process_that_started_it(office):
    duty = jobs.Duty(office.settings, beside=1)  # not the parent of this one
    jobs.run(duty)
    assert duty.stop.is_set()
