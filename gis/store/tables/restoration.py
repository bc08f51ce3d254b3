"""Restoration units, what is measured of them, their after-care, and the survey's rows of mines."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, gist, metadata, shape, timestamp

restoration_units = sa.Table(
    "restoration_units",
    metadata,
    column("id", UUID, primary_key=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True),
    column("name", sa.Text),
    column("direction", TermText(terms.Direction)),
    column("land_aim", TermText(terms.LandAim)),
    column("area_ha", sa.Double),
    column("has_waste", sa.Boolean, null=True),
    column("measures", sa.Text),
    column("targets", JSONB),
    column("outline", shape("MULTIPOLYGON"), null=True),
    column("version", sa.Integer, primary_key=True, autoincrement=False),
    timestamp("recorded_at"),
    column("recorded_by", sa.Text),
    column("accepted_on", sa.Date, null=True),
    column("ended_at", sa.TIMESTAMP(timezone=True), null=True),
    column("ended_reason", sa.Text, null=True),
    column("is_demo", sa.Boolean),
    sa.CheckConstraint("area_ha > 0", name="some_area"),
    gist("restoration_units", "outline"),
)

unit_values = sa.Table(
    "unit_values",
    metadata,
    column("id", UUID, primary_key=True),
    column("unit_id", UUID, index=True),
    column("indicator", TermText(terms.Indicator)),
    column("value", sa.Double),
    column("measured_on", sa.Date),
    column("source", sa.Text),
    column("note", sa.Text),
    column("body_sha256", sa.Text),
    timestamp("recorded_at"),
    column("recorded_by", sa.Text),
    column("basis", TermText(terms.OfferBasis), null=True),
    column("source_id", UUID, null=True),
    column("low", sa.Double, null=True),
    column("high", sa.Double, null=True),
    column("cautions", JSONB),
    sa.CheckConstraint("(basis is null) = (source_id is null)", name="basis_has_a_source"),
)

care_records = sa.Table(
    "care_records",
    metadata,
    column("id", UUID, primary_key=True),
    column("unit_id", UUID, index=True),
    column("rule_id", sa.Text),
    column("due_on", sa.Date),
    column("done_on", sa.Date),
    column("result", TermText(terms.CareResult)),
    column("finding", sa.Text),
    column("body_sha256", sa.Text),
    timestamp("recorded_at"),
    column("recorded_by", sa.Text),
)

mine_records = sa.Table(
    "mine_records",
    metadata,
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), primary_key=True),
    column("patch_no", sa.Text, index=True),
    column("mine_class", TermText(terms.MineClass), null=True),
    column("subclass", TermText(terms.MineSubclass), null=True),
    column("part", TermText(terms.MinePart), null=True),
    column("method", TermText(terms.MiningMethod), null=True),
    column("treated", TermText(terms.Treated), null=True),
    column("problems", ARRAY(sa.Text)),
    column("direction", TermText(terms.Direction), null=True),
    column("period", TermText(terms.RestorePeriod), null=True),
    column("approved_area_m2", sa.Double, null=True),
    column("treated_area_m2", sa.Double, null=True),
    column("land_class", sa.Text, null=True),
    column("protected_area", sa.Text, null=True),
    column("closed_year", sa.Integer, null=True),
    column("obligor", sa.Text, null=True),
    column("surveyed_by", sa.Text, null=True),
    column("surveyed_on", sa.Date, null=True),
    column("version", sa.Integer, primary_key=True, autoincrement=False),
    timestamp("recorded_at"),
    column("recorded_by", sa.Text),
)
