"""Find the candidates of a site by an index: its checks and their photographs hang on them.

Revision ID: 0014
Revises: 0013
"""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.execute("create index ix_candidates_site_code on candidates (site_code)")
