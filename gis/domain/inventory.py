"""分类分级管控清单: the columns of the control list in the office's fixed order (STANDARDS 7.1).

A column says its heading in two languages, a name of at most ten ASCII letters for Shapefile, how
its cell follows from a row of the register, and the form that a spreadsheet gives its numbers.
What the register does not hold yet is an empty cell.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from gis.domain.terms import SiteKind, Term

Row = Mapping[str, Any]
Cell = str | float | int | date | None


class Said(NamedTuple):
    """A cell's words in both languages, where no stored term has them."""

    zh: str
    en: str


Found = Cell | Term | Said
"""What a row says for a column, before a language is chosen."""

UNKNOWN = Said("待核实", "to be checked")
YES_NO = {None: UNKNOWN, True: Said("是", "yes"), False: Said("否", "no")}
HAS = {None: UNKNOWN, True: Said("有", "yes"), False: Said("无", "no")}
SOURCE_ZONE = {
    "LEVEL_1_2": Said("一、二级保护区内", "in zone 1 or 2"),
    "QUASI_OR_NEAR": Said("准保护区内或1 km以内", "in the quasi zone or within 1 km"),
    "NONE": YES_NO[False],
}
SOURCE_LEVEL = {
    "LEVEL_1": Said("一级保护区内", "in zone 1"),
    "LEVEL_2": Said("二级保护区内", "in zone 2"),
    "QUASI": Said("准保护区内", "in the quasi zone"),
}
PROTECTED = {
    "INSIDE": YES_NO[True],
    "NEAR": Said("500 m以内", "within 500 m"),
    "NONE": YES_NO[False],
}
RECEPTORS = (
    ("main_stem_distance_m", "黄河干流", "main stem"),
    ("tributary_distance_m", "重要支流", "important tributary"),
    ("source_distance_m", "水源保护区", "source zone"),
    ("dwelling_distance_m", "居民点", "dwellings"),
    ("farmland_distance_m", "永久基本农田", "basic farmland"),
    ("red_line_distance_m", "生态保护红线", "red line"),
    ("reserve_distance_m", "自然保护地", "reserve"),
    ("sensitive_area_distance_m", "环境敏感区", "sensitive area"),
)
PROTECTED_PARTS = (
    ("red_line_distance_m", "生态保护红线", "red line"),
    ("farmland_distance_m", "永久基本农田", "basic farmland"),
    ("reserve_distance_m", "自然保护地", "reserve"),
)
BANK = {"LEFT": Said("左岸", "left"), "RIGHT": Said("右岸", "right")}
DEMO = {True: Said("演示数据", "made up for the demo"), False: Said("正式数据", "real")}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell follows from a row; ``by`` is the register's column that orders it, if any."""

    by: str | None
    find: Callable[[Row], Found]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: headings, short name, width in characters, and how its cell is found."""

    zh: str
    en: str
    short: str
    width: int
    look: Look
    form: str = "General"

    def cell(self, row: Row, language: str = "zh-CN") -> Cell:
        """Return what a row of the register says here, in words of ``language``."""
        found = self.look.find(row)
        if isinstance(found, Term | Said):
            return found.en if language.startswith("en") else found.zh
        return found


def dms(degrees: float) -> str:
    """Return an angle as degrees, minutes, seconds.

    >>> dms(109.8)
    '109°48′00.00″'
    """
    hundredths = round(degrees * 360_000)
    whole, rest = divmod(abs(hundredths), 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return f"{'-' if hundredths < 0 else ''}{whole}°{minutes:02d}′{seconds / 100:05.2f}″"


def _is(name: str) -> Look:
    return Look(name, lambda row: row[name])


def _number(row: Row) -> Found:
    number: int = row["number"]
    return number


def _rounded(name: str, digits: int) -> Look:
    return Look(name, lambda row: None if row[name] is None else round(row[name], digits))


def _kilometres(name: str) -> Look:
    return Look(name, lambda row: None if row[name] is None else round(row[name] / 1000, 2))


def _centre(axis: int, form: Callable[[float], Found]) -> Look:
    return Look(("lon", "lat")[axis], lambda row: form(row["centre"][axis]))


def _worded(name: str, words: Mapping[Any, Said], unknown: Said | None = UNKNOWN) -> Look:
    return Look(name, lambda row: words.get(row[name], unknown))


def _find_controls(row: Row) -> Found:
    parts = (
        ("防扬散", "dust", HAS[row["has_dust_control"]]),
        ("防流失", "runoff", HAS[row["has_runoff_control"]]),
        ("防渗漏", "seepage", HAS[row["has_seepage_control"]]),
    )
    return Said(
        "；".join(f"{zh}{word.zh}" for zh, _, word in parts),
        "; ".join(f"{en} {word.en}" for _, en, word in parts),
    )


def _first(*names: str) -> Look:
    """Return a look at the first column that says anything; the last one orders."""
    return Look(names[-1], lambda row: next((row[name] for name in names if row[name]), None))


def _find_land(row: Row) -> Found:
    parts = [row["land_ownership"], row["land_class"]]
    return "；".join(part for part in parts if part) or None


def _find_receptors(row: Row) -> Found:
    known = [(zh, en, row[name]) for name, zh, en in RECEPTORS if row[name] is not None]
    return Said(
        "；".join(zh + ("内" if m == 0 else f"{m / 1000:.2f} km") for zh, _, m in known),
        "; ".join(f"in {en}" if m == 0 else f"{en} {m / 1000:.2f} km" for _, en, m in known),
    )


def _find_source_zone(row: Row) -> Found:
    by_zone = SOURCE_ZONE.get(row["source_zone"], UNKNOWN)
    return SOURCE_LEVEL.get(row["source_level"], by_zone)


def _find_protected(row: Row) -> Found:
    inside = [(zh, en) for name, zh, en in PROTECTED_PARTS if row[name] == 0]
    if not inside:
        return PROTECTED.get(row["protected_land"], UNKNOWN)
    zh, en = "、".join(zh for zh, _ in inside), ", ".join(en for _, en in inside)
    return Said(f"是（{zh}）", f"yes ({en})")


def _find_grade(row: Row) -> Found:
    grade: Term | None = row["grade"]
    if grade is None or not row["is_provisional"]:
        return grade
    return Said(f"{grade.zh}（暂定）", f"{grade.en} (provisional)")


def _find_due(row: Row) -> Found:
    if row["project_id"] is None:
        return None
    due: date | None = row["due_on"]
    return due or Said("持续推进", "Ongoing")


EMPTY = Look(None, lambda row: None)
_TAILINGS = Look("kind", lambda row: YES_NO[row["kind"] is SiteKind.TAILINGS_POND])

COLUMNS: tuple[Column, ...] = (
    Column("序号", "No.", "XH", 6, Look(None, _number)),
    Column("点位编号", "Site code", "DWBH", 18, _is("code")),
    Column("名称", "Name", "MC", 28, _is("name")),
    Column("旗县区", "District", "QXQ", 10, _is("district_code")),
    Column("镇（街道）", "Town", "ZJD", 14, _first("measured_town", "town")),
    Column("村（社区）", "Village", "CSQ", 12, _first("measured_village", "village")),
    Column(
        "中心经度",
        "Longitude",
        "ZXJD",
        13,
        _centre(0, lambda degrees: round(degrees, 6)),
        form="0.000000",
    ),
    Column(
        "中心纬度",
        "Latitude",
        "ZXWD",
        13,
        _centre(1, lambda degrees: round(degrees, 6)),
        form="0.000000",
    ),
    Column("经度（度分秒）", "Longitude (DMS)", "JDDFM", 17, _centre(0, dms)),
    Column("纬度（度分秒）", "Latitude (DMS)", "WDDFM", 17, _centre(1, dms)),
    Column("占地面积（m²）", "Area (m²)", "ZDMJ", 14, _rounded("area_m2", 1), form="#,##0.0"),
    Column("堆高（m）", "Height (m)", "DG", 10, _rounded("height_m", 1), form="0.0"),
    Column("堆存量（t）", "Mass (t)", "DCL", 13, _rounded("mass_t", 0), form="#,##0"),
    Column("堆存量估算方法", "How the mass was estimated", "GSFF", 24, _is("mass_basis")),
    Column("堆存起止年份", "Years of storage", "QZNF", 14, EMPTY),
    Column("废物种类", "Waste class", "FWZL", 20, _is("waste_class")),
    Column("属性", "Nature", "SX", 20, _is("nature")),
    Column("鉴别依据与报告编号", "Basis of identification, report", "JBYJ", 20, EMPTY),
    Column("来源", "Source", "LY", 8, _is("source")),
    Column("发现影像日期", "Seen on imagery of", "FXRQ", 13, _is("found_on")),
    Column("责任主体类型", "Responsibility", "ZRLX", 14, _is("responsibility")),
    Column("责任主体名称", "Responsible party", "ZRMC", 18, _is("responsible_party")),
    Column("土地权属与三调地类", "Land tenure and class", "TDQS", 20, Look(None, _find_land)),
    Column("是否尾矿库", "Tailings pond?", "SFWKK", 12, _TAILINGS),
    Column("尾矿库环境风险等级", "Tailings risk level", "WKFX", 20, EMPTY),
    Column("三防情况", "Three protections", "SF", 34, Look(None, _find_controls)),
    Column(
        "敏感目标及距离",
        "Receptors and distances",
        "MGMB",
        34,
        Look("main_stem_distance_m", _find_receptors),
    ),
    Column(
        "是否位于河道管理范围", "In the river zone?", "SFHD", 21, _worded("in_river_zone", YES_NO)
    ),
    Column(
        "是否位于水源保护区",
        "In a water-source zone?",
        "SFSY",
        21,
        Look("source_zone", _find_source_zone),
    ),
    Column(
        "是否涉及生态红线或基本农田",
        "Red line or farmland?",
        "SFHX",
        27,
        Look("protected_land", _find_protected),
    ),
    Column("所在河段", "Reach", "SZHD", 18, _is("reach")),
    Column("里程（km）", "Chainage (km)", "LC", 11, _kilometres("chainage_m"), form="0.00"),
    Column("岸别", "Bank", "AB", 7, _worded("bank", BANK, None)),
    Column("危害性H", "Hazard H", "HFZ", 10, _is("points_h")),
    Column("敏感性S", "Sensitivity S", "SFZ", 10, _is("points_s")),
    Column("控制不可靠性R", "Unreliability R", "RFZ", 15, _is("points_r")),
    Column("风险等级", "Risk grade", "FXDJ", 18, Look("grade", _find_grade)),
    Column("置信度", "Confidence", "ZXD", 9, _rounded("grade_confidence", 2), form="0.00"),
    Column("一点一策方案", "Site plan", "YDYC", 30, _is("project_title")),
    Column("整治阶段", "Stage", "ZZJD", 16, _is("project_stage")),
    Column("责任领导（岗位）", "Leader (post)", "ZRLD", 18, _is("project_leader_role")),
    Column("牵头单位", "Lead unit", "QTDW", 18, _is("project_lead_unit")),
    Column("配合单位", "Supporting units", "PHDW", 24, _is("project_supporting_units")),
    Column("责任人", "Person in charge", "ZRR", 10, EMPTY),
    Column("完成时限", "Due", "WCSX", 13, Look("due_on", _find_due)),
    Column("时限状态", "Deadline state", "SXZT", 11, _is("deadline")),
    Column("资金来源", "Source of funds", "ZJLY", 12, EMPTY),
    Column("资金金额（元）", "Budget (yuan)", "ZJJE", 15, _is("project_budget_yuan"), form="#,##0"),
    Column("进展（%）", "Progress (%)", "JZ", 10, _is("project_progress_percent")),
    Column("状态", "State", "ZT", 12, _is("state")),
    Column("验收日期/文号", "Acceptance day, number", "YSRQ", 15, EMPTY),
    Column("销号日期", "Closed out on", "XHRQ", 12, EMPTY),
    Column("遥感复核日期", "Satellite check on", "FHRQ", 13, EMPTY),
    Column("遥感复核结果", "Satellite check found", "FHJG", 13, EMPTY),
    Column("照片", "Photos", "ZP", 8, EMPTY),
    Column("备注", "Note", "BZ", 40, _is("note")),
    Column("数据性质", "Kind of data", "SJXZ", 12, _worded("is_demo", DEMO)),
)
BY_SHORT = {column.short: column for column in COLUMNS}


def numbered(rows: Iterable[Row], first: int = 1) -> Iterator[dict[str, Any]]:
    """Yield rows of the register with their number and centre, as columns ask for them.

    The centre is a point on the outline's surface, lon/lat in EPSG:4490.
    """
    for number, row in enumerate(rows, start=first):
        point = row["outline"].representative_point()
        yield {**row, "number": number, "centre": (point.x, point.y)}


def cells(rows: list[dict[str, Any]]) -> list[list[Cell]]:
    """Return the list's cells for rows of the register, numbered from 1 in their order."""
    return [[column.cell(row) for column in COLUMNS] for row in numbered(rows)]
