"""Verbs on photographs of field checks: announced, received piece by piece, examined."""

import re
from dataclasses import dataclass, fields, replace
from pathlib import Path
from uuid import UUID

from gis.domain.errors import NotInRegister
from gis.domain.photos.errors import PhotoNotYours, PhotoTooLarge, TooMuchUnfinished
from gis.domain.photos.photo import MOST_BYTES, MOST_UNFINISHED, Fingerprint, Photo, PhotoSent
from gis.domain.sites.errors import IdReused
from gis.domain.terms import PhotoState
from gis.ledger.book import Book, Entry
from gis.ledger.photo_judging import judgement_of
from gis.store import files, fingerprint, photo_examining, photos, pieces, shape, tables

DISPLAY, THUMB = "-display.jpg", "-thumb.jpg"
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where photographs lie: ``incoming`` while their pieces come, ``kept`` for good."""

    incoming: Path
    kept: Path


def announce(book: Book, shelves: Shelves, sent: PhotoSent) -> tuple[Photo, bool]:
    """Say that a photograph will come; return it and whether it is new.

    The same id, check and file is the same photograph, however often it is announced; an account
    that announces what another one began goes on with it. Where all pieces have come and the
    server was stopped before it put them together, it does so now. Raises PhotoTooLarge,
    TooMuchUnfinished, IdReused, DiskFull, PhotoDiffers.
    """
    if sent.size_bytes > MOST_BYTES:
        raise PhotoTooLarge(name=sent.file_name[:120], most_mb=MOST_BYTES // 1024**2)
    pieces.require_room(shelves.incoming, sent.size_bytes)
    with book.entry() as entry:
        known = photos.filed(entry.connection, sent.id)
        if known is None:
            return _announced(entry, sent), True
        if (known.check_id, known.sha256, known.size_bytes) != (
            sent.check_id,
            sent.sha256,
            sent.size_bytes,
        ):
            raise IdReused(id=sent.id)
        if known.state is PhotoState.WAITING and known.announced_by != entry.actor:
            mine = replace(known, announced_by=entry.actor)
            known = _changed(entry, "announce_photo", known, mine)
    return _finished(book, shelves, known), False


def _announced(entry: Entry, sent: PhotoSent) -> Photo:
    waiting = photos.unfinished_bytes(entry.connection, entry.actor)
    if waiting + sent.size_bytes > MOST_UNFINISHED:
        raise TooMuchUnfinished(most_gb=MOST_UNFINISHED // 1024**3)
    values = {field.name: getattr(sent, field.name) for field in fields(PhotoSent)}
    name = UNSEEN.sub("", sent.file_name).strip()[-200:]
    found = Photo(
        **values | {"file_name": name or "—"},
        announced_at=entry.now,
        announced_by=entry.actor,
        state=PhotoState.WAITING,
        received_at=None,
        media_type=None,
        width=None,
        height=None,
        record=None,
        judgement=None,
        fault_zh=None,
        fault_en=None,
    )
    shape.insert(entry.connection, tables.photos, [found])
    entry.log("announce_photo", "photo", found.id, after=found)
    return found


def add_piece(
    book: Book, shelves: Shelves, photo_id: UUID, number: int, content: bytes, sha256: str
) -> Photo:
    """Keep one piece of a photograph; with the last one missing it is put together and examined.

    The same piece again changes nothing. Raises NotInRegister, PhotoNotYours, PieceUnfit,
    PieceDamaged, PhotoDiffers, DiskFull.
    """
    found = owned(book, photo_id)
    if found.state is PhotoState.WAITING:
        pieces.keep(shelves.incoming, found, number, content, sha256)
    return _finished(book, shelves, found)


def owned(book: Book, photo_id: UUID) -> Photo:
    """Return a photograph that this account announced. Raises NotInRegister, PhotoNotYours."""
    with book.reading() as connection:
        found = photos.filed(connection, photo_id)
    if found is None:
        raise NotInRegister(id=photo_id)
    if found.announced_by != book.actor:
        raise PhotoNotYours(id=photo_id)
    return found


def _finished(book: Book, shelves: Shelves, found: Photo) -> Photo:
    """Return the photograph, put together and examined if all of its pieces have come.

    Files first, the record last, then the pieces go: a server killed at any point between leaves
    what the next request finishes.
    """
    if found.state is PhotoState.WAITING:
        if len(pieces.have(shelves.incoming, found)) < found.pieces:
            return found
        with pieces.alone(shelves.incoming, found.id):
            found = owned(book, found.id)
            if found.state is PhotoState.WAITING:
                found = _received(book, shelves, found)
    pieces.drop(shelves.incoming, found.id)
    return found


def _received(book: Book, shelves: Shelves, found: Photo) -> Photo:
    path = pieces.assemble(shelves.incoming, found, shelves.kept)
    seen = photo_examining.examine(path)
    if seen.display is not None and seen.thumb is not None:
        files.put(files.place_of(shelves.kept, found.sha256, DISPLAY), seen.display)
        files.put(files.place_of(shelves.kept, found.sha256, THUMB), seen.thumb)
    is_shown = seen.display is not None
    with book.entry() as entry:
        known = photos.filed(entry.connection, found.id, for_update=True)
        assert known is not None  # photographs are never deleted
        if known.state is not PhotoState.WAITING:
            return known
        if seen.look is not None:
            look = Fingerprint(found.id, seen.look, *fingerprint.bands_of(seen.look))
            shape.insert(entry.connection, tables.photo_looks, [look])
        received = replace(
            known,
            state=PhotoState.RECEIVED if is_shown else PhotoState.UNREADABLE,
            received_at=entry.now,
            media_type=seen.media_type,
            width=seen.width,
            height=seen.height,
            record=None if seen.record is None else seen.record.stored(),
            fault_zh=seen.fault_zh,
            fault_en=seen.fault_en,
        )
        judgement = judgement_of(entry.connection, received, seen.look)
        return _changed(entry, "receive_photo", known, replace(received, judgement=judgement))


def _changed(entry: Entry, verb: str, before: Photo, after: Photo) -> Photo:
    shape.replace(entry.connection, tables.photos, after)
    entry.log(verb, "photo", after.id, before=before, after=after)
    return after
