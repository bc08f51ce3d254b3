"""Batches of detection and the scenes of each."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

MOMENT = sa.TIMESTAMP(timezone=True)

detection_batches = sa.Table(
    "detection_batches",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code")),
    column("name", sa.Text),
    column("model_id", UUID, sa.ForeignKey("models.id")),
    column("model_name", sa.Text),
    column("model_sha256", sa.Text),
    column("parameters", JSONB),
    column("threads", sa.Integer),
    column("body_sha256", sa.Text),
    timestamp("asked_at"),
    column("asked_by", sa.Text),
    column("cancelled_at", MOMENT, null=True),
    column("cancelled_by", sa.Text, null=True),
    sa.UniqueConstraint("district_code", "name"),
)

detection_jobs = sa.Table(
    "detection_jobs",
    metadata,
    column("id", UUID, primary_key=True),
    column("batch_id", UUID, sa.ForeignKey("detection_batches.id")),
    column("scene_id", UUID, sa.ForeignKey("scenes.id"), index=True),
    column("place", sa.Integer),
    column("key", UUID),
    column("state", TermText(terms.JobState), index=True),
    column("windows_done", sa.Integer),
    column("windows_total", sa.Integer, null=True),
    column("windows_kept", sa.Integer),
    column("times_lost", sa.Integer),
    column("claim", UUID, null=True),
    column("worker", sa.Text, null=True),
    column("began_at", MOMENT, null=True),
    column("beat_at", MOMENT, null=True),
    column("ended_at", MOMENT, null=True),
    column("error", JSONB(none_as_null=True), null=True),
    column("log", JSONB),
    column("run_id", UUID, sa.ForeignKey("detection_runs.id"), null=True, index=True),
    column("found", sa.Integer, null=True),
    column("found_new", sa.Integer, null=True),
    sa.UniqueConstraint("batch_id", "scene_id"),
)
