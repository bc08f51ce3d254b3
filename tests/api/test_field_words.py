"""A field that does not fit is named in words: each day and number that a body takes has them."""

import importlib
import pkgutil
from datetime import date, datetime
from typing import Any, get_args

from pydantic import BaseModel

import api.bodies
from api.field_words import WORDS, unfit


def leaves(kind: Any) -> set[Any]:
    """Return what a type is made of: ``list[int | None]`` of int and None."""
    parts = get_args(kind)
    return {leaf for part in parts for leaf in leaves(part)} if parts else {kind}


def days_and_numbers() -> set[str]:
    modules = [
        importlib.import_module(f"api.bodies.{one.name}")
        for one in pkgutil.iter_modules(api.bodies.__path__)
    ]
    bodies = [
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, BaseModel)
    ]
    typed = {date, datetime, int, float}
    return {
        name
        for body in bodies
        for name, field in body.model_fields.items()
        if typed & {one for one in leaves(field.annotation) if isinstance(one, type)}
    }


def test_every_day_and_number_of_a_body_has_words():
    found = days_and_numbers()
    assert len(found) > 40
    assert found - WORDS.keys() == set()


def test_a_sentence_names_each_field_once_and_the_facts_keep_the_path():
    error = unfit(["answers.height_m", "scenes.0", "scenes.1", "odd"])
    assert error.sentence("zh-CN") == "提交的内容有误（高度、影像、odd），请更正后重新提交。"
    assert error.sentence("en").startswith("The request does not fit (height, scenes, odd);")
    assert error.facts["fields"] == "answers.height_m、scenes.0、scenes.1、odd"
