"""What identification found: an outcome with its steps, checks, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gis.domain.identification.measured import Key
from gis.domain.identification.standards import Limit, Row
from gis.domain.terms import IdentificationStep, Outcome, StepVerdict, Term, WasteNature


class Lack(Term):
    """What keeps a question open; sentences name their facts in braces."""

    NO_PLAN = (
        "no_plan",
        "没有抽样方案，应采份样数未知：请先编制抽样方案",
        "there is no sampling plan, so the number of increments is unknown: make one",
    )
    NO_MASS = (
        "no_mass",
        "堆存量未知，HJ 298 表1 的最小份样数无法确定：请补充堆存量",
        "the mass is unknown, so HJ 298 table 1 cannot say how many increments: add it",
    )
    TOO_FEW_PLANNED = (
        "too_few_planned",
        "方案份样数 {planned} 少于 HJ 298 表1 的 {needed}，且没有减少份样的理由（4.2.4）",
        "the plan has {planned} increments, HJ 298 table 1 asks {needed}, and no row of 4.2.4 "
        "allows fewer",
    )
    NOT_CHECKED = (
        "not_checked",
        "尚未说明是否列入《国家危险废物名录》：请查对名录后填写",
        "nobody has said whether it is on the national list of hazardous waste: look it up",
    )
    TESTS = (
        "tests",
        "{step_zh}：{analyte_zh}（{how_zh}）已测 {tested} 份，应测 {needed} 份",
        "{step_en}: {analyte_en} ({how_en}) tested in {tested} increments of {needed}",
    )
    TOO_COARSE = (
        "too_coarse",
        "{step_zh}：{analyte_zh}（{how_zh}）有 {count} 份未检出但检出限达不到限值要求，"
        "不能判定：请用检出限更低的方法重测",
        "{step_en}: {analyte_en} ({how_en}) was not detected in {count} increments by a method too "
        "coarse for the limit: test again with a lower limit of detection",
    )
    NOT_EXCLUDED = (
        "not_excluded",
        "{step_zh}：既未检测也未排除，请检测，或由有资质的人按来源说明排除",
        "{step_en}: neither tested nor excluded; test it, or state why its origin excludes it",
    )
    IN_DOUBT = (
        "in_doubt",
        "{step_zh}存疑，请由专家判定：{why_zh}",
        "{step_en} is in doubt, for an expert to decide: {why_en}",
    )
    NO_CLASS = (
        "no_class",
        "废物种类不在目录中，无法确定检测项目",
        "the waste class is not in the catalogue, so the tests are unknown",
    )


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, in words that say what to do."""

    lack: Lack
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def zh(self) -> str:
        """The sentence in Chinese."""
        return self.lack.zh.format(**self.facts)

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.lack.en.format(**self.facts)


@dataclass(frozen=True, slots=True)
class Check:
    """One limit held against all increments.

    ``n`` were to be tested (None: unknown), ``tested`` were, in ``unclear`` the limit of detection
    decides nothing, ``over`` names those over the limit and ``needed`` is how many of them
    establish it. ``highest`` is the value farthest towards the limit and beyond, ``multiple`` its
    ratio to the limit; both are None where nothing was measured.
    """

    limit: Limit
    is_required: bool
    n: int | None
    tested: int
    unclear: int
    over: tuple[str, ...]
    needed: int
    highest: float | None
    multiple: float | None
    verdict: StepVerdict


@dataclass(frozen=True, slots=True)
class Step:
    """One question with its answer: the checks made, the rows it rests on, what is missing.

    ``zh`` and ``en`` say in a sentence why it was answered so. ``cites`` are ids of rows that stand
    in other tables.
    """

    step: IdentificationStep
    verdict: StepVerdict
    zh: str
    en: str
    checks: tuple[Check, ...] = ()
    rows: tuple[Row, ...] = ()
    missing: tuple[Missing, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """An outcome with everything it rests on.

    ``nature`` is UNIDENTIFIED where nothing was decided. ``leach_multiple`` is the highest HJ 557
    concentration over its GB 8978-1996 limit; None where it is unknown. ``unused`` counts the
    results that no limit fits, by what they measure and how.
    """

    outcome: Outcome
    nature: WasteNature
    steps: tuple[Step, ...]
    leach_multiple: float | None
    radioactivity_bq_g: float | None
    unused: Mapping[Key, int]
    standards_sha256: str

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is missing, over all steps; nothing once an outcome stands."""
        if self.outcome not in {Outcome.UNDECIDED, Outcome.DOUBTFUL}:
            return ()
        return tuple(one for step in self.steps for one in step.missing)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The ids of all rows that the outcome rests on, each once."""
        rows = [row.id for step in self.steps for row in step.rows]
        limits = [check.limit.id for step in self.steps for check in step.checks]
        cited = [cite for step in self.steps for cite in step.cites]
        return tuple(dict.fromkeys([*rows, *limits, *cited]))
