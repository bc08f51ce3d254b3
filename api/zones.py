"""Ignore zones from a file into the register, and as pages and machines read them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from api import wire
from api.layers import WordUnknown
from gis.domain.detection.ignore_zone import IgnoreZone, ZoneSent
from gis.domain.terms import LayerKind, ZoneKind
from gis.imports.layers import Reading, read_layer
from gis.ledger import Book
from gis.ledger.ignore_zones import draw_zones
from gis.spatial.crs import as_multipolygon
from gis.store import places, zones
from gis.store.register import day_of

READ_AS = LayerKind.RESERVE
"""A kind of layer whose shapes are areas of which nothing but a name is asked."""


@dataclass(frozen=True, slots=True)
class ZonesSent:
    """A file of zones as somebody hands it in; ``name`` stands for shapes that bear none.

    Without ``valid_from`` they hold from the day on which they were first handed in.
    """

    path: Path
    file_name: str
    district_code: str
    name: str
    kind: ZoneKind
    reason: str
    valid_from: date | None
    valid_until: date | None
    how: Reading


def kind_of(word: str) -> ZoneKind:
    """Return a kind by its code or its Chinese name; raises WordUnknown."""
    for kind in ZoneKind:
        if word.upper() == kind.value or word == kind.zh:
            return kind
    raise WordUnknown(word=word, known="、".join(f"{k.value}（{k.zh}）" for k in ZoneKind))


def take_in(book: Book, import_id: UUID, sent: ZonesSent) -> list[tuple[IgnoreZone, bool]]:
    """Read a file's shapes as zones and draw them, all or none; return each, and whether it is new.

    Raises DistrictUnknown, and those of `gis.imports.layers` and `gis.ledger.ignore_zones`.
    """
    with book.reading() as connection:
        district = places.district(connection, sent.district_code)
        first = zones.filed(connection, uuid5(import_id, "1"))
    begins = sent.valid_from or (first.valid_from if first else day_of(book.clock()))
    read = read_layer(sent.path, import_id, district, READ_AS, sent.how)
    several = len(read.features) > 1
    drawn = [
        ZoneSent(
            id=uuid5(import_id, str(number)),
            district_code=district.code,
            name=feature.name_zh.strip() or (f"{sent.name} {number}" if several else sent.name),
            kind=sent.kind,
            reason=sent.reason,
            valid_from=begins,
            valid_until=sent.valid_until,
            source=sent.file_name,
            outline=as_multipolygon(feature.geometry),
        )
        for number, feature in enumerate(read.features, 1)
    ]
    return draw_zones(book, drawn)


def told(zone: dict[str, Any]) -> dict[str, Any]:
    """Return a zone as pages read it."""
    plain = (
        *("id", "name", "kind", "reason", "valid_from", "valid_until", "source", "area_m2"),
        *("version", "drawn_at", "drawn_by", "ended_at", "ended_by", "ended_reason"),
    )
    return {
        **{name: zone[name] for name in plain},
        "kind": zone["kind"].value,
        "is_in_force": zone["is_in_force"],
        "covers": zone["covers"],
        "outline": wire.geojson(zone["outline"]),
        **wire.where(zone["outline"]),
    }


def listing(
    connection: sa.Connection, district_code: str, *, with_ended: bool = False
) -> list[dict[str, Any]]:
    """Return a district's zones as pages read them; raises DistrictUnknown."""
    places.district(connection, district_code)
    found = zones.zones(connection, district_code, with_ended=with_ended)
    return [told(zone) for zone in found]
