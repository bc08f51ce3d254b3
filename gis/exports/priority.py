"""The order for money as an Excel sheet; text is written as text, so that no cell is a formula."""

import os
from pathlib import Path
from typing import Any

import xlsxwriter

from gis.domain.grading.priority import PriorityRules
from gis.domain.terms import Grade, SiteKind

ANSWERS = {True: "是", False: "否", None: "未知"}
HEADINGS = (
    *(("次序", 7), ("点位编号", 19), ("名称", 24), ("种类", 20), ("街镇", 12), ("等级", 16)),
    *(("满足项数", 9), ("未知项数", 9), ("H", 8), ("S", 8), ("H×S", 9)),
    *(("堆存量（t）", 13), ("排序所用堆存量（t）", 18), ("费用（元）", 14)),
)


def write(path: Path, district_code: str, rules: PriorityRules, rows: list[dict[str, Any]]) -> None:
    """Write the order; the file takes its name when it is whole."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": str(path.parent)}
    try:
        book = xlsxwriter.Workbook(part, options)
        heading = book.add_format({"bold": True, "bg_color": "#DCE6F1", "text_wrap": True})
        _sheet(book, heading, rules, rows)
        _cover(book, heading, district_code, rules)
        book.close()
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _sheet(book: Any, heading: Any, rules: PriorityRules, rows: list[dict[str, Any]]) -> None:
    sheet = book.add_worksheet("资金安排次序")
    sheet.freeze_panes(1, 3)
    tests = [pair for test in rules.tests for pair in ((test.name_zh, 14), ("依据", 34))]
    for number, (name, width) in enumerate((*HEADINGS, *tests)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, name, heading)
    for line, row in enumerate(rows, start=1):
        for number, value in enumerate(_cells(row)):
            if isinstance(value, int | float):
                sheet.write_number(line, number, value)
            elif value is not None:
                sheet.write_string(line, number, str(value))


def _cells(row: dict[str, Any]) -> list[Any]:
    grade = Grade.of(row["grade"]).zh + ("（暂定）" if row["provisional"] else "")
    plain = ("count", "unknown", "points_h", "points_s", "hs", "mass_t", "mass_used_t", "cost_yuan")
    tests = [
        (ANSWERS[t["holds"]], "；".join([t["value_zh"], *t["layers_zh"]])) for t in row["tests"]
    ]
    return [
        *(row["place"], row["code"], row["name"], SiteKind.of(row["kind"]).zh, row["town"], grade),
        *(row[name] for name in plain),
        *(cell for pair in tests for cell in pair),
    ]


def _cover(book: Any, heading: Any, district_code: str, rules: PriorityRules) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    lines = [
        ("区域代码", district_code),
        ("排序规则", f"{rules.id} v{rules.version}（{rules.sha256[:12]}）"),
        ("次序", "满足项数由多到少；其次 H×S 由大到小；再次堆存量由大到小；最后费用由低到高"),
        ("未知", f"未知项不计为“否”，单列；堆存量未知按 {rules.mass_unknown_t:,.0f} t 排序"),
        *((test.name_zh, f"{test.clause}；{test.source}") for test in rules.tests),
    ]
    for line, (name, text) in enumerate(lines):
        sheet.write_string(line, 0, name, heading)
        sheet.write_string(line, 1, text)
