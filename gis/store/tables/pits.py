"""Surveys of pits."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

pit_surveys = sa.Table(
    "pit_surveys",
    metadata,
    column("id", UUID, primary_key=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code")),
    column("surveyed_on", sa.Date),
    column("basis", TermText(terms.SurveyBasis)),
    column("rim_m", sa.Double, null=True),
    column("rim_basis", TermText(terms.RimBasis), null=True),
    column("bottom_m", sa.Double, null=True),
    column("depth_m", sa.Double, null=True),
    column("level_m", sa.Double, null=True),
    column("free_volume_m3", sa.Double, null=True),
    column("free_volume_sigma_m3", sa.Double, null=True),
    column("compared_on", sa.Date, null=True),
    column("volume_change_m3", sa.Double, null=True),
    column("volume_change_sigma_m3", sa.Double, null=True),
    column("slope_deg", sa.Double, null=True),
    column("steepest_deg", sa.Double, null=True),
    column("highwall_m", sa.Double, null=True),
    column("highwall_deg", sa.Double, null=True),
    column("has_water", sa.Boolean, null=True),
    column("water_area_m2", sa.Double, null=True),
    column("land_class", sa.Text, null=True),
    column("note", sa.Text),
    column("curve", JSONB),
    column("sources", JSONB),
    column("details", JSONB),
    column("body_sha256", sa.Text),
    timestamp("recorded_at"),
    column("recorded_by", sa.Text),
    column("withdrawn_at", sa.TIMESTAMP(timezone=True), null=True),
    column("withdrawn_by", sa.Text, null=True),
    column("withdrawn_reason", sa.Text, null=True),
    column("is_demo", sa.Boolean),
    sa.CheckConstraint("free_volume_m3 >= 0 and depth_m >= 0", name="no_negative_hollow"),
    sa.Index("ix_pit_surveys_site_code_surveyed_on", "site_code", "surveyed_on"),
)
