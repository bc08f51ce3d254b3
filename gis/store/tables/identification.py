"""Laboratory results by the file they came in, and the conclusions that rest on them."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

lab_batches = sa.Table(
    "lab_batches",
    metadata,
    column("id", UUID, primary_key=True),
    timestamp("recorded_at"),
    column("recorded_by", sa.Text),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True),
    column("plan_code", sa.Text, sa.ForeignKey("sampling_plans.code"), index=True),
    column("file_name", sa.Text),
    column("file_sha256", sa.Text),
    column("rows", sa.Integer),
    column("results", sa.Integer),
    column("withdrawn_at", sa.TIMESTAMP(timezone=True), null=True),
    column("withdrawn_by", sa.Text, null=True),
    column("withdrawn_reason", sa.Text, null=True),
    column("is_demo", sa.Boolean),
)

lab_results = sa.Table(
    "lab_results",
    metadata,
    column("id", UUID, primary_key=True),
    column("batch_id", UUID, sa.ForeignKey("lab_batches.id"), index=True),
    timestamp("recorded_at"),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code")),
    column("increment_code", sa.Text, sa.ForeignKey("increments.code"), index=True),
    column("analyte", sa.Text),
    column("quantity", TermText(terms.Quantity)),
    column("leach_method", TermText(terms.LeachMethod), null=True),
    column("method", sa.Text, null=True),
    column("value", sa.Double, null=True),
    column("unit", sa.Text),
    column("is_below_detection", sa.Boolean),
    column("detection_limit", sa.Double, null=True),
    column("raw_value", sa.Text),
    column("raw_unit", sa.Text),
    column("tested_on", sa.Date, null=True),
    column("laboratory", sa.Text, null=True),
    column("report_no", sa.Text, null=True),
    column("is_demo", sa.Boolean),
    sa.CheckConstraint("value >= 0 or quantity = 'FLASH_POINT'", name="not_negative"),
    sa.CheckConstraint("is_below_detection = (value is null)", name="below_has_no_value"),
)

conclusions = sa.Table(
    "conclusions",
    metadata,
    column("id", UUID, primary_key=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True),
    column("plan_code", sa.Text, null=True),
    column("basis", TermText(terms.ConclusionBasis)),
    column("nature", TermText(terms.WasteNature)),
    column("waste_class", TermText(terms.WasteClass), null=True),
    column("concluded_on", sa.Date, null=True),
    column("leach_multiple", sa.Double, null=True),
    column("radioactivity_bq_g", sa.Double, null=True),
    column("laboratory", sa.Text, null=True),
    column("report_no", sa.Text, null=True),
    column("reason", sa.Text),
    column("is_solid_waste", sa.Boolean, null=True),
    column("is_listed", sa.Boolean, null=True),
    column("hw_code", sa.Text, null=True),
    column("excluded", JSONB),
    column("version", sa.Integer, primary_key=True, autoincrement=False),
    timestamp("recorded_at"),
    column("state", TermText(terms.ConclusionState)),
    column("body_sha256", sa.Text),
    column("finding", JSONB(none_as_null=True), null=True),
    column("evidence_sha256", sa.Text, null=True),
    column("unchecked", JSONB),
    column("proposed_by", sa.Text),
    column("signed_by", sa.Text, null=True),
    column("signed_at", sa.TIMESTAMP(timezone=True), null=True),
    column("reviewed_by", sa.Text, null=True),
    column("reviewed_at", sa.TIMESTAMP(timezone=True), null=True),
    column("review_comment", sa.Text),
    column("superseded_by", UUID, null=True),
    column("is_demo", sa.Boolean),
    sa.CheckConstraint(
        "state <> 'IN_FORCE' or basis = 'EARLIER' or (signed_by is not null "
        "and reviewed_by is not null and signed_by <> reviewed_by)",
        name="in_force_by_two",
    ),
)
