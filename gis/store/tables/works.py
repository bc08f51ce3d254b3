"""Projects at sites, their tasks, and the steps from stage to stage."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

projects = sa.Table(
    "projects",
    metadata,
    column("id", UUID, primary_key=True),
    column("version", sa.Integer, primary_key=True, autoincrement=False),
    timestamp("recorded_at"),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True),
    column("variant", TermText(terms.ProjectVariant)),
    column("title", sa.Text),
    column("issue", sa.Text),
    column("goal", sa.Text),
    column("measures", sa.Text),
    column("stage", TermText(terms.ProjectStage)),
    column("finding", TermText(terms.MineFinding), null=True),
    column("lead_unit", sa.Text),
    column("lead_unit_reason", sa.Text),
    column("supporting_units", sa.Text),
    column("leader_role", sa.Text),
    column("person_in_charge", sa.Text),
    column("starts_on", sa.Date, null=True),
    column("due_on", sa.Date, null=True),
    column("budget_yuan", sa.Double, null=True),
    column("fund_source", sa.Text),
    column("paid_yuan", sa.Double, null=True),
    column("progress_percent", sa.Integer),
    column("restored_m2", sa.Double, null=True),
    column("care_until", sa.Date, null=True),
    column("task_no", sa.Integer, null=True),
    column("is_demo", sa.Boolean),
    column("recorded_by", sa.Text),
    sa.CheckConstraint("progress_percent between 0 and 100", name="progress_is_a_percentage"),
    # What the board sums of the newest versions, in the order in which they are found.
    sa.Index(
        "ix_projects_newest",
        *("id", sa.text("version desc")),
        postgresql_include=["site_code", "stage", "budget_yuan", "paid_yuan"],
    ),
)

project_tasks = sa.Table(
    "project_tasks",
    metadata,
    column("id", UUID, primary_key=True),
    column("version", sa.Integer, primary_key=True, autoincrement=False),
    timestamp("recorded_at"),
    column("project_id", UUID, index=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True),
    column("title", sa.Text),
    column("lead_unit", sa.Text),
    column("supporting_units", sa.Text),
    column("leader_role", sa.Text),
    column("starts_on", sa.Date, null=True),
    column("due_on", sa.Date, null=True),
    column("done_on", sa.Date, null=True),
    column("note", sa.Text),
    column("dropped_reason", sa.Text),
    column("is_demo", sa.Boolean),
    column("recorded_by", sa.Text),
    sa.CheckConstraint("starts_on <= due_on", name="starts_before_it_is_due"),
)

project_steps = sa.Table(
    "project_steps",
    metadata,
    column("id", UUID, primary_key=True),
    column("project_id", UUID),
    column("project_version", sa.Integer),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True),
    column("from_stage", TermText(terms.ProjectStage), null=True),
    column("to_stage", TermText(terms.ProjectStage)),
    column("took_place_on", sa.Date),
    timestamp("at"),
    column("by", sa.Text),
    column("unit", sa.Text),
    column("document_no", sa.Text),
    column("note", sa.Text),
    column("reason", sa.Text),
    column("evidence", JSONB),
    column("rules_sha256", sa.Text),
    column("is_demo", sa.Boolean),
    sa.ForeignKeyConstraint(["project_id", "project_version"], ["projects.id", "projects.version"]),
    sa.Index("ix_project_steps_project_id_at", "project_id", "at"),
)
