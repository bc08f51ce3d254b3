"""Models, the samples they were trained on, and how they compare."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, shape, timestamp
from gis.store.tables.queued import queued_work

MOMENT = sa.TIMESTAMP(timezone=True)

models = sa.Table(
    "models",
    metadata,
    column("id", UUID, primary_key=True),
    column("tells", TermText(terms.ModelTells)),
    column("name", sa.Text, unique=True),
    column("sha256", sa.Text, unique=True),
    column("path", sa.Text),
    column("card", JSONB),
    column("training_set_id", UUID, sa.ForeignKey("training_sets.id"), null=True),
    column("kept_back", sa.Text, null=True),
    column("state", TermText(terms.ModelState)),
    timestamp("made_at"),
    column("made_by", sa.Text),
    timestamp("changed_at"),
    column("changed_by", sa.Text),
    column("reason", sa.Text),
)

training_sets = sa.Table(
    "training_sets",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code"), index=True),
    column("name", sa.Text, unique=True),
    column("as_of", sa.Date),
    column("samples", sa.Integer),
    column("taught", sa.Integer),
    column("labels", JSONB),
    column("sha256", sa.Text),
    timestamp("made_at"),
    column("made_by", sa.Text),
)

training_rows = sa.Table(
    "training_rows",
    metadata,
    column("set_id", UUID, sa.ForeignKey("training_sets.id"), primary_key=True),
    column("number", sa.Integer, primary_key=True),
    column("check_id", UUID, sa.ForeignKey("field_checks.id")),
    column("check_version", sa.Integer),
    column("place", sa.Text),
    column("scene_id", UUID, sa.ForeignKey("scenes.id"), null=True),
    column("found_on", sa.Date),
    column("verdict", TermText(terms.Verdict)),
    column("class_name", sa.Text, null=True),
    column("left_out", TermText(terms.LeftOut), null=True),
    column("is_kept_back", sa.Boolean),
    column("outline", shape("MULTIPOLYGON")),
    sa.CheckConstraint("num_nonnulls(class_name, left_out) = 1", name="taught_or_left_out"),
)

model_comparisons = sa.Table(
    "model_comparisons",
    metadata,
    column("id", UUID, primary_key=True),
    column("model_id", UUID, sa.ForeignKey("models.id"), index=True),
    column("against_id", UUID, sa.ForeignKey("models.id")),
    column("training_set_id", UUID, sa.ForeignKey("training_sets.id"), null=True),
    column("verdict", TermText(terms.Comparative)),
    column("difference", sa.Double, null=True),
    column("low", sa.Double, null=True),
    column("high", sa.Double, null=True),
    column("places", sa.Integer),
    column("is_fair", sa.Boolean),
    column("figures", JSONB),
    timestamp("made_at"),
    column("made_by", sa.Text),
)

retrainings = sa.Table(
    "retrainings",
    metadata,
    *queued_work(),
    column("district_code", sa.Text, sa.ForeignKey("districts.code"), index=True),
    column("name", sa.Text),
    column("labels", sa.Text, null=True),
    column("against_id", UUID, sa.ForeignKey("models.id"), null=True),
    column("body_sha256", sa.Text),
    timestamp("asked_at"),
    column("asked_by", sa.Text),
    column("cancelled_at", MOMENT, null=True),
    column("set_name", sa.Text, null=True),
    column("model_id", UUID, sa.ForeignKey("models.id"), null=True),
)
