"""Laboratory results and the conclusions that rest on them.

A sample recorded before conclusions were signed becomes a conclusion in force on the basis EARLIER,
or superseded where a later one speaks; one that identified nothing stays a draft.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

MOVE_SAMPLES = """
with said as (
    select s.*,
        nature = 'UNIDENTIFIED' as is_open,
        (select w.leach_multiple from samples w
            where w.site_code = s.site_code
                and w.leach_method = 'HJ 557' and w.leach_multiple is not null
                and (w.taken_on, w.recorded_at, w.id) <= (s.taken_on, s.recorded_at, s.id)
            order by w.taken_on desc, w.recorded_at desc, w.id desc limit 1) as multiple,
        (select n.id from samples n
            where n.site_code = s.site_code and n.nature <> 'UNIDENTIFIED'
            order by n.taken_on desc, n.recorded_at desc, n.id desc limit 1) as speaker
    from samples s
), versions as (
    select *, 1 as version, recorded_at as at,
        case when is_open then 'DRAFT' else 'IN_FORCE' end as state, null::uuid as by
    from said
    union all
    select said.*, 2, greatest(later.recorded_at, said.recorded_at + interval '1 microsecond'),
        'SUPERSEDED', speaker
    from said join samples later on later.id = said.speaker
    where not said.is_open and said.speaker <> said.id
)
insert into conclusions
    (id, site_code, plan_code, basis, nature, waste_class, concluded_on, leach_multiple,
     radioactivity_bq_g, laboratory, report_no, reason, excluded, version,
     recorded_at, state, body_sha256,
     finding, evidence_sha256, unchecked, proposed_by, signed_by, signed_at, reviewed_by,
     reviewed_at, review_comment, superseded_by, is_demo)
select id, site_code, null, 'EARLIER', nature, null, taken_on, multiple,
    null, laboratory, null, note, '[]'::jsonb, version, at, state, '',
    null, null, '[]'::jsonb, '', null, null, null,
    null, '', by, is_demo
from versions
"""


def upgrade() -> None:
    op.create_table(
        "lab_batches",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("plan_code", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("results", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_lab_batches_site_code")
        ),
        sa.ForeignKeyConstraint(
            ["plan_code"], ["sampling_plans.code"], name=op.f("fk_lab_batches_plan_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_batches")),
    )
    op.create_index(op.f("ix_lab_batches_site_code"), "lab_batches", ["site_code"], unique=False)
    op.create_index(op.f("ix_lab_batches_plan_code"), "lab_batches", ["plan_code"], unique=False)
    op.create_table(
        "lab_results",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("batch_id", sa.UUID(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("increment_code", sa.Text(), nullable=False),
        sa.Column("analyte", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("leach_method", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("is_below_detection", sa.Boolean(), nullable=False),
        sa.Column("detection_limit", sa.Double(), nullable=True),
        sa.Column("raw_value", sa.Text(), nullable=False),
        sa.Column("raw_unit", sa.Text(), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=True),
        sa.Column("laboratory", sa.Text(), nullable=True),
        sa.Column("report_no", sa.Text(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "value >= 0 or quantity = 'FLASH_POINT'", name=op.f("ck_lab_results_not_negative")
        ),
        sa.CheckConstraint(
            "is_below_detection = (value is null)", name=op.f("ck_lab_results_below_has_no_value")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["lab_batches.id"], name=op.f("fk_lab_results_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_lab_results_site_code")
        ),
        sa.ForeignKeyConstraint(
            ["increment_code"], ["increments.code"], name=op.f("fk_lab_results_increment_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_results")),
    )
    op.create_index(op.f("ix_lab_results_batch_id"), "lab_results", ["batch_id"], unique=False)
    op.create_index(
        op.f("ix_lab_results_increment_code"), "lab_results", ["increment_code"], unique=False
    )
    op.create_table(
        "conclusions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("plan_code", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("waste_class", sa.Text(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("leach_multiple", sa.Double(), nullable=True),
        sa.Column("radioactivity_bq_g", sa.Double(), nullable=True),
        sa.Column("laboratory", sa.Text(), nullable=True),
        sa.Column("report_no", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_solid_waste", sa.Boolean(), nullable=True),
        sa.Column("is_listed", sa.Boolean(), nullable=True),
        sa.Column("hw_code", sa.Text(), nullable=True),
        sa.Column("excluded", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("finding", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("evidence_sha256", sa.Text(), nullable=True),
        sa.Column("unchecked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=True),
        sa.Column("signed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("review_comment", sa.Text(), nullable=False),
        sa.Column("superseded_by", sa.UUID(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state <> 'IN_FORCE' or basis = 'EARLIER' or (signed_by is not null "
            "and reviewed_by is not null and signed_by <> reviewed_by)",
            name=op.f("ck_conclusions_in_force_by_two"),
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_conclusions_site_code")
        ),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_conclusions")),
    )
    op.create_index(op.f("ix_conclusions_site_code"), "conclusions", ["site_code"], unique=False)
    op.execute(MOVE_SAMPLES)
    op.drop_table("samples")
