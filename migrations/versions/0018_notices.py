"""Requests for later days, and notices to units that lag.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0018"
down_revision = "0017"

MOMENT = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "due_extensions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead_unit", sa.Text(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "new_due_on > old_due_on", name=op.f("ck_due_extensions_later_than_before")
        ),
        sa.CheckConstraint(
            "decided_by <> asked_by", name=op.f("ck_due_extensions_decided_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_due_extensions_district_code")
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_due_extensions_site_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_extensions")),
    )
    op.create_index(op.f("ix_due_extensions_district_code"), "due_extensions", ["district_code"])
    op.create_index(op.f("ix_due_extensions_site_code"), "due_extensions", ["site_code"])
    op.create_index("ix_due_extensions_work", "due_extensions", ["work", "decided_at"])
    op.create_index(
        "uq_due_extensions_waiting",
        "due_extensions",
        ["work"],
        unique=True,
        postgresql_where=sa.text("state = 'ASKED'"),
    )
    op.create_table(
        "lagging_notices",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("units", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("wish", JSONB(), nullable=False),
        sa.Column("facts", JSONB(), nullable=False),
        sa.Column("facts_sha256", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("drafted_at", MOMENT, nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("issued_at", MOMENT, nullable=True),
        sa.Column("issued_by", sa.Text(), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("closing_note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(year, number, issued_at, issued_by) in (0, 4)",
            name=op.f("ck_lagging_notices_numbered_when_issued"),
        ),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_lagging_notices_district_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lagging_notices")),
        sa.UniqueConstraint(
            *("district_code", "kind", "year", "number"),
            name=op.f("uq_lagging_notices_district_code_kind_year_number"),
        ),
    )
    op.create_table(
        "notice_answers",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("notice_id", sa.UUID(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("papers", sa.ARRAY(sa.UUID()), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("judged_at", MOMENT, nullable=True),
        sa.Column("judged_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "judged_by <> answered_by", name=op.f("ck_notice_answers_judged_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["lagging_notices.id"], name=op.f("fk_notice_answers_notice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_answers")),
    )
    op.create_index(op.f("ix_notice_answers_notice_id"), "notice_answers", ["notice_id"])
    op.create_index(
        "uq_notice_answers_waiting",
        "notice_answers",
        ["notice_id", "unit"],
        unique=True,
        postgresql_where=sa.text("state in ('WAITING', 'ACCEPTED')"),
    )
    op.create_table(
        "notice_papers",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("notice_id", sa.UUID(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["lagging_notices.id"], name=op.f("fk_notice_papers_notice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_papers")),
    )
    op.create_index(op.f("ix_notice_papers_notice_id"), "notice_papers", ["notice_id"])
