"""Queries on photographs of field checks."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.photos.photo import Photo
from gis.domain.terms import PhotoState
from gis.store import fingerprint, shape, sight
from gis.store.tables import photo_looks, photos


class Alike(NamedTuple):
    """Another photograph that is the same file, or looks the same."""

    id: UUID
    check_id: UUID
    is_same_file: bool
    bits: int


def filed(connection: sa.Connection, photo_id: UUID, *, for_update: bool = False) -> Photo | None:
    """Return one photograph, or None."""
    query = sa.select(photos).where(photos.c.id == photo_id)
    return shape.select_one(connection, Photo, query.with_for_update() if for_update else query)


def photo(connection: sa.Connection, photo_id: UUID) -> Photo:
    """Return one photograph that is seen; raises NotInRegister."""
    query = sa.select(photos).where(photos.c.id == photo_id, sight.photos_seen(connection))
    found = shape.select_one(connection, Photo, query)
    if found is None:
        raise NotInRegister(id=photo_id)
    return found


def of_checks(connection: sa.Connection, check_ids: list[UUID]) -> dict[UUID, list[Photo]]:
    """Return the photographs of checks, by check, in the order in which they were taken."""
    query = (
        sa.select(photos)
        .where(photos.c.check_id.in_(check_ids))
        .order_by(photos.c.chosen_at, photos.c.id)
    )
    found: dict[UUID, list[Photo]] = {check_id: [] for check_id in check_ids}
    for one in shape.select_all(connection, Photo, query):
        found[one.check_id].append(one)
    return found


def unfinished_bytes(connection: sa.Connection, username: str) -> int:
    """Return how many bytes an account has announced and not finished."""
    query = sa.select(sa.func.coalesce(sa.func.sum(photos.c.size_bytes), 0)).where(
        photos.c.announced_by == username, photos.c.state == PhotoState.WAITING
    )
    return int(connection.scalar(query) or 0)


def unfinished(connection: sa.Connection, before: datetime) -> list[Photo]:
    """Return photographs announced before a moment of which pieces are still missing."""
    query = (
        sa.select(photos)
        .where(photos.c.state == PhotoState.WAITING, photos.c.announced_at < before)
        .order_by(photos.c.announced_at, photos.c.id)
    )
    return shape.select_all(connection, Photo, query)


def alike(connection: sa.Connection, one: Photo, look: int | None) -> list[Alike]:
    """Return the photographs with the same bytes, or within a few bits of the same look."""
    same = sa.select(photos.c.id, photos.c.check_id).where(
        photos.c.sha256 == one.sha256,
        photos.c.id != one.id,
        photos.c.state != PhotoState.WAITING,
    )
    found = {row.id: Alike(row.id, row.check_id, True, 0) for row in connection.execute(same)}
    if look is not None:
        others = sa.select(photo_looks.c.photo_id, photo_looks.c.look, photos.c.check_id).join(
            photos, photos.c.id == photo_looks.c.photo_id
        )
        bands = fingerprint.bands_near(look)
        shares = sa.or_(*(photo_looks.c[f"band_{n}"].in_(near) for n, near in enumerate(bands)))
        for row in connection.execute(others.where(shares, photos.c.id != one.id)):
            bits = fingerprint.distance(row.look, look)
            if bits <= fingerprint.NEAR and row.photo_id not in found:
                found[row.photo_id] = Alike(row.photo_id, row.check_id, False, bits)
    return sorted(found.values(), key=lambda other: (not other.is_same_file, other.bits, other.id))


def look(connection: sa.Connection, photo_id: UUID) -> int | None:
    """Return what a photograph looks like, or None of one that looks like nothing."""
    return connection.scalar(
        sa.select(photo_looks.c.look).where(photo_looks.c.photo_id == photo_id)
    )
