"""Field checks with their answers, their review and how they stand to each other.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"

OF_A_CHECK = (
    ("site_code", sa.Text()),
    ("answers", JSONB()),
    ("outline", Geometry("MULTIPOLYGON", srid=4490, spatial_index=False)),
    ("outline_by", sa.Text()),
    ("fixes", JSONB()),
    ("overrides", JSONB()),
    ("photos", JSONB()),
    ("opened_at", sa.TIMESTAMP(timezone=True)),
    ("sent_at", sa.TIMESTAMP(timezone=True)),
    ("recorded_by", sa.Text()),
    ("via", sa.Text()),
    ("body", sa.Text()),
    ("district_code", sa.Text()),
    ("seen_outline", Geometry("MULTIPOLYGON", srid=4490, spatial_index=False)),
    ("clock_offset_s", sa.Double()),
    ("found_at", sa.TIMESTAMP(timezone=True)),
    ("review", sa.Text()),
    ("standing", sa.Text()),
    ("version", sa.Integer()),
    ("problems", JSONB()),
    ("edited", JSONB()),
    ("effects", JSONB()),
    ("effect_at", sa.TIMESTAMP(timezone=True)),
)
ALWAYS_KNOWN = (
    *("answers", "fixes", "overrides", "photos", "recorded_by", "via", "district_code"),
    *("seen_outline", "found_at", "review", "standing", "version", "problems"),
)
PITS = "('MINE_PIT', 'SAND_PIT', 'MINE')"
FILLED = f"""
update field_checks as c set
    verdict = case when c.verdict <> 'CONFIRMED' then c.verdict
                   when c.kind in {PITS} then 'PIT' else 'WASTE' end,
    answers = jsonb_build_object('kind', c.kind, 'waste_class', c.waste_class,
                                 'look_alike', c.look_alike, 'note', c.note),
    fixes = '[]', overrides = '[]', photos = '[]', problems = '[]',
    recorded_by = c.checked_by, via = 'NET', found_at = c.checked_at, version = 1,
    district_code = k.district_code, seen_outline = k.outline,
    review = case when c.has_conflict then 'RECEIVED' else 'APPROVED' end,
    standing = case when c.has_conflict then 'PARALLEL' else 'PLAIN' end,
    effect_at = case when c.has_conflict then null else c.received_at end,
    effects = case when c.has_conflict then null else
        jsonb_build_object('candidate:' || c.candidate_id, c.seen_version + 1)
        || case when s.code is null then '{{}}'::jsonb
                else jsonb_build_object('site:' || s.code, s.version) end end
from candidates as k
left join sites as s on s.code = k.site_code
where k.id = c.candidate_id
  and (s.code is null or s.version = 1)
"""


def upgrade() -> None:
    for name, kind in OF_A_CHECK:
        op.add_column("field_checks", sa.Column(name, kind, nullable=True))
    op.execute(FILLED)
    for name in ALWAYS_KNOWN:
        op.alter_column("field_checks", name, nullable=False)
    op.alter_column("field_checks", "candidate_id", nullable=True)
    op.alter_column("field_checks", "checked_by", new_column_name="received_by")
    for name in ("kind", "waste_class", "look_alike", "note", "has_conflict"):
        op.drop_column("field_checks", name)
    op.create_foreign_key(
        op.f("fk_field_checks_site_code"),
        *("field_checks", "site_codes", ["site_code"], ["code"]),
    )
    op.create_foreign_key(
        op.f("fk_field_checks_district_code"),
        *("field_checks", "districts", ["district_code"], ["code"]),
    )
    op.create_check_constraint(
        op.f("ck_field_checks_field_check_has_one_place"),
        "field_checks",
        "(candidate_id is null) <> (site_code is null)",
    )
    op.create_index(op.f("ix_field_checks_site_code"), "field_checks", ["site_code"])
    op.create_index(
        "ix_field_checks_district_code_received_at_id",
        "field_checks",
        ["district_code", sa.text("received_at desc"), "id"],
    )
    op.create_index(
        "ix_field_checks_recorded_by_received_at", "field_checks", ["recorded_by", "received_at"]
    )
    op.create_table(
        "check_reviews",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("check_id", sa.UUID(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("changes", JSONB(), nullable=True),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"], ["field_checks.id"], name=op.f("fk_check_reviews_check_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_reviews")),
        sa.UniqueConstraint("check_id", "number", name=op.f("uq_check_reviews_check_id_number")),
    )
    op.create_index(op.f("ix_check_reviews_check_id"), "check_reviews", ["check_id"])
