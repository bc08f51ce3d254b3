"""The questions of GB 5085.7 and GB 18599 that results answer: a gate, six hazards, the class."""

from dataclasses import replace

from gis.domain.identification import words
from gis.domain.identification.counting import check, due
from gis.domain.identification.evidence import Evidence
from gis.domain.identification.finding import Check, Lack, Missing, Step
from gis.domain.identification.measured import Measured
from gis.domain.identification.standards import RequiredTest, Row, Standards
from gis.domain.terms import IdentificationStep, StepVerdict

HIGHEST_NUCLIDE = "uth_nuclide"
"""The analyte of a report that names only the highest nuclide of the U and Th series."""

Asked = tuple[Check, RequiredTest | None]

BY_STATEMENT = {
    IdentificationStep.TOXIC_CONTENT,
    IdentificationStep.IGNITABILITY,
    IdentificationStep.REACTIVITY,
    IdentificationStep.ACUTE_TOXICITY,
}
"""Characteristics that are usually excluded by the waste's origin, seldom by testing all of it."""


def held_against_limits(
    step: IdentificationStep,
    evidence: Evidence,
    measured: Measured,
    standards: Standards,
    *,
    is_waived: bool = False,
) -> list[Asked]:
    """Return the checks of a question: of what was measured, and of what has to be."""
    rows = () if is_waived else standards.required_of(step, evidence.waste_class)
    required = {row.analyte: row for row in rows}
    count = standards.count(step, evidence.n)
    return [
        (check(limit, evidence, measured, count, demanded), demanded)
        for limit in standards.limits_of(step)
        if (demanded := required.get(limit.analyte)) is not None or measured.of(limit)
    ]


def answer(
    step: IdentificationStep,
    evidence: Evidence,
    standards: Standards,
    asked: list[Asked],
    clauses: tuple[Row, ...],
) -> Step:
    """Return a question's answer: it holds, is open, in doubt or excluded, in that order."""
    checks = tuple(one for one, _ in asked)
    count = standards.count(step, evidence.n)
    demanded = tuple(row for _, row in asked if row is not None)
    told = Step(step, StepVerdict.EXCLUDED, *words.excluded(checks), checks=checks)
    told = replace(told, rows=tuple(dict.fromkeys((*clauses, count, *demanded))))
    by = {verdict: [one for one in checks if one.verdict is verdict] for verdict in StepVerdict}
    if by[StepVerdict.HOLDS]:
        worst = max(by[StepVerdict.HOLDS], key=lambda one: len(one.over))
        strict = evidence.is_strict and step.is_hazard
        clause = f"{count.standard} {'7.3' if strict else count.clause}"
        return _told(told, StepVerdict.HOLDS, words.established(worst, clause))
    if by[StepVerdict.OPEN]:
        lacks = words.lacking([a for a in asked if a[0].verdict is StepVerdict.OPEN], standards)
        said = ("资料不足，不能排除", "not enough is known to exclude it")
        return replace(_told(told, StepVerdict.OPEN, said), missing=tuple(lacks))
    if by[StepVerdict.DOUBTFUL]:
        return _doubted(told, words.in_doubt(by[StepVerdict.DOUBTFUL][0]))
    over = {increment for one in checks for increment in one.over}
    if step.is_hazard and len(over) >= min((one.needed for one in checks), default=1):
        return _doubted(told, words.together(len(over), checks[0].needed))
    return told


def _told(step: Step, verdict: StepVerdict, said: words.Said) -> Step:
    return replace(step, verdict=verdict, zh=said[0], en=said[1])


def _doubted(step: Step, said: words.Said) -> Step:
    named = {"step_zh": step.step.zh, "step_en": step.step.en}
    lack = Missing(Lack.IN_DOUBT, {**named, "why_zh": said[0], "why_en": said[1]})
    return replace(_told(step, StepVerdict.DOUBTFUL, said), missing=(lack,))


