"""Sets of samples as rows, comparisons of models, and what a model never saw.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects.postgresql import JSONB

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    text, moment, uuid = sa.Text(), sa.TIMESTAMP(timezone=True), sa.UUID()
    op.create_table(
        "training_sets",
        sa.Column("id", uuid, nullable=False),
        sa.Column("district_code", text, nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.Column("taught", sa.Integer(), nullable=False),
        sa.Column("labels", JSONB(), nullable=False),
        sa.Column("sha256", text, nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", text, nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_training_sets_district_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_sets")),
        sa.UniqueConstraint("name", name=op.f("uq_training_sets_name")),
    )
    op.create_index(op.f("ix_training_sets_district_code"), "training_sets", ["district_code"])
    op.create_table(
        "training_rows",
        sa.Column("set_id", uuid, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("check_id", uuid, nullable=False),
        sa.Column("check_version", sa.Integer(), nullable=False),
        sa.Column("place", text, nullable=False),
        sa.Column("scene_id", uuid, nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("verdict", text, nullable=False),
        sa.Column("class_name", text, nullable=True),
        sa.Column("left_out", text, nullable=True),
        sa.Column("is_kept_back", sa.Boolean(), nullable=False),
        sa.Column(
            "outline",
            Geometry("MULTIPOLYGON", srid=4490, spatial_index=False),
            nullable=False,
        ),
        sa.CheckConstraint(
            "num_nonnulls(class_name, left_out) = 1",
            name=op.f("ck_training_rows_taught_or_left_out"),
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["training_sets.id"], name=op.f("fk_training_rows_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["field_checks.id"], name=op.f("fk_training_rows_check_id")
        ),
        sa.ForeignKeyConstraint(
            ["scene_id"], ["scenes.id"], name=op.f("fk_training_rows_scene_id")
        ),
        sa.PrimaryKeyConstraint("set_id", "number", name=op.f("pk_training_rows")),
    )
    op.create_table(
        "model_comparisons",
        sa.Column("id", uuid, nullable=False),
        sa.Column("model_id", uuid, nullable=False),
        sa.Column("against_id", uuid, nullable=False),
        sa.Column("training_set_id", uuid, nullable=True),
        sa.Column("verdict", text, nullable=False),
        sa.Column("difference", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("is_fair", sa.Boolean(), nullable=False),
        sa.Column("figures", JSONB(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", text, nullable=False),
        sa.ForeignKeyConstraint(
            ["model_id"], ["models.id"], name=op.f("fk_model_comparisons_model_id")
        ),
        sa.ForeignKeyConstraint(
            ["against_id"], ["models.id"], name=op.f("fk_model_comparisons_against_id")
        ),
        sa.ForeignKeyConstraint(
            ["training_set_id"],
            ["training_sets.id"],
            name=op.f("fk_model_comparisons_training_set_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_comparisons")),
    )
    op.create_index(op.f("ix_model_comparisons_model_id"), "model_comparisons", ["model_id"])
    op.add_column("models", sa.Column("kept_back", text, nullable=True))
    op.create_foreign_key(
        op.f("fk_models_training_set_id"), "models", "training_sets", ["training_set_id"], ["id"]
    )
