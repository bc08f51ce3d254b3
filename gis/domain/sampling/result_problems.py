"""What can be wrong with a line of a results sheet, in sentences that its sender can act on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from gis.domain.terms import Term
from gis.errors import BadInput


class ResultFault(Term):
    """A rule that a value of a results sheet can break; sentences name their facts in braces."""

    NO_SAMPLE = "no_sample", "没有样品编号，请补填。", "There is no sample code; fill it in."
    UNKNOWN_SAMPLE = (
        "unknown_sample",
        "方案 {plan} 中没有份样“{value}”，请与标签核对编号。",
        "Plan {plan} has no increment “{value}”; compare the code with the label.",
    )
    NO_ANALYTE = "no_analyte", "没有检测项目，请补填。", "There is no analyte; fill it in."
    UNKNOWN_ANALYTE = (
        "unknown_analyte",
        "不认识检测项目“{value}”，请改用标准中的名称。",
        "The analyte “{value}” is not known; use the standard's name.",
    )
    NO_VALUE = (
        "no_value",
        "没有检测值，请补填或删除该行。",
        "There is no value; fill it in or drop it.",
    )
    NOT_A_NUMBER = (
        "not_a_number",
        "“{value}”不是数值：请填数值，低于检出限的写 <检出限 或 ND。",
        "“{value}” is no number: give a number, or < limit or ND where nothing was found.",
    )
    NEGATIVE = (
        "negative",
        "检测值 {value} 小于 0：低于检出限的请写 <检出限 或 ND。",
        "The value {value} is below zero: write < limit or ND where nothing was found.",
    )
    PH_RANGE = (
        "ph_range",
        "pH 值 {value} 不在 0–14 之间，请核对。",
        "A pH of {value} is outside 0 to 14; check it.",
    )
    NO_LIMIT = (
        "no_limit",
        "“{value}”表示未检出，但没有检出限：请补填检出限。",
        "“{value}” says that nothing was found, without a limit of detection: fill it in.",
    )
    BAD_LIMIT = (
        "bad_limit",
        "检出限“{value}”不是大于 0 的数值，请更正。",
        "The limit of detection “{value}” is no number above zero; correct it.",
    )
    NO_UNIT = "no_unit", "没有单位，请补填。", "There is no unit; fill it in."
    UNIT_UNFIT = (
        "unit_unfit",
        "单位“{value}”不适用于{analyte_zh}，可用：{known}。",
        "The unit “{value}” does not fit {analyte_en}; it takes {known}.",
    )
    NO_LEACH = (
        "no_leach",
        "浸出液结果没有浸出方法：请注明 HJ/T 299、HJ 557 等。",
        "A leachate result without its leaching method: say HJ/T 299, HJ 557 or another.",
    )
    UNKNOWN_LEACH = (
        "unknown_leach",
        "不认识浸出方法“{value}”，可用 HJ/T 299、HJ 557、HJ/T 300、GB/T 15555.12。",
        "The leaching method “{value}” is not known: HJ/T 299, HJ 557, HJ/T 300, GB/T 15555.12.",
    )
    OTHER_LEACH = (
        "other_leach",
        "本批声明的浸出方法是 {declared}，此处为“{value}”：方法不同的结果不能互换，请分开提交。",
        "This batch is declared as {declared}, here stands “{value}”: methods cannot be "
        "exchanged, send them apart.",
    )
    BAD_DAY = (
        "bad_day",
        "“{value}”不是日期，请写成 2026-06-19。",
        "“{value}” is no date; write it as 2026-06-19.",
    )
    FUTURE = "future", "检测日期 {value} 尚未到来，请核对。", "The day {value} has not come yet."
    BEFORE_TAKEN = (
        "before_taken",
        "检测日期 {value} 早于采样日期 {taken}，请核对。",
        "Tested on {value}, before the sample was taken on {taken}; check both.",
    )
    TWICE = (
        "twice",
        "同一份样的同一项目在 {other} 已有结果，请只保留一个。",
        "This increment has a result for this analyte in {other} already; keep one of them.",
    )
    STORED = (
        "stored",
        "该份样的该项目已有结果（批次 {file}）：请先撤回原批次，或删除此行。",
        "This increment has a result for this analyte (batch {file}): withdraw that batch or "
        "drop this line.",
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the check report: where, what stood there, which rule, and what to do."""

    row: int
    cell: str
    column: str
    value: str
    fault: ResultFault
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def zh(self) -> str:
        """The sentence in Chinese."""
        return self.fault.zh.format(**{"value": self.value} | self.facts)

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.fault.en.format(**{"value": self.value} | self.facts)


class ResultsRefused(BadInput):
    """A results sheet with faulty lines; nothing of it was stored. Facts: count."""

    code = "results_refused"
    zh = "检测结果有 {count} 处问题，未录入任何数据：请按核对报告逐行改正后重新提交。"
    en = "The results have {count} faults and nothing was stored: mend each line and send again."

    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> Self:
        """Return the refusal that carries its report."""
        refused = cls(count=len(problems))
        refused.problems = tuple(problems)
        return refused
