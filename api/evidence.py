"""Laboratory results, findings and conclusions as the JSON that pages read."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.identification import as_record
from gis.domain.identification.conclusion import Conclusion, ConclusionSent
from gis.domain.sampling.lab_batch import LabBatch
from gis.domain.sampling.lab_result import LabResult
from gis.domain.sampling.sampling_plan import SamplingPlan, state_of
from gis.domain.terms import Comparison, ConclusionBasis, WasteNature
from gis.ledger import rules
from gis.ledger.book import utc_now
from gis.ledger.identification import finding_of
from gis.rules import standards
from gis.store import identification, register, sampling, sites

SIGNS = {
    Comparison.ABOVE: "> ",
    Comparison.AT_LEAST: "≥ ",
    Comparison.BELOW: "< ",
    Comparison.AT_MOST: "≤ ",
}


def checked_rows(connection: sa.Connection) -> set[str]:
    """Return the ids of the rules' rows that were compared with the standards' texts."""
    return rules.ticked_ids(connection)


def batch(one: LabBatch) -> dict[str, Any]:
    """Return a batch of results."""
    plain = (
        *("id", "recorded_at", "recorded_by", "plan_code", "file_name", "file_sha256", "rows"),
        *("results", "withdrawn_at", "withdrawn_by", "withdrawn_reason"),
    )
    return {name: getattr(one, name) for name in plain}


def conclusion(one: Conclusion, checked: Collection[str]) -> dict[str, Any]:
    """Return a conclusion with its finding and signatures."""
    plain = (
        *("id", "version", "site_code", "plan_code", "state", "basis", "nature", "waste_class"),
        *("concluded_on", "leach_multiple", "radioactivity_bq_g", "laboratory", "report_no"),
        *("reason", "is_solid_waste", "is_listed", "hw_code", "excluded", "unchecked"),
        *("proposed_by", "signed_by", "signed_at", "reviewed_by", "reviewed_at"),
        *("review_comment", "superseded_by", "recorded_at", "is_demo"),
    )
    found = None if one.finding is None else finding(one.finding, checked)
    return {**{name: getattr(one, name) for name in plain}, "finding": found}


def finding(record: dict[str, Any], checked: Collection[str]) -> dict[str, Any]:
    """Return a finding's record, each row with whether it was compared with the text."""

    def marked(row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "is_checked": row["id"] in checked}

    steps = [
        {
            **step,
            "rows": [marked(row) for row in step["rows"]],
            "checks": [{**check, "row": marked(check["row"])} for check in step["checks"]],
        }
        for step in record["steps"]
    ]
    return {**record, "steps": steps, "rows": [marked(row) for row in record["rows"]]}


def results(connection: sa.Connection, site_code: str, plan_code: str | None) -> dict[str, Any]:
    """Return a site's plans, and of one (the newest unless named) its results and their finding.

    Raises NotInRegister.
    """
    row = sites.site(connection, site_code)
    plans = sampling.plans_of(connection, site_code)
    plan = _chosen(plans, plan_code)
    checked = checked_rows(connection)
    graded = register.one(connection, utc_now(), site_code)
    drawn = identification.conclusions_of(connection, site_code)
    found: list[LabResult] = []
    record: dict[str, Any] | None = None
    if plan is not None:
        found = identification.results_of(connection, plan.code)
        identified = finding_of(connection, row, _asked(plan, drawn))
        record = finding(as_record(identified, standards.current()), checked)
    progress = sampling.progress(connection, [one.code for one in plans])
    return {
        "site": {
            **{name: graded[name] for name in ("code", "name", "waste_class", "nature", "grade")},
            "mass_t": graded["mass_t"],
            "provisional": graded["is_provisional"],
            "is_demo": graded["is_demo"],
        },
        "plans": [
            {
                **{name: getattr(one, name) for name in ("code", "n_planned", "n_table")},
                "state": state_of(one, progress[one.code]).value,
            }
            for one in plans
        ],
        "plan": None if plan is None else {"code": plan.code, "n_planned": plan.n_planned},
        "batches": []
        if plan is None
        else [batch(one) for one in identification.batches_of_plan(connection, plan.code)],
        "samples": len({one.increment_code for one in found}),
        "analytes": analytes(found, record),
        "finding": record,
        "conclusions": [conclusion(one, checked) for one in drawn],
    }


def _chosen(plans: list[SamplingPlan], code: str | None) -> SamplingPlan | None:
    named = [one for one in plans if one.code == code]
    if code is not None and not named:
        raise NotInRegister(id=code)
    open_ = [one for one in plans if one.ended_at is None]
    fitting = named or open_ or plans
    return fitting[-1] if fitting else None


def _asked(plan: SamplingPlan, drawn: Iterable[Conclusion]) -> ConclusionSent:
    """Return the question as it was last put for this plan; at first nothing is stated."""
    asked = replace(NOTHING_STATED, site_code=plan.site_code, plan_code=plan.code)
    last = next((one for one in drawn if one.plan_code == plan.code), None)
    if last is None:
        return asked
    stated = ("waste_class", "is_solid_waste", "is_listed", "hw_code", "excluded")
    return replace(asked, **{name: getattr(last, name) for name in stated})


NOTHING_STATED = ConclusionSent(
    id=UUID(int=0),
    site_code="",
    plan_code=None,
    basis=ConclusionBasis.IDENTIFICATION,
    nature=WasteNature.UNIDENTIFIED,
    waste_class=None,
    concluded_on=None,
    leach_multiple=None,
    radioactivity_bq_g=None,
    laboratory=None,
    report_no=None,
    reason="",
    is_solid_waste=None,
    is_listed=None,
    hw_code=None,
    excluded=[],
)


def analytes(found: Iterable[LabResult], record: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return the results by analyte, quantity and leaching method, each with its limits."""
    checks: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for step in (record or {"steps": []})["steps"]:
        for check in step["checks"]:
            key = (check["analyte"], check["quantity"], check["leach_method"])
            checks.setdefault(key, []).append(_limit(check))
    groups: dict[tuple[Any, ...], list[LabResult]] = {}
    for one in found:
        leach = None if one.leach_method is None else one.leach_method.value
        groups.setdefault((one.analyte, one.quantity.value, leach), []).append(one)
    known = standards.current().analytes
    return [
        {
            "analyte": key[0],
            "quantity": key[1],
            "leach_method": key[2],
            "name_zh": known[key[0]].zh,
            "name_en": known[key[0]].en,
            "n": len(mine),
            "n_below": sum(one.is_below_detection for one in mine),
            "highest": max((one.value for one in mine if one.value is not None), default=None),
            "unit": mine[0].unit,
            "limits": checks.get(key, []),
        }
        for key, mine in groups.items()
    ]


def _limit(check: dict[str, Any]) -> dict[str, Any]:
    comparison = Comparison.of(check["comparison"])
    said = SIGNS.get(comparison, "")
    number = f"{check['limit']:.10g}"
    return {
        "text_zh": f"{said}{number}" if said else comparison.zh,
        "text_en": f"{said}{number}" if said else comparison.en,
        "unit": check["unit"] if said else "",
        "n_over": len(check["over"]),
        "needed": check["needed"],
        "row": check["row"],
    }
