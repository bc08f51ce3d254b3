"""分类分级管控清单: the columns of the control list in the office's fixed order (STANDARDS 7.1).

A column says its Chinese heading, a name of at most ten ASCII letters for Shapefile, how its cell
follows from a row of the register, and the form that a spreadsheet gives its numbers. What the
register does not hold yet is an empty cell.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.domain.terms import SiteKind, Term

Row = Mapping[str, Any]
Cell = str | float | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, short name, width in characters, and the cell of a row."""

    zh: str
    short: str
    width: int
    cell: Callable[[Row], Cell]
    form: str = "General"


def dms(degrees: float) -> str:
    """Return an angle as degrees, minutes, seconds.

    >>> dms(109.8)
    '109°48′00.00″'
    """
    hundredths = round(degrees * 360_000)
    whole, rest = divmod(abs(hundredths), 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return f"{'-' if hundredths < 0 else ''}{whole}°{minutes:02d}′{seconds / 100:05.2f}″"


def _is(name: str) -> Callable[[Row], Cell]:
    def cell(row: Row) -> Cell:
        value = row[name]
        return value.zh if isinstance(value, Term) else value

    return cell


def _rounded(name: str, digits: int) -> Callable[[Row], Cell]:
    return lambda row: None if row[name] is None else round(row[name], digits)


def _empty(row: Row) -> Cell:
    return None


def _yes_no(value: bool | None) -> str:
    return "待核实" if value is None else "是" if value else "否"


def _controls(row: Row) -> Cell:
    parts = [
        ("防扬散", row["has_dust_control"]),
        ("防流失", row["has_runoff_control"]),
        ("防渗漏", row["has_seepage_control"]),
    ]
    words = {None: "待核实", True: "有", False: "无"}
    return "；".join(f"{name}{words[value]}" for name, value in parts)


def _receptors(row: Row) -> Cell:
    parts = [
        ("黄河干流", row["main_stem_distance_m"]),
        ("重要支流", row["tributary_distance_m"]),
        ("居民点", row["dwelling_distance_m"]),
    ]
    return "；".join(f"{name}{value / 1000:.2f} km" for name, value in parts if value is not None)


def _source_zone(row: Row) -> Cell:
    words = {"LEVEL_1_2": "一、二级保护区内", "QUASI_OR_NEAR": "准保护区内或1 km以内", "NONE": "否"}
    return words.get(row["source_zone"], "待核实")


def _protected(row: Row) -> Cell:
    words = {"INSIDE": "是", "NEAR": "500 m以内", "NONE": "否"}
    return words.get(row["protected_land"], "待核实")


def _grade(row: Row) -> Cell:
    if row["grade"] is None:
        return None
    name: str = row["grade"].zh
    return f"{name}（暂定）" if row["is_provisional"] else name


def _bank(row: Row) -> Cell:
    return {"LEFT": "左岸", "RIGHT": "右岸"}.get(row["bank"])


def _due(row: Row) -> Cell:
    if row["project_id"] is None:
        return None
    due: date | None = row["due_on"]
    return due or "持续推进"


COLUMNS: tuple[Column, ...] = (
    Column("序号", "XH", 6, _is("number")),
    Column("点位编号", "DWBH", 18, _is("code")),
    Column("名称", "MC", 28, _is("name")),
    Column("旗县区", "QXQ", 10, _is("district_code")),
    Column("镇（街道）", "ZJD", 14, _is("town")),
    Column("村（社区）", "CSQ", 12, _is("village")),
    Column("中心经度", "ZXJD", 13, lambda row: round(row["centre"][0], 6), form="0.000000"),
    Column("中心纬度", "ZXWD", 13, lambda row: round(row["centre"][1], 6), form="0.000000"),
    Column("经度（度分秒）", "JDDFM", 17, lambda row: dms(row["centre"][0])),
    Column("纬度（度分秒）", "WDDFM", 17, lambda row: dms(row["centre"][1])),
    Column("占地面积（m²）", "ZDMJ", 14, _rounded("area_m2", 1), form="#,##0.0"),
    Column("堆高（m）", "DG", 10, _rounded("height_m", 1), form="0.0"),
    Column("堆存量（t）", "DCL", 13, _rounded("mass_t", 0), form="#,##0"),
    Column("堆存量估算方法", "GSFF", 24, _is("mass_basis")),
    Column("堆存起止年份", "QZNF", 14, _empty),
    Column("废物种类", "FWZL", 20, _is("waste_class")),
    Column("属性", "SX", 20, _is("nature")),
    Column("鉴别依据与报告编号", "JBYJ", 20, _empty),
    Column("来源", "LY", 8, _is("source")),
    Column("发现影像日期", "FXRQ", 13, _is("found_on")),
    Column("责任主体类型", "ZRLX", 14, _is("responsibility")),
    Column("责任主体名称", "ZRMC", 18, _is("responsible_party")),
    Column("土地权属与三调地类", "TDQS", 20, _empty),
    Column("是否尾矿库", "SFWKK", 12, lambda row: _yes_no(row["kind"] is SiteKind.TAILINGS_POND)),
    Column("尾矿库环境风险等级", "WKFX", 20, _empty),
    Column("三防情况", "SF", 34, _controls),
    Column("敏感目标及距离", "MGMB", 34, _receptors),
    Column("是否位于河道管理范围", "SFHD", 21, lambda row: _yes_no(row["in_river_zone"])),
    Column("是否位于水源保护区", "SFSY", 21, _source_zone),
    Column("是否涉及生态红线或基本农田", "SFHX", 27, _protected),
    Column("所在河段", "SZHD", 18, _is("reach")),
    Column(
        "里程（km）",
        "LC",
        11,
        lambda row: None if row["chainage_m"] is None else round(row["chainage_m"] / 1000, 2),
        form="0.00",
    ),
    Column("岸别", "AB", 7, _bank),
    Column("危害性H", "HFZ", 10, _is("points_h")),
    Column("敏感性S", "SFZ", 10, _is("points_s")),
    Column("控制不可靠性R", "RFZ", 15, _is("points_r")),
    Column("风险等级", "FXDJ", 18, _grade),
    Column("置信度", "ZXD", 9, _rounded("grade_confidence", 2), form="0.00"),
    Column("一点一策方案", "YDYC", 30, _is("project_title")),
    Column("整治阶段", "ZZJD", 16, _is("project_stage")),
    Column("责任领导（岗位）", "ZRLD", 18, _is("project_leader_role")),
    Column("牵头单位", "QTDW", 18, _is("project_lead_unit")),
    Column("配合单位", "PHDW", 24, _is("project_supporting_units")),
    Column("责任人", "ZRR", 10, _empty),
    Column("完成时限", "WCSX", 13, _due),
    Column("时限状态", "SXZT", 11, _is("deadline")),
    Column("资金来源", "ZJLY", 12, _empty),
    Column("资金金额（元）", "ZJJE", 15, _is("project_budget_yuan"), form="#,##0"),
    Column("进展（%）", "JZ", 10, _is("project_progress_percent")),
    Column("状态", "ZT", 12, _is("state")),
    Column("验收日期/文号", "YSRQ", 15, _empty),
    Column("销号日期", "XHRQ", 12, _empty),
    Column("遥感复核日期", "FHRQ", 13, _empty),
    Column("遥感复核结果", "FHJG", 13, _empty),
    Column("照片", "ZP", 8, _empty),
    Column("备注", "BZ", 40, _is("note")),
    Column("数据性质", "SJXZ", 12, lambda row: "演示数据" if row["is_demo"] else "正式数据"),
)


def cells(rows: list[dict[str, Any]]) -> list[list[Cell]]:
    """Return the list's cells for rows of the register, numbered from 1 in their order.

    The centre is a point on the outline's surface, lon/lat in EPSG:4490.
    """
    table = []
    for number, row in enumerate(rows, start=1):
        point = row["outline"].representative_point()
        full = {**row, "number": number, "centre": (point.x, point.y)}
        table.append([column.cell(full) for column in COLUMNS])
    return table
