"""Draws, plans and custody as both doors show them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import shapely
import sqlalchemy as sa

from api import wire
from gis.domain.errors import NotInRegister
from gis.domain.grading.rule_row import READ
from gis.domain.sampling.custody import CustodyEvent
from gis.domain.sampling.rules import SamplingRule
from gis.domain.sampling.sampling_plan import Increment, SamplingPlan, state_of
from gis.domain.sampling.site_selection import SelectionAsked, SiteSelection, select
from gis.domain.terms import CustodyStep, WhySampled
from gis.exports.field_sheet import FieldSheet
from gis.ledger import rules as checks
from gis.rules import sampling as rules
from gis.spatial.cells import cut
from gis.store import places, sampling, sites

PLAN = (
    *("code", "site_code", "number", "planned_at", "planned_by", "waste_kind", "mass_t"),
    *("mass_basis", "height_m", "grain_cm", "increment_mass_g", "n_table", "n_planned"),
    *("reduction", "reduction_reason", "layers", "cells", "cell_area_m2", "seed", "cost_yuan"),
    *("days", "note", "is_demo", "is_strict", "ended_at", "ended_by", "ended_reason"),
)
SELECTION = (
    *("id", "district_code", "made_at", "made_by", "by", "size_by", "size", "allocation", "seed"),
    *("population", "cost_yuan", "days", "unsized"),
)
EVENT = (
    *("step", "at", "by", "lon", "lat", "accuracy_m", "off_m", "party", "seal_is_whole"),
    *("reason", "note", "recorded_at", "recorded_by"),
)


def rule(row: SamplingRule, ticked: Collection[str]) -> dict[str, Any]:
    """Return a rule's row with its clause, and whether it was compared with the text."""
    return {
        "is_checked": row.certainty == READ or row.id in ticked,
        **{name: getattr(row, name) for name in SamplingRule.__dataclass_fields__},
        "kind": row.kind.value,
    }


def all_rules(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return every number that sampling goes by."""
    ticked = checks.ticked_ids(connection)
    return [rule(row, ticked) for row in rules.current().rows]


def selection(one: SiteSelection) -> dict[str, Any]:
    """Return a draw with its strata and the sites drawn."""
    return {**selection_item(one), "strata": one.strata, "picks": one.picks}


def selection_item(one: SiteSelection) -> dict[str, Any]:
    """Return a draw as lists show it."""
    return {**{name: getattr(one, name) for name in SELECTION}, "drawn": len(one.picks)}


def one_selection(connection: sa.Connection, selection_id: UUID) -> dict[str, Any]:
    """Return a draw that was kept; raises NotInRegister."""
    one = sampling.selection(connection, selection_id)
    if one is None:
        raise NotInRegister(id=selection_id)
    return selection(one)


def strata(connection: sa.Connection, asked: SelectionAsked) -> dict[str, Any]:
    """Return what a draw would give, without keeping it; raises DistrictUnknown, NobodyToSelect."""
    places.district(connection, asked.district_code)
    found = sampling.selectable(connection, asked.district_code)
    drawn = select(asked, found, rules.current())
    plain = ("population", "strata", "cost_yuan", "days", "unsized")
    return {name: getattr(drawn, name) for name in plain}


def plan_item(
    plan: SamplingPlan, reached: dict[CustodyStep, int], site_name: str
) -> dict[str, Any]:
    """Return a plan with how far its samples have come."""
    return {
        **{name: getattr(plan, name) for name in PLAN},
        "site_name": site_name,
        "state": state_of(plan, reached).value,
        "reached": {step.value: reached.get(step, 0) for step in CustodyStep},
    }


def plans(
    connection: sa.Connection, district: str, limit: int, after: str | None
) -> dict[str, Any]:
    """Return a page of a district's plans."""
    places.district(connection, district)
    found = sampling.plans_page(connection, district, limit=limit, after=after)
    reached = sampling.progress(connection, [plan.code for plan in found.items])
    names = sampling.site_names(connection, [plan.site_code for plan in found.items])
    return wire.page(found, lambda plan: plan_item(plan, reached[plan.code], names[plan.site_code]))


def plan(connection: sa.Connection, code: str) -> dict[str, Any]:
    """Return a plan with the rules it rests on, its outline, increments and their custody."""
    one = sampling.plan(connection, code)
    increments = sampling.increments(connection, code)
    custody = sampling.custody(connection, [increment.code for increment in increments])
    reached = sampling.progress(connection, [code])[code]
    name = sites.site(connection, one.site_code).name
    return {
        **plan_item(one, reached, name),
        "outline": wire.geojson(one.outline),
        "rests_on": [row for row in all_rules(connection) if row["id"] in one.rests_on],
        "is_by_current_rules": one.rules_sha256 == rules.current().sha256,
        "increments": [_increment(item, custody.get(item.code, [])) for item in increments],
    }


def _increment(one: Increment, chain: list[CustodyEvent]) -> dict[str, Any]:
    plain = ("code", "number", "cell", "layer", "depth_from_m", "depth_to_m", "lon", "lat")
    return {
        **{name: getattr(one, name) for name in plain},
        "custody": [event(item) for item in chain],
    }


def event(one: CustodyEvent) -> dict[str, Any]:
    """Return one step of an increment."""
    return {"code": one.increment_code, **{name: getattr(one, name) for name in EVENT}}


def cells(connection: sa.Connection, code: str) -> dict[str, Any]:
    """Return a plan's cells as GeoJSON: number, and which increment was drawn in each."""
    one = sampling.plan(connection, code)
    site = sites.site(connection, one.site_code)
    epsg = places.district(connection, site.district_code).metric_epsg
    drawn = {item.cell: item.number for item in sampling.increments(connection, code)}
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"cell": cell.number, "increment": drawn.get(cell.number)},
                "geometry": shapely.geometry.mapping(
                    shapely.set_precision(cell.outline, 1e-7, mode="pointwise")
                ),
            }
            for cell in cut(one.outline, one.cells, epsg)
        ],
    }


def field_sheet(connection: sa.Connection, code: str) -> FieldSheet:
    """Return a plan with all that its field sheet and labels say; raises NotInRegister."""
    one = sampling.plan(connection, code)
    increments = sampling.increments(connection, code)
    return FieldSheet(
        plan=one,
        site=sites.site(connection, one.site_code),
        increments=increments,
        custody=sampling.custody(connection, [item.code for item in increments]),
        rules=rules.current(),
        ticked=frozenset(checks.ticked_ids(connection)),
    )


def why(reasons: list[str]) -> list[str]:
    """Return the reasons why a site is sampled, in Chinese."""
    return [WhySampled.of(reason).zh for reason in reasons]
