"""Models are registered once, published and withdrawn by name, and their files watched."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gis.domain.detection.model_errors import (
    ModelFileChanged,
    ModelFileGone,
    ModelKnown,
    ModelNameTaken,
    ModelNameUnfit,
    ModelTellsOther,
    ModelUnknown,
    ModelWithdrawn,
)
from gis.domain.detection.model_record import require_name, require_tells
from gis.domain.sites.errors import ReasonMissing
from gis.domain.terms import ModelState, ModelTells
from gis.ledger.models import ModelSent, add_model, publish_model, withdraw_model
from gis.store import files, models
from tests.ledger.looking import verbs


def kept(folder: Path, content: bytes, name: str) -> ModelSent:
    sha256 = files.keep(folder, content, ".qfm")
    path = files.place_of(folder, sha256, ".qfm")
    return ModelSent(name, sha256, str(path), {"classes": ["open_pit"]})


def test_a_model_goes_from_draft_to_published_to_withdrawn(book, tmp_path):
    made, is_new = add_model(book, kept(tmp_path, b"one", "2026 秋"))
    assert (made.state, is_new) == (ModelState.DRAFT, True)
    assert add_model(book, kept(tmp_path, b"one", "2026 秋")) == (made, False)
    with book.reading() as connection:
        assert models.published(connection) == []
    book.clock.tick()
    done = publish_model(book, made.id)
    assert publish_model(book, made.id) == done
    with book.reading() as connection:
        assert models.published(connection) == [done] == [models.model(connection, made.id)]
    gone = withdraw_model(book, made.id, " 误判过多 ")
    assert (gone.state, gone.reason, gone.changed_by) == (
        ModelState.WITHDRAWN,
        "误判过多",
        "王工",
    )
    with pytest.raises(ModelWithdrawn, match="王工"):
        withdraw_model(book, made.id, "再撤")
    assert publish_model(book, made.id).state is ModelState.PUBLISHED
    assert [v for v in verbs(book) if v.endswith("_model")] == [
        *("add_model", "publish_model", "withdraw_model", "publish_model"),
    ]


def test_names_and_files_are_given_once(book, tmp_path):
    add_model(book, kept(tmp_path, b"one", "甲"))
    with pytest.raises(ModelNameTaken):
        add_model(book, kept(tmp_path, b"two", "甲"))
    with pytest.raises(ModelKnown, match="甲"):
        add_model(book, kept(tmp_path, b"one", "乙"))
    with book.reading() as connection:
        assert [one.name for one in models.all_models(connection)] == ["甲"]
        with pytest.raises(ModelUnknown, match="甲"):
            models.model_named(connection, "丙")


@pytest.mark.parametrize("name", ["", "  ", "a/b", "a\\b", "a\nb", "a\x00", "长" * 61])
def test_a_name_that_no_list_can_show_is_refused(name):
    with pytest.raises(ModelNameUnfit) as refused:
        require_name(name)
    assert "\n" not in refused.value.sentence("en")


def test_a_name_may_have_spaces_inside():
    assert require_name(" 2026 秋 v2 ") == "2026 秋 v2"


def test_a_model_whose_file_is_gone_or_changed_is_not_published(book, tmp_path):
    sent = kept(tmp_path, b"one", "甲")
    made, _ = add_model(book, sent)
    path = Path(sent.path)
    assert models.require_file(made) == path
    path.chmod(0o644)
    path.write_bytes(b"two!")
    with pytest.raises(ModelFileChanged):
        publish_model(book, made.id)
    path.unlink()
    with pytest.raises(ModelFileGone):
        publish_model(book, made.id)
    kept(tmp_path, b"one", "甲")  # the same file, added again
    assert publish_model(book, made.id).state is ModelState.PUBLISHED


def test_withdrawing_needs_a_reason(book, tmp_path):
    made, _ = add_model(book, kept(tmp_path, b"one", "甲"))
    with pytest.raises(ReasonMissing):
        withdraw_model(book, made.id, "  ")


def test_the_log_does_not_repeat_the_card(book, tmp_path):
    made, _ = add_model(book, kept(tmp_path, b"one", "甲"))
    with book.reading() as connection:
        from gis.store import log

        (line,) = log.told(connection, str(made.id))
    assert "card" not in json.loads(line["after"]) and line["subject_kind"] == "model"


def test_a_judge_of_changes_stands_beside_models_of_ground(book, tmp_path):
    ground, _ = add_model(book, kept(tmp_path, b"one", "甲"))
    sent = replace(kept(tmp_path, b"two", "乙"), tells=ModelTells.CHANGE)
    judge, _ = add_model(book, sent)
    with pytest.raises(ModelNameTaken):
        add_model(book, kept(tmp_path, b"three", "乙"))
    for one in (ground, judge):
        publish_model(book, one.id)
    with book.reading() as connection:
        assert [one.name for one in models.published(connection)] == ["甲"]
        (told,) = models.published(connection, ModelTells.CHANGE)
        assert len(models.all_models(connection)) == 2
        assert models.all_models(connection, ModelTells.CHANGE) == [told]
    assert require_tells(told, ModelTells.CHANGE) is told
    with pytest.raises(ModelTellsOther) as refused:
        require_tells(told, ModelTells.GROUND)
    assert "“乙”判断的是变化类型" in refused.value.sentence("zh-CN")
