"""Verbs on restoration: set a unit, end it, record a value, accept it, record an after-care visit.

Units hang on their site's code, so every entry speaks of the site.
"""

from dataclasses import fields
from datetime import date
from uuid import UUID

import shapely

from gis.domain.pits.after_care import CareRecord, CareSent, calendar, require_duty
from gis.domain.pits.mine_record import MineRecord, MineSent, require_codes, require_mine
from gis.domain.pits.restoration import (
    RestorationUnit,
    UnitSent,
    UnitValue,
    ValueSent,
    acceptance,
    require_accepted,
    require_figure,
    require_past,
)
from gis.domain.pits.restoration_errors import UnitAccepted, UnitOutside, UnitStale
from gis.domain.sites.errors import IdReused, ReasonMissing
from gis.domain.terms import Indicator
from gis.ledger.book import Book, Entry
from gis.rules import restoration as rules
from gis.spatial import crs
from gis.spatial.measure import require_fit
from gis.store import places, restoration, shape, sites, tables
from gis.store.register import CHINA

MOST_OUTSIDE = 0.05
"""A unit's outline is drawn again: so much of it may lie beyond the site's."""


def set_unit(
    book: Book, sent: UnitSent, seen_version: int | None = None
) -> tuple[RestorationUnit, bool]:
    """Make a unit, or change it until it is accepted; return it and whether anything changed.

    Raises NotInRegister, NoMine, TargetUnfit, UnitOutside, UnitAccepted, UnitStale, IdReused,
    GeometryInvalid, OutsideDistrict.
    """
    for name, value in sent.targets.items():
        require_figure(Indicator.of(name), value)
    with book.entry() as entry:
        site = sites.site(entry.connection, sent.site_code)
        require_mine(site.kind, site.code)
        before = restoration.with_id(entry.connection, sent.id)
        if before is not None:
            if before.site_code != sent.site_code or before.ended_at is not None:
                raise IdReused(id=sent.id)
            if UnitSent.of(before) == sent:
                return before, False
            _require_open(before)
            if seen_version is not None and seen_version != before.version:
                raise UnitStale(name=before.name, yours=seen_version, current=before.version)
        _require_inside(entry, sent)
        said = {field.name: getattr(sent, field.name) for field in fields(UnitSent)}
        after = RestorationUnit(
            **said,
            version=1 if before is None else before.version + 1,
            recorded_at=entry.now,
            recorded_by=entry.actor,
            accepted_on=None,
            ended_at=None,
            ended_reason=None,
            is_demo=site.is_demo,
        )
        _put(entry, "set_restoration_unit", before, after)
        return after, True


def end_unit(book: Book, code: str, unit_id: UUID, reason: str) -> RestorationUnit:
    """Take a unit off a site that was not accepted; raises ReasonMissing, UnitAccepted."""
    if not reason.strip():
        raise ReasonMissing()
    with book.entry() as entry:
        before = restoration.one(entry.connection, code, unit_id)
        _require_open(before)
        said = {"ended_at": entry.now, "ended_reason": reason.strip()}
        after = before.changed(entry.now, entry.actor, **said)
        _put(entry, "end_restoration_unit", before, after)
        return after


def record_value(book: Book, code: str, sent: ValueSent) -> tuple[UnitValue, bool]:
    """Keep a measured indicator; return it and whether it is new.

    Raises NotInRegister, TargetUnfit, DateInFuture, DateTooEarly, IdReused.
    """
    require_figure(sent.indicator, sent.value)
    with book.entry() as entry:
        restoration.one(entry.connection, code, sent.unit_id)
        require_past(sent.measured_on, entry.now.astimezone(CHINA).date())
        known = restoration.value_with_id(entry.connection, sent.id)
        if known is not None:
            if known.body_sha256 != sent.content_hash():
                raise IdReused(id=sent.id)
            return known, False
        value = UnitValue(
            **{field.name: getattr(sent, field.name) for field in fields(ValueSent)},
            body_sha256=sent.content_hash(),
            recorded_at=entry.now,
            recorded_by=entry.actor,
            basis=None,
            source_id=None,
            low=None,
            high=None,
            cautions=[],
        )
        shape.insert(entry.connection, tables.unit_values, [value])
        entry.log("record_unit_value", "site", code, after=value)
        return value, True


