"""分类分级管控清单: the columns of the control list in the office's fixed order (STANDARDS 7.1).

A column says its heading in two languages, a name of at most ten ASCII letters for Shapefile, how
its cell follows from a row of the register, and the form that a spreadsheet gives its numbers.
What the register does not hold yet is an empty cell.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from gis.domain.inventory_cells import (
    BANK,
    DEMO,
    TAILINGS,
    YES_NO,
    Cell,
    Column,
    Look,
    Row,
    centre,
    dms,
    find_acceptance,
    find_basis,
    find_checked,
    find_checked_on,
    find_class,
    find_controls,
    find_due,
    find_grade,
    find_land,
    find_number,
    find_protected,
    find_receptors,
    find_source_zone,
    find_years,
    first,
    kilometres,
    plain,
    rounded,
    told,
    worded,
)

COLUMNS: tuple[Column, ...] = (
    Column("序号", "No.", "XH", 6, Look(None, find_number)),
    Column("点位编号", "Site code", "DWBH", 18, plain("code")),
    Column("名称", "Name", "MC", 28, plain("name")),
    Column("旗县区", "District", "QXQ", 10, plain("district_code")),
    Column("镇（街道）", "Town", "ZJD", 14, first("measured_town", "town")),
    Column("村（社区）", "Village", "CSQ", 12, first("measured_village", "village")),
    Column(
        "中心经度",
        "Longitude",
        "ZXJD",
        13,
        centre(0, lambda degrees: round(degrees, 6)),
        form="0.000000",
    ),
    Column(
        "中心纬度",
        "Latitude",
        "ZXWD",
        13,
        centre(1, lambda degrees: round(degrees, 6)),
        form="0.000000",
    ),
    Column("经度（度分秒）", "Longitude (DMS)", "JDDFM", 17, centre(0, dms)),
    Column("纬度（度分秒）", "Latitude (DMS)", "WDDFM", 17, centre(1, dms)),
    Column("占地面积（m²）", "Area (m²)", "ZDMJ", 14, rounded("area_m2", 1), form="#,##0.0"),
    Column("堆高（m）", "Height (m)", "DG", 10, rounded("height_m", 1), form="0.0"),
    Column("堆存量（t）", "Mass (t)", "DCL", 13, rounded("mass_t", 0), form="#,##0"),
    Column("堆存量估算方法", "How the mass was estimated", "GSFF", 24, plain("mass_basis")),
    Column("堆存起止年份", "Years of storage", "QZNF", 14, Look("stored_from", find_years)),
    Column("废物种类", "Waste class", "FWZL", 20, Look("waste_class", find_class)),
    Column("属性", "Nature", "SX", 20, plain("nature")),
    Column("鉴别依据与报告编号", "Basis, report number", "JBYJ", 20, Look(None, find_basis)),
    Column("来源", "Source", "LY", 8, plain("source")),
    Column("发现影像日期", "Seen on imagery of", "FXRQ", 13, plain("found_on")),
    Column("责任主体类型", "Responsibility", "ZRLX", 14, plain("responsibility")),
    Column("责任主体名称", "Responsible party", "ZRMC", 18, plain("responsible_party")),
    Column("土地权属与三调地类", "Land tenure and class", "TDQS", 20, Look(None, find_land)),
    Column("是否尾矿库", "Tailings pond?", "SFWKK", 12, TAILINGS),
    Column("尾矿库环境风险等级", "Tailings risk level", "WKFX", 20, plain("tailings_risk")),
    Column("三防情况", "Three protections", "SF", 34, Look(None, find_controls)),
    Column(
        "敏感目标及距离",
        "Receptors and distances",
        "MGMB",
        34,
        Look("main_stem_distance_m", find_receptors),
    ),
    Column(
        "是否位于河道管理范围", "In the river zone?", "SFHD", 21, worded("in_river_zone", YES_NO)
    ),
    Column(
        "是否位于水源保护区",
        "In a water-source zone?",
        "SFSY",
        21,
        Look("source_zone", find_source_zone),
    ),
    Column(
        "是否涉及生态红线或基本农田",
        "Red line or farmland?",
        "SFHX",
        27,
        Look("protected_land", find_protected),
    ),
    Column("所在河段", "Reach", "SZHD", 18, plain("reach")),
    Column("里程（km）", "Chainage (km)", "LC", 11, kilometres("chainage_m"), form="0.00"),
    Column("岸别", "Bank", "AB", 7, worded("bank", BANK, None)),
    Column("危害性H", "Hazard H", "HFZ", 10, plain("points_h")),
    Column("敏感性S", "Sensitivity S", "SFZ", 10, plain("points_s")),
    Column("控制不可靠性R", "Unreliability R", "RFZ", 15, plain("points_r")),
    Column("风险等级", "Risk grade", "FXDJ", 18, Look("grade", find_grade)),
    Column("置信度", "Confidence", "ZXD", 9, rounded("grade_confidence", 2), form="0.00"),
    Column("整治措施", "Measures", "ZZCS", 36, told("project_measures")),
    Column("一点一策方案", "Site plan", "YDYC", 30, plain("project_title")),
    Column("整治阶段", "Stage", "ZZJD", 16, plain("project_stage")),
    Column("责任领导（岗位）", "Leader (post)", "ZRLD", 18, plain("project_leader_role")),
    Column("牵头单位", "Lead unit", "QTDW", 18, plain("project_lead_unit")),
    Column("配合单位", "Supporting units", "PHDW", 24, plain("project_supporting_units")),
    Column("责任人", "Person in charge", "ZRR", 10, told("project_person_in_charge")),
    Column("完成时限", "Due", "WCSX", 13, Look("due_on", find_due)),
    Column("时限状态", "Deadline state", "SXZT", 11, plain("deadline")),
    Column("资金来源", "Source of funds", "ZJLY", 16, told("project_fund_source")),
    Column("资金金额（元）", "Budget (¥)", "ZJJE", 15, plain("project_budget_yuan"), form="#,##0"),
    Column("进展（%）", "Progress (%)", "JZ", 10, plain("project_progress_percent")),
    Column("状态", "State", "ZT", 12, plain("state")),
    Column("验收日期/文号", "Acceptance", "YSRQ", 15, Look("accepted_on", find_acceptance)),
    Column("销号日期", "Closed out on", "XHRQ", 12, plain("closed_on")),
    Column("遥感复核日期", "Satellite check on", "FHRQ", 13, Look(None, find_checked_on)),
    Column("遥感复核结果", "Satellite check found", "FHJG", 13, Look(None, find_checked)),
    Column("照片", "Photos", "ZP", 8, Look(None, lambda row: row["photos"])),
    Column("备注", "Note", "BZ", 40, plain("note")),
    Column("数据性质", "Kind of data", "SJXZ", 12, worded("is_demo", DEMO)),
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
