"""Backfill: what is stated of sites, the papers of clause 8.2, the book, the plans kept."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

CODE = "site_codes.code"

backfill_facts = sa.Table(
    "backfill_facts",
    metadata,
    column("site_code", sa.Text, sa.ForeignKey(CODE), primary_key=True),
    sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), primary_key=True),
    column("recorded_by", sa.Text),
    column("material", TermText(terms.BackfillMaterial), null=True),
    column("void", TermText(terms.PitVoid), null=True),
    column("mining_area", sa.Text, null=True),
    column("is_filling_open", sa.Boolean, null=True),
    column("evidence", sa.Text),
    column("is_demo", sa.Boolean),
)

backfill_assessments = sa.Table(
    "backfill_assessments",
    metadata,
    column("id", UUID, primary_key=True),
    column("pit_code", sa.Text, sa.ForeignKey(CODE), index=True),
    column("source_code", sa.Text, sa.ForeignKey(CODE), null=True, index=True),
    column("source_name", sa.Text, null=True),
    column("material", TermText(terms.BackfillMaterial)),
    column("papers", JSONB),
    column("monitoring_per_year", sa.Integer, null=True),
    column("document_no", sa.Text),
    timestamp("proposed_at"),
    column("proposed_by", sa.Text),
    column("approved_at", sa.TIMESTAMP(timezone=True), null=True),
    column("approved_by", sa.Text, null=True),
    column("refused_at", sa.TIMESTAMP(timezone=True), null=True),
    column("comment", sa.Text),
    column("is_demo", sa.Boolean),
    sa.CheckConstraint("pit_code <> source_code", name="not_itself"),
    sa.CheckConstraint("approved_by <> proposed_by", name="by_another"),
)

backfill_loads = sa.Table(
    "backfill_loads",
    metadata,
    column("id", UUID, primary_key=True),
    column("pit_code", sa.Text, sa.ForeignKey(CODE)),
    column("source_code", sa.Text, sa.ForeignKey(CODE), null=True, index=True),
    column("source_name", sa.Text, null=True),
    column("waste_class", TermText(terms.WasteClass), null=True),
    column("nature", TermText(terms.WasteNature), null=True),
    column("material", TermText(terms.BackfillMaterial), null=True),
    column("radioactivity_bq_g", sa.Double, null=True),
    column("mining_area", sa.Text, null=True),
    column("tonnes", sa.Double),
    column("tipped_on", sa.Date),
    column("ticket_no", sa.Text, index=True),
    column("unit", sa.Text),
    column("received_by", sa.Text),
    column("assessment_id", UUID, sa.ForeignKey("backfill_assessments.id"), null=True),
    column("note", sa.Text),
    timestamp("recorded_at"),
    column("recorded_by", sa.Text),
    column("body_sha256", sa.Text),
    column("standing", TermText(terms.PairStanding)),
    column("rule", sa.Text),
    column("corrects", UUID, sa.ForeignKey("backfill_loads.id"), null=True, unique=True),
    column("reason", sa.Text),
    column("is_demo", sa.Boolean),
    sa.CheckConstraint("pit_code <> source_code", name="not_itself"),
    sa.CheckConstraint("(tonnes > 0) = (corrects is null)", name="counter_entry_is_negative"),
    sa.CheckConstraint("source_code is not null or source_name is not null", name="has_a_source"),
    sa.Index("ix_backfill_loads_pit_code_tipped_on", "pit_code", "tipped_on"),
)

backfill_plans = sa.Table(
    "backfill_plans",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code"), index=True),
    column("title", sa.Text),
    timestamp("made_at"),
    column("made_by", sa.Text),
    timestamp("as_of"),
    column("asked", JSONB),
    column("inputs", JSONB),
    column("inputs_sha256", sa.Text),
    column("rules_sha256", sa.Text),
    column("result", JSONB),
    column("is_demo", sa.Boolean),
)
