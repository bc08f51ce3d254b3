"""Photographs of field checks: sent in pieces, judged, shown."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.responses import FileResponse
from starlette.requests import ClientDisconnect

from api import access, wire_photo
from api.access import Conf, Engine, FieldBook, Reader, Writer
from api.bodies.photo import PhotoBody
from api.errors import BodyUnreadable
from gis.domain.photos.errors import PhotoNotShown, PieceUnfit
from gis.domain.photos.photo import PIECE_BYTES, Photo
from gis.domain.sites.errors import FileDamaged
from gis.ledger import Book
from gis.ledger.auditing import hand_out
from gis.ledger.photo_stamps import stamped
from gis.ledger.photos import DISPLAY, THUMB, Shelves, add_piece, announce
from gis.store import files, photos, pieces
from gis.store.engine import connecting

router = APIRouter(prefix="/api/photos")

COPIES = {"display": DISPLAY, "thumb": THUMB}


def shelves_of(conf: Conf) -> Shelves:
    """Return where photographs lie."""
    return Shelves(conf.incoming_dir, conf.photos_dir)


Places = Annotated[Shelves, Depends(shelves_of)]


async def piece_of(request: Request, user: access.Field, number: int) -> bytes:
    """Return a piece's bytes; one that says it is longer is refused before it is read."""
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > PIECE_BYTES:
        facts = {"pieces": "—", "size": length[:20], "right_size": PIECE_BYTES}
        raise PieceUnfit(number=number, **facts)
    try:
        return await request.body()
    except ClientDisconnect as cut:
        raise BodyUnreadable() from cut


@router.put("/{photo_id}")
def put_photo(
    photo_id: UUID, body: PhotoBody, response: Response, book: FieldBook, shelves: Places
) -> dict[str, Any]:
    """Announce a photograph: 201 the first time, 200 when the same is announced again."""
    found, is_new = announce(book, shelves, body.announced(photo_id, book.actor))
    response.status_code = 201 if is_new else 200
    return _status(found, shelves)


@router.put("/{photo_id}/pieces/{number}")
def put_piece(
    photo_id: UUID,
    number: Annotated[int, Path(ge=0, le=1000)],
    content: Annotated[bytes, Depends(piece_of)],
    sha256: Annotated[str, Header(alias="X-Piece-SHA256", pattern=r"^[0-9a-fA-F]{64}$")],
    book: FieldBook,
    shelves: Places,
) -> dict[str, Any]:
    """Keep one piece; the last one missing completes the photograph."""
    return _status(add_piece(book, shelves, photo_id, number, content, sha256), shelves)


@router.get("/{photo_id}")
def one(photo_id: UUID, user: Reader, engine: Engine, shelves: Places) -> dict[str, Any]:
    """Return how far a photograph has come."""
    with connecting(engine) as connection:
        return _status(photos.photo(connection, photo_id), shelves)


def _status(found: Photo, shelves: Shelves) -> dict[str, Any]:
    return wire_photo.status(found, pieces.have(shelves.incoming, found))


@router.get("/{photo_id}/original")
def original(photo_id: UUID, user: Writer, engine: Engine, conf: Conf) -> FileResponse:
    """Return the file as it came, as a download, after its hash was compared."""
    with connecting(engine) as connection:
        found = photos.photo(connection, photo_id)
    if found.received_at is None:
        raise PhotoNotShown(name=found.file_name)
    path = files.place_of(conf.photos_dir, found.sha256)
    if not path.is_file() or files.hash_of(path) != found.sha256:
        raise FileDamaged(id=found.id)
    hand_out(Book(engine, user.username), "photo", found.id, path, check=found.check_id)
    headers = {"Content-Security-Policy": "sandbox; default-src 'none'"}
    suffix = {"image/jpeg": ".jpg", "image/png": ".png", "image/heic": ".heic"}
    kind = found.media_type if found.is_picture else None
    return FileResponse(
        path,
        media_type=kind or "application/octet-stream",
        filename=f"{found.id}{suffix.get(kind or '', '.bin')}",
        headers=headers,
    )


@router.get("/{photo_id}/stamped")
def stamped_copy(photo_id: UUID, user: Reader, engine: Engine, conf: Conf) -> FileResponse:
    """Return the copy that says below the picture which place, where, when and who."""
    with connecting(engine) as connection:
        path = stamped(connection, conf.photos_dir, photos.photo(connection, photo_id))
    return FileResponse(path, media_type="image/jpeg", headers={"Cache-Control": "no-cache"})


@router.get("/{photo_id}/{size}")
def copy(
    photo_id: UUID, size: Literal["display", "thumb"], user: Reader, engine: Engine, conf: Conf
) -> FileResponse:
    """Return the copy that pages show, drawn anew from the picture's pixels."""
    with connecting(engine) as connection:
        found = photos.photo(connection, photo_id)
    if not found.is_picture:
        raise PhotoNotShown(name=found.file_name)
    path = files.place_of(conf.photos_dir, found.sha256, COPIES[size])
    if not path.is_file():
        raise FileDamaged(id=found.id)
    headers = {"Cache-Control": "private, max-age=86400, immutable", "Vary": "Cookie"}
    return FileResponse(path, media_type="image/jpeg", headers=headers)
