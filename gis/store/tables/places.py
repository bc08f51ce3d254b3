"""Districts and their reference layers."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, gist, metadata, shape

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
    column("title_zh", sa.Text),
    column("title_en", sa.Text),
    column("source", sa.Text),
    column("licence", sa.Text),
    column("dated_on", sa.Date, null=True),
    column("accuracy_m", sa.Double, null=True),
    column("sha256", sa.Text),
)

reference_features = sa.Table(
    "reference_features",
    metadata,
    column("id", UUID, primary_key=True),
    column("layer_id", UUID, sa.ForeignKey("reference_layers.id"), index=True),
    column("name_zh", sa.Text),
    column("name_en", sa.Text),
    column("geometry", shape("GEOMETRY")),
    gist("reference_features", "geometry"),
)
