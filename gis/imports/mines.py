"""The national survey's table of legacy mines (历史遗留废弃图斑基础信息表), as rows of ours.

A word stands as its code (11), its name (无法确认…) or both; what cannot be read is told by line.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from gis.domain.pits.mine_record import MineSent
from gis.domain.terms import (
    Direction,
    EcoProblem,
    MineClass,
    MinePart,
    MineSubclass,
    MiningMethod,
    RestorePeriod,
    Term,
    Treated,
)
from gis.imports.lab_values import day, number
from gis.imports.table import Cell, Table

WORDS: dict[str, tuple[str, type[Term]]] = {
    "图斑大类": ("mine_class", MineClass),
    "图斑小类": ("subclass", MineSubclass),
    "图斑属性": ("part", MinePart),
    "开采方式": ("method", MiningMethod),
    "恢复治理": ("treated", Treated),
    "修复方式": ("direction", Direction),
    "修复时间段": ("period", RestorePeriod),
}
NUMBERS = {"图斑核定面积": "approved_area_m2", "实地治理面积": "treated_area_m2"}
TEXTS = {
    "图斑编号": "patch_no",
    "三调地类": "land_class",
    "保护地类型": "protected_area",
    "复垦义务人": "obligor",
    "核查单位": "surveyed_by",
}
SITE = "点位编号"
HECTARE_M2 = 10_000.0


@dataclass(frozen=True, slots=True)
class MineProblem:
    """What of a line could not be read."""

    line: int
    heading: str
    said: str


@dataclass(frozen=True, slots=True)
class MinesRead:
    """Rows that are whole, each with its line, and what was wrong with the others."""

    rows: tuple[tuple[int, MineSent], ...]
    problems: tuple[MineProblem, ...]


def read(table: Table, codes: dict[str, str]) -> MinesRead:
    """Return the table's rows; ``codes`` are sites by 图斑编号 for rows that name no site.

    A row with a blemish is left out whole.
    """
    rows: list[tuple[int, MineSent]] = []
    problems: list[MineProblem] = []
    for line in table.rows:
        cells = {_plain(name): cell for name, cell in line.cells.items()}
        said, wrong = _row(cells)
        code = _text(cells.get(SITE)) or codes.get(said["patch_no"], "")
        if not code:
            wrong.append((SITE, said["patch_no"] or "—"))
        if wrong:
            problems += [MineProblem(line.number, name, text[:60]) for name, text in wrong]
        else:
            rows.append((line.number, MineSent(site_code=code, **said)))
    return MinesRead(tuple(rows), tuple(problems))


def _row(cells: dict[str, Cell]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    wrong: list[tuple[str, str]] = []
    said: dict[str, Any] = {field: _text(cells.get(name)) for name, field in TEXTS.items()}
    said |= {field: said[field] or None for field in said if field != "patch_no"}
    for name, (field, words) in WORDS.items():
        text = _text(cells.get(name))
        said[field] = _word(words, text)
        if text and said[field] is None:
            wrong.append((name, text))
    problems = [part for part in _parts(_text(cells.get("生态问题"))) if part]
    found = [_word(EcoProblem, part) for part in problems]
    if None in found:
        wrong.append(("生态问题", "、".join(problems)))
    said["problems"] = sorted({one.value for one in found if one is not None})
    for heading, field in NUMBERS.items():
        said[field], text = _area(cells, heading)
        if text:
            wrong.append((heading, text))
    said["closed_year"], text = _year(cells.get("关闭年度"))
    if text:
        wrong.append(("关闭年度", text))
    said["surveyed_on"] = day(cells.get("核查日期"))
    if _text(cells.get("核查日期")) and said["surveyed_on"] is None:
        wrong.append(("核查日期", _text(cells.get("核查日期"))))
    return said, wrong


def _plain(heading: str) -> str:
    return heading.split("（")[0].split("(")[0].strip() if "面积" not in heading else heading


def _text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _parts(text: str) -> Collection[str]:
    for sign in "，,；;/ ":
        text = text.replace(sign, "、")
    return text.split("、")


def _word(words: type[Term], text: str) -> Any:
    """Return the word that a code, a name, or a code before a name stands for; None for none."""
    if not text:
        return None
    for word in words:
        if text in (word.value, word.zh, f"{word.value}{word.zh}", f"{word.value} {word.zh}"):
            return word
    return None


def _area(cells: dict[str, Cell], heading: str) -> tuple[float | None, str]:
    """Return an area in m2 from a column in m2, hectares or mu, and what could not be read."""
    for name, cell in cells.items():
        if not name.startswith(heading) or not _text(cell):
            continue
        value = number(cell)
        if value is None or value < 0:
            return None, _text(cell)
        factor = HECTARE_M2 if "公顷" in name else HECTARE_M2 / 15 if "亩" in name else 1.0
        return round(value * factor, 1), ""
    return None, ""


def _year(cell: Cell | None) -> tuple[int | None, str]:
    text = _text(cell).removesuffix("年")
    if not text:
        return None, ""
    return (int(text), "") if text.isdigit() and 1900 <= int(text) <= 2100 else (None, text)
