"""Every row of every rule file, in one form: where it stands, what it says, how it came to us."""

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.grading.fact_words import SIGNS, Tongue, factor_word, question_word
from gis.domain.grading.rule_row import RuleRow
from gis.domain.grading.rule_set import Derived, Override, RuleSet
from gis.domain.terms import Quantity

FOLDER = Path(__file__).parent
GRADING = "grading.toml"

OURS = "清废 Qingfei"
"""Stands where a standard would: rows that the project itself proposes."""


def row_hash(said: Any) -> str:
    """Return the SHA-256 of all that a row says."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def grading_rows(rules: RuleSet) -> list[RuleRow]:
    """Return the rows of a rule set: factors, gate, overrides, bounds and cells."""
    return list(_grading_rows(rules))


def _grading_rows(rules: RuleSet) -> Iterator[RuleRow]:
    def row(part: str, **said: Any) -> RuleRow:
        plain = {"clause": "—", "certainty": rules.certainty, "unit": "", "source": rules.id}
        return _row(GRADING, {"id": rules.row_id(part), "standard": rules.id} | plain | said)

    parts: tuple[Override | Derived, ...] = (rules.gate, *rules.overrides, *rules.derived)
    for part in parts:
        yield row(
            part.id,
            clause=part.clause,
            zh=f"{part.name_zh}（{question_word(part.test, 'zh')}）{_outcome(part, 'zh')}",
            en=f"{part.name_en} ({question_word(part.test, 'en')}){_outcome(part, 'en')}",
            certainty=part.certainty,
            source=part.source,
        )
    for factor in rules.factors:
        yield row(
            factor.id,
            clause=factor.clause,
            zh=factor_word(factor, "zh"),
            en=factor_word(factor, "en"),
            value=factor.most,
            certainty=factor.certainty,
            source=factor.source,
        )
    for level, bound in ((1, rules.level_1_above), (2, rules.level_2_above)):
        yield row(
            f"L{level}",
            zh=f"指数高于 {bound:g} 分为 {level} 级",
            en=f"An index over {bound:g} points is of level {level}",
            value=bound,
        )
    yield row(
        "CONF",
        zh=f"可信度低于 {rules.provisional_below:g} 时等级为暂定",
        en=f"Below a confidence of {rules.provisional_below:g} a grade is provisional",
        value=rules.provisional_below,
    )
    for cell, grade in rules.cells.items():
        levels = "、".join(f"{index}{level}" for index, level in zip("HSR", cell, strict=True))
        yield row(
            f"C{cell}",
            zh=f"{levels} 级 → {grade.zh}",
            en=f"Levels {levels.replace('、', ', ')} → {grade.en}",
        )


def _outcome(part: Override | Derived, tongue: Tongue) -> str:
    return f" → {getattr(part.grade, tongue)}" if isinstance(part, Override) else ""


def _row(file: str, said: dict[str, Any]) -> RuleRow:
    """Return a row of a file in the catalogue's form; files name their texts in several ways."""
    value = next(
        (said[name] for name in ("value", "limit", "unknown_t", "due_on") if name in said), ""
    )
    return RuleRow(
        id=str(said["id"]),
        standard=str(said.get("standard") or OURS),
        clause=str(said.get("clause") or "—"),
        text_zh=str(_text(said, "zh")),
        text_en=str(_text(said, "en")),
        value="" if value is None else f"{value:g}" if isinstance(value, float) else str(value),
        unit=str(said.get("unit") or ""),
        certainty=str(said.get("certainty") or "memory-low"),
        source=str(said.get("source") or "—"),
        file=file,
        sha256=row_hash(said),
    )


def _is_row(line: dict[str, Any]) -> bool:
    """Say whether a line speaks for a standard; lists of names are vocabularies."""
    return bool(line.get("id") and line.get("standard"))


def _text(said: dict[str, Any], language: str) -> str:
    """Return what a row says; a limit is read from the analyte it compares."""
    for name in (language, f"text_{language}", f"name_{language}"):
        if said.get(name):
            return str(said[name])
    if "analyte" in said:
        names = _analytes().get(said["analyte"], {})
        sign = SIGNS.get(str(said.get("comparison")), "")
        bound = f" {sign} {said.get('value')} {said.get('unit') or ''}" if sign else ""
        method = str(said.get("leach_method") or "").replace("_T_", "/T ").replace("_", " ")
        if not method and said.get("quantity"):
            method = getattr(Quantity.of(said["quantity"]), language)
        return f"{names.get(language, said['analyte'])}{bound}" + (f" ({method})" if method else "")
    if "n" in said:
        return {"zh": "份样数", "en": "Increments"}[
            language
        ] + f" {said['n']} → {said.get('value')}"
    return str(said.get("clause") or said["id"])


@cache
def _analytes() -> dict[str, dict[str, str]]:
    """Return the names of analytes by id."""
    path = FOLDER / "analytes.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {line["id"]: line for line in csv.DictReader(lines)}


def _tables(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the tables of a file that are rows: those with an id and a certainty."""
    for value in data.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "id" in one and "certainty" in one:
                shared = {"standard": data["standard"]} if "standard" in data else {}
                yield shared | one


def _file_rows(path: Path) -> list[RuleRow]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return [_row(path.name, dict(line)) for line in csv.DictReader(lines) if _is_row(line)]
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_row(path.name, one) for one in _tables(data)]


@cache
def shipped_rows() -> tuple[RuleRow, ...]:
    """Return the rows of every file but the grading scheme's, which the office may replace."""
    paths = sorted(p for p in FOLDER.iterdir() if p.suffix in {".toml", ".csv"})
    return tuple(row for path in paths if path.name != GRADING for row in _file_rows(path))


def all_rows(rules: RuleSet) -> list[RuleRow]:
    """Return every row: those of the rule set in force, and those of the other files."""
    return [*grading_rows(rules), *shipped_rows()]
