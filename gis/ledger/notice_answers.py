"""Verbs on answers to notices: send papers and an answer, accept it or send it back."""

from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.errors import NotInRegister
from gis.domain.sites.errors import IdReused
from gis.domain.terms import AnswerState
from gis.domain.works.deadline_errors import AnswerEmpty, NotAddressed, PaperOfAnother
from gis.domain.works.notice import NoticeAnswer, NoticePaper, require_answerable
from gis.ledger.book import Book, Entry
from gis.store import files, notices, pictures, shape, sight, tables


class AnswerSent(NamedTuple):
    """An answer as the page sends it: ``id`` was made there, once; ``papers`` were sent before."""

    id: UUID
    notice_id: UUID
    unit: str
    text: str
    papers: tuple[UUID, ...] = ()


class PaperSent(NamedTuple):
    """A file as it is sent: ``id`` was made by the page, once; the name is only shown."""

    id: UUID
    notice_id: UUID
    file_name: str


def add_paper(
    book: Book, folder: Path, sent: PaperSent, content: bytes
) -> tuple[NoticePaper, bool]:
    """Keep a paper for an answer, sealed; the same again is the same paper.

    Raises NoticeUnknown, NoticeNotOpen, FileRefused, FileTooLarge, IdReused, DiskFull.
    """
    with book.reading() as connection:
        notices.notice(connection, sent.notice_id).require_open()
    paper = pictures.examine(sent.file_name, content)
    sha256 = files.keep(folder, content)
    with book.entry() as entry:
        notices.notice(entry.connection, sent.notice_id).require_open()
        known = notices.filed_paper(entry.connection, sent.id)
        if known is not None:
            if (known.sha256, known.notice_id) != (sha256, sent.notice_id):
                raise IdReused(id=sent.id)
            return known, False
        kept = NoticePaper(
            id=sent.id,
            notice_id=sent.notice_id,
            file_name=sent.file_name[:200],
            media_type=paper.media_type,
            size_bytes=len(content),
            sha256=sha256,
            added_at=entry.now,
            added_by=entry.actor,
        )
        shape.insert(entry.connection, tables.notice_papers, [kept])
        entry.log("add_notice_paper", "notice", sent.notice_id, after=kept)
        return kept, True


def answer_notice(book: Book, sent: AnswerSent) -> tuple[NoticeAnswer, bool]:
    """Answer a notice in a unit's name; the same again is the same answer.

    An account of units answers for its own alone. Raises NoticeUnknown, NoticeNotOpen,
    NotAddressed, AnswerWaits, AnswerEmpty, PaperOfAnother, IdReused.
    """
    digest = sha256_of(*sent)
    with book.entry() as entry:
        known = notices.filed_answer(entry.connection, sent.id)
        if known is not None:
            if known.body_sha256 != digest or known.answered_by != entry.actor:
                raise IdReused(id=sent.id)
            return known, False
        notice = notices.notice(entry.connection, sent.notice_id)
        seen = sight.of(entry.connection)
        if not seen.is_everything and sent.unit not in {*seen.units, *seen.towns}:
            raise NotAddressed(unit=sent.unit[:60])
        answers = notices.answers_of(entry.connection, [notice.id]).get(notice.id, [])
        require_answerable(notice, answers, sent.unit)
        if not sent.text.strip():
            raise AnswerEmpty()
        _require_papers(entry, sent)
        answer = NoticeAnswer(
            id=sent.id,
            notice_id=notice.id,
            unit=sent.unit,
            text=sent.text.strip(),
            papers=sent.papers,
            body_sha256=digest,
            state=AnswerState.WAITING,
            answered_at=entry.now,
            answered_by=entry.actor,
            comment="",
            judged_at=None,
            judged_by=None,
        )
        shape.insert(entry.connection, tables.notice_answers, [answer])
        entry.log("answer_notice", "notice", notice.id, after=answer)
        return answer, True


def _require_papers(entry: Entry, sent: AnswerSent) -> None:
    known = {one.id for one in notices.papers_of(entry.connection, sent.notice_id)}
    for paper in sent.papers:
        if paper not in known:
            raise PaperOfAnother(id=paper)


def accept_answer(book: Book, answer_id: UUID, comment: str = "") -> NoticeAnswer:
    """Accept a unit's answer. Raises as `send_answer_back`."""
    return _judge(book, answer_id, AnswerState.ACCEPTED, comment)


def send_answer_back(book: Book, answer_id: UUID, comment: str) -> NoticeAnswer:
    """Send an answer back with what is missing.

    Raises NotInRegister, NoticeNotOpen, AnswerJudged, OwnAnswer, SendingBackUnexplained,
    WholeDistrictOnly.
    """
    return _judge(book, answer_id, AnswerState.SENT_BACK, comment)


def _judge(book: Book, answer_id: UUID, state: AnswerState, comment: str) -> NoticeAnswer:
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        before = notices.filed_answer(entry.connection, answer_id)
        if before is None:
            raise NotInRegister(id=answer_id)
        told = (before.state, before.judged_by, before.comment)
        if told == (state, entry.actor, comment.strip()):
            return before
        notices.notice(entry.connection, before.notice_id).require_open()
        after = before.judged(state, entry.actor, entry.now, comment)
        shape.replace(entry.connection, tables.notice_answers, after)
        verb = "accept_answer" if state is AnswerState.ACCEPTED else "send_answer_back"
        entry.log(verb, "notice", before.notice_id, before=before, after=after)
        return after
