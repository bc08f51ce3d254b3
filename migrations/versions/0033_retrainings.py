"""Trainings that are asked for from a page and done by the worker.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"


def text(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=null)


def moment(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.TIMESTAMP(timezone=True), nullable=null)


def uuid(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.UUID(), nullable=null)


def upgrade() -> None:
    op.create_table(
        "retrainings",
        *(uuid("id"), text("district_code"), text("name"), text("labels", null=True)),
        *(uuid("against_id", null=True), text("body_sha256"), moment("asked_at")),
        *(text("asked_by"), text("state"), sa.Column("times_lost", sa.Integer(), nullable=False)),
        *(uuid("claim", null=True), text("worker", null=True), moment("began_at", null=True)),
        *(moment("beat_at", null=True), moment("ended_at", null=True)),
        moment("cancelled_at", null=True),
        sa.Column("error", postgresql.JSONB(), nullable=True),
        sa.Column("log", postgresql.JSONB(), nullable=False),
        *(text("set_name", null=True), uuid("model_id", null=True)),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_retrainings_district_code")
        ),
        sa.ForeignKeyConstraint(
            ["against_id"], ["models.id"], name=op.f("fk_retrainings_against_id")
        ),
        sa.ForeignKeyConstraint(["model_id"], ["models.id"], name=op.f("fk_retrainings_model_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retrainings")),
    )
    for name in ("district_code", "state"):
        op.create_index(op.f(f"ix_retrainings_{name}"), "retrainings", [name])
