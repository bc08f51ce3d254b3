"""The columns of work that waits in a queue, which several tables have."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column

MOMENT = sa.TIMESTAMP(timezone=True)


def queued_work() -> tuple[sa.Column[Any], ...]:
    """Return new columns for what `QueuedWork` holds."""
    return (
        column("id", UUID, primary_key=True),
        column("state", TermText(terms.JobState), index=True),
        column("times_lost", sa.Integer),
        column("claim", UUID, null=True),
        column("worker", sa.Text, null=True),
        column("began_at", MOMENT, null=True),
        column("beat_at", MOMENT, null=True),
        column("ended_at", MOMENT, null=True),
        column("error", JSONB(none_as_null=True), null=True),
        column("log", JSONB),
    )
