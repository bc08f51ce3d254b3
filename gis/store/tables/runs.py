"""Batches of detection and the scenes of each."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.store.tables.base import column, metadata, timestamp
from gis.store.tables.queued import queued_work

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
    *queued_work(),
    column("batch_id", UUID, sa.ForeignKey("detection_batches.id")),
    column("scene_id", UUID, sa.ForeignKey("scenes.id"), index=True),
    column("place", sa.Integer),
    column("key", UUID),
    column("windows_done", sa.Integer),
    column("windows_total", sa.Integer, null=True),
    column("windows_kept", sa.Integer),
    column("run_id", UUID, sa.ForeignKey("detection_runs.id"), null=True, index=True),
    column("found", sa.Integer, null=True),
    column("found_new", sa.Integer, null=True),
    sa.UniqueConstraint("batch_id", "scene_id"),
)
