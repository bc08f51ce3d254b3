"""Field checks, and every step of their review."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, shape, timestamp

NULL_JSON = JSONB(none_as_null=True)

field_checks = sa.Table(
    "field_checks",
    metadata,
    column("id", UUID, primary_key=True),
    column("candidate_id", UUID, sa.ForeignKey("candidates.id"), index=True, null=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True, null=True),
    column("seen_version", sa.Integer),
    column("verdict", TermText(terms.Verdict)),
    column("answers", JSONB),
    column("outline", shape("MULTIPOLYGON"), null=True),
    column("outline_by", TermText(terms.OutlineBy), null=True),
    column("fixes", JSONB),
    column("overrides", JSONB),
    column("photos", JSONB),
    column("opened_at", sa.TIMESTAMP(timezone=True), null=True),
    timestamp("checked_at"),
    column("sent_at", sa.TIMESTAMP(timezone=True), null=True),
    column("recorded_by", sa.Text),
    column("via", TermText(terms.Via)),
    column("body", sa.Text, null=True),
    column("body_sha256", sa.Text),
    column("district_code", sa.Text, sa.ForeignKey("districts.code")),
    column("seen_outline", shape("MULTIPOLYGON")),
    timestamp("received_at"),
    column("received_by", sa.Text),
    column("clock_offset_s", sa.Double, null=True),
    timestamp("found_at"),
    column("review", TermText(terms.ReviewState)),
    column("standing", TermText(terms.Standing)),
    column("version", sa.Integer),
    column("problems", JSONB),
    column("edited", NULL_JSON, null=True),
    column("effects", NULL_JSON, null=True),
    column("effect_at", sa.TIMESTAMP(timezone=True), null=True),
    sa.CheckConstraint(
        "(candidate_id is null) <> (site_code is null)", name="field_check_has_one_place"
    ),
    sa.Index(
        "ix_field_checks_district_code_received_at_id",
        "district_code",
        sa.text("received_at desc"),
        "id",
    ),
    sa.Index("ix_field_checks_recorded_by_received_at", "recorded_by", "received_at"),
)

check_reviews = sa.Table(
    "check_reviews",
    metadata,
    column("id", UUID, primary_key=True),
    column("check_id", UUID, sa.ForeignKey("field_checks.id"), index=True),
    column("number", sa.Integer),
    column("act", TermText(terms.ReviewAct)),
    timestamp("at"),
    column("by", sa.Text),
    column("comment", sa.Text),
    column("changes", NULL_JSON, null=True),
    column("review", TermText(terms.ReviewState)),
    column("standing", TermText(terms.Standing)),
    column("body_sha256", sa.Text),
    sa.UniqueConstraint("check_id", "number"),
)
