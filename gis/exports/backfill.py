"""The book of backfill as a workbook: its lines, its sums, and the checks against the surveys."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import xlsxwriter

from gis.domain.backfill.book import BackfillLoad, BookCheck
from gis.exports.workbook import FONT, HEADING, TITLE
from gis.store import backfill, backfill_book, register

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES = (
    ("序号", 6), ("日期", 12), ("联单号", 16), ("矿坑编号", 20), ("矿坑名称", 24),
    ("来源", 24), ("废物种类", 16), ("属性", 20), ("回填材料", 16), ("吨数(t)", 12),
    ("运输或施工单位", 20), ("接收人", 12), ("依据", 22), ("是否冲销", 10), ("原因、备注", 30),
    ("登记人", 12), ("登记时间", 20),
)  # fmt: skip
SUMS = (
    ("矿坑编号", 20), ("矿坑名称", 24), ("来源", 24), ("回填材料", 16), ("车次", 8),
    ("吨数(t)", 14), ("首次", 12), ("末次", 12),
)  # fmt: skip
CHECKS = (
    ("矿坑编号", 20), ("自", 12), ("至", 12), ("台账吨数(t)", 14), ("台账体积(m³)", 14),
    ("台账σ(m³)", 12), ("实测变化(m³)", 14), ("实测σ(m³)", 12), ("容差(m³)", 12), ("结论", 16),
    ("说明", 40),
)  # fmt: skip
Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class BookFile:
    """What the workbook holds, as of a moment; ``names`` are of sites by code."""

    as_of: datetime
    loads: list[BackfillLoad]
    sums: list[backfill_book.Sum]
    checks: list[BookCheck]
    names: dict[str, str]


def gathered(
    connection: sa.Connection, district_code: str, as_of: datetime, checks: list[BookCheck]
) -> BookFile:
    """Gather the book of the pits that the account sees, beside its checks."""
    loads = backfill_book.loads_of(connection, district_code)
    codes = {one.pit_code for one in loads} | {o.source_code for o in loads if o.source_code}
    names = backfill.names_of(connection, codes)
    sums = backfill_book.sums_of(connection, district_code)
    return BookFile(as_of, loads, sums, checks, names)


def write(path: Path, found: BookFile) -> None:
    """Write the workbook. Text is written as text, so that no cell can be a formula."""
    options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(path, options)
    day = register.day_of(found.as_of)
    book.set_properties({"author": "清废", "created": datetime(day.year, day.month, day.day)})
    ordered = sorted(found.loads, key=lambda one: (one.tipped_on, one.recorded_at, str(one.id)))
    lines = [_line(number, one, found.names) for number, one in enumerate(ordered, start=1)]
    _sheet(book, "回填台账", f"回填台账（截至 {day.isoformat()}）", LINES, lines)
    sums = [_sum(one, found) for one in found.sums]
    _sheet(book, "汇总", "按矿坑、来源、材料汇总（冲销已扣减）", SUMS, sums)
    checks = [_check(one) for one in found.checks]
    _sheet(book, "核对", "台账与两次测量的核对", CHECKS, checks)
    book.close()


def _line(number: int, one: BackfillLoad, names: dict[str, str]) -> list[Cell]:
    source = names.get(one.source_code or "", one.source_name)
    return [
        *(number, one.tipped_on, one.ticket_no, one.pit_code, names.get(one.pit_code)),
        source if one.source_code is None else f"{one.source_code} {source}",
        *(one.waste_class.zh if one.waste_class else None, one.nature.zh if one.nature else None),
        one.material.zh if one.material else None,
        *(one.tonnes, one.unit, one.received_by, one.rule),
        "冲销" if one.corrects else None,
        *(one.reason or one.note or None, one.recorded_by),
        one.recorded_at.astimezone(register.CHINA).strftime("%Y-%m-%d %H:%M:%S"),
    ]


def _sum(one: backfill_book.Sum, found: BookFile) -> list[Cell]:
    source = one.source_name if one.source_code is None else one.source_code
    return [
        *(one.pit_code, found.names.get(one.pit_code), source, one.material.zh),
        *(one.loads, one.tonnes, one.first_on, one.last_on),
    ]


def _check(one: BookCheck) -> list[Cell]:
    return [
        *(one.pit_code, one.since, one.until, one.booked_t, one.booked_m3, one.booked_sigma_m3),
        *(one.filled_m3, one.filled_sigma_m3, one.tolerance_m3, one.flag.zh, one.why_zh or None),
    ]


def _sheet(
    book: Any, name: str, title: str, columns: tuple[tuple[str, int], ...], rows: list[list[Cell]]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.freeze_panes(2, 0)
    heading = book.add_format(HEADING)
    framed = FONT | {"border": 1, "border_color": "#BFBFBF"}
    plain = book.add_format(framed | {"text_wrap": True})
    figure = book.add_format(framed | {"num_format": "#,##0.0"})
    whole = book.add_format(framed | {"num_format": "0"})
    day = book.add_format(framed | {"num_format": "yyyy-mm-dd"})
    for number, (_, width) in enumerate(columns):
        sheet.set_column(number, number, width)
    sheet.write_string(0, 0, title, book.add_format(TITLE))
    for number, (text, _) in enumerate(columns):
        sheet.write_string(1, number, text, heading)
    for line, row in enumerate(rows, start=2):
        for number, value in enumerate(row):
            if value is None:
                sheet.write_blank(line, number, None, plain)
            elif isinstance(value, date):
                moment = datetime(value.year, value.month, value.day)
                sheet.write_datetime(line, number, moment, day)
            elif isinstance(value, str):
                sheet.write_string(line, number, value, plain)
            else:
                sheet.write_number(line, number, value, whole if isinstance(value, int) else figure)
