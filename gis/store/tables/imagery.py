"""Scenes, the elevation models that go with them, and detection runs."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, gist, metadata, shape, timestamp

scenes = sa.Table(
    "scenes",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code"), index=True),
    column("name", sa.Text),
    column("sensor", sa.Text),
    column("acquired_on", sa.Date, null=True),
    column("crs", sa.Text),
    column("width", sa.Integer),
    column("height", sa.Integer),
    column("pixel_m", sa.Double),
    column("bands", JSONB),
    column("radiometry", JSONB),
    column("notice", sa.Text),
    column("footprint", shape("POLYGON")),
    column("sha256", sa.Text),
    column("path", sa.Text),
    column("display_path", sa.Text),
    column("band_places", JSONB(none_as_null=True), null=True),
    column("kind", TermText(terms.SceneKind)),
    column("first_on", sa.Date, null=True),
    column("source_sha256", sa.Text, null=True),
    column("processing", JSONB),
    column("valid_share", sa.Double, null=True),
    column("cloud_share", sa.Double, null=True),
    column("shadow_share", sa.Double, null=True),
    column("snow_share", sa.Double, null=True),
    column("mask_how", TermText(terms.MaskHow), null=True),
    column("mask_path", sa.Text, null=True),
    column("mask_sha256", sa.Text, null=True),
    column("added_at", sa.TIMESTAMP(timezone=True), null=True),
    sa.UniqueConstraint("district_code", "name"),
    sa.Index("ix_scenes_district_code_acquired_on", "district_code", "acquired_on"),
    gist("scenes", "footprint"),
)

elevations = sa.Table(
    "elevations",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code"), index=True),
    column("name", sa.Text),
    column("basis", TermText(terms.SurveyBasis)),
    column("crs", sa.Text),
    column("pixel_m", sa.Double),
    column("footprint", shape("POLYGON")),
    column("sha256", sa.Text),
    column("path", sa.Text),
    timestamp("added_at"),
    sa.UniqueConstraint("district_code", "name"),
)

detection_runs = sa.Table(
    "detection_runs",
    metadata,
    column("id", UUID, primary_key=True),
    column("scene_id", UUID, sa.ForeignKey("scenes.id"), index=True),
    column("model_name", sa.Text),
    column("model_sha256", sa.Text),
    column("parameters", JSONB),
    column("record", JSONB),
    column("candidates_found", sa.Integer),
    timestamp("filed_at"),
    column("filed_by", sa.Text),
    column("threshold", sa.Double),
    sa.CheckConstraint("threshold between 0 and 1", name="threshold_is_a_share"),
)
