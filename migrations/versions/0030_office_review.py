"""Thresholds that move, verdicts by the image, and zones in which finds need no visit.

A run that is on file begins with the threshold of its parameters, and its finds are judged by it.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"

SAID = "coalesce(parameters->>'threshold', parameters->>'min_confidence')"
IS_SHARE = f"{SAID} ~ '^(0(\\.[0-9]+)?|1(\\.0+)?)$'"


def upgrade() -> None:
    text, day, moment = sa.Text(), sa.Date(), sa.TIMESTAMP(timezone=True)
    op.add_column("detection_runs", sa.Column("threshold", sa.Double(), nullable=True))
    op.execute(
        "update detection_runs set threshold = "
        f"case when {IS_SHARE} then ({SAID})::float else 0 end"
    )
    op.alter_column("detection_runs", "threshold", nullable=False)
    op.create_check_constraint(
        op.f("ck_detection_runs_threshold_is_a_share"),
        "detection_runs",
        "threshold between 0 and 1",
    )
    op.add_column("sightings", sa.Column("facts", postgresql.JSONB(), nullable=True))
    op.execute("update sightings set facts = '{}'")
    op.alter_column("sightings", "facts", nullable=False)
    op.add_column("candidates", sa.Column("is_above", sa.Boolean(), nullable=True))
    op.execute(
        "update candidates set is_above = sightings = 0 or exists ("
        "select 1 from sightings s join detection_runs r on r.id = s.run_id "
        "where s.candidate_id = candidates.id and s.confidence >= r.threshold)"
    )
    op.alter_column("candidates", "is_above", nullable=False)
    op.create_table(
        "office_verdicts",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("candidate_id", sa.UUID(), nullable=False),
        sa.Column("run_id", sa.UUID(), nullable=True),
        sa.Column("says", text, nullable=False),
        sa.Column("look_alike", text, nullable=True),
        sa.Column("note", text, nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=False),
        sa.Column("district_code", text, nullable=False),
        sa.Column("standing", text, nullable=False),
        sa.Column("state_before", text, nullable=False),
        sa.Column("made_version", sa.Integer(), nullable=True),
        sa.Column("body_sha256", text, nullable=False),
        sa.Column("given_at", moment, nullable=False),
        sa.Column("given_by", text, nullable=False),
        sa.Column("undone_at", moment, nullable=True),
        sa.Column("undone_by", text, nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_office_verdicts_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["detection_runs.id"], name=op.f("fk_office_verdicts_run_id")
        ),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_office_verdicts_district_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_verdicts")),
    )
    op.create_index(op.f("ix_office_verdicts_candidate_id"), "office_verdicts", ["candidate_id"])
    op.create_table(
        "ignore_zones",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("district_code", text, nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("kind", text, nullable=False),
        sa.Column("reason", text, nullable=False),
        sa.Column("valid_from", day, nullable=False),
        sa.Column("valid_until", day, nullable=True),
        sa.Column("source", text, nullable=False),
        sa.Column(
            "outline", Geometry("MULTIPOLYGON", srid=4490, spatial_index=False), nullable=False
        ),
        sa.Column("area_m2", sa.Double(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body_sha256", text, nullable=False),
        sa.Column("drawn_at", moment, nullable=False),
        sa.Column("drawn_by", text, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_by", text, nullable=True),
        sa.Column("ended_reason", text, nullable=True),
        sa.CheckConstraint("st_isvalid(outline)", name=op.f("ck_ignore_zones_outline_is_valid")),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_ignore_zones_district_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ignore_zones")),
    )
    op.create_index(op.f("ix_ignore_zones_district_code"), "ignore_zones", ["district_code"])
    op.create_index("ix_ignore_zones_outline", "ignore_zones", ["outline"], postgresql_using="gist")
    op.create_table(
        "zone_candidates",
        sa.Column("zone_id", sa.UUID(), nullable=False),
        sa.Column("candidate_id", sa.UUID(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["ignore_zones.id"], name=op.f("fk_zone_candidates_zone_id")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_zone_candidates_candidate_id")
        ),
        sa.PrimaryKeyConstraint("zone_id", "candidate_id", name=op.f("pk_zone_candidates")),
    )
    op.create_index(op.f("ix_zone_candidates_candidate_id"), "zone_candidates", ["candidate_id"])
