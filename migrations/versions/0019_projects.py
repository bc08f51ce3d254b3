"""Projects as whole plans, their tasks, and their steps from stage to stage.

Of what stands already nothing is known to be missing: a project keeps its fields and its stage,
goes by the general chain, and is recorded by whom the log says.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"

WRITERS = """
update projects p set recorded_by = coalesce((
    select l.actor from ledger_log l
    where l.verb = 'record_project' and l.subject_id = p.site_code and l.at = p.recorded_at
    limit 1
), '')
"""


def _columns(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    """Columns of one kind; a name that ends in ``?`` may be null."""
    return [sa.Column(name.rstrip("?"), kind, nullable=name.endswith("?")) for name in names]


def upgrade() -> None:
    text, day, moment = sa.Text(), sa.Date(), sa.TIMESTAMP(timezone=True)
    stated = ("issue", "goal", "measures", "lead_unit_reason", "person_in_charge", "fund_source")
    for name in ("variant", *stated, "recorded_by"):
        start = "GENERAL" if name == "variant" else ""
        op.add_column("projects", sa.Column(name, text, nullable=False, server_default=start))
        op.alter_column("projects", name, server_default=None)
    for column in (
        *_columns(text, "finding?"),
        *_columns(day, "starts_on?", "care_until?"),
        *_columns(sa.Double(), "restored_m2?"),
    ):
        op.add_column("projects", column)
    op.execute(WRITERS)
    op.create_table(
        "project_tasks",
        *_columns(sa.UUID(), "id"),
        *_columns(sa.Integer(), "version"),
        *_columns(moment, "recorded_at"),
        *_columns(sa.UUID(), "project_id"),
        *_columns(text, "site_code", "title", "lead_unit", "supporting_units", "leader_role"),
        *_columns(day, "starts_on?", "due_on?", "done_on?"),
        *_columns(text, "note", "dropped_reason"),
        *_columns(sa.Boolean(), "is_demo"),
        *_columns(text, "recorded_by"),
        sa.CheckConstraint(
            "starts_on <= due_on", name=op.f("ck_project_tasks_starts_before_it_is_due")
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_project_tasks_site_code")
        ),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_project_tasks")),
    )
    op.create_index("ix_project_tasks_project_id", "project_tasks", ["project_id"])
    op.create_index("ix_project_tasks_site_code", "project_tasks", ["site_code"])
    op.create_table(
        "project_steps",
        *_columns(sa.UUID(), "id", "project_id"),
        *_columns(sa.Integer(), "project_version"),
        *_columns(text, "site_code", "from_stage?", "to_stage"),
        *_columns(day, "took_place_on"),
        *_columns(moment, "at"),
        *_columns(text, "by", "unit", "document_no", "note", "reason"),
        *_columns(postgresql.JSONB(), "evidence"),
        *_columns(text, "rules_sha256"),
        *_columns(sa.Boolean(), "is_demo"),
        sa.ForeignKeyConstraint(
            ["project_id", "project_version"],
            ["projects.id", "projects.version"],
            name=op.f("fk_project_steps_project_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_project_steps_site_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_steps")),
    )
    op.create_index("ix_project_steps_project_id_at", "project_steps", ["project_id", "at"])
    op.create_index("ix_project_steps_site_code", "project_steps", ["site_code"])
