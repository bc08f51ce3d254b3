"""A finding as plain data, for the ledger and for pages: words in both languages, rows by id."""

from typing import Any

from gis.domain.identification.finding import Check, Finding, Missing, Step
from gis.domain.identification.standards import Row, Standards
from gis.domain.terms import IdentificationStep, Outcome, StepVerdict, Term

CLASS = IdentificationStep.CLASS
CLASSES: dict[StepVerdict, Term] = {
    StepVerdict.HOLDS: Outcome.CLASS_II,
    StepVerdict.EXCLUDED: Outcome.CLASS_I,
}
"""What the answers to the last question are called."""


def as_record(finding: Finding, standards: Standards) -> dict[str, Any]:
    """Return a finding as JSON can hold it; nothing in it needs the standards any more."""
    rows = {row.id: row for step in finding.steps for row in _rows(step)}
    cited = [cite for step in finding.steps for cite in step.cites]
    return {
        "outcome": finding.outcome.value,
        "outcome_words": {"name_zh": finding.outcome.zh, "name_en": finding.outcome.en},
        "nature": finding.nature.value,
        "leach_multiple": finding.leach_multiple,
        "radioactivity_bq_g": finding.radioactivity_bq_g,
        "missing": [_missing(one) for one in finding.missing],
        "steps": [_step(one, standards) for one in finding.steps],
        "rows": [_row(row) for row in rows.values()],
        "cites": cited,
        "rests_on": list(finding.rests_on),
        "unused": [
            {
                "name_zh": standards.analytes[analyte].zh if analyte in standards.analytes else "",
                "name_en": standards.analytes[analyte].en if analyte in standards.analytes else "",
                "analyte": analyte,
                "quantity": quantity.value,
                "leach_method": leach.value if leach else None,
                "count": count,
            }
            for (analyte, quantity, leach), count in finding.unused.items()
        ],
        "standards_sha256": finding.standards_sha256,
    }


def _rows(step: Step) -> list[Row]:
    return [*step.rows, *(one.limit for one in step.checks)]


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "standard": row.standard,
        "clause": row.clause,
        "text_zh": row.zh,
        "text_en": row.en,
        "certainty": row.certainty,
    }


def _missing(one: Missing) -> dict[str, Any]:
    return {"lack": one.lack.value, "text_zh": one.zh, "text_en": one.en}


def _step(one: Step, standards: Standards) -> dict[str, Any]:
    """Return a step; its rows are those it rests on, the limits that were passed among them."""
    over = [check.limit for check in one.checks if check.over]
    verdict = CLASSES.get(one.verdict, one.verdict) if one.step is CLASS else one.verdict
    return {
        "step": one.step.value,
        "name_zh": one.step.zh,
        "name_en": one.step.en,
        "outcome": one.verdict.value,
        "outcome_words": {"name_zh": verdict.zh, "name_en": verdict.en},
        "text_zh": f"{one.step.zh}：{verdict.zh}。{one.zh}。",
        "text_en": f"{one.step.en}: {verdict.en}; {one.en}.",
        "rows": [_row(row) for row in dict.fromkeys((*one.rows, *over))],
        "checks": [_check(check, standards) for check in one.checks],
        "missing": [_missing(lack) for lack in one.missing],
    }


def _check(one: Check, standards: Standards) -> dict[str, Any]:
    analyte = standards.analytes[one.limit.analyte]
    return {
        "row": _row(one.limit),
        "analyte": analyte.id,
        "name_zh": analyte.zh,
        "name_en": analyte.en,
        "quantity": one.limit.quantity.value,
        "leach_method": one.limit.leach_method.value if one.limit.leach_method else None,
        "comparison": one.limit.comparison.value,
        "limit": one.limit.value,
        "unit": one.limit.unit,
        "is_required": one.is_required,
        "n": one.n,
        "tested": one.tested,
        "unclear": one.unclear,
        "n_over": len(one.over),
        "over": list(one.over),
        "needed": one.needed,
        "highest": one.highest,
        "multiple": one.multiple,
        "verdict": one.verdict.value,
    }
