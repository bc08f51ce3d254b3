"""Candidates and their sightings."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, gist, metadata, shape

candidates = sa.Table(
    "candidates",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code")),
    column("class_name", sa.Text),
    column("confidence", sa.Double),
    column("state", TermText(terms.CandidateState)),
    column("area_m2", sa.Double),
    column("area_geodesic_m2", sa.Double),
    column("perimeter_m", sa.Double),
    column("first_seen_on", sa.Date, null=True),
    column("last_seen_on", sa.Date, null=True),
    column("sightings", sa.Integer),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True, null=True),
    column("town", sa.Text, null=True),
    column("version", sa.Integer),
    column("outline", shape("MULTIPOLYGON")),
    sa.CheckConstraint("confidence between 0 and 1", name="confidence_is_a_share"),
    sa.CheckConstraint("st_isvalid(outline)", name="outline_is_valid"),
    sa.Index(
        "ix_candidates_district_code_confidence_id",
        "district_code",
        sa.text("confidence desc"),
        "id",
    ),
    sa.Index("ix_candidates_district_code_town", "district_code", "town"),
    gist("candidates", "outline"),
)

sightings = sa.Table(
    "sightings",
    metadata,
    column("id", UUID, primary_key=True),
    column("candidate_id", UUID, sa.ForeignKey("candidates.id"), index=True),
    column("run_id", UUID, sa.ForeignKey("detection_runs.id"), index=True),
    column("scene_id", UUID, sa.ForeignKey("scenes.id")),
    column("acquired_on", sa.Date, null=True),
    column("class_name", sa.Text),
    column("confidence", sa.Double),
    column("area_m2", sa.Double),
    column("outline", shape("MULTIPOLYGON")),
)
