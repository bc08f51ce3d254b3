"""Projects at sites."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

projects = sa.Table(
    "projects",
    metadata,
    column("id", UUID, primary_key=True),
    column("version", sa.Integer, primary_key=True, autoincrement=False),
    timestamp("recorded_at"),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True),
    column("title", sa.Text),
    column("stage", TermText(terms.ProjectStage)),
    column("lead_unit", sa.Text),
    column("supporting_units", sa.Text),
    column("leader_role", sa.Text),
    column("due_on", sa.Date, null=True),
    column("budget_yuan", sa.Double, null=True),
    column("paid_yuan", sa.Double, null=True),
    column("progress_percent", sa.Integer),
    column("task_no", sa.Integer, null=True),
    column("is_demo", sa.Boolean),
    sa.CheckConstraint("progress_percent between 0 and 100", name="progress_is_a_percentage"),
)
