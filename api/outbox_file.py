"""A phone's outbox that came as one file: each record and photograph received on its own."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, ValidationError

from api.bodies.field_check import read_check
from api.bodies.photo import PhotoBody, Sha256
from api.field_words import unfit
from gis.domain.photos.photo import PIECE_BYTES
from gis.domain.terms import OutboxFate, PhotoState, Via
from gis.errors import QingfeiError, Unavailable
from gis.imports.outbox_file import OutboxFile, PhotoAbsent, opened, plain
from gis.ledger import Book
from gis.ledger.checks import record_field_check
from gis.ledger.photos import Shelves, add_piece, announce
from gis.store import pieces


class CheckItem(BaseModel):
    """A check's row in the outbox; its body is the text that the phone hashed."""

    kind: Literal["check"]
    id: UUID
    body: str = Field(max_length=2_000_000)
    sha256: Sha256


class PhotoItem(BaseModel):
    """A photograph's row in the outbox."""

    kind: Literal["photo"]
    id: UUID
    body: PhotoBody


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What became of one item; of a refused one, why."""

    id: str
    kind: str
    place_name: str
    fate: OutboxFate
    sentence_zh: str = ""
    sentence_en: str = ""


@dataclass(frozen=True, slots=True)
class OutboxResult:
    """What became of a file: who filled it, and each of its items."""

    owner: str
    device: str
    exported_at: str
    items: list[ItemResult]


def take_in(book: Book, shelves: Shelves, path: Path, name: str) -> OutboxResult:
    """Receive what a phone's exported file holds, item by item.

    Nothing is received twice, whether it came by the net before or comes later. An item that is
    refused holds up no other. Checks wait for a reviewer, whoever brings the file. Raises
    OutboxUnread; Unavailable where the server itself fails, after which the file may come again.
    """
    with opened(path, name) as found:
        rows = sorted(found.items, key=lambda row: row.get("kind") != "check")
        results = list(_received(book, shelves, found, rows))
        return OutboxResult(found.owner, found.device, found.exported_at, results)


def _received(
    book: Book, shelves: Shelves, found: OutboxFile, rows: Iterable[dict[str, Any]]
) -> Iterable[ItemResult]:
    for row in rows:
        id_, kind, place = (plain(row.get(key)) for key in ("id", "kind", "place_name"))
        try:
            is_new = _take(book, shelves, found, row)
        except Unavailable:
            raise
        except QingfeiError as error:
            sentences = error.sentence("zh-CN"), error.sentence("en")
            yield ItemResult(id_, kind, place, OutboxFate.REFUSED, *sentences)
        else:
            fate = OutboxFate.NEW if is_new else OutboxFate.KNOWN
            yield ItemResult(id_, kind, place, fate)


def _take(book: Book, shelves: Shelves, found: OutboxFile, row: dict[str, Any]) -> bool:
    """Receive one item; return whether it is new."""
    try:
        item = CheckItem(**row) if row.get("kind") == "check" else PhotoItem(**row)
    except (ValidationError, TypeError) as error:
        names = error.errors() if isinstance(error, ValidationError) else []
        fields = [".".join(str(part) for part in one["loc"])[:80] for one in names]
        raise unfit(fields or ["item"]) from error
    if isinstance(item, PhotoItem):
        return _photo(book, shelves, found, item)
    sent = read_check(item.id, item.body, username=found.owner or book.actor, via=Via.FILE)
    if sent.body_sha256 != item.sha256:
        raise unfit(["sha256"])
    return record_field_check(book, sent, at_once=False)[1]


def _photo(book: Book, shelves: Shelves, found: OutboxFile, item: PhotoItem) -> bool:
    sent = item.body.announced(item.id, found.owner or book.actor)
    with found.photo(item.id, sent.size_bytes) as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != sent.sha256:  # type: ignore[arg-type]
            raise PhotoAbsent(id=item.id)
    with found.photo(item.id, sent.size_bytes) as stream:
        photo, _ = announce(book, shelves, sent)
        if photo.state is not PhotoState.WAITING:
            return False
        here = {*pieces.have(shelves.incoming, photo)}
        for number in range(photo.pieces):
            part = stream.read(PIECE_BYTES)
            if number not in here:
                photo = add_piece(book, shelves, item.id, number, part, pieces.hash_of(part))
    if photo.state is PhotoState.WAITING:
        raise PhotoAbsent(id=item.id)
    return True
