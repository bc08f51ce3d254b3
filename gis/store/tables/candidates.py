"""Candidates and their sightings, what the office says of them, and where none is looked for."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, gist, metadata, shape, timestamp

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
    column("is_above", sa.Boolean),
    column("merged_into", UUID, sa.ForeignKey("candidates.id"), index=True, null=True),
    sa.CheckConstraint("(state = 'MERGED') = (merged_into is not null)", name="merged_into_one"),
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
    column("facts", JSONB),
)

office_verdicts = sa.Table(
    "office_verdicts",
    metadata,
    column("id", UUID, primary_key=True),
    column("candidate_id", UUID, sa.ForeignKey("candidates.id"), index=True),
    column("run_id", UUID, sa.ForeignKey("detection_runs.id"), null=True),
    column("says", TermText(terms.OfficeSays)),
    column("look_alike", TermText(terms.LookAlike), null=True),
    column("note", sa.Text),
    column("seen_version", sa.Integer),
    column("district_code", sa.Text, sa.ForeignKey("districts.code")),
    column("standing", TermText(terms.Standing)),
    column("state_before", TermText(terms.CandidateState)),
    column("made_version", sa.Integer, null=True),
    column("body_sha256", sa.Text),
    timestamp("given_at"),
    column("given_by", sa.Text),
    column("undone_at", sa.TIMESTAMP(timezone=True), null=True),
    column("undone_by", sa.Text, null=True),
)

ignore_zones = sa.Table(
    "ignore_zones",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code"), index=True),
    column("name", sa.Text),
    column("kind", TermText(terms.ZoneKind)),
    column("reason", sa.Text),
    column("valid_from", sa.Date),
    column("valid_until", sa.Date, null=True),
    column("source", sa.Text),
    column("outline", shape("MULTIPOLYGON")),
    column("area_m2", sa.Double),
    column("version", sa.Integer),
    column("body_sha256", sa.Text),
    timestamp("drawn_at"),
    column("drawn_by", sa.Text),
    column("ended_at", sa.TIMESTAMP(timezone=True), null=True),
    column("ended_by", sa.Text, null=True),
    column("ended_reason", sa.Text, null=True),
    sa.CheckConstraint("st_isvalid(outline)", name="outline_is_valid"),
    gist("ignore_zones", "outline"),
)

zone_candidates = sa.Table(
    "zone_candidates",
    metadata,
    column("zone_id", UUID, sa.ForeignKey("ignore_zones.id"), primary_key=True),
    column("candidate_id", UUID, sa.ForeignKey("candidates.id"), primary_key=True, index=True),
    column("share", sa.Double),
)

candidate_changes = sa.Table(
    "candidate_changes",
    metadata,
    column("id", UUID, primary_key=True),
    column("candidate_id", UUID, sa.ForeignKey("candidates.id"), index=True),
    column("run_id", UUID, sa.ForeignKey("detection_runs.id"), index=True),
    column("seen_on", sa.Date),
    column("compared_on", sa.Date, null=True),
    column("state", TermText(terms.FootprintState)),
    column("area_m2", sa.Double, null=True),
    column("change_m2", sa.Double, null=True),
    column("uncertainty_m2", sa.Double, null=True),
    column("kind", TermText(terms.ChangeKind), null=True),
    column("kind_share", sa.Double, null=True),
    sa.CheckConstraint("(kind is null) = (kind_share is null)", name="kind_has_share"),
)
