"""Teams, and the work that was given to them, place by place."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

teams = sa.Table(
    "teams",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code"), index=True),
    column("name", sa.Text),
    column("lead", sa.Text, null=True),
    column("members", sa.ARRAY(sa.Text, as_tuple=True)),
    timestamp("made_at"),
    column("made_by", sa.Text),
    column("ended_at", sa.TIMESTAMP(timezone=True), null=True),
)

assignments = sa.Table(
    "assignments",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code"), index=True),
    column("team_id", UUID, sa.ForeignKey("teams.id"), null=True),
    column("username", sa.Text, null=True),
    column("named_by", TermText(terms.NamedBy)),
    column("subject", sa.Text),
    column("places", sa.Integer),
    column("due_on", sa.Date, null=True),
    column("note", sa.Text),
    column("body_sha256", sa.Text),
    timestamp("given_at"),
    column("given_by", sa.Text),
    column("withdrawn_at", sa.TIMESTAMP(timezone=True), null=True),
    column("withdrawn_by", sa.Text, null=True),
    column("withdrawn_reason", sa.Text, null=True),
    sa.CheckConstraint("num_nonnulls(team_id, username) = 1", name="one_assignee"),
)

assigned_places = sa.Table(
    "assigned_places",
    metadata,
    column("assignment_id", UUID, sa.ForeignKey("assignments.id"), primary_key=True),
    column("place", sa.Text, primary_key=True, index=True),
    column("candidate_id", UUID, sa.ForeignKey("candidates.id"), null=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), null=True),
    column("teaches", TermText(terms.TeachReason), null=True),
    sa.CheckConstraint("num_nonnulls(candidate_id, site_code) = 1", name="one_place"),
)
