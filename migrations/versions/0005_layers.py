"""Reference layers in editions, and more receptors round a site.

A layer of before keeps its place as the only edition of a series that bears its title. Layers of
the old kind "red line and basic farmland" count as red line: that is the stricter reading.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

DISTANCES = (
    *("any_tributary_distance_m", "source_distance_m", "farmland_distance_m"),
    *("red_line_distance_m", "reserve_distance_m", "priority_area_distance_m"),
    "sensitive_area_distance_m",
)
WORDS = (
    *("tributary_name", "source_level", "dwelling_name", "measured_town", "measured_village"),
    *("land_class", "land_ownership"),
)

FILL = """
update reference_layers layer set
    kind = case kind when 'PROTECTED_LAND' then 'RED_LINE' else kind end,
    reading = '{}',
    adopted_at = coalesce(
        (select min(at) from ledger_log
            where subject_kind = 'layer' and subject_id = layer.id::text),
        now()),
    series = case
        when exists (select 1 from reference_layers other
            where other.district_code = layer.district_code and other.kind = layer.kind
                and other.title_zh = layer.title_zh and other.id < layer.id)
        then title_zh || ' ' || id::text else title_zh end
"""


def upgrade() -> None:
    jsonb = postgresql.JSONB(astext_type=sa.Text())
    moment = sa.TIMESTAMP(timezone=True)
    op.add_column("reference_layers", sa.Column("series", sa.Text(), nullable=True))
    op.add_column("reference_layers", sa.Column("level", sa.Text(), nullable=True))
    op.add_column("reference_layers", sa.Column("reading", jsonb, nullable=True))
    op.add_column("reference_layers", sa.Column("adopted_at", moment, nullable=True))
    op.add_column("reference_layers", sa.Column("ended_at", moment, nullable=True))
    op.execute(FILL)
    for name in ("series", "reading", "adopted_at"):
        op.alter_column("reference_layers", name, nullable=False)
    op.create_index(
        "uq_reference_layers_in_force",
        "reference_layers",
        ["district_code", "kind", "series"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    for name in ("level", "land_class", "ownership"):
        op.add_column("reference_features", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("reference_features", sa.Column("is_important", sa.Boolean(), nullable=True))
    for name in DISTANCES:
        op.add_column("surroundings", sa.Column(name, sa.Double(), nullable=True))
    for name in WORDS:
        op.add_column("surroundings", sa.Column(name, sa.Text(), nullable=True))
    op.add_column(
        "surroundings", sa.Column("layer_ids", jsonb, nullable=False, server_default="{}")
    )
    op.alter_column("surroundings", "layer_ids", server_default=None)
