"""The list as it stands now, one row a site; derived, and made anew with whatever it follows from.

A row says which version of each thing holds, and repeats of them what lists are filtered and
ordered by. ``search`` is name, code and responsible party in small letters; ``town`` and
``village`` are those that the layers say, where they say one.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp


def _in_order(name: str, *keys: Any) -> sa.Index:
    """Return an index from which pages of the whole list are read in an order often asked for."""
    on_list = sa.text("is_on_list")
    return sa.Index(name, "district_code", *keys, "code", postgresql_where=on_list)


listed = sa.Table(
    "listed",
    metadata,
    # What is asked for most stands first: a scan of the table reads a row only so far.
    column("is_on_list", sa.Boolean),
    column("is_demo", sa.Boolean),
    column("version", sa.Integer),
    column("area_m2", sa.Double),
    column("lon", sa.Double),
    column("lat", sa.Double),
    timestamp("registered_at"),
    timestamp("recorded_at"),
    column("code", sa.Text, sa.ForeignKey("site_codes.code"), primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code")),
    column("search", sa.Text),
    column("kind", TermText(terms.SiteKind)),
    column("state", TermText(terms.SiteState)),
    column("waste_class", TermText(terms.WasteClass)),
    column("nature", TermText(terms.WasteNature)),
    column("responsibility", TermText(terms.Responsibility)),
    column("measured_at", sa.TIMESTAMP(timezone=True), null=True),
    column("graded_at", sa.TIMESTAMP(timezone=True), null=True),
    column("project_id", UUID, null=True),
    column("project_version", sa.Integer, null=True),
    column("grade", TermText(terms.Grade), null=True),
    column("grade_rank", sa.Integer, null=True),
    column("is_provisional", sa.Boolean, null=True),
    column("grade_confidence", sa.Double, null=True),
    column("points_h", sa.Double, null=True),
    column("points_s", sa.Double, null=True),
    column("points_r", sa.Double, null=True),
    column("sensitive_area_distance_m", sa.Double, null=True),
    column("mass_t", sa.Double, null=True),
    column("height_m", sa.Double, null=True),
    column("found_on", sa.Date, null=True),
    column("due_on", sa.Date, null=True),
    column("amber_on", sa.Date, null=True),
    column("is_work_done", sa.Boolean, null=True),
    column("project_stage", TermText(terms.ProjectStage), null=True),
    column("project_progress_percent", sa.Integer, null=True),
    column("town", sa.Text, null=True),
    column("reach", sa.Text, null=True),
    column("bank", sa.Text, null=True),
    column("in_priority_area", sa.Boolean, null=True),
    column("chainage_m", sa.Double, null=True),
    column("river", sa.Text, null=True),
    column("river_distance_m", sa.Double, null=True),
    column("main_stem_distance_m", sa.Double, null=True),
    column("in_river_zone", sa.Boolean, null=True),
    column("source_zone", sa.Text, null=True),
    column("protected_land", sa.Text, null=True),
    column("village", sa.Text, null=True),
    column("name", sa.Text),
    column("responsible_party", sa.Text, null=True),
    column("source", sa.Text),
    column("mass_basis", sa.Text, null=True),
    column("note", sa.Text),
    column("project_title", sa.Text, null=True),
    column("project_leader_role", sa.Text, null=True),
    column("project_lead_unit", sa.Text, null=True),
    column("project_supporting_units", sa.Text, null=True),
    column("project_budget_yuan", sa.Double, null=True),
    column("hw_code", sa.Text, null=True),
    column("tailings_risk", TermText(terms.TailingsRisk), null=True),
    column("stored_from", sa.Integer, null=True),
    column("stored_to", sa.Integer, null=True),
    column("accepted_on", sa.Date, null=True),
    column("closed_on", sa.Date, null=True),
    _in_order("ix_listed_district_code_code"),
    _in_order("ix_listed_by_grade", "grade_rank"),
    _in_order("ix_listed_by_name", "name"),
    _in_order("ix_listed_by_due_on", "due_on"),
    _in_order("ix_listed_by_mass", sa.text("mass_t desc nulls last")),
    _in_order("ix_listed_by_area", sa.text("area_m2 desc")),
    sa.Index("ix_listed_district_code_town", "district_code", "town"),
    sa.Index("ix_listed_by_river", "district_code", "river", "chainage_m"),
    # Board and strip sum these columns of very many sites: they read them here, side by side.
    sa.Index(
        "ix_listed_by_reach",
        *("district_code", "reach", "chainage_m"),
        postgresql_include=[
            *("grade", "kind", "state", "town", "bank", "project_id", "is_work_done"),
            *("due_on", "amber_on", "area_m2", "mass_t", "river_distance_m", "river"),
        ],
        postgresql_where=sa.text("is_on_list"),
    ),
    sa.Index(
        "ix_listed_touched",
        "district_code",
        sa.text("greatest(registered_at, recorded_at, graded_at)"),
        postgresql_where=sa.text("is_on_list"),
    ),
)

views = sa.Table(
    "views",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code"), index=True),
    column("owner", sa.Text),
    column("name", sa.Text),
    column("is_shared", sa.Boolean),
    column("query", JSONB),
    column("columns", JSONB),
    timestamp("saved_at"),
    sa.UniqueConstraint("district_code", "owner", "name"),
)