def accept_unit(book: Book, code: str, unit_id: UUID, accepted_on: date) -> RestorationUnit:
    """Accept a unit that meets every line of its table; after-care runs from that day.

    The same day again changes nothing. Raises NotInRegister, AcceptanceOpen, UnitAccepted,
    DateInFuture, DateTooEarly.
    """
    with book.entry() as entry:
        before = restoration.one(entry.connection, code, unit_id)
        if before.accepted_on == accepted_on:
            return before
        _require_open(before)
        require_past(accepted_on, entry.now.astimezone(CHINA).date())
        values = restoration.values_of(entry.connection, [unit_id])[unit_id]
        newest = restoration.newest_values(values)
        require_accepted(acceptance(before, rules.requirements(), newest))
        after = before.changed(entry.now, entry.actor, accepted_on=accepted_on)
        _put(entry, "accept_restoration_unit", before, after)
        return after


def record_care(book: Book, code: str, sent: CareSent) -> tuple[CareRecord, bool]:
    """Keep an after-care visit for one duty of one day; return it and whether it is new.

    Raises NotInRegister, CareUnknown, DateInFuture, DateTooEarly, IdReused.
    """
    with book.entry() as entry:
        unit = restoration.one(entry.connection, code, sent.unit_id)
        today = entry.now.astimezone(CHINA).date()
        require_past(sent.done_on, today)
        known = restoration.care_with_id(entry.connection, sent.id)
        if known is not None:
            if known.body_sha256 != sent.content_hash():
                raise IdReused(id=sent.id)
            return known, False
        duties = calendar(unit, unit.accepted_on, rules.duties(), {}, today)
        require_duty(duties, sent.rule_id, sent.due_on)
        record = CareRecord(
            **{field.name: getattr(sent, field.name) for field in fields(CareSent)},
            body_sha256=sent.content_hash(),
            recorded_at=entry.now,
            recorded_by=entry.actor,
        )
        shape.insert(entry.connection, tables.care_records, [record])
        entry.log("record_after_care", "site", code, after=record)
        return record, True


def set_mine(book: Book, sent: MineSent) -> tuple[MineRecord, bool]:
    """Keep the national survey's row of a mine; return it and whether anything changed.

    Raises NotInRegister, NoMine, MineCodesClash, DateInFuture, DateTooEarly.
    """
    require_codes(sent)
    with book.entry() as entry:
        site = sites.site(entry.connection, sent.site_code)
        require_mine(site.kind, site.code)
        if sent.surveyed_on is not None:
            require_past(sent.surveyed_on, entry.now.astimezone(CHINA).date())
        before = restoration.mine_of(entry.connection, site.code)
        if before is not None and before.sent() == sent:
            return before, False
        version = 1 if before is None else before.version + 1
        after = MineRecord.of(sent, version, entry.now, entry.actor)
        shape.insert(entry.connection, tables.mine_records, [after])
        entry.log("set_mine_record", "site", site.code, before=before, after=after)
        return after, True


def _put(entry: Entry, verb: str, before: RestorationUnit | None, after: RestorationUnit) -> None:
    shape.insert(entry.connection, tables.restoration_units, [after])
    entry.log(verb, "site", after.site_code, before=before, after=after)


def _require_open(unit: RestorationUnit) -> None:
    if unit.accepted_on is not None:
        raise UnitAccepted(name=unit.name, day=unit.accepted_on)


def _require_inside(entry: Entry, sent: UnitSent) -> None:
    """Refuse a part that lies outside its site by more than a drawing error."""
    if sent.outline is None:
        return
    site = sites.site(entry.connection, sent.site_code)
    district = places.district(entry.connection, site.district_code)
    part = crs.to_metric(require_fit(sent.outline, sent.name, district), district.metric_epsg)
    whole = crs.to_metric(site.outline, district.metric_epsg)
    outside = shapely.difference(part, whole).area / part.area if part.area else 1.0
    if outside > MOST_OUTSIDE:
        raise UnitOutside(name=sent.name, percent=round(outside * 100))
