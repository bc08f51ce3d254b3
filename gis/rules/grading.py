"""Reads a version of the grading scheme from its data, refusing one that would grade wrongly."""

import hashlib
import math
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.grading.rule_errors import RulesUnreadable, RulesUnsound
from gis.domain.grading.rule_set import INDICES, Case, Derived, Factor, Override, Question, RuleSet
from gis.domain.grading.rule_soundness import problems
from gis.domain.terms import Grade

GRADING_FILE = Path(__file__).with_name("grading.toml")
PAST = Path(__file__).with_name("grading_past")
"""Earlier versions that shipped with the program: what they graded must stay explained."""

COMPARISONS = ("equals", "at_least", "at_most", "above")
NUMBERS = {"points", "otherwise", "unknown", "at_least", "at_most", "above"}
LONGEST = 200_000
"""Characters; the shipped file has 10,000."""


def parse(text: str) -> RuleSet:
    """Return the rule set written in ``text`` (the format of ``grading.toml``).

    Raises RulesUnreadable, RulesUnsound, each with the row.
    """
    rules = read(text)
    for problem in problems(rules):
        raise RulesUnsound(where=problem.where, reason_zh=problem.zh, reason_en=problem.en)
    return rules


def read(text: str) -> RuleSet:
    """Return the rule set written in ``text``, sound or not; raises RulesUnreadable."""
    if len(text) > LONGEST:
        raise _unreadable("—", f"超过 {LONGEST} 个字符", f"it is over {LONGEST} characters long")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _unreadable(
            "TOML", f"不是有效的 TOML：{error}", f"not valid TOML: {error}"
        ) from error
    _require(data, "—", ("id", "version", "gate", "factor", "cells", "override", "index"))
    return RuleSet(
        id=_word(data, "id", "—"),
        version=_word(data, "version", "—"),
        certainty=_word(data, "certainty", "—"),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        gate=_gate(_table(data, "gate")),
        factors=tuple(_factor(row) for row in _rows(data, "factor")),
        level_1_above=_number(data, "level_1_above", "—"),
        level_2_above=_number(data, "level_2_above", "—"),
        cells={cell: _grade(name, f"cells.{cell}") for cell, name in _table(data, "cells").items()},
        overrides=tuple(_override(row) for row in _rows(data, "override")),
        derived=tuple(_derived(row) for row in _rows(data, "derived")),
        provisional_below=_number(data, "provisional_below", "—"),
        index_names={index: _names(_table(data, "index"), index) for index in INDICES},
    )


def _unreadable(where: str, zh: str, en: str) -> RulesUnreadable:
    return RulesUnreadable(where=where, reason_zh=zh, reason_en=en)


def _require(row: dict[str, Any], where: str, names: Iterable[str]) -> None:
    for name in names:
        if name not in row:
            raise _unreadable(where, f"缺少 {name}", f"{name} is missing")


def _table(data: dict[str, Any], name: str) -> dict[str, Any]:
    if not isinstance(data[name], dict):
        raise _unreadable(name, "应为表", "it must be a table")
    return dict(data[name])


def _rows(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = data.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _unreadable(name, "应为表的数组", "it must be an array of tables")
    return rows


def _word(row: dict[str, Any], name: str, where: str) -> str:
    _require(row, where, [name])
    if not isinstance(row[name], str) or not row[name].strip():
        raise _unreadable(where, f"{name} 应为非空文字", f"{name} must be words")
    return str(row[name])


def _number(row: dict[str, Any], name: str, where: str) -> float:
    _require(row, where, [name])
    value = row[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _unreadable(where, f"{name} 应为数字", f"{name} must be a number")
    return value


def _grade(name: object, where: str) -> Grade:
    try:
        return Grade.of(str(name))
    except KeyError as error:
        raise _unreadable(where, f"没有等级 {name}", f"there is no grade {name}") from error


def _names(data: dict[str, Any], index: str) -> dict[str, str]:
    where = f"index.{index}"
    _require(data, "index", [index])
    names = _table(data, index)
    return {language: _word(names, language, where) for language in ("zh", "en")}


def _question(row: Any, where: str) -> Question:
    if not isinstance(row, dict):
        raise _unreadable(where, "条件应为表", "a test must be a table")
    fact = _word(row, "fact", where)
    said: dict[str, Any] = {name: row[name] for name in COMPARISONS if name in row}
    for name in said.keys() & NUMBERS:
        _number(row, name, where)
    if not isinstance(said.get("equals", ""), str | bool):
        raise _unreadable(where, "equals 应为文字或是否", "equals must be a word or a boolean")
    return Question(fact, **said)


def _case(row: Any, where: str) -> Case:
    return Case(_question(row, where), _number(row, "points", where))


def _factor(row: dict[str, Any]) -> Factor:
    where = _word(row, "id", "factor")
    if row.get("index") not in INDICES:
        raise _unreadable(where, "index 应为 H、S、R 之一", "index must be H, S or R")
    return Factor(
        **_words_of(row, Factor, where, without={"index"}),
        index=row["index"],
        cases=tuple(_case(case, where) for case in _rows(row, "cases")),
        otherwise=_number(row, "otherwise", where),
        unknown=_number(row, "unknown", where),
    )


def _words_of(
    row: dict[str, Any], kind: type, where: str, without: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the fields of a row that are plain words."""
    plain = (f.name for f in fields(kind) if f.init and f.type is str)
    return {name: _word(row, name, where) for name in plain if name not in set(without)}


def _gate(row: dict[str, Any]) -> Override:
    where = _word(row, "id", "gate")
    words = _words_of(row, Override, where)
    return Override(**words, test=_question(row, where), grade=Grade.OUT_OF_SCHEME)


def _override(row: dict[str, Any]) -> Override:
    where = _word(row, "id", "override")
    _require(row, where, ("test", "grade"))
    grade = _grade(row["grade"], where)
    return Override(
        **_words_of(row, Override, where), test=_question(row["test"], where), grade=grade
    )


def _derived(row: dict[str, Any]) -> Derived:
    where = _word(row, "id", "derived")
    _require(row, where, ("test", "equals"))
    test = _question(row["test"], where)
    return Derived(**_words_of(row, Derived, where), equals=row["equals"], test=test)


@cache
def shipped() -> str:
    """Return the text of the rule set that comes with this program."""
    return GRADING_FILE.read_text(encoding="utf-8")


@cache
def current() -> RuleSet:
    """Return the rule set that comes with this program."""
    return parse(shipped())


@cache
def past() -> dict[str, RuleSet]:
    """Return every rule set that this program ever came with, by its SHA-256."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(PAST.glob("*.toml"))]
    earlier = {rules.sha256: rules for rules in map(read, texts)}
    return {current().sha256: current()} | earlier
