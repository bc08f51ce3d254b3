"""Close-outs, version by version, with their steps; and what was seen of sites since."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

close_outs = sa.Table(
    "close_outs",
    metadata,
    column("id", UUID, primary_key=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True),
    column("works_began_on", sa.Date, null=True),
    column("works_ended_on", sa.Date, null=True),
    column("heads", JSONB),
    column("photos_before", ARRAY(sa.Text)),
    column("photos_after", ARRAY(sa.Text)),
    column("accepted_on", sa.Date, null=True),
    column("acceptance_no", sa.Text, null=True),
    column("note", sa.Text),
    column("version", sa.Integer, primary_key=True, autoincrement=False),
    timestamp("recorded_at"),
    column("district_code", sa.Text, sa.ForeignKey("districts.code"), index=True),
    column("state", TermText(terms.CloseOutState)),
    column("body_sha256", sa.Text),
    column("evidence", JSONB),
    column("waiver", JSONB, null=True),
    column("proposed_by", sa.Text),
    timestamp("proposed_at"),
    column("first_by", sa.Text, null=True),
    column("first_at", sa.TIMESTAMP(timezone=True), null=True),
    column("second_by", sa.Text, null=True),
    column("second_at", sa.TIMESTAMP(timezone=True), null=True),
    column("closed_on", sa.Date, null=True),
    column("reopened_at", sa.TIMESTAMP(timezone=True), null=True),
    column("is_demo", sa.Boolean),
    sa.CheckConstraint(
        "first_by is distinct from proposed_by and second_by is distinct from proposed_by "
        "and (second_by is null or second_by <> first_by)",
        name="two_others_approve",
    ),
    sa.CheckConstraint("works_began_on <= works_ended_on", name="works_begin_before_they_end"),
)

close_out_steps = sa.Table(
    "close_out_steps",
    metadata,
    column("id", UUID, primary_key=True),
    column("close_out_id", UUID),
    column("number", sa.Integer),
    column("act", TermText(terms.CloseOutAct)),
    timestamp("at"),
    column("by", sa.Text),
    column("role", TermText(terms.Role), null=True),
    column("comment", sa.Text),
    column("body_sha256", sa.Text),
    sa.UniqueConstraint("close_out_id", "number"),
)

look_backs = sa.Table(
    "look_backs",
    metadata,
    column("id", UUID, primary_key=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code")),
    column("close_out_id", UUID, null=True),
    column("by", TermText(terms.LookBackBy)),
    column("scene_id", UUID, sa.ForeignKey("scenes.id"), null=True),
    column("observation_id", UUID, sa.ForeignKey("observations.id"), null=True),
    column("candidate_id", UUID, sa.ForeignKey("candidates.id"), null=True),
    column("looked_on", sa.Date),
    timestamp("recorded_at"),
    column("recorded_by", sa.Text),
    column("result", TermText(terms.LookBackResult)),
    column("reasons", JSONB),
    column("measures", JSONB),
    column("note", sa.Text),
    column("finding", TermText(terms.FindingState), null=True),
    column("decided_at", sa.TIMESTAMP(timezone=True), null=True),
    column("decided_by", sa.Text, null=True),
    column("decided_reason", sa.Text, null=True),
    column("is_demo", sa.Boolean),
    sa.Index("ix_look_backs_site_code_looked_on", "site_code", "looked_on"),
    sa.CheckConstraint("(result = 'FOUND') = (finding is not null)", name="a_finding_is_found"),
)
