"""Keep where a scene's bands stand in its file: a file without names cannot be read again else.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("scenes", sa.Column("band_places", postgresql.JSONB(), nullable=True))
