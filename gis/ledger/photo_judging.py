"""Holds photographs against their checks: as each comes, and again when its check comes later."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from gis.domain.checks.field_check import FieldCheck
from gis.domain.photos.judgement import Likeness, PhotoLimits, Seen, Visit, judge
from gis.domain.photos.photo import Photo
from gis.domain.photos.picture_record import PictureRecord, record_of
from gis.domain.terms import PhotoState
from gis.ledger.book import Entry
from gis.rules import photo_limits
from gis.spatial import looking
from gis.store import checks, photos, shape, tables


def judgement_of(connection: sa.Connection, one: Photo, look: int | None) -> dict[str, Any]:
    """Return what is to be said of a received photograph, as far as its check is known."""
    return _judged(connection, one, look, checks.filed(connection, one.check_id))


def judge_photos_of(entry: Entry, check: FieldCheck) -> None:
    """Judge the photographs of a check anew that came before it."""
    for before in photos.of_checks(entry.connection, [check.id])[check.id]:
        if before.state is PhotoState.WAITING:
            continue
        look = photos.look(entry.connection, before.id)
        judgement = _judged(entry.connection, before, look, check)
        if judgement != before.judgement:
            after = replace(before, judgement=judgement)
            shape.replace(entry.connection, tables.photos, after)
            entry.log("judge_photo", "photo", after.id, before=before, after=after)


def _judged(
    connection: sa.Connection, one: Photo, look: int | None, check: FieldCheck | None
) -> dict[str, Any]:
    limits = photo_limits.current()
    alike = tuple(
        Likeness(other.id, other.check_id == one.check_id, other.is_same_file)
        for other in photos.alike(connection, one, look)
    )
    return judge(_seen(one, check, alike, limits), limits)


def _seen(
    one: Photo, check: FieldCheck | None, alike: tuple[Likeness, ...], limits: PhotoLimits
) -> Seen:
    record, fix = record_of(one.record), one.fix or {}
    place, source = _position(record, fix)
    bearing = _bearing(one, record, limits)
    distance = off_axis = apart = unshifted = None
    if place is not None and check is not None:
        outline = check.outline if check.outline is not None else check.seen_outline
        distance = looking.metres_to(*place, outline)
        if bearing is not None:
            off_axis = looking.degrees_off(*place, bearing, outline)
    if record.lon is not None and record.lat is not None and fix:
        apart = looking.metres_between(record.lon, record.lat, fix["lon"], fix["lat"])
        straight = looking.without_shift(record.lon, record.lat)
        unshifted = looking.metres_between(*straight, fix["lon"], fix["lat"])
    return Seen(
        record=record,
        position_from=source,
        accuracy_m=fix.get("accuracy_m"),
        bearing_deg=bearing,
        distance_m=distance,
        off_axis_deg=off_axis,
        apart_m=apart,
        unshifted_m=unshifted,
        visit=None if check is None else Visit(check.found_at, check.checked_at),
        alike=alike,
    )


def _position(
    record: PictureRecord, fix: dict[str, Any]
) -> tuple[tuple[float, float] | None, str | None]:
    """Return where it was taken, and who says so: the picture itself before the phone."""
    if record.lon is not None and record.lat is not None:
        return (record.lon, record.lat), "PHOTO"
    return ((fix["lon"], fix["lat"]), "PHONE") if fix else (None, None)


def _bearing(one: Photo, record: PictureRecord, limits: PhotoLimits) -> float | None:
    if record.bearing_deg is not None:
        turn = limits.declination_deg if record.is_magnetic else 0.0
        return (record.bearing_deg + turn) % 360.0
    return None if one.heading_deg is None else one.heading_deg % 360.0
