"""What a row of an imported list can be wrong in, and the report that says where and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from gis.domain.terms.base import Term
from gis.errors import BadInput, Conflict


class RowFault(Term):
    """A rule that a row breaks; those in WARNINGS do not stop the list."""

    NAME_MISSING = (
        "NAME_MISSING",
        "名称为空：请填写点位名称，或为名称另选一列。",
        "No name: fill it in, or choose another column for the name.",
    )
    KIND_MISSING = (
        "KIND_MISSING",
        "没有点位类型：请填写，或为整张表选定一种类型。",
        "No kind of site: fill it in, or choose one kind for the whole list.",
    )
    POSITION_MISSING = (
        "POSITION_MISSING",
        "没有坐标也没有边界：请补填经纬度。",
        "Neither coordinates nor an outline: fill in longitude and latitude.",
    )
    POSITION_UNREAD = (
        "POSITION_UNREAD",
        "坐标“{value}”无法识别：请写成十进制度或度分秒。",
        "“{value}” is no coordinate: write decimal degrees, or degrees, minutes, seconds.",
    )
    OUTSIDE = (
        "OUTSIDE",
        "位置 {where} 不在本区范围内：请核对坐标、坐标系与区域。",
        "The place {where} lies outside the district: check coordinates, datum and place.",
    )
    SWAPPED = (
        "SWAPPED",
        "经纬度似乎填反（对调后在区内）：请改正该行。",
        "Longitude and latitude seem swapped (swapped they lie inside): correct this row.",
    )
    AREA_MISSING = (
        "AREA_MISSING",
        "只有点位坐标而没有面积：请补填占地面积，或提供边界。",
        "A point without an area: fill in the area, or give an outline.",
    )
    SHAPE_UNFIT = (
        "SHAPE_UNFIT",
        "边界无效（{reason}）：请在 GIS 软件中修复后重新导出。",
        "The outline is not valid ({reason}): mend it in a GIS and export it again.",
    )
    NUMBER_UNREAD = (
        "NUMBER_UNREAD",
        "“{value}”不是数字：请只填数字，单位写在表头。",
        "“{value}” is no number: fill in digits, with the unit in the heading.",
    )
    UNIT_UNFIT = (
        "UNIT_UNFIT",
        "“{value}”的单位不适用于此列，可用：{known}。",
        "The unit of “{value}” does not fit this column; use one of {known}.",
    )
    VALUE_UNFIT = (
        "VALUE_UNFIT",
        "“{value}”不能填在这里：应为{fit_zh}。",
        "“{value}” cannot stand here: give {fit_en}.",
    )
    WORD_UNKNOWN = (
        "WORD_UNKNOWN",
        "“{value}”不在词表中，可填：{known_zh}。",
        "“{value}” is not a word of the list; use one of: {known_en}.",
    )
    DAY_UNREAD = (
        "DAY_UNREAD",
        "“{value}”不是日期：请写成 2026-06-30。",
        "“{value}” is no day: write it as 2026-06-30.",
    )
    DAY_AHEAD = (
        "DAY_AHEAD",
        "日期 {value} 尚未到来：请核对。",
        "The day {value} has not come yet: check it.",
    )
    YEARS_UNREAD = (
        "YEARS_UNREAD",
        "“{value}”不是年份：请写成 1998 或 1998—2006。",
        "“{value}” is no year: write 1998, or 1998-2006.",
    )
    YEARS_TURNED = (
        "YEARS_TURNED",
        "堆存终止年份早于起始年份：请核对。",
        "Storage ends before it begins: check the years.",
    )
    KEY_TWICE = (
        "KEY_TWICE",
        "与第 {other} 行重复（编号“{value}”）：请保留一行，或改正编号。",
        "The same as row {other} (number “{value}”): keep one row, or correct the number.",
    )
    CODE_UNKNOWN = (
        "CODE_UNKNOWN",
        "本区清单中没有点位 {value}：请核对编号，或不对应此列以新列入。",
        "The district has no site {value}: check the code, or leave the column out.",
    )
    DATUM_ASKED = (
        "DATUM_ASKED",
        "仅凭数字无法判断坐标系：请确认坐标来自哪种坐标系后再导入。",
        "Numbers alone do not tell the datum: say which one the coordinates are in.",
    )
    CRS_ASKED = (
        "CRS_ASKED",
        "文件没有说明坐标系：请选择后再导入。",
        "The file names no coordinate system: choose it before loading.",
    )
    UNIT_ASSUMED = (
        "UNIT_ASSUMED",
        "表头没有单位，按 {unit} 计：请核对，或为此列选择单位。",
        "The heading names no unit; {unit} is taken: check it, or choose the column's unit.",
    )
    IDENTIFICATION_NEEDED = (
        "IDENTIFICATION_NEEDED",
        "{count} 行载明属性“{value}”，按待鉴别列入并记入备注：属性须经鉴别结论审核后生效。",
        "{count} rows state “{value}”: listed as not identified, for only a reviewed conclusion "
        "counts; what is stated stands in the note.",
    )
    APPROXIMATE = (
        "APPROXIMATE",
        "{value} 行没有边界，以占地面积的示意圆代替：列入后请在影像上勾绘实际边界。",
        "{value} rows have no outline: a circle of the stated area stands in until one is drawn.",
    )
    AREA_DIFFERS = (
        "AREA_DIFFERS",
        "资料面积 {value} m² 与边界量算面积 {measured} m² 相差 {percent} %：请核对单位与坐标系。",
        "The stated {value} m² is {percent} % off the measured {measured} m²: check the unit.",
    )
    NO_CHANGE_SEEN = (
        "NO_CHANGE_SEEN",
        "图斑标为“伪变化”：一般不应列入清单，请核对。",
        "The survey calls this no real change: it hardly belongs on the list; check it.",
    )
    CELLS_PASSED_OVER = (
        "CELLS_PASSED_OVER",
        "此列未对应字段，{count} 处{what_zh}未读取（{cells}）："
        "如需导入此列，请先粘贴为数值或取消合并。",
        "Nothing reads this column, so {count} cells with {what_en} were passed over ({cells}); "
        "paste values or unmerge them if the column is to come in.",
    )
    SAME_PLACE = (
        "SAME_PLACE",
        "与第 {other} 行可能是同一点位（重叠 {percent} %，间距 {metres} m）："
        "请核对，重复的删去一行。",
        "May be the same place as row {other} (overlap {percent} %, {metres} m apart): check, and "
        "remove one of the two if they are.",
    )


WARNINGS = frozenset(
    {
        RowFault.UNIT_ASSUMED,
        RowFault.IDENTIFICATION_NEEDED,
        RowFault.APPROXIMATE,
        RowFault.AREA_DIFFERS,
        RowFault.NO_CHANGE_SEEN,
        RowFault.CELLS_PASSED_OVER,
        RowFault.SAME_PLACE,
    }
)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One line of the check report; row 0 is the list as a whole."""

    row: int
    cell: str
    column: str
    value: str
    fault: RowFault
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        """Say whether the list may come in all the same."""
        return self.fault in WARNINGS

    @property
    def zh(self) -> str:
        """What to do, in Chinese."""
        return self.fault.zh.format(**{"value": self.value} | dict(self.facts))

    @property
    def en(self) -> str:
        """What to do, in English."""
        return self.fault.en.format(**{"value": self.value} | dict(self.facts))