def radioactivity(evidence: Evidence, measured: Measured, standards: Standards) -> Step:
    """Ask whether any single nuclide of the U and Th series passes the limit.

    A survey's highest activity, or results for the highest nuclide, stand for the single nuclides.
    """
    step = IdentificationStep.RADIOACTIVITY
    limits = standards.limits_of(step)
    surveyed = evidence.radioactivity_bq_g
    rows = standards.required_of(step, evidence.waste_class)
    clauses = (standards.clauses["GB5085.7-1"], standards.clauses["GB5085.7-5.3"])
    highest = next(limit for limit in limits if limit.analyte == HIGHEST_NUCLIDE)
    if surveyed is not None and highest.is_over(surveyed, surveyed):
        return Step(
            step,
            StepVerdict.HOLDS,
            f"调查测得的单核素活度最高为 {surveyed:g} Bq/g，超过 {highest.value:g} Bq/g",
            f"the survey's highest single-nuclide activity is {surveyed:g} Bq/g, "
            f"above {highest.value:g} Bq/g",
            rows=(*clauses, highest),
        )
    is_known = surveyed is not None or any(
        len(measured.of(highest)) >= due(row, evidence.n) for row in rows
    )
    asked = held_against_limits(step, evidence, measured, standards, is_waived=is_known)
    told = answer(step, evidence, standards, asked, clauses)
    if told.verdict is not StepVerdict.EXCLUDED:
        return told
    skipped = standards.dispensation(step, evidence.waste_class)
    if surveyed is not None:
        said = (
            f"调查测得的单核素活度最高为 {surveyed:g} Bq/g，不超过 {highest.value:g} Bq/g",
            f"the survey's highest single-nuclide activity is {surveyed:g} Bq/g, "
            f"not above {highest.value:g} Bq/g",
        )
        return replace(_told(told, StepVerdict.EXCLUDED, said), rows=(*told.rows, highest))
    return _skipped(told, skipped) if skipped is not None and not asked else told


def _skipped(told: Step, row: RequiredTest) -> Step:
    said = (row.source, "this class of waste is not expected to show it, as this project proposes")
    return replace(_told(told, StepVerdict.NOT_CALLED_FOR, said), rows=(row,))


def hazard(
    step: IdentificationStep, evidence: Evidence, measured: Measured, standards: Standards
) -> Step:
    """Ask for one characteristic of GB 5085.1 to .6; whoever knows the origin may exclude it."""
    is_excluded = step in evidence.excluded
    asked = held_against_limits(step, evidence, measured, standards, is_waived=is_excluded)
    rules = ("GB5085.7-4-3", "HJ298-6", "HJ298-7.1")
    clauses = [standards.clauses[one] for one in rules]
    if evidence.is_strict:
        clauses[2] = standards.clauses["HJ298-7.3"]
    elif evidence.n != standards.count(step, evidence.n).n:
        clauses.append(standards.clauses["HJ298-7.2"])
    told = answer(step, evidence, standards, asked, tuple(clauses))
    if told.verdict is StepVerdict.EXCLUDED:
        if is_excluded:
            said = ("按来源说明排除", "excluded by what is stated of its origin")
            return _told(told, StepVerdict.EXCLUDED, said)
        skipped = standards.dispensation(step, evidence.waste_class)
        return _skipped(told, skipped) if skipped is not None and not asked else told
    if (
        told.verdict is StepVerdict.OPEN
        and step in BY_STATEMENT
        and not any(one.tested for one in told.checks)
    ):
        lack = Missing(Lack.NOT_EXCLUDED, {"step_zh": step.zh, "step_en": step.en})
        return replace(told, missing=(lack,))
    return told


def class_i_or_ii(evidence: Evidence, measured: Measured, standards: Standards) -> Step:
    """Ask whether it is class II (it holds) or class I (excluded), where GB 18599 divides it."""
    step = IdentificationStep.CLASS
    row = standards.classes[evidence.waste_class]
    if not row.is_divided:
        said = (
            f"{row.zh}不按 GB 18599 划分第Ⅰ、Ⅱ类",
            f"GB 18599 has no classes for {row.en.lower()}",
        )
        return Step(step, StepVerdict.NOT_CALLED_FOR, *said, rows=(row,))
    asked = held_against_limits(step, evidence, measured, standards)
    clauses = (standards.clauses["GB18599-3.6"], standards.clauses["GB18599-3.7"])
    return answer(step, evidence, standards, asked, clauses)
