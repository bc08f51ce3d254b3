"""A mine's pit, its restoration units and after-care, as both doors show them."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from api import wire, wire_pit
from gis.domain.grading.rule_row import READ
from gis.domain.pits.after_care import CareDue, CareRecord, calendar
from gis.domain.pits.mine_record import MineRecord
from gis.domain.pits.offer_words import caution
from gis.domain.pits.offered import Offer
from gis.domain.pits.restoration import UNITS, Judged, RestorationUnit, UnitValue, acceptance
from gis.domain.pits.survey import PITS
from gis.domain.terms import DeadlineState, Fulfilment
from gis.ledger import offers
from gis.ledger import rules as checks
from gis.rules import restoration as rules
from gis.store import pit_surveys, places, register, restoration, sites
from gis.store.register import CHINA

RULE = ("id", "standard", "clause", "certainty", "source")
OFFERED = ("source_id", "source", "measured_on", "value")
OPEN = {DeadlineState.RED, DeadlineState.AMBER}


def of_site(connection: sa.Connection, code: str, as_of: date | None = None) -> dict[str, Any]:
    """Return everything of a site's pit and its restoration, now or at the end of a day.

    Raises NotInRegister.
    """
    site = sites.site(connection, code)
    moment = None if as_of is None else register.end_of(as_of)
    today = as_of or datetime.now(UTC).astimezone(CHINA).date()
    units = restoration.units_of(connection, code, moment)
    ids = [one.id for one in units]
    values = restoration.values_of(connection, ids, moment)
    care = restoration.care_of(connection, ids, moment)
    ticked = checks.ticked_ids(connection)
    mine = restoration.mine_of(connection, code, moment)
    known = offers.known_of(connection, site) if as_of is None and units else None
    seen = {one.id: offers.offered(one, known, today) if known else () for one in units}
    return {
        "is_pit": site.kind in PITS,
        "surveys": [wire_pit.survey(one) for one in pit_surveys.of_site(connection, code, moment)],
        "units": [
            unit(one, values[one.id], care[one.id], seen[one.id], ticked, today) for one in units
        ],
        "mine": None if mine is None else mine_record(mine),
    }


def unit(
    one: RestorationUnit,
    values: list[UnitValue],
    records: dict[tuple[str, date], CareRecord],
    offered: Sequence[Offer],
    ticked: Collection[str],
    today: date,
) -> dict[str, Any]:
    """Return a unit with its acceptance table, what is offered for it, and its after-care."""
    table = acceptance(one, rules.requirements(), restoration.newest_values(values))
    duties = calendar(one, one.accepted_on, rules.duties(), records, today)
    plain = (
        *("id", "version", "name", "direction", "land_aim", "area_ha", "has_waste", "measures"),
        *("targets", "accepted_on", "recorded_at", "recorded_by", "is_demo"),
    )
    return {
        **{name: getattr(one, name) for name in plain},
        "outline": None if one.outline is None else wire.geojson(one.outline),
        "table": [line(judged, offered, ticked) for judged in table],
        "is_ready": bool(table) and all(one.state is Fulfilment.MET for one in table),
        "care": [duty(due, ticked) for due in duties],
    }


def line(judged: Judged, offered: Sequence[Offer], ticked: Collection[str]) -> dict[str, Any]:
    """Return one line of the acceptance table, with its clause and whether it was compared.

    What is offered for it comes with it, but for what was taken over already.
    """
    rule, value = judged.requirement, judged.measured
    zh, en = UNITS[rule.indicator]
    held = None if value is None else value.source_id
    return {
        "indicator": rule.indicator,
        "unit_zh": zh,
        "unit_en": en,
        "is_most": rule.is_most,
        "required": judged.required,
        "is_from_plan": rule.value is None,
        "state": judged.state,
        "value": None if value is None else value.value,
        "measured_on": None if value is None else value.measured_on,
        "source": None if value is None else value.source,
        "recorded_by": None if value is None else value.recorded_by,
        **_sureness(judged, value),
        "offers": [
            {
                **{name: getattr(one, name) for name in OFFERED},
                "is_older": one.is_older(value),
                **_sureness(judged, one),
            }
            for one in offered
            if one.indicator is rule.indicator and one.source_id != held
        ],
        "rule": _rule(rule, ticked),
    }


def _sureness(judged: Judged, value: UnitValue | Offer | None) -> dict[str, Any]:
    """Return where a value comes from, its interval, and what to bear in mind of it."""
    low, high = (None, None) if value is None else (value.low, value.high)
    words = [] if value is None else [(row["code"], *caution(row)) for row in value.cautions]
    return {
        "basis": None if value is None else value.basis,
        "low": low,
        "high": high,
        "is_open": judged.is_open(low, high),
        "cautions": [{"code": code, "text_zh": zh, "text_en": en} for code, zh, en in words],
    }


def duty(due: CareDue, ticked: Collection[str]) -> dict[str, Any]:
    """Return one duty of one day, with the visit that answered it."""
    record = due.record
    return {
        "due_on": due.due_on,
        "state": due.state,
        "done_on": None if record is None else record.done_on,
        "result": None if record is None else record.result,
        "finding": None if record is None else record.finding,
        "recorded_by": None if record is None else record.recorded_by,
        "rule": _rule(due.rule, ticked),
    }


def mine_record(one: MineRecord) -> dict[str, Any]:
    """Return the national survey's row of a mine."""
    return {field.name: getattr(one, field.name) for field in fields(MineRecord)}


def due(connection: sa.Connection, district_code: str) -> list[dict[str, Any]]:
    """Return a district's duties that are overdue or near, and visits that found a fault.

    The earliest day comes first. Raises DistrictUnknown.
    """
    places.district(connection, district_code)
    today = datetime.now(UTC).astimezone(CHINA).date()
    units = restoration.accepted_units(connection, district_code)
    care = restoration.care_of(connection, [one.id for one in units])
    ticked = checks.ticked_ids(connection)
    found = []
    for one in units:
        for item in calendar(one, one.accepted_on, rules.duties(), care[one.id], today):
            if item.state in OPEN:
                about = {"site_code": one.site_code, "unit_id": one.id, "unit": one.name}
                found.append(about | duty(item, ticked))
    return sorted(found, key=lambda item: (item["due_on"], item["site_code"]))


def _rule(rule: Any, ticked: Collection[str]) -> dict[str, Any]:
    return {
        "text_zh": rule.zh,
        "text_en": rule.en,
        "is_checked": rule.certainty == READ or rule.id in ticked,
        **{name: getattr(rule, name) for name in RULE},
    }
