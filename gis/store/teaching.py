"""Queries for active learning: which candidates wait, and which were checked, as figures."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.teaching import MOST_COMPARED, Described, Lesson, figures_of, pick
from gis.store import shown, sight
from gis.store.field_work import held
from gis.store.tables import candidates, field_checks, sightings

MOST_WAITING = 3_000
"""So many candidates nearest to doubt are compared: with more the rest are sure, and alike."""


def lessons(
    connection: sa.Connection, district_code: str, number: int, without: Collection[UUID] = ()
) -> list[Lesson]:
    """Return up to ``number`` candidates, by id, whose checks would teach the next model most.

    They wait for a check, nobody holds them, and they are not among ``without``.
    """
    one = candidates.c
    holder = held(district_code)
    is_held = sa.select(holder.c.place).where(holder.c.candidate_id == one.id).exists()
    waiting = (
        _described(district_code)
        .where(sight.candidates_seen(connection), shown.waits(), ~is_held)
        .where(one.id != sa.all_(sa.literal(list(without), sa.ARRAY(sa.UUID))))
        .order_by(sa.func.abs(one.confidence - 0.5), one.id)
        .limit(MOST_WAITING)
    )
    found_at = (
        sa.select(sa.func.max(field_checks.c.found_at))
        .where(field_checks.c.candidate_id == one.id)
        .scalar_subquery()
    )
    checked = (
        _described(district_code)
        .where(sight.candidates_seen(connection), found_at.is_not(None), ~shown.waits())
        .order_by(found_at.desc(), one.id)
        .limit(MOST_COMPARED)
    )
    open_ = connection.execute(waiting).mappings().all()
    done = connection.execute(checked).mappings().all()[::-1]
    read = _reader([*open_, *done])
    return pick([read(row) for row in open_], [read(row) for row in done], number)


def _described(district_code: str) -> sa.Select[Any]:
    """Return candidates with what detection said of each when it saw it last."""
    one, seen = candidates.c, sightings.c
    facts = (
        sa.select(seen.facts)
        .where(seen.candidate_id == one.id)
        .order_by(seen.acquired_on.desc().nulls_last(), seen.id)
        .limit(1)
        .scalar_subquery()
    )
    plain = (one.id, one.confidence, one.area_m2, one.perimeter_m, one.class_name)
    return sa.select(*plain, facts.label("facts")).where(one.district_code == district_code)


def _reader(rows: Sequence[Mapping[Any, Any]]) -> Any:
    """Return what makes a row a place with figures: those that every row has a number for."""
    names = sorted({row["class_name"] for row in rows})
    classes = {name: place for place, name in enumerate(names)}
    shared = [_numbers(row["facts"]) for row in rows]
    common = sorted(set.intersection(*map(set, shared))) if shared else []

    def read(row: Mapping[Any, Any]) -> Described:
        plain = (row["confidence"], row["area_m2"], row["perimeter_m"], row["class_name"])
        more = _numbers(row["facts"])
        figures = (*figures_of(*plain, classes), *(more[name] for name in common))
        return Described(str(row["id"]), row["confidence"], figures)

    return read


def _numbers(facts: Mapping[str, Any] | None) -> dict[str, float]:
    return {
        name: float(value)
        for name, value in (facts or {}).items()
        if name != "pixels"  # the area says it
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
