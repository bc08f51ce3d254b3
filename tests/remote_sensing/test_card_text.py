from dataclasses import replace

import pytest

from remote_sensing.model import Model
from remote_sensing.training.card_text import as_text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_card_says_in_words_what_was_tried_and_what_was_not(
    model: Model, language: str
) -> None:
    compared = {"random_forest": {"accuracy": 0.81234, "mean_f1": 0.7}}
    card = replace(model.card, validated={**model.card.validated, "compared": compared})
    text = as_text(card, language)
    for fact in (
        card.data_sha256[:12],
        "2021-06-19",
        "near_and_far",
        "random_forest 0.812 / 0.700",
    ):
        assert fact in text
    accuracy = f"{model.card.validated['accuracy']:.3f}"
    assert accuracy in text
    wording = {
        "zh-CN": ("露天采坑", "训练影像以外的地点", "1, 2, 3, 4, 5, 7"),
        "en": ("Open pit", "any place but the training images'", "1, 2, 3, 4, 5, 7"),
    }
    assert all(part in text for part in wording[language])


def test_a_model_that_could_not_be_tried_says_so(model: Model) -> None:
    bare = replace(model.card, validated={"held_out": "stripe", "folds": 0}, samples={"road": 3})
    text = as_text(bare, "en")
    assert "Not checked: too few samples" in text
    assert "classes with few samples: Road" in text


def test_places_that_were_held_out_are_not_called_unchecked(model: Model) -> None:
    told = {**model.card.validated, "held_out": "place"}
    undated = tuple({**row, "acquired_on": None} for row in model.card.trained_on)
    text = as_text(replace(model.card, validated=told, trained_on=undated), "en")
    assert "Checked on places held out" in text
    assert "any place" not in text
    assert "month" not in text
    assert "undated" in text
