"""Notices to units that lag: drafted, issued, answered, closed; each as a Word file."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, File, Response, UploadFile
from fastapi.responses import FileResponse

from api import wire_deadlines
from api.access import Conf, Engine, Manager, OpenBook, Reader, Writer
from api.bodies.deadlines import DISTRICT, AnswerBody, NoteBody, NoticeBody
from api.briefs import MEDIA_TYPE
from gis.domain.sites.attachment import MOST_BYTES
from gis.domain.sites.errors import FileDamaged, FileTooLarge
from gis.domain.works.notice import LaggingNotice
from gis.exports import notice as paper
from gis.ledger import notice_answers as answering
from gis.ledger import notices as verbs
from gis.ledger.auditing import hand_out
from gis.store import files, notices, places, sight
from gis.store.engine import connecting
from gis.store.register import day_of

router = APIRouter(prefix="/api/notices")


def _units(connection: sa.Connection) -> Sequence[str] | None:
    seen = sight.of(connection)
    return None if seen.is_everything else (*seen.units, *seen.towns)


def _whole(connection: sa.Connection, one: LaggingNotice) -> dict[str, Any]:
    answers = notices.answers_of(connection, [one.id]).get(one.id, [])
    papers = notices.papers_of(connection, one.id)
    today = day_of(datetime.now(UTC))
    return wire_deadlines.whole_notice(one, answers, papers, today, _units(connection))


@router.get("")
def all_notices(user: Reader, engine: Engine, district: DISTRICT) -> dict[str, Any]:
    """Return a district's notices with how far their answers are."""
    today = day_of(datetime.now(UTC))
    with connecting(engine) as connection:
        places.district(connection, district)
        found = notices.notices_in(connection, district)
        given = notices.answers_of(connection, [one.id for one in found])
        units = _units(connection)
    return {
        "notices": [
            wire_deadlines.notice(one, given.get(one.id, []), today, units) for one in found
        ]
    }


@router.get("/{notice_id}")
def one(notice_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a notice whole."""
    with connecting(engine) as connection:
        return _whole(connection, notices.notice(connection, notice_id))


@router.put("/{notice_id}")
def put_notice(
    notice_id: UUID, body: NoticeBody, response: Response, user: Manager, book: OpenBook
) -> dict[str, Any]:
    """Draft a notice: 201 the first time, 200 when the same comes again."""
    drafted, is_new = verbs.draft_notice(book, body.sent(notice_id))
    response.status_code = 201 if is_new else 200
    with book.reading() as connection:
        return _whole(connection, drafted)


@router.put("/{notice_id}/issue")
def issue(notice_id: UUID, user: Manager, book: OpenBook) -> dict[str, Any]:
    """Issue a draft, which gets its number."""
    issued = verbs.issue_notice(book, notice_id)
    with book.reading() as connection:
        return _whole(connection, issued)


@router.put("/{notice_id}/drop", status_code=204)
def drop(notice_id: UUID, user: Manager, book: OpenBook) -> None:
    """Drop a draft."""
    verbs.drop_notice(book, notice_id)


@router.put("/{notice_id}/close", status_code=204)
def close(notice_id: UUID, body: NoteBody, user: Manager, book: OpenBook) -> None:
    """Close a notice whose answers were all accepted."""
    verbs.close_notice(book, notice_id, body.note)


@router.get("/{notice_id}/again")
def again(notice_id: UUID, user: Manager, book: OpenBook) -> dict[str, Any]:
    """Draw the facts again as of the notice's moment, and say whether they are the same."""
    return {"is_same": verbs.drawn_again(book, notice_id)}


@router.get("/{notice_id}/file")
def file(notice_id: UUID, user: Writer, book: OpenBook) -> Response:
    """Return the notice as a Word file; that it was handed out is written into the log."""
    with book.reading() as connection:
        found = notices.notice(connection, notice_id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notice.docx"
        paper.write(found, path)
        content = path.read_bytes()
    hand_out(book, "notice", found.id, content, symbol=found.symbol, facts=found.facts_sha256)
    name = quote(f"{found.symbol or '草稿'}.docx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


@router.put("/{notice_id}/papers/{paper_id}")
def put_paper(
    notice_id: UUID,
    paper_id: UUID,
    response: Response,
    user: Writer,
    book: OpenBook,
    conf: Conf,
    file: Annotated[UploadFile, File()],
) -> dict[str, Any]:
    """Keep a paper for an answer: 201 the first time, 200 when the same comes again."""
    content = file.file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FileTooLarge(most_mb=MOST_BYTES // 1_000_000)
    name = (file.filename or "").replace("\x00", "") or str(paper_id)
    sent = answering.PaperSent(paper_id, notice_id, name)
    kept, is_new = answering.add_paper(book, conf.attachments_dir, sent, content)
    response.status_code = 201 if is_new else 200
    return wire_deadlines.paper(kept)


@router.get("/{notice_id}/papers/{paper_id}")
def get_paper(
    notice_id: UUID, paper_id: UUID, user: Writer, book: OpenBook, conf: Conf
) -> FileResponse:
    """Return a paper as it came, as a download, after its hash was compared."""
    with book.reading() as connection:
        notices.notice(connection, notice_id)
        found = notices.paper(connection, notice_id, paper_id)
    path = files.place_of(conf.attachments_dir, found.sha256)
    if not path.is_file() or files.hash_of(path) != found.sha256:
        raise FileDamaged(id=found.id)
    hand_out(book, "paper", notice_id, path, paper=found.id, title=found.file_name)
    headers = {"Content-Security-Policy": "sandbox; default-src 'none'"}
    return FileResponse(
        path, media_type=found.media_type, filename=found.file_name, headers=headers
    )


@router.put("/{notice_id}/answers/{answer_id}", status_code=201)
def put_answer(
    notice_id: UUID, answer_id: UUID, body: AnswerBody, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Answer a notice in a unit's name."""
    answer, _ = answering.answer_notice(book, body.sent(notice_id, answer_id))
    with book.reading() as connection:
        return _whole(connection, notices.notice(connection, answer.notice_id))


@router.put("/{notice_id}/answers/{answer_id}/acceptance", status_code=204)
def accept(notice_id: UUID, answer_id: UUID, body: NoteBody, user: Manager, book: OpenBook) -> None:
    """Accept a unit's answer."""
    answering.accept_answer(book, answer_id, body.note)


@router.put("/{notice_id}/answers/{answer_id}/return", status_code=204)
def send_back(
    notice_id: UUID, answer_id: UUID, body: NoteBody, user: Manager, book: OpenBook
) -> None:
    """Send an answer back with what is missing."""
    answering.send_answer_back(book, answer_id, body.note)
