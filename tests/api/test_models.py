"""Models over both doors: the terminal registers them, reviewers publish, all may look."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.cli import build, training
from api.cli import model as commands
from api.model_shelf import put_judge, put_model
from api.settings import Settings
from gis.domain.terms import Role
from gis.errors import QingfeiError
from gis.ledger import people
from gis.store import models
from remote_sensing.change import kind_training
from remote_sensing.features import FEATURES_VERSION
from remote_sensing.model import save
from tests.api.known import PASSWORD
from tests.made_models import a_model
from tests.remote_sensing.made_changes import made_judge
from tests.remote_sensing.make_scene import make_manifest


@pytest.fixture
def made(book, settings: Settings):
    record, _ = put_model(book, settings, a_model(), "甲")
    return record


def test_models_are_listed_with_their_figures_and_no_path(client: TestClient, made):
    found = client.get("/api/models").json()
    (one,) = found["items"]
    assert found["published"] == 0
    assert (one["name"], one["state"], one["file"], one["is_current"]) == (
        *("甲", "DRAFT", "sound"),
        True,
    )
    assert one["classes"][0] == {
        "name": "open_pit",
        "samples": 30,
        "precision": 0.8,
        "recall": 0.7,
        "f1": 0.75,
        "iou": 0.6,
    }
    assert one["days"] == ["2026-06-19"] and one["bands"] == ["B02", "B03", "B04"]
    whole = client.get(f"/api/models/{made.id}").json()
    assert whole["card"]["data_sha256"] == "1" * 64
    assert made.path not in json.dumps(whole) + json.dumps(found)


def test_publish_and_withdraw_the_only_one(client: TestClient, made):
    address = f"/api/models/{made.id}"
    for _ in range(2):
        assert client.put(f"{address}/publication").json()["state"] == "PUBLISHED"
    empty = client.put(f"{address}/withdrawal", json={"reason": " "})
    assert (empty.status_code, empty.json()["code"]) == (422, "deed_unexplained")
    gone = client.put(f"{address}/withdrawal", json={"reason": "误判过多"}).json()
    assert (gone["state"], gone["left"], gone["reason"]) == ("WITHDRAWN", 0, "误判过多")
    again = client.put(f"{address}/withdrawal", json={"reason": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "model_withdrawn")
    nothing = client.put(f"/api/models/{uuid4()}/publication")
    assert nothing.status_code == 404


def test_a_model_that_cannot_run_is_not_published(client: TestClient, book, settings, made):
    Path(made.path).unlink()
    lost = client.put(f"/api/models/{made.id}/publication")
    assert (lost.status_code, lost.json()["code"]) == (503, "model_file_gone")
    assert client.get("/api/models").json()["items"][0]["file"] == "gone"
    old, _ = put_model(book, settings, a_model(1, features_version=FEATURES_VERSION + 1), "旧")
    answer = client.put(f"/api/models/{old.id}/publication")
    assert (answer.status_code, answer.json()["code"]) == (422, "model_of_other_features")


def test_an_analyst_may_look_and_not_publish(app, book, stranger: TestClient, made):
    people.add_user(book, "li", "李工", Role.ANALYST, PASSWORD)
    stranger.post("/api/session", json={"username": "li", "password": PASSWORD})
    assert stranger.get("/api/models").status_code == 200
    assert stranger.put(f"/api/models/{made.id}/publication").status_code == 403


@pytest.fixture
def qingfei(book, settings: Settings, monkeypatch):
    """The command line in this process: what it printed, or the error's sentence."""
    monkeypatch.setattr(commands, "terminal_book", lambda: book)
    monkeypatch.setattr(commands, "Settings", lambda: settings)
    monkeypatch.setenv("QINGFEI_LANGUAGE", "zh-CN")

    def run(*words: object) -> str:
        done = CliRunner().invoke(build(["model"]), ["model", *map(str, words)])
        if isinstance(done.exception, QingfeiError):
            return done.exception.sentence("zh-CN")
        assert done.exit_code == 0, done.output
        return done.output

    return run


