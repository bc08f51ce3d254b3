"""Queries on notices, their answers and papers."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.terms import NoticeKind, NoticeState
from gis.domain.works.deadline_errors import NoticeUnknown
from gis.domain.works.notice import LaggingNotice, NoticeAnswer, NoticePaper
from gis.domain.works.notice_facts import ListVersion
from gis.store import shape, sight
from gis.store.log import GENESIS
from gis.store.tables import lagging_notices, ledger_log, notice_answers, notice_papers


def filed(connection: sa.Connection, notice_id: UUID) -> LaggingNotice | None:
    """Return a notice, or None; whoever asks."""
    query = sa.select(lagging_notices).where(lagging_notices.c.id == notice_id)
    return shape.select_one(connection, LaggingNotice, query)


def notice(connection: sa.Connection, notice_id: UUID) -> LaggingNotice:
    """Return a notice that is seen; raises NoticeUnknown."""
    seen = sight.notices_seen(connection, lagging_notices)
    query = sa.select(lagging_notices).where(lagging_notices.c.id == notice_id, seen)
    found = shape.select_one(connection, LaggingNotice, query)
    if found is None:
        raise NoticeUnknown(id=notice_id)
    return found


def notices_in(
    connection: sa.Connection,
    district_code: str,
    *,
    states: Collection[NoticeState] = (),
    limit: int = 500,
) -> list[LaggingNotice]:
    """Return a district's notices that are seen: drafts first, then the newest issued."""
    one = lagging_notices.c
    query = (
        sa.select(lagging_notices)
        .where(one.district_code == district_code)
        .where(sight.notices_seen(connection, lagging_notices))
        .order_by(one.state != NoticeState.DRAFT, one.drafted_at.desc(), one.id)
        .limit(limit)
    )
    if states:
        query = query.where(one.state.in_(states))
    return shape.select_all(connection, LaggingNotice, query)


def next_number(connection: sa.Connection, district_code: str, kind: NoticeKind, year: int) -> int:
    """Return the number that a district's next notice of a kind gets in a year.

    Writers take turns (`Book.entry`), so that no two get the same and none is left out.
    """
    one = lagging_notices.c
    query = sa.select(sa.func.coalesce(sa.func.max(one.number), 0) + 1).where(
        one.district_code == district_code, one.kind == kind, one.year == year
    )
    return int(connection.scalar(query) or 1)


def answers_of(
    connection: sa.Connection, notice_ids: Collection[UUID]
) -> dict[UUID, list[NoticeAnswer]]:
    """Return the answers to notices that were found before, oldest first; one's own units' only."""
    answer = notice_answers.c
    query = (
        sa.select(notice_answers)
        .where(answer.notice_id.in_(notice_ids))
        .order_by(answer.answered_at, answer.id)
    )
    seen = sight.of(connection)
    if not seen.is_everything:
        query = query.where(answer.unit.in_([*seen.units, *seen.towns]))
    found: dict[UUID, list[NoticeAnswer]] = defaultdict(list)
    for one in shape.select_all(connection, NoticeAnswer, query):
        found[one.notice_id].append(one)
    return found


def filed_answer(connection: sa.Connection, answer_id: UUID) -> NoticeAnswer | None:
    """Return an answer, or None; whoever asks."""
    query = sa.select(notice_answers).where(notice_answers.c.id == answer_id)
    return shape.select_one(connection, NoticeAnswer, query)


def papers_of(connection: sa.Connection, notice_id: UUID) -> list[NoticePaper]:
    """Return the papers that were sent for answers to a notice, oldest first."""
    paper = notice_papers.c
    query = sa.select(notice_papers).where(paper.notice_id == notice_id)
    in_order = query.order_by(paper.added_at, paper.id)
    return shape.select_all(connection, NoticePaper, in_order)


def filed_paper(connection: sa.Connection, paper_id: UUID) -> NoticePaper | None:
    """Return a paper, or None; whoever asks."""
    query = sa.select(notice_papers).where(notice_papers.c.id == paper_id)
    return shape.select_one(connection, NoticePaper, query)


def paper(connection: sa.Connection, notice_id: UUID, paper_id: UUID) -> NoticePaper:
    """Return a paper of a notice that is seen: by a unit, its own. Raises NotInRegister.

    A paper is a unit's where an answer of it names it, or where one sent it oneself.
    """
    found = filed_paper(connection, paper_id)
    if found is None or found.notice_id != notice_id:
        raise NotInRegister(id=paper_id)
    seen = sight.of(connection)
    if not seen.is_everything and found.added_by != seen.who:
        mine = answers_of(connection, [notice_id]).get(notice_id, [])
        if not any(paper_id in answer.papers for answer in mine):
            raise NotInRegister(id=paper_id)
    return found


def list_version(connection: sa.Connection, as_of: datetime) -> ListVersion:
    """Return which state the register was in before a moment: the log's newest entry then."""
    query = (
        sa.select(ledger_log.c.seq, ledger_log.c.hash)
        .where(ledger_log.c.at < as_of)
        .order_by(ledger_log.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return ListVersion(0, GENESIS) if row is None else ListVersion(row.seq, row.hash)
