"""The queue of detection: procrastinate's own tables in a schema of theirs, and our batches.

The library brings its tables along. A newer one that changes them needs a migration of its own,
which runs those that the library brings; until then `pyproject.toml` holds it at 3.10.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"


def text(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=null)


def moment(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.TIMESTAMP(timezone=True), nullable=null)


def whole(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=null)


def uuid(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.UUID(), nullable=null)


def jsonb(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, postgresql.JSONB(), nullable=null)


def upgrade() -> None:
    connection = op.get_bind()
    before = connection.scalar(sa.text("SELECT current_setting('search_path')"))
    op.execute("CREATE SCHEMA jobs")
    op.execute("SET LOCAL search_path TO jobs, public")
    plain = connection.execution_options(no_parameters=True)
    plain.exec_driver_sql(SchemaManager.get_schema())
    connection.execute(
        sa.text("SELECT set_config('search_path', :before, true)"), {"before": before}
    )
    op.create_table(
        "detection_batches",
        *(uuid("id"), text("district_code"), text("name"), uuid("model_id"), text("model_name")),
        *(text("model_sha256"), jsonb("parameters"), whole("threads")),
        *(text("body_sha256"), moment("asked_at"), text("asked_by")),
        *(moment("cancelled_at", null=True), text("cancelled_by", null=True)),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_detection_batches_district_code")
        ),
        sa.ForeignKeyConstraint(
            ["model_id"], ["models.id"], name=op.f("fk_detection_batches_model_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detection_batches")),
        sa.UniqueConstraint(
            "district_code", "name", name=op.f("uq_detection_batches_district_code_name")
        ),
    )
    op.create_table(
        "detection_jobs",
        *(uuid("id"), uuid("batch_id"), uuid("scene_id"), whole("place"), uuid("key")),
        *(text("state"), whole("windows_done"), whole("windows_total", null=True)),
        *(whole("windows_kept"), whole("times_lost"), uuid("claim", null=True)),
        *(text("worker", null=True), moment("began_at", null=True), moment("beat_at", null=True)),
        *(moment("ended_at", null=True), jsonb("error", null=True), jsonb("log")),
        *(uuid("run_id", null=True), whole("found", null=True), whole("found_new", null=True)),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["detection_batches.id"], name=op.f("fk_detection_jobs_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["scene_id"], ["scenes.id"], name=op.f("fk_detection_jobs_scene_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["detection_runs.id"], name=op.f("fk_detection_jobs_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detection_jobs")),
        sa.UniqueConstraint(
            "batch_id", "scene_id", name=op.f("uq_detection_jobs_batch_id_scene_id")
        ),
    )
    for name in ("scene_id", "state", "run_id"):
        op.create_index(op.f(f"ix_detection_jobs_{name}"), "detection_jobs", [name])