def test_the_terminal_adds_shows_publishes_withdraws(qingfei, tmp_path: Path):
    file = tmp_path / "秋.qfm"
    save(a_model(), file)
    assert "待发布" in qingfei("add", file)
    assert "没有变化" in qingfei("add", file)
    assert "已登记为“秋”" in qingfei("add", file, "--name", "冬")
    assert json.loads(qingfei("list", "--json"))[0]["file"] == "sound"
    assert "露天采坑" in qingfei("show", "秋") and "秋" in qingfei("list")
    assert "已发布" in qingfei("publish", "秋")
    left = qingfei("withdraw", "秋", "--reason", "误判")
    assert "已撤回" in left and "没有已发布的模型" in left
    assert "已登记：秋" in qingfei("publish", "夏")
    file.write_bytes(b"no model")
    assert "秋.qfm" in qingfei("add", file)


def test_what_is_trained_is_registered_under_a_name_asked_for_first(
    book, settings: Settings, monkeypatch, tmp_path: Path
):
    monkeypatch.setattr(training, "terminal_book", lambda: book)
    monkeypatch.setattr(training, "Settings", lambda: settings)
    monkeypatch.setattr("remote_sensing.training.train.train", lambda *_, **__: a_model())
    manifest = make_manifest(tmp_path, count=1)
    asked = ["train", str(manifest), "--model", str(tmp_path / "m.qfm"), "--register"]
    refused = CliRunner().invoke(build(["train"]), [*asked, "a/b"])
    assert isinstance(refused.exception, QingfeiError) and not (tmp_path / "m.qfm").exists()
    done = CliRunner().invoke(build(["train"]), [*asked, "春"])
    assert done.exit_code == 0, done.output
    with book.reading() as connection:
        assert models.model_named(connection, "春").sha256 == a_model().sha256


def test_a_judge_of_changes_is_told_published_and_withdrawn_like_a_model(
    client: TestClient, book, settings, made
):
    content = kind_training.dump(made_judge())
    judge, is_new = put_judge(book, settings, content, "判别")
    assert is_new and Path(judge.path).read_bytes() == content
    assert put_judge(book, settings, content, "判别") == (judge, False)
    told = {one["name"]: one for one in client.get("/api/models").json()["items"]}
    one = told["判别"]
    assert (one["tells"], told["甲"]["tells"]) == ("CHANGE", "GROUND")
    assert (one["file"], one["is_current"], one["accuracy"]) == ("sound", True, None)
    assert [kind["name"] for kind in one["classes"]] == ["mining", "human", "natural"]
    address = f"/api/models/{judge.id}"
    assert client.put(f"{address}/publication").json()["state"] == "PUBLISHED"
    listed = client.get("/api/models").json()
    assert listed["published"] == 0, "no run can be started with a judge alone"
    choices = client.get("/api/batches/choices?district=150203").json()
    assert [own["name"] for own in choices["judges"]] == ["判别"] and choices["models"] == []
    assert choices["judges"][0]["bands"] == ["B02", "B03", "B04", "B08", "B11", "B12"]
    assert client.get("/api/retrainings?district=150203").json()["models"][0]["name"] == "甲"
    gone = client.put(f"{address}/withdrawal", json={"reason": "换地区"}).json()
    assert (gone["state"], gone["left"]) == ("WITHDRAWN", 0)
    Path(judge.path).unlink()
    lost = client.put(f"{address}/publication")
    assert (lost.status_code, lost.json()["code"]) == (503, "model_file_gone")


def test_the_terminal_takes_a_judge_of_changes_for_what_it_is(qingfei, tmp_path: Path):
    file, model = tmp_path / "变化.qfc", tmp_path / "秋.qfm"
    kind_training.save(made_judge(), file)
    save(a_model(), model)
    assert "判断变化类型，待发布" in qingfei("add", file)
    assert "没有变化" in qingfei("add", file)
    assert "已登记为“变化”" in qingfei("add", file, "--name", "另一")
    qingfei("add", model)
    assert "判断变化类型" in qingfei("show", "变化") and "采矿" in qingfei("show", "变化")
    assert "变化类型" in qingfei("list") and "已发布" in qingfei("publish", "变化")
    refused = qingfei("compare", "秋", "变化", "--base", tmp_path / "manifest.toml")
    assert "“变化”判断的是变化类型" in refused
    left = qingfei("withdraw", "变化", "--reason", "不准")
    assert "已撤回" in left and "没有已发布的模型" not in left
    file.write_bytes(file.read_bytes()[:-200])
    assert "变化.qfc" in qingfei("add", file)
