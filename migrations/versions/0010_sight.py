"""The town of a candidate, so that rows can be seen by town; indexes that the log is searched by.

Revision ID: 0010
Revises: 0009
"""

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
