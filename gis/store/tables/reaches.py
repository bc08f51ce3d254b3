"""Reaches of rivers, every edition of them: those without an end are in force."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, gist, metadata, shape

reaches = sa.Table(
    "reaches",
    metadata,
    column("code", sa.Text, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code")),
    column("river", sa.Text),
    column("river_en", sa.Text),
    column("is_main_stem", sa.Boolean),
    column("ordinal", sa.Integer),
    column("from_m", sa.Double),
    column("to_m", sa.Double),
    column("name_zh", sa.Text),
    column("name_en", sa.Text),
    column("line", shape("LINESTRING")),
    column("sides", shape("MULTILINESTRING"), null=True),
    column("stream_order", sa.Integer),
    column("joins", sa.Text, null=True),
    column("joins_at_m", sa.Double, null=True),
    column("basis", TermText(terms.ReachBasis)),
    column("layer_id", UUID, sa.ForeignKey("reference_layers.id")),
    column("adopted_at", sa.TIMESTAMP(timezone=True), primary_key=True),
    column("ended_at", sa.TIMESTAMP(timezone=True), null=True),
    sa.CheckConstraint("from_m >= 0 and to_m > from_m", name="runs_downstream"),
    sa.Index(
        "uq_reaches_in_force",
        "district_code",
        "name_zh",
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    ),
    sa.Index("ix_reaches_district_code_river", "district_code", "river", "ordinal"),
    gist("reaches", "line"),
)
