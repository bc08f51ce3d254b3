"""The works of the list as they stand now, one row a piece; derived, as `listed` is.

A piece is a sub-task, a project without sub-tasks, or a task of the plan that a site bears.
``amber_on`` and ``is_done`` are what its colour rests on; the day itself is asked for later.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

due_works = sa.Table(
    "due_works",
    metadata,
    # What summaries count by stands first: a scan reads a row only so far.
    column("due_on", sa.Date, null=True),
    column("amber_on", sa.Date, null=True),
    column("is_done", sa.Boolean),
    column("kind", TermText(terms.WorkKind)),
    column("district_code", sa.Text, sa.ForeignKey("districts.code")),
    column("lead_unit", sa.Text),
    column("supporting", sa.ARRAY(sa.Text, as_tuple=True)),
    column("town", sa.Text, null=True),
    column("reach", sa.Text, null=True),
    column("bank", sa.Text, null=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True),
    column("key", sa.Text, primary_key=True),
    column("project_id", UUID, null=True),
    column("title", sa.Text),
    column("starts_on", sa.Date, null=True),
    column("done_on", sa.Date, null=True),
    timestamp("recorded_at"),
    column("is_demo", sa.Boolean),
    sa.Index("ix_due_works_district_code_due_on", "district_code", "due_on"),
    sa.Index("ix_due_works_lead_unit", "lead_unit"),
)
