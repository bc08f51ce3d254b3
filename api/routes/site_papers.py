"""What hangs on a site: its task tags, its papers and pictures."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, File, Form, Response, UploadFile
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from api import wire_site
from api.access import Conf, Engine, OpenBook, Reader, Writer
from api.settings import Settings
from gis.domain.sites.attachment import MOST_BYTES, Attachment, suffix_of
from gis.domain.sites.errors import FileDamaged, FileTooLarge
from gis.domain.terms import AttachmentKind
from gis.ledger import Book
from gis.ledger.attachments import (
    DISPLAY,
    THUMB,
    AttachmentSent,
    attach,
    withdraw_attachment,
)
from gis.ledger.auditing import hand_out
from gis.ledger.tags import tag_site, untag_site
from gis.rules import tasks
from gis.store import files, site_papers
from gis.store.engine import connecting

router = APIRouter(prefix="/api")

COPIES = {"display": DISPLAY, "thumb": THUMB}
TEXT = r"^[^\x00]*$"


class TagBody(BaseModel):
    """A task's unit and day at this site; no day is 持续推进."""

    lead_unit: str = Field(min_length=1, max_length=100, pattern=TEXT)
    due_on: date | None = Field(None, ge=date(2000, 1, 1), le=date(2100, 12, 31))
    note: str = Field("", max_length=1000, pattern=TEXT)


class Withdrawal(BaseModel):
    """Why a paper is taken off the page."""

    reason: str = Field(max_length=1000, pattern=TEXT)


@router.get("/tasks")
def all_tasks(user: Reader) -> dict[str, Any]:
    """Return the tasks of the district's plan that sites can bear."""
    return {"tasks": [wire_site.task(one) for one in tasks.all_tasks().values()]}


@router.put("/sites/{code}/tags/{task}", status_code=204)
def put_tag(code: str, task: str, body: TagBody, user: Writer, book: OpenBook) -> None:
    """Give a site a task, or another unit or day for it."""
    tag_site(book, code, task, body.lead_unit, body.due_on, body.note)


@router.delete("/sites/{code}/tags/{task}", status_code=204)
def delete_tag(code: str, task: str, user: Writer, book: OpenBook) -> None:
    """Take a task from a site; that it bore it stays known."""
    untag_site(book, code, task)


@router.put("/sites/{code}/attachments/{attachment_id}")
def put_attachment(
    code: str,
    attachment_id: UUID,
    response: Response,
    user: Writer,
    book: OpenBook,
    conf: Conf,
    file: Annotated[UploadFile, File()],
    kind: Annotated[AttachmentKind, Form()],
    title: Annotated[str, Form(max_length=200, pattern=TEXT)] = "",
) -> dict[str, Any]:
    """Attach a file: 201 the first time, 200 when the same comes again."""
    content = file.file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FileTooLarge(most_mb=MOST_BYTES // 1_000_000)
    name = (file.filename or "").replace("\x00", "") or str(attachment_id)
    sent = AttachmentSent(attachment_id, code, kind, title, name)
    attached, is_new = attach(book, conf.attachments_dir, sent, content)
    response.status_code = 201 if is_new else 200
    return wire_site.attachment(attached)


@router.put("/sites/{code}/attachments/{attachment_id}/withdrawal", status_code=204)
def withdraw(
    code: str, attachment_id: UUID, body: Withdrawal, user: Writer, book: OpenBook
) -> None:
    """Take a paper off the page; the file, and who withdrew it and why, are kept."""
    withdraw_attachment(book, code, attachment_id, body.reason)


@router.get("/sites/{code}/attachments/{attachment_id}/original")
def original(
    code: str, attachment_id: UUID, user: Writer, engine: Engine, conf: Conf
) -> FileResponse:
    """Return the file as it came, as a download, after its hash was compared."""
    with connecting(engine) as connection:
        found = site_papers.attachment(connection, code, attachment_id)
    path = _sound(conf, found)
    about = {"paper": found.id, "title": found.title}
    hand_out(Book(engine, user.username), "paper", code, path, **about)
    headers = {"Content-Security-Policy": "sandbox; default-src 'none'"}
    name = f"{Path(found.title).stem or found.id}{suffix_of(found.media_type)}"
    return FileResponse(path, media_type=found.media_type, filename=name, headers=headers)


def _sound(conf: Settings, found: Attachment) -> Path:
    path = files.place_of(conf.attachments_dir, found.sha256)
    if not path.is_file() or files.hash_of(path) != found.sha256:
        raise FileDamaged(id=found.id)
    return path


@router.get("/sites/{code}/attachments/{attachment_id}/{size}.jpg")
def copy(
    code: str,
    attachment_id: UUID,
    size: Literal["display", "thumb"],
    user: Reader,
    engine: Engine,
    conf: Conf,
) -> FileResponse:
    """Return the copy of a picture that pages show, drawn anew from its pixels."""
    with connecting(engine) as connection:
        found = site_papers.attachment(connection, code, attachment_id)
    path = files.place_of(conf.attachments_dir, found.sha256, COPIES[size])
    if not path.is_file():
        raise FileDamaged(id=found.id)
    headers = {"Cache-Control": "private, max-age=86400, immutable", "Vary": "Cookie"}
    return FileResponse(path, media_type="image/jpeg", headers=headers)
