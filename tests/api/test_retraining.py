"""A field season becomes a model: verdicts, a frozen set, training, a comparison, a decision."""

import json
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from api.cli import build
from api.cli import model as model_commands
from api.cli import retraining as commands
from api.model_shelf import publish, put_model
from api.retraining import RetrainAsked, retrain
from api.settings import Settings
from gis.domain.detection.kept_back import RULE
from gis.domain.detection.model_errors import ModelFileGone, ModelNameTaken, NothingTaught
from gis.domain.terms import Comparative, ModelState, ReviewAct, Verdict
from gis.errors import QingfeiError
from gis.ledger import places
from gis.ledger.checks import record_field_check
from gis.ledger.detection import file_candidates
from gis.ledger.imagery import add_scene
from gis.ledger.reviews import ReviewAsked, review_check
from gis.ledger.samples import NoSamples
from gis.spatial.crs import as_multipolygon, transform
from gis.store import models
from remote_sensing.scene import open_scene
from tests.ledger.looking import all_candidates
from tests.made_models import a_model
from tests.makers import Clock, a_check, a_district, a_look_alike, a_run, a_scene, open_book
from tests.remote_sensing.test_lessons import outline, write_base

DAY = date(2026, 6, 19)
PIT, SOIL = (
    as_multipolygon(transform(outline(*pixels), 32649, 4490))
    for pixels in ((68, 36, 84, 50), (0, 0, 16, 16))
)


@pytest.fixture
def season(database_url, tmp_path):
    """A book, its settings, and the analysts' manifest; two candidates wait in one image."""
    settings = Settings(database_url=database_url, data_dir=tmp_path / "data")
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        base = write_base(tmp_path, every=5)
        opened = open_scene(base.scenes[0].image, acquired_on=DAY)
        there = a_scene(
            name="s2",
            path=str(base.scenes[0].image),
            footprint=opened.footprint_lonlat,
            sha256=opened.sha256,
            radiometry={"scale": 1e-4, "offset": -0.1},
        )
        file_candidates(book, add_scene(book, there).id, a_run(PIT, SOIL))
        yield book, settings, base.path


def check(book, outline, make, **said):
    book.clock.tick()
    (place,) = [one for one in all_candidates(book) if one.outline == outline]
    sent, _ = record_field_check(book, make(place, **said), at_once=False)
    asked = ReviewAsked(uuid4(), sent.id, ReviewAct.APPROVE, "", {}, sent.version)
    review_check(book, asked)


def silent(zh: str, en: str) -> None:
    pass


def test_a_season_of_checks_becomes_a_model_that_a_person_decides_on(season, monkeypatch):
    book, settings, base = season
    monkeypatch.setenv("QINGFEI_LANGUAGE", "zh-CN")
    with pytest.raises(NoSamples):
        retrain(book, settings, RetrainAsked(base, "150203", "春"), silent)
    check(book, SOIL, a_look_alike, look_alike="other")
    with pytest.raises(NothingTaught):
        retrain(book, settings, RetrainAsked(base, "150203", "春"), silent)
    check(book, PIT, a_check, verdict=Verdict.PIT, kind="MINE_PIT", waste_class="NONE")
    first = retrain(book, settings, RetrainAsked(base, "150203", "春"), silent)
    assert (first.model.state, first.comparison) == (ModelState.DRAFT, None)
    assert first.model.kept_back == RULE and first.model.training_set_id is not None
    publish(book, first.model.id)
    with pytest.raises(ModelNameTaken):
        retrain(book, settings, RetrainAsked(base, "150203", "春"), silent)

    book.clock.tick()
    for module in (commands, model_commands):
        monkeypatch.setattr(module, "terminal_book", lambda: book)
        monkeypatch.setattr(module, "Settings", lambda: settings)

    def run(*words):
        done = CliRunner().invoke(build([words[0]]), [*map(str, words)])
        if isinstance(done.exception, QingfeiError):
            return done.exception.sentence("zh-CN")
        assert done.exit_code == 0, done.output
        return done.output

    asked = ("retrain", base, "--district", "150203", "--name", "秋", "--seed", 1)
    told = run(*asked)
    assert f"样本集 {first.set_name}" in told, "nothing new was checked: the same set"
    assert "看不出差别" in told and "open_pit" in told and "注意" not in told
    found = json.loads(run("model", "compare", "秋", "春", "--base", base, "--json"))
    assert found["verdict"] == Comparative.NO_DIFFERENCE and found["is_fair"]
    assert found["low"] <= found["difference"] <= found["high"] and found["places"] >= 5
    assert "已发布" in run("model", "publish", "秋")
    assert list((settings.models_dir).glob(".work-*")) == []

    other, _ = put_model(book, settings, a_model(), "外来")
    told = run("model", "compare", "秋", "外来", "--base", base)
    assert "注意" in told, "nobody knows what it was trained on"


def test_a_model_to_compare_with_whose_file_is_gone_is_said_before_the_work(season):
    book, settings, base = season
    lost, _ = put_model(book, settings, a_model(), "旧")
    publish(book, lost.id)
    check(book, PIT, a_check, verdict=Verdict.PIT, kind="MINE_PIT", waste_class="NONE")
    with book.reading() as connection:
        (one,) = models.published(connection)
    Path(one.path).unlink()
    with pytest.raises(ModelFileGone):
        retrain(book, settings, RetrainAsked(base, "150203", "秋"), silent)
    with book.reading() as connection:
        assert [one.name for one in models.all_models(connection)] == ["旧"]
