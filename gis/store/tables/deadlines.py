"""Requests for later days, and notices to units that lag, with their answers and papers."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

due_extensions = sa.Table(
    "due_extensions",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code"), index=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True),
    column("work", sa.Text),
    column("kind", TermText(terms.WorkKind)),
    column("title", sa.Text),
    column("lead_unit", sa.Text),
    column("old_due_on", sa.Date),
    column("new_due_on", sa.Date),
    column("reason", sa.Text),
    column("body_sha256", sa.Text),
    column("state", TermText(terms.ExtensionState)),
    timestamp("asked_at"),
    column("asked_by", sa.Text),
    column("decided_at", sa.TIMESTAMP(timezone=True), null=True),
    column("decided_by", sa.Text, null=True),
    column("decision_note", sa.Text),
    sa.CheckConstraint("new_due_on > old_due_on", name="later_than_before"),
    sa.CheckConstraint("decided_by <> asked_by", name="decided_by_another"),
    sa.Index("ix_due_extensions_work", "work", "decided_at"),
    sa.Index(
        "uq_due_extensions_waiting",
        "work",
        unique=True,
        postgresql_where=sa.text("state = 'ASKED'"),
    ),
)

lagging_notices = sa.Table(
    "lagging_notices",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code")),
    column("kind", TermText(terms.NoticeKind)),
    column("units", sa.ARRAY(sa.Text, as_tuple=True)),
    column("remark", sa.Text),
    column("reply_by", sa.Date),
    timestamp("as_of"),
    column("wish", JSONB),
    column("facts", JSONB),
    column("facts_sha256", sa.Text),
    column("body_sha256", sa.Text),
    column("state", TermText(terms.NoticeState)),
    timestamp("drafted_at"),
    column("drafted_by", sa.Text),
    column("year", sa.Integer, null=True),
    column("number", sa.Integer, null=True),
    column("issued_at", sa.TIMESTAMP(timezone=True), null=True),
    column("issued_by", sa.Text, null=True),
    column("closed_at", sa.TIMESTAMP(timezone=True), null=True),
    column("closed_by", sa.Text, null=True),
    column("closing_note", sa.Text),
    sa.UniqueConstraint("district_code", "kind", "year", "number"),
    sa.CheckConstraint(
        "num_nonnulls(year, number, issued_at, issued_by) in (0, 4)", name="numbered_when_issued"
    ),
)

notice_answers = sa.Table(
    "notice_answers",
    metadata,
    column("id", UUID, primary_key=True),
    column("notice_id", UUID, sa.ForeignKey("lagging_notices.id"), index=True),
    column("unit", sa.Text),
    column("text", sa.Text),
    column("papers", sa.ARRAY(UUID, as_tuple=True)),
    column("body_sha256", sa.Text),
    column("state", TermText(terms.AnswerState)),
    timestamp("answered_at"),
    column("answered_by", sa.Text),
    column("comment", sa.Text),
    column("judged_at", sa.TIMESTAMP(timezone=True), null=True),
    column("judged_by", sa.Text, null=True),
    sa.CheckConstraint("judged_by <> answered_by", name="judged_by_another"),
    sa.Index(
        "uq_notice_answers_waiting",
        "notice_id",
        "unit",
        unique=True,
        postgresql_where=sa.text("state in ('WAITING', 'ACCEPTED')"),
    ),
)

notice_papers = sa.Table(
    "notice_papers",
    metadata,
    column("id", UUID, primary_key=True),
    column("notice_id", UUID, sa.ForeignKey("lagging_notices.id"), index=True),
    column("file_name", sa.Text),
    column("media_type", sa.Text),
    column("size_bytes", sa.BigInteger),
    column("sha256", sa.Text),
    timestamp("added_at"),
    column("added_by", sa.Text),
)
