"""The field sheet of a sampling plan: a workbook to write in, or its points as a map layer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from shapely import Point

from gis.domain.grading.rule_row import READ
from gis.domain.place import STORE_EPSG
from gis.domain.sampling.custody import CustodyEvent
from gis.domain.sampling.rules import SamplingRule, SamplingRules
from gis.domain.sampling.sampling_plan import Increment, SamplingPlan
from gis.domain.sites.site import Site
from gis.domain.terms import CustodyStep
from gis.exports import layers
from gis.exports.inventory import FormatUnknown, write_whole
from gis.exports.workbook import FONT, HEADING, TITLE
from gis.store.register import CHINA

A4 = 9
COLUMNS = (
    ("序号", 6),
    ("份样编号", 26),
    ("网格号", 8),
    ("层", 6),
    ("深度(m)", 11),
    ("经度(CGCS2000)", 15),
    ("纬度(CGCS2000)", 15),
    ("份样量(g)", 10),
    ("采样时间", 17),
    ("实际经度", 13),
    ("实际纬度", 13),
    ("定位精度(m)", 11),
    ("偏离(m)", 9),
    ("采样人员", 11),
    ("性状", 16),
    ("备注", 20),
)
DEGREES = ("经度", "纬度", "实际经度", "实际纬度")


@dataclass(frozen=True, slots=True)
class FieldSheet:
    """A plan with all that its sheet says; ``custody`` by increment, ``ticked`` rows by id."""

    plan: SamplingPlan
    site: Site
    increments: Sequence[Increment]
    custody: Mapping[str, Sequence[CustodyEvent]]
    rules: SamplingRules
    ticked: frozenset[str] = frozenset()

    def taken(self, increment: Increment) -> CustodyEvent | None:
        """Return how an increment was taken, or None before that."""
        chain = self.custody.get(increment.code, ())
        return next((event for event in chain if event.step is CustodyStep.TAKEN), None)


Writer = Callable[[FieldSheet, Path], None]


def write(sheet: FieldSheet, format: str, path: Path) -> None:
    """Write the sheet to ``path``, whole or not at all.

    Raises FormatUnknown, ExportNotWritten, DiskFull.
    """
    if format not in WRITERS:
        raise FormatUnknown(format=format, known="、".join(WRITERS))
    suffix, _, writer = WRITERS[format]
    write_whole(path, suffix, partial(writer, sheet))


def about(sheet: FieldSheet) -> list[tuple[str, str]]:
    """Return the sheet's head, in the office's words; what is filled in on site is empty."""
    plan, site = sheet.plan, sheet.site
    where = "".join(part for part in (site.town, site.village, site.name) if part)
    return [
        ("受检单位", site.responsible_party or site.responsibility.zh),
        ("采样地点", f"{where}（{site.code}）"),
        ("采样方案", plan.code),
        ("采样时间", ""),
        ("采样人员", ""),
        ("采样方法", f"HJ 298-2019，份样法；{plan.layers} 层，{_layered(plan)}"),
        ("废物名称", plan.waste_kind.zh),
        ("废物来源", site.source),
        ("贮存方式", "散状堆积"),
        ("堆放数量(t)", f"{plan.mass_t:g}（{plan.mass_basis}）"),
        ("性状", ""),
        ("采样位置确定方法", f"{plan.cells} 个等面积网格（每格 {plan.cell_area_m2:g} m²）随机抽取，"
                             f"种子 {plan.seed}"),
        ("份样数", f"{plan.n_planned}（表1最小 {plan.n_table}）"),
        ("份样量(g)", f"不少于 {plan.increment_mass_g:g}"),
        *_reduction(sheet),
    ]  # fmt: skip


def _layered(plan: SamplingPlan) -> str:
    if plan.height_m is None:
        return "堆高未知"
    return f"堆高 {plan.height_m:g} m"


def _reduction(sheet: FieldSheet) -> list[tuple[str, str]]:
    plan = sheet.plan
    if plan.reduction is None:
        return []
    row = next((row for row in sheet.rules.rows if row.id == plan.reduction), None)
    clause = plan.reduction if row is None else f"{row.standard} {row.clause} {row.zh}"
    said = f"{clause}；理由：{plan.reduction_reason}"
    if plan.is_strict:
        said += "；份样数低于表1，按 7.3 从严判定"
    return [("减少份样依据", said)]


def _cells(sheet: FieldSheet, one: Increment) -> list[str | float | int | None]:
    taken = sheet.taken(one)
    depth = None if one.depth_to_m is None else f"{one.depth_from_m:g}–{one.depth_to_m:g}"
    done = (
        [None] * 6
        if taken is None
        else [
            f"{taken.at.astimezone(CHINA):%Y-%m-%d %H:%M}",
            *(taken.lon, taken.lat, taken.accuracy_m, taken.off_m, taken.by),
        ]
    )
    note = "" if taken is None else "；".join(part for part in (taken.reason, taken.note) if part)
    return [
        *(one.number, one.code, one.cell, one.layer, depth, one.lon, one.lat),
        *(sheet.plan.increment_mass_g, *done, None, note or None),
    ]


def _workbook(sheet: FieldSheet, path: Path) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(path, options)
    made = sheet.plan.planned_at.astimezone(CHINA)
    created = datetime(made.year, made.month, made.day)
    book.set_properties({"title": sheet.plan.code, "author": "清废", "created": created})
    _sheet(book, sheet)
    _rules(book, sheet)
    book.close()


def _sheet(book: Any, sheet: FieldSheet) -> None:
    page = book.add_worksheet("采样记录")
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页，共 &N 页")
    heading = book.add_format(HEADING)
    name = book.add_format(HEADING | {"align": "left"})
    text = book.add_format(FONT | {"border": 1, "text_wrap": True})
    centred = book.add_format(FONT | {"border": 1, "align": "center"})
    degrees = book.add_format(FONT | {"border": 1, "align": "center", "num_format": "0.0000000"})
    for number, (_, width) in enumerate(COLUMNS):
        page.set_column(number, number, width)
    page.set_row(0, 30)
    page.write_string(0, 0, "固体废物采样记录表", book.add_format(TITLE))
    head = about(sheet)
    for line, (left, right) in enumerate(head, start=1):
        page.set_row(line, 20)
        page.merge_range(line, 0, line, 1, "", name)
        page.write_string(line, 0, left, name)
        page.merge_range(line, 2, line, len(COLUMNS) - 1, "", text)
        page.write_string(line, 2, right, text)
    top = len(head) + 2
    for number, (title, _) in enumerate(COLUMNS):
        page.write_string(top, number, title, heading)
    page.repeat_rows(top)
    for line, one in enumerate(sheet.increments, start=top + 1):
        page.set_row(line, 22)
        for number, value in enumerate(_cells(sheet, one)):
            if value is None:
                page.write_blank(line, number, None, text)
            elif isinstance(value, str):
                page.write_string(line, number, value, text)
            else:
                is_degrees = COLUMNS[number][0].startswith(DEGREES)
                page.write_number(line, number, value, degrees if is_degrees else centred)


def _rules(book: Any, sheet: FieldSheet) -> None:
    page = book.add_worksheet("依据")
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    heading = book.add_format(HEADING)
    text = book.add_format(FONT | {"border": 1, "text_wrap": True})
    for number, (title, width) in enumerate(
        (("编号", 20), ("标准", 18), ("条款", 16), ("内容", 60), ("数值", 12), ("核对", 16))
    ):
        page.set_column(number, number, width)
        page.write_string(0, number, title, heading)
    used = [row for row in sheet.rules.rows if row.id in sheet.plan.rests_on]
    for line, row in enumerate(used, start=1):
        checked = _checked(row, sheet.ticked)
        values = (row.id, row.standard, row.clause, row.zh, f"{row.value:g} {row.unit}", checked)
        for number, value in enumerate(values):
            page.write_string(line, number, value, text)


def _checked(row: SamplingRule, ticked: frozenset[str]) -> str:
    if row.certainty == READ:
        return "已见原文"
    return "已核对" if row.id in ticked else "待核对原文"


def _points(driver: str) -> Writer:
    def write_points(sheet: FieldSheet, path: Path) -> None:
        import geopandas
        import pandas

        some = sheet.increments
        data = {
            "份样编号": pandas.Series([one.code for one in some], dtype="str"),
            "序号": [one.number for one in some],
            "网格号": [one.cell for one in some],
            "层": [one.layer for one in some],
            "份样量g": [sheet.plan.increment_mass_g for _ in some],
        }
        if driver == "KML":
            data["Name"] = pandas.Series([one.code[-3:] for one in some], dtype="str")
        places = [Point(one.lon, one.lat) for one in some]
        table = geopandas.GeoDataFrame(data, geometry=places, crs=STORE_EPSG)
        day = sheet.plan.planned_at.astimezone(CHINA).date()
        layers.write_frame(path, driver, day, table, "采样点", "Point")

    return write_points


WRITERS: dict[str, tuple[str, str, Writer]] = {
    "xlsx": (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _workbook,
    ),
    "gpkg": (".gpkg", "application/geopackage+sqlite3", _points("GPKG")),
    "geojson": (".geojson", "application/geo+json", _points("GeoJSON")),
    "kml": (".kml", "application/vnd.google-earth.kml+xml", _points("KML")),
}
"""Format → suffix, media type, writer."""
