"""Districts, the editions of their reference layers, and what was measured round their sites."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, gist, metadata, shape, timestamp

districts = sa.Table(
    "districts",
    metadata,
    column("code", sa.Text, primary_key=True),
    column("name_zh", sa.Text),
    column("name_en", sa.Text),
    column("metric_epsg", sa.Integer),
    column("is_demo", sa.Boolean),
    column("outline", shape("MULTIPOLYGON")),
)

reference_layers = sa.Table(
    "reference_layers",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code")),
    column("kind", TermText(terms.LayerKind)),
    column("series", sa.Text),
    column("title_zh", sa.Text),
    column("title_en", sa.Text),
    column("source", sa.Text),
    column("licence", sa.Text),
    column("dated_on", sa.Date, null=True),
    column("accuracy_m", sa.Double, null=True),
    column("level", TermText(terms.SourceLevel), null=True),
    column("sha256", sa.Text),
    column("reading", JSONB),
    timestamp("adopted_at"),
    column("ended_at", sa.TIMESTAMP(timezone=True), null=True),
    sa.Index(
        "uq_reference_layers_in_force",
        "district_code",
        "kind",
        "series",
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    ),
)

reference_features = sa.Table(
    "reference_features",
    metadata,
    column("id", UUID, primary_key=True),
    column("layer_id", UUID, sa.ForeignKey("reference_layers.id"), index=True),
    column("name_zh", sa.Text),
    column("name_en", sa.Text),
    column("geometry", shape("GEOMETRY")),
    column("level", TermText(terms.SourceLevel), null=True),
    column("land_class", sa.Text, null=True),
    column("ownership", sa.Text, null=True),
    column("is_important", sa.Boolean, null=True),
    gist("reference_features", "geometry"),
)

surroundings = sa.Table(
    "surroundings",
    metadata,
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), primary_key=True),
    sa.Column("measured_at", sa.TIMESTAMP(timezone=True), primary_key=True),
    column("reach", sa.Text, null=True),
    column("chainage_m", sa.Double, null=True),
    column("bank", sa.Text, null=True),
    column("river", sa.Text, null=True),
    column("river_distance_m", sa.Double, null=True),
    column("main_stem_distance_m", sa.Double, null=True),
    column("tributary_distance_m", sa.Double, null=True),
    column("any_tributary_distance_m", sa.Double, null=True),
    column("tributary_name", sa.Text, null=True),
    column("in_river_zone", sa.Boolean, null=True),
    column("source_zone", sa.Text, null=True),
    column("source_level", sa.Text, null=True),
    column("source_distance_m", sa.Double, null=True),
    column("dwelling_distance_m", sa.Double, null=True),
    column("dwelling_name", sa.Text, null=True),
    column("protected_land", sa.Text, null=True),
    column("farmland_distance_m", sa.Double, null=True),
    column("red_line_distance_m", sa.Double, null=True),
    column("reserve_distance_m", sa.Double, null=True),
    column("in_priority_area", sa.Boolean, null=True),
    column("priority_area_distance_m", sa.Double, null=True),
    column("sensitive_area_distance_m", sa.Double, null=True),
    column("measured_town", sa.Text, null=True),
    column("measured_village", sa.Text, null=True),
    column("land_class", sa.Text, null=True),
    column("land_ownership", sa.Text, null=True),
    column("layers", JSONB),
    column("layer_ids", JSONB),
    sa.CheckConstraint("bank in ('LEFT', 'RIGHT')", name="bank_word"),
)
