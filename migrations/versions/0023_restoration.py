"""Restoration units, their values and after-care, and the national survey's rows of mines.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"


def text(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=null)


def moment(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.TIMESTAMP(timezone=True), nullable=null)


def day(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=null)


def number(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.Double(), nullable=null)


def uuid(name: str) -> sa.Column:
    return sa.Column(name, sa.UUID(), nullable=False)


def whole(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=null)


def site(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["site_code"], ["site_codes.code"], name=op.f(f"fk_{table}_site_code")
    )


def upgrade() -> None:
    op.create_table(
        "restoration_units",
        *(uuid("id"), text("site_code"), text("name"), text("direction"), text("land_aim")),
        *(number("area_ha"), sa.Column("has_waste", sa.Boolean(), nullable=True)),
        text("measures"),
        sa.Column("targets", postgresql.JSONB(), nullable=False),
        sa.Column(
            "outline", Geometry("MULTIPOLYGON", srid=4490, spatial_index=False), nullable=True
        ),
        *(whole("version"), moment("recorded_at"), text("recorded_by")),
        *(day("accepted_on", null=True), moment("ended_at", null=True)),
        text("ended_reason", null=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("area_ha > 0", name=op.f("ck_restoration_units_some_area")),
        site("restoration_units"),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_restoration_units")),
    )
    op.create_index(op.f("ix_restoration_units_site_code"), "restoration_units", ["site_code"])
    op.create_index(
        "ix_restoration_units_outline", "restoration_units", ["outline"], postgresql_using="gist"
    )
    op.create_table(
        "unit_values",
        *(uuid("id"), uuid("unit_id"), text("indicator"), number("value"), day("measured_on")),
        *(text("source"), text("note"), text("body_sha256"), moment("recorded_at")),
        text("recorded_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_values")),
    )
    op.create_index(op.f("ix_unit_values_unit_id"), "unit_values", ["unit_id"])
    op.create_table(
        "care_records",
        *(uuid("id"), uuid("unit_id"), text("rule_id"), day("due_on"), day("done_on")),
        *(text("result"), text("finding"), text("body_sha256"), moment("recorded_at")),
        text("recorded_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_records")),
    )
    op.create_index(op.f("ix_care_records_unit_id"), "care_records", ["unit_id"])
    words = ("mine_class", "subclass", "part", "method", "treated", "direction", "period")
    more = ("land_class", "protected_area", "obligor", "surveyed_by")
    op.create_table(
        "mine_records",
        *(text("site_code"), text("patch_no")),
        *(text(name, null=True) for name in (*words, *more)),
        sa.Column("problems", sa.ARRAY(sa.Text()), nullable=False),
        *(number("approved_area_m2", null=True), number("treated_area_m2", null=True)),
        *(whole("closed_year", null=True), day("surveyed_on", null=True), whole("version")),
        *(moment("recorded_at"), text("recorded_by")),
        site("mine_records"),
        sa.PrimaryKeyConstraint("site_code", "version", name=op.f("pk_mine_records")),
    )
    op.create_index(op.f("ix_mine_records_patch_no"), "mine_records", ["patch_no"])
