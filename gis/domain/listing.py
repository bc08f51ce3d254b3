"""What somebody wants to see of the register: a filter, an order, and how both are said."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, NamedTuple

from gis.domain.inventory_cells import BANK, YES_NO, Said
from gis.domain.terms import (
    Change,
    DeadlineState,
    Grade,
    ProjectStage,
    Responsibility,
    SiteKind,
    SiteState,
    Term,
    WasteClass,
    WasteNature,
)
from gis.errors import BadInput


class Span(NamedTuple):
    """A range of numbers or days, both ends within; None is open."""

    low: Any = None
    high: Any = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None


class Box(NamedTuple):
    """A box of longitudes and latitudes, EPSG:4490, in which a site's centre lies."""

    west: float
    south: float
    east: float
    north: float


Gap = Literal[
    "town",
    "reach",
    "bank",
    "grade",
    "height_m",
    "mass_t",
    "responsible_party",
    "found_on",
    "due_on",
    "deadline",
]
"""A fact of which one can ask for the sites that lack it, or that have it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter of the register; what is empty or None asks for nothing, several words are "or".

    Unless ``state`` asks for them, sites that were merged into others or split are not listed.
    ``text`` is looked for in name, code and party; ``tag`` is a task of the district's plan.
    ``changed`` compares a site with what it was at the end of ``since``, which it needs.
    """

    grade: tuple[Grade, ...] = ()
    kind: tuple[SiteKind, ...] = ()
    waste_class: tuple[WasteClass, ...] = ()
    nature: tuple[WasteNature, ...] = ()
    responsibility: tuple[Responsibility, ...] = ()
    state: tuple[SiteState, ...] = ()
    project_stage: tuple[ProjectStage, ...] = ()
    deadline: tuple[DeadlineState, ...] = ()
    river: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()
    bank: tuple[str, ...] = ()
    town: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    since: date | None = None
    is_provisional: bool | None = None
    in_priority_area: bool | None = None
    has_conclusion: bool | None = None
    is_demo: bool | None = None
    area_m2: Span = Span()
    mass_t: Span = Span()
    points_h: Span = Span()
    points_s: Span = Span()
    points_r: Span = Span()
    found_on: Span = Span()
    due_on: Span = Span()
    unknown: tuple[Gap, ...] = ()
    known: tuple[Gap, ...] = ()
    box: Box | None = None
    text: str = ""

    def items(self) -> list[tuple[str, Any]]:
        """Return the name and value of everything that is asked for."""
        found = [(field.name, getattr(self, field.name)) for field in fields(self)]
        return [(name, value) for name, value in found if value not in ((), None, "", Span())]


EVERYTHING = Wanted()


class SinceMissing(BadInput):
    """Changes are asked for, and not since when."""

    code = "since_missing"
    zh = "按“变化”筛选时须同时给出比较的起始日期。"
    en = "To ask for changes, say since which day as well."


LABELS = {
    "grade": Said("风险等级", "Grade"),
    "kind": Said("类型", "Kind"),
    "waste_class": Said("废物种类", "Waste class"),
    "nature": Said("属性", "Nature"),
    "responsibility": Said("责任主体", "Responsibility"),
    "state": Said("状态", "State"),
    "project_stage": Said("整治阶段", "Stage"),
    "deadline": Said("时限状态", "Deadline state"),
    "river": Said("河流", "River"),
    "reach": Said("河段", "Reach"),
    "bank": Said("岸别", "Bank"),
    "town": Said("镇（街道）", "Town"),
    "tag": Said("任务", "Task"),
    "changed": Said("变化", "Changed"),
    "since": Said("与该日相比", "Compared with"),
    "is_provisional": Said("暂定等级", "Provisional grade"),
    "in_priority_area": Said("位于重点防治区域", "In a priority area"),
    "has_conclusion": Said("已有鉴别结论", "Has a conclusion"),
    "is_demo": Said("演示数据", "Demo data"),
    "area_m2": Said("占地面积（m²）", "Area (m²)"),
    "mass_t": Said("堆存量（t）", "Mass (t)"),
    "points_h": Said("危害性H", "Hazard H"),
    "points_s": Said("敏感性S", "Sensitivity S"),
    "points_r": Said("控制不可靠性R", "Unreliability R"),
    "found_on": Said("发现影像日期", "Seen on imagery of"),
    "due_on": Said("完成时限", "Due"),
    "unknown": Said("缺项", "Not known"),
    "known": Said("已掌握", "Known"),
    "box": Said("中心位于范围", "Centre within"),
    "text": Said("文字", "Text"),
    "height_m": Said("堆高", "Height"),
    "responsible_party": Said("责任主体名称", "Responsible party"),
}


def describe(wanted: Wanted) -> Said:
    """Return what a filter asks for in words, empty where it asks for nothing.

    >>> describe(Wanted(grade=(Grade.HIGH,), mass_t=Span(1000.0))).zh
    '风险等级：高风险；堆存量（t）：≥ 1000'
    """
    parts = [(LABELS[name], _said(name, value)) for name, value in wanted.items()]
    return Said(
        "；".join(f"{label.zh}：{value.zh}" for label, value in parts),
        "; ".join(f"{label.en}: {value.en}" for label, value in parts),
    )


def _said(name: str, value: Any) -> Said:
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, Span):
        return _span(value)
    if isinstance(value, Box):
        return _same(", ".join(f"{degrees:.5f}" for degrees in value))
    if isinstance(value, date):
        return _same(value.isoformat())
    if isinstance(value, str):
        return Said(f"“{value}”", f"“{value}”")
    words = [_word(name, one) for one in value]
    return Said("、".join(word.zh for word in words), ", ".join(word.en for word in words))


def _word(name: str, value: Any) -> Said:
    if isinstance(value, Term):
        return Said(value.zh, value.en)
    if name == "bank":
        return BANK.get(value, _same(value))
    if name in ("unknown", "known"):
        return LABELS[value]
    return _same(value)


def _span(span: Span) -> Said:
    low, high = (_end(end) for end in span)
    if low and high:
        return _same(f"{low} – {high}")
    return _same(f"≥ {low}" if low else f"≤ {high}")


def _end(end: float | date | None) -> str:
    if end is None:
        return ""
    return end.isoformat() if isinstance(end, date) else f"{end:.15g}"


def _same(text: str) -> Said:
    return Said(text, text)
