"""Verbs on ignore zones: draw one, or many from a file; end one."""

from collections.abc import Sequence
from dataclasses import fields
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.detection.ignore_zone import (
    MOST_ZONES,
    IgnoreZone,
    TooManyZones,
    ZoneReasonMissing,
    ZoneSent,
    require_sound,
)
from gis.domain.sites.errors import IdReused
from gis.ledger.book import Book, Entry
from gis.spatial import measure
from gis.store import places, shape, sight, tables, zones


def draw_zones(book: Book, sent: Sequence[ZoneSent]) -> list[tuple[IgnoreZone, bool]]:
    """Set up zones, all or none; return each with whether it is new.

    The same id with the same content is the same zone. Candidates that nobody has judged yet and
    that lie in one are shown as ignored from now on. Raises DistrictUnknown, GeometryInvalid,
    IdReused, MetricCrsUnfit, OutsideDistrict, TooManyZones, WholeDistrictOnly, ZoneDaysUnfit,
    ZoneNameless, ZoneReasonMissing.
    """
    if len(sent) > MOST_ZONES:
        raise TooManyZones(number=len(sent), most=MOST_ZONES)
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        return [_draw(entry, one) for one in sent]


def _draw(entry: Entry, sent: ZoneSent) -> tuple[IgnoreZone, bool]:
    require_sound(sent)
    digest = sha256_of(sent)
    known = zones.filed(entry.connection, sent.id)
    if known is not None:
        if known.body_sha256 != digest:
            raise IdReused(id=sent.id)
        return known, False
    district = places.district(entry.connection, sent.district_code)
    said = {field.name: getattr(sent, field.name) for field in fields(sent)}
    outline = measure.require_fit(sent.outline, sent.name, district)
    said |= {"outline": outline, "name": sent.name.strip(), "reason": sent.reason.strip()}
    zone = IgnoreZone(
        **said,
        area_m2=measure.extent(outline, district.metric_epsg).area_m2,
        version=1,
        body_sha256=digest,
        drawn_at=entry.now,
        drawn_by=entry.actor,
    )
    shape.insert(entry.connection, tables.ignore_zones, [zone])
    zones.link_zone(entry.connection, zone)
    entry.log("draw_zone", "ignore_zone", zone.id, after=zone)
    return zone, True


def end_zone(book: Book, zone_id: UUID, reason: str) -> IgnoreZone:
    """End a zone; what it covered waits again. The same reason again changes nothing.

    Raises NotInRegister, WholeDistrictOnly, ZoneOver, ZoneReasonMissing.
    """
    if not reason.strip():
        raise ZoneReasonMissing()
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        before = zones.zone(entry.connection, zone_id)
        if before.ended_at is not None and before.ended_reason == reason.strip():
            return before
        after = before.ended(entry.now, entry.actor, reason.strip())
        shape.replace(entry.connection, tables.ignore_zones, after)
        entry.log("end_zone", "ignore_zone", zone_id, before=before, after=after)
        return after
