"""Lists that came in from files, and each of their rows as it stood."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

import_lists = sa.Table(
    "import_lists",
    metadata,
    column("id", UUID, primary_key=True),
    column("district_code", sa.Text, sa.ForeignKey("districts.code")),
    column("name", sa.Text),
    column("file_name", sa.Text),
    column("file_sha256", sa.Text),
    column("body_sha256", sa.Text),
    column("sheet", sa.Text),
    column("mapping", JSONB),
    column("rows", sa.Integer),
    column("counts", JSONB),
    timestamp("loaded_at"),
    column("loaded_by", sa.Text),
    sa.Index("ix_import_lists_district_code_loaded_at", "district_code", "loaded_at"),
)

import_rows = sa.Table(
    "import_rows",
    metadata,
    column("import_id", UUID, sa.ForeignKey("import_lists.id"), primary_key=True),
    column("row", sa.Integer, primary_key=True, autoincrement=False),
    column("district_code", sa.Text),
    column("list_name", sa.Text),
    column("key", sa.Text),
    column("fate", TermText(terms.RowFate)),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), null=True, index=True),
    column("stated_position", sa.Text),
    column("stated_crs", sa.Text),
    column("raw", JSONB),
    sa.Index("ix_import_rows_district_code_list_name_key", "district_code", "list_name", "key"),
)
