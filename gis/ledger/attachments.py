"""Verbs on papers and pictures: attach, withdraw."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from gis.domain.sites.attachment import Attachment
from gis.domain.sites.errors import IdReused, ReasonMissing
from gis.domain.terms import AttachmentKind
from gis.ledger.book import Book
from gis.store import files, pictures, shape, site_papers, sites, tables

DISPLAY, THUMB = "-display.jpg", "-thumb.jpg"


@dataclass(frozen=True, slots=True)
class AttachmentSent:
    """A file as it is sent: ``id`` was made by the page, once; the name is only shown."""

    id: UUID
    site_code: str
    kind: AttachmentKind
    title: str
    file_name: str


def attach(
    book: Book, folder: Path, sent: AttachmentSent, content: bytes
) -> tuple[Attachment, bool]:
    """Keep a file, sealed, and attach it to a site; return it and whether it is new.

    Files come first, the record last, so that every record's files exist. The same id with the
    same content is the same attachment. Raises NotInRegister, FileRefused, FileTooLarge,
    IdReused, DiskFull.
    """
    with book.reading() as connection:
        sites.site(connection, sent.site_code)
        known = site_papers.filed_attachment(connection, sent.id)
    if known is not None:
        return _same(known, sent, hashlib.sha256(content).hexdigest()), False
    paper = pictures.examine(sent.file_name, content)
    sha256 = files.keep(folder, content)
    if paper.display is not None and paper.thumb is not None:
        files.put(files.place_of(folder, sha256, DISPLAY), paper.display)
        files.put(files.place_of(folder, sha256, THUMB), paper.thumb)
    with book.entry() as entry:
        known = site_papers.filed_attachment(entry.connection, sent.id)
        if known is not None:
            return _same(known, sent, sha256), False
        attachment = Attachment(
            id=sent.id,
            site_code=sent.site_code,
            kind=sent.kind,
            title=_title(sent),
            file_name=sent.file_name[:200],
            media_type=paper.media_type,
            size_bytes=len(content),
            sha256=sha256,
            width=paper.width,
            height=paper.height,
            taken_on=paper.taken_on,
            lon=paper.lon,
            lat=paper.lat,
            added_at=entry.now,
            added_by=entry.actor,
            withdrawn_at=None,
            withdrawn_by=None,
            withdrawn_reason=None,
        )
        shape.insert(entry.connection, tables.attachments, [attachment])
        entry.log("attach_paper", "site", sent.site_code, after=attachment)
        return attachment, True


def _same(known: Attachment, sent: AttachmentSent, sha256: str) -> Attachment:
    before = (known.sha256, known.site_code, known.kind, known.title)
    if before != (sha256, sent.site_code, sent.kind, _title(sent)):
        raise IdReused(id=sent.id)
    return known


def _title(sent: AttachmentSent) -> str:
    return sent.title.strip() or sent.file_name[:200]


def withdraw_attachment(book: Book, code: str, attachment_id: UUID, reason: str) -> Attachment:
    """Take a paper off a site's page; the file and who withdrew it, when and why, are kept.

    Raises NotInRegister, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing()
    with book.entry() as entry:
        before = site_papers.attachment(entry.connection, code, attachment_id)
        if before.withdrawn_at is not None:
            return before
        after = replace(
            before,
            withdrawn_at=entry.now,
            withdrawn_by=entry.actor,
            withdrawn_reason=reason.strip(),
        )
        shape.replace(entry.connection, tables.attachments, after)
        entry.log("withdraw_paper", "site", code, before=before, after=after)
        return after
