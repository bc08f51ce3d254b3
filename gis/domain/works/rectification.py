"""问题清单, 整改方案, 储备库: lists of projects in the office's columns (STANDARDS 7.1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from gis.domain.inventory_cells import (
    BANK,
    DEMO,
    Cell,
    Column,
    Found,
    Look,
    Row,
    Said,
    centre,
    find_class,
    find_due,
    find_grade,
    find_number,
    kilometres,
    plain,
    rounded,
    worded,
)
from gis.domain.terms import ProjectStage, Verdict

ListKind = Literal["problems", "rectification", "reserve"]

TITLES: dict[ListKind, Said] = {
    "problems": Said("沿河建筑垃圾堆场问题清单", "Problems: construction waste along the river"),
    "rectification": Said(
        "沿河建筑垃圾堆场整改方案", "Rectification: construction waste along the river"
    ),
    "reserve": Said("整治项目储备库", "Reserve list of projects"),
}
TRUE = {
    Verdict.WASTE: Said("属实", "true"),
    Verdict.PIT: Said("属实", "true"),
    Verdict.LOOK_ALIKE: Said("不属实", "not true"),
    Verdict.GONE: Said("属实，现已清除", "true, cleared since"),
}
OPEN = Said("待核实", "to be checked")


def _look(find: Any) -> Look:
    return Look(None, find)


def _where(row: Row) -> Found:
    """Return the place in words: town, village, reach with chainage and bank."""
    km = row["chainage_m"]
    reach = row["reach"]
    at = "" if km is None else f" {km / 1000:.2f} km"
    bank = BANK.get(row["bank"])
    zh = [row["town"], row["village"], None if reach is None else f"{reach}{at}"]
    en = list(zh)
    if bank is not None:
        zh.append(bank.zh)
        en.append(bank.en)
    return Said("，".join(filter(None, zh)), ", ".join(filter(None, en)))


def _assigned(row: Row) -> Found:
    """Return paper and day of the step that gave the work out."""
    parts = [row["opened_no"], None if row["opened_on"] is None else str(row["opened_on"])]
    return " ".join(filter(None, parts)) or None


def _verdict(row: Row) -> Found:
    verdict: Verdict | None = row["verdict"]
    return OPEN if verdict is None else verdict


def _is_true(row: Row) -> Found:
    return TRUE.get(row["verdict"], OPEN)


def _issue(row: Row) -> Found:
    return row["project_issue"] or row["note"] or None


def _is_closed(row: Row) -> Found:
    stage: ProjectStage | None = row["project_stage"]
    is_closed = stage is not None and stage.is_finished
    return Said("是", "yes") if is_closed else Said("否", "no")


def _order_of_work(row: Row) -> Found:
    """Return the tasks in the order of their days, each with its unit."""
    zh = [_task(one, "zh") for one in row["tasks"]]
    en = [_task(one, "en") for one in row["tasks"]]
    return Said("；".join(zh), "; ".join(en)) if zh else None


def _task(one: Any, language: str) -> str:
    ongoing = "持续推进" if language == "zh" else "ongoing"
    done = "已完成" if language == "zh" else "done"
    day = f"{one.starts_on or ''}～{one.due_on}" if one.starts_on else str(one.due_on or ongoing)
    state = f"，{one.done_on} {done}" if one.done_on else ""
    return f"{one.title}（{one.lead_unit}，{day}{state}）"


NUMBER = Column("序号", "No.", "XH", 6, _look(find_number))
CODE = Column("编号", "Site code", "BH", 19, plain("code"))
NAME = Column("名称", "Name", "MC", 26, plain("name"))
MONEY = (
    Column("资金金额（元）", "Budget (¥)", "ZJJE", 15, plain("project_budget_yuan"), "#,##0"),
    Column("资金来源", "Source of funds", "ZJLY", 16, _look(lambda r: r["project_fund_source"])),
    Column("已支付（元）", "Paid (¥)", "YZF", 15, plain("project_paid_yuan"), "#,##0"),
)
WHO = (
    Column("牵头单位", "Lead unit", "QTDW", 16, plain("project_lead_unit")),
    Column("配合单位", "Supporting units", "PHDW", 22, plain("project_supporting_units")),
    Column("责任领导（岗位）", "Leader (post)", "ZRLD", 16, plain("project_leader_role")),
    Column("责任人", "Person in charge", "ZRR", 12, plain("project_person_in_charge")),
)
PROGRESS = (
    Column("完成时限", "Due", "WCSX", 13, Look("due_on", find_due)),
    Column("时限状态", "Deadline state", "SXZT", 11, plain("deadline")),
    Column("整治阶段", "Stage", "ZZJD", 15, plain("project_stage")),
    Column("进展（%）", "Progress (%)", "JZ", 10, plain("project_progress_percent")),
)
DATA = Column("数据性质", "Kind of data", "SJXZ", 12, worded("is_demo", DEMO))
RIVER = (
    Column("所在河段", "Reach", "SZHD", 18, plain("reach")),
    Column("里程（km）", "Chainage (km)", "LC", 10, kilometres("chainage_m"), "0.00"),
    Column("岸别", "Bank", "AB", 7, worded("bank", BANK, None)),
)

COLUMNS: dict[ListKind, tuple[Column, ...]] = {
    "problems": (
        *(NUMBER, CODE, NAME),
        Column("问题描述", "Issue", "WTMS", 40, _look(_issue)),
        Column("类型", "Type", "LX", 18, Look("waste_class", find_class)),
        Column("位置", "Where", "WZ", 34, _look(_where)),
        *RIVER,
        Column("中心经度", "Longitude", "ZXJD", 12, centre(0, lambda d: round(d, 6)), "0.000000"),
        Column("中心纬度", "Latitude", "ZXWD", 12, centre(1, lambda d: round(d, 6)), "0.000000"),
        Column("占地面积（m²）", "Area (m²)", "ZDMJ", 13, rounded("area_m2", 1), "#,##0.0"),
        Column("堆存量（t）", "Mass (t)", "DCL", 12, rounded("mass_t", 0), "#,##0"),
        Column("来源", "Source", "LY", 8, plain("source")),
        Column("交办批次/日期", "Assigned", "JBRQ", 22, _look(_assigned)),
        Column("核实情况", "Field check found", "HSQK", 18, _look(_verdict)),
        Column("是否属实", "True?", "SFSS", 14, _look(_is_true)),
        Column("整改措施", "Measures", "ZGCS", 40, plain("project_measures")),
        *WHO,
        *PROGRESS,
        Column("是否办结", "Closed?", "SFBJ", 10, _look(_is_closed)),
        Column("销号日期", "Closed out on", "XHRQ", 12, plain("closed_on")),
        DATA,
    ),
    "rectification": (
        *(NUMBER, CODE, NAME),
        Column("问题描述", "Issue", "WTMS", 36, _look(_issue)),
        Column("整改目标", "Goal", "ZGMB", 30, plain("project_goal")),
        Column("整改措施", "Measures", "ZGCS", 40, plain("project_measures")),
        Column("时序安排", "Order of work", "SX", 50, _look(_order_of_work)),
        *WHO,
        Column("开始日期", "Starts on", "KSRQ", 12, plain("project_starts_on")),
        *PROGRESS,
        *MONEY,
        *RIVER,
        Column("销号日期", "Closed out on", "XHRQ", 12, plain("closed_on")),
        DATA,
    ),
    "reserve": (
        Column("次序", "Place", "CX", 7, plain("place")),
        CODE,
        NAME,
        Column("项目名称", "Project", "XMMC", 30, plain("title")),
        Column("流程", "Chain", "LC", 14, plain("variant")),
        Column("风险等级", "Grade", "FXDJ", 16, Look("grade", find_grade)),
        Column("满足项数", "Tests that hold", "MZXS", 10, plain("held")),
        Column("镇（街道）", "Town", "ZJD", 14, plain("town")),
        Column("所在河段", "Reach", "SZHD", 18, plain("reach")),
        Column("牵头单位", "Lead unit", "QTDW", 16, plain("lead_unit")),
        Column("配合单位", "Supporting units", "PHDW", 22, plain("supporting_units")),
        Column("责任领导（岗位）", "Leader (post)", "ZRLD", 16, plain("leader_role")),
        Column("资金金额（元）", "Budget (¥)", "ZJJE", 15, plain("budget_yuan"), "#,##0"),
        Column("资金来源", "Source of funds", "ZJLY", 16, plain("fund_source")),
        Column("完成时限", "Due", "WCSX", 13, plain("due_on")),
        Column("时限状态", "Deadline state", "SXZT", 11, plain("deadline")),
        DATA,
    ),
}


@dataclass(frozen=True, slots=True)
class ProjectSheet:
    """A list as a file or a page shows it: its columns, its rows' cells, and what it stands for."""

    kind: ListKind
    district_name: str
    district_code: str
    as_of: date
    scope: str
    notes: tuple[tuple[str, str], ...]
    rows: list[dict[str, Any]]

    @property
    def title(self) -> str:
        """What the sheet is called."""
        return f"{self.district_name}{TITLES[self.kind].zh}"

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns."""
        return COLUMNS[self.kind]

    def cells(self, language: str = "zh-CN") -> list[list[Cell]]:
        """Return the cells of its rows."""
        return table(self.columns, self.rows, language)


def table(columns: Sequence[Column], rows: Iterable[Row], language: str) -> list[list[Cell]]:
    """Return the cells of rows; empty text is an empty cell."""
    return [[_shown(column.cell(row, language)) for column in columns] for row in rows]


def _shown(cell: Cell) -> Cell:
    return None if cell == "" else cell