class ListRefused(BadInput):
    """A list with faulty rows; nothing of it was stored. Facts: count, rows."""

    code = "list_refused"
    zh = "清单有 {count} 处问题，未导入任何数据：请按核对报告逐行改正（{rows}）后重新提交。"
    en = "The list has {count} faults and nothing was loaded: mend each row ({rows}) and resend."

    problems: tuple[RowProblem, ...] = ()

    @classmethod
    def of(cls, problems: Sequence[RowProblem]) -> Self:
        """Return the refusal that carries its report."""
        rows = sorted({problem.row for problem in problems})
        said = "、".join(map(str, rows[:8])) + ("…" if len(rows) > 8 else "")
        refused = cls(count=len(problems), rows=said)
        refused.problems = tuple(problems)
        return refused


class MatchesOpen(Conflict):
    """Rows that may speak of listed sites, and nobody has said whether. Facts: count, rows."""

    code = "matches_open"
    zh = "有 {count} 行可能与已有点位相同（第 {rows} 行）：请逐行选择“新列入”或“同一点位”后再导入。"
    en = (
        "{count} rows may be sites that are listed ({rows}): say for each if it is new or the same."
    )


class DecisionUnfit(BadInput):
    """A decision that its row does not allow. Facts: row."""

    code = "decision_unfit"
    zh = "第 {row} 行的处理方式无效：请重新核对匹配结果后再导入。"
    en = "What was decided for row {row} does not fit it: check the matches again."
