"""Models that were trained."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

models = sa.Table(
    "models",
    metadata,
    column("id", UUID, primary_key=True),
    column("name", sa.Text, unique=True),
    column("sha256", sa.Text, unique=True),
    column("path", sa.Text),
    column("card", JSONB),
    column("training_set_id", UUID, null=True),
    column("state", TermText(terms.ModelState)),
    timestamp("made_at"),
    column("made_by", sa.Text),
    timestamp("changed_at"),
    column("changed_by", sa.Text),
    column("reason", sa.Text),
)
