"""Verbs on notices to units that lag: draft from the register's facts, issue, drop, close."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.canonical import sha256_of
from gis.domain.errors import DateInFuture
from gis.domain.sites.errors import IdReused
from gis.domain.terms import DeadlineState, NoticeState
from gis.domain.works.deadline_errors import ReplyDayPast
from gis.domain.works.notice import LaggingNotice, NoticeSent, require_units
from gis.domain.works.notice_facts import LaggingWork, chosen, facts, facts_sha256
from gis.ledger.book import Book, Entry
from gis.rules import deadlines as rules
from gis.store import deadlines, notices, places, shape, sight, tables
from gis.store.deadlines import WorkWish
from gis.store.listing import Scope
from gis.store.register import day_of, end_of

WISHED = ("units", "works", "reach", "town")


def draft_notice(book: Book, sent: NoticeSent) -> tuple[LaggingNotice, bool]:
    """Draft a notice from what is overdue; the same again is the same notice.

    Raises DistrictUnknown, IdReused, DateInFuture, NoticeUnits, UnitUnknown, WorkNotLagging,
    NothingLags, TooManyWorks, ReplyDayPast, WholeDistrictOnly.
    """
    digest = sha256_of(*sent)
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        known = notices.filed(entry.connection, sent.id)
        if known is not None:
            if known.body_sha256 != digest:
                raise IdReused(id=sent.id)
            return known, False
        places.district(entry.connection, sent.district_code)
        require_units(sent.kind, sent.units)
        today = day_of(entry.now)
        if sent.day is not None and sent.day > today:
            raise DateInFuture(day=sent.day)
        reply_by = sent.reply_by or today + timedelta(days=rules.current().reply_days)
        if reply_by < today:
            raise ReplyDayPast(day=reply_by)
        is_now = sent.day in (None, today)
        as_of = entry.now if is_now or sent.day is None else end_of(sent.day)
        wish = {name: getattr(sent, name) for name in WISHED}
        stated = _facts(entry.connection, Scope(sent.district_code, as_of, is_now), wish)
        drafted = LaggingNotice(
            id=sent.id,
            district_code=sent.district_code,
            kind=sent.kind,
            units=sent.units,
            remark=sent.remark.strip(),
            reply_by=reply_by,
            as_of=as_of,
            wish={n: list(v) if isinstance(v, tuple) else v for n, v in wish.items()},
            facts=stated,
            facts_sha256=facts_sha256(stated),
            body_sha256=digest,
            state=NoticeState.DRAFT,
            drafted_at=entry.now,
            drafted_by=entry.actor,
            year=None,
            number=None,
            issued_at=None,
            issued_by=None,
            closed_at=None,
            closed_by=None,
            closing_note="",
        )
        shape.insert(entry.connection, tables.lagging_notices, [drafted])
        entry.log("draft_notice", "notice", drafted.id, after=_said(drafted))
        return drafted, True


def _facts(connection: sa.Connection, scope: Scope, wish: dict[str, Any]) -> dict[str, Any]:
    """Return what a notice states of the works that are overdue as of the scope's moment."""
    one_of = {name: (wish[name],) if wish[name] else () for name in ("reach", "town")}
    asked = WorkWish(state=(DeadlineState.RED,), unit=tuple(wish["units"]), **one_of)
    rows = deadlines.works(connection, scope, asked)
    known = deadlines.units(connection, scope)
    day = day_of(scope.as_of)
    works = chosen(_lagging(rows), wish["units"], wish["works"], known, day)
    district = places.district(connection, scope.district_code)
    version = notices.list_version(connection, scope.as_of)
    return facts(district, scope.as_of, day, version, wish["units"], works)


def _lagging(rows: Sequence[dict[str, Any]]) -> list[LaggingWork]:
    named = [name for name in LaggingWork._fields if name != "kind"]
    return [
        LaggingWork(kind=row["kind"].value, **{name: row[name] for name in named}) for row in rows
    ]


def drawn_again(book: Book, notice_id: UUID) -> bool:
    """Draw a notice's facts again, as of its moment, and say whether they are the same.

    Raises NoticeUnknown, WholeDistrictOnly, and what drawing them raises.
    """
    with book.reading() as connection:
        found = notices.notice(connection, notice_id)
        sight.require_whole(connection)
        again = _facts(connection, Scope(found.district_code, found.as_of), found.wish)
    return facts_sha256(again) == found.facts_sha256 == facts_sha256(found.facts)


def issue_notice(book: Book, notice_id: UUID) -> LaggingNotice:
    """Issue a draft: it gets the next number of its district, kind and year, and can be answered.

    Issued again by the same person it stays as it is. Raises NoticeUnknown, NoticeNotDraft,
    ReplyDayPast, WholeDistrictOnly.
    """
    with book.entry() as entry:
        before = _whole(entry, notice_id)
        if before.state is NoticeState.ISSUED and before.issued_by == entry.actor:
            return before
        day = day_of(entry.now)
        number = notices.next_number(entry.connection, before.district_code, before.kind, day.year)
        after = before.issued(number, day, entry.actor, entry.now)
        return _store(entry, before, after, "issue_notice")


def drop_notice(book: Book, notice_id: UUID) -> LaggingNotice:
    """Drop a draft; it had no number. Raises NoticeUnknown, NoticeNotDraft, WholeDistrictOnly."""
    with book.entry() as entry:
        before = _whole(entry, notice_id)
        if before.state is NoticeState.DROPPED:
            return before
        before.require_draft()
        after = replace(before, state=NoticeState.DROPPED)
        return _store(entry, before, after, "drop_notice")


def close_notice(book: Book, notice_id: UUID, note: str = "") -> LaggingNotice:
    """Close a notice whose answers were all accepted.

    Raises NoticeUnknown, NoticeNotOpen, AnswersMissing, WholeDistrictOnly.
    """
    with book.entry() as entry:
        before = _whole(entry, notice_id)
        if before.state is NoticeState.CLOSED and before.closed_by == entry.actor:
            return before
        answers = notices.answers_of(entry.connection, [notice_id]).get(notice_id, [])
        after = before.closed(answers, entry.actor, entry.now, note)
        return _store(entry, before, after, "close_notice")


def _whole(entry: Entry, notice_id: UUID) -> LaggingNotice:
    sight.require_whole(entry.connection)
    return notices.notice(entry.connection, notice_id)


def _store(entry: Entry, before: LaggingNotice, after: LaggingNotice, verb: str) -> LaggingNotice:
    shape.replace(entry.connection, tables.lagging_notices, after)
    entry.log(verb, "notice", after.id, before=_said(before), after=_said(after))
    return after


def _said(notice: LaggingNotice) -> dict[str, Any]:
    """Return what the log says of a notice; its facts are kept with it, under their hash."""
    names = ("units", "state", "as_of", "facts_sha256", "reply_by", "remark", "closing_note")
    plain = {name: getattr(notice, name) for name in names}
    return {"title": notice.title, "symbol": notice.symbol, **plain}
