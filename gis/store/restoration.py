"""Queries on restoration units, their values and after-care, and the survey's rows of mines."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.errors import NotInRegister
from gis.domain.pits.after_care import CareRecord
from gis.domain.pits.mine_record import MineRecord
from gis.domain.pits.restoration import RestorationUnit, UnitValue
from gis.domain.terms import Indicator
from gis.store import shape, sight
from gis.store.tables import (
    care_records,
    listed,
    mine_records,
    pit_surveys,
    restoration_units,
    unit_values,
)

unit = restoration_units.c


def _newest(as_of: datetime | None = None) -> sa.Select[Any]:
    """Return each unit as it stands, or stood at a moment; ended ones too."""
    query = sa.select(restoration_units)
    if as_of is not None:
        query = query.where(unit.recorded_at <= as_of)
    return query.ext(distinct_on(unit.id)).order_by(unit.id, unit.version.desc())


def units_of(
    connection: sa.Connection, code: str, as_of: datetime | None = None
) -> list[RestorationUnit]:
    """Return a site's units that stand, by name."""
    query = _newest(as_of).where(
        unit.site_code == code, sight.sites_seen(connection, unit.site_code)
    )
    found = shape.select_all(connection, RestorationUnit, query)
    return sorted((one for one in found if one.ended_at is None), key=lambda one: one.name)


def accepted_units(connection: sa.Connection, district_code: str) -> list[RestorationUnit]:
    """Return the accepted units of a district whose sites are seen: those under after-care."""
    codes = sa.select(listed.c.code).where(listed.c.district_code == district_code)
    query = _newest().where(unit.site_code.in_(codes), sight.sites_seen(connection, unit.site_code))
    found = shape.select_all(connection, RestorationUnit, query)
    return [one for one in found if one.accepted_on is not None and one.ended_at is None]


def one(connection: sa.Connection, code: str, unit_id: UUID) -> RestorationUnit:
    """Return a unit of a site that is seen; raises NotInRegister."""
    query = _newest().where(
        unit.id == unit_id,
        unit.site_code == code,
        sight.sites_seen(connection, unit.site_code),
    )
    found = shape.select_one(connection, RestorationUnit, query)
    if found is None or found.ended_at is not None:
        raise NotInRegister(id=unit_id)
    return found


def with_id(connection: sa.Connection, unit_id: UUID) -> RestorationUnit | None:
    """Return the newest version of the unit with a client's id, or None."""
    return shape.select_one(connection, RestorationUnit, _newest().where(unit.id == unit_id))


def values_of(
    connection: sa.Connection, unit_ids: Collection[UUID], as_of: datetime | None = None
) -> dict[UUID, list[UnitValue]]:
    """Return each unit's measured values, the newest day first.

    One that was taken over from a survey goes with it when the survey is withdrawn.
    """
    withdrawn = pit_surveys.c.withdrawn_at
    gone = sa.exists().where(
        pit_surveys.c.id == unit_values.c.source_id,
        withdrawn.is_not(None) if as_of is None else withdrawn <= as_of,
    )
    query = sa.select(unit_values).where(unit_values.c.unit_id.in_(list(unit_ids)), ~gone)
    if as_of is not None:
        query = query.where(unit_values.c.recorded_at <= as_of)
    query = query.order_by(unit_values.c.measured_on.desc(), unit_values.c.recorded_at.desc())
    return _by_unit(unit_ids, shape.select_all(connection, UnitValue, query))


def newest_values(values: Iterable[UnitValue]) -> dict[Indicator, UnitValue]:
    """Return the newest value of each indicator; ``values`` begin with the newest."""
    found: dict[Indicator, UnitValue] = {}
    for value in values:
        found.setdefault(value.indicator, value)
    return found


def value_with_id(connection: sa.Connection, value_id: UUID) -> UnitValue | None:
    """Return the value that was sent under a client's id, or None."""
    query = sa.select(unit_values).where(unit_values.c.id == value_id)
    return shape.select_one(connection, UnitValue, query)


def care_of(
    connection: sa.Connection, unit_ids: Collection[UUID], as_of: datetime | None = None
) -> dict[UUID, dict[tuple[str, date], CareRecord]]:
    """Return each unit's visits by duty and day; of two for one duty the newest."""
    query = sa.select(care_records).where(care_records.c.unit_id.in_(list(unit_ids)))
    if as_of is not None:
        query = query.where(care_records.c.recorded_at <= as_of)
    records = shape.select_all(connection, CareRecord, query.order_by(care_records.c.recorded_at))
    found = _by_unit(unit_ids, records)
    return {key: {(one.rule_id, one.due_on): one for one in of} for key, of in found.items()}


def care_with_id(connection: sa.Connection, record_id: UUID) -> CareRecord | None:
    """Return the visit that was sent under a client's id, or None."""
    query = sa.select(care_records).where(care_records.c.id == record_id)
    return shape.select_one(connection, CareRecord, query)


def mine_of(
    connection: sa.Connection, code: str, as_of: datetime | None = None
) -> MineRecord | None:
    """Return the survey's row of a site that is seen, now or at a moment, or None."""
    query = sa.select(mine_records).where(
        mine_records.c.site_code == code, sight.sites_seen(connection, mine_records.c.site_code)
    )
    if as_of is not None:
        query = query.where(mine_records.c.recorded_at <= as_of)
    newest = query.order_by(mine_records.c.version.desc()).limit(1)
    return shape.select_one(connection, MineRecord, newest)


def _by_unit(unit_ids: Collection[UUID], found: Iterable[Any]) -> dict[UUID, list[Any]]:
    by_unit: dict[UUID, list[Any]] = {unit_id: [] for unit_id in unit_ids}
    for one in found:
        by_unit[one.unit_id].append(one)
    return by_unit


def codes_by_patch(connection: sa.Connection, district_code: str) -> dict[str, str]:
    """Return a district's sites that are seen, by the 图斑编号 that they bear now."""
    newest = (
        sa.select(mine_records.c.site_code, mine_records.c.patch_no)
        .join(listed, listed.c.code == mine_records.c.site_code)
        .where(listed.c.district_code == district_code)
        .where(sight.sites_seen(connection, mine_records.c.site_code))
        .ext(distinct_on(mine_records.c.site_code))
        .order_by(mine_records.c.site_code, mine_records.c.version.desc())
    )
    return {row.patch_no: row.site_code for row in connection.execute(newest) if row.patch_no}
