"""The town of a candidate, so that rows can be seen by town; indexes that the log is searched by;
when its chain was proved.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.execute("alter table candidates add column town text")
    op.execute("create index ix_candidates_district_code_town on candidates (district_code, town)")
    op.execute("create index ix_listed_district_code_town on listed (district_code, town)")
    op.execute("create index ix_ledger_log_actor_seq on ledger_log (actor, seq)")
    op.execute("create index ix_ledger_log_verb_seq on ledger_log (verb, seq)")
    op.execute("create index ix_ledger_log_at on ledger_log (at)")
    op.create_table(
        "log_checks",
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("head_seq", sa.BigInteger(), nullable=False),
        sa.Column("head_hash", sa.Text(), nullable=False),
        sa.Column("broken_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("at", name="pk_log_checks"),
    )
