"""Accounts: whose rows they see, passwords to be changed; sessions of the office and of phones.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column(
        "users", sa.Column("towns", sa.ARRAY(sa.Text()), nullable=False, server_default="{}")
    )
    op.add_column(
        "users", sa.Column("units", sa.ARRAY(sa.Text()), nullable=False, server_default="{}")
    )
    op.alter_column("users", "towns", server_default=None)
    op.alter_column("users", "units", server_default=None)
    op.add_column("users", sa.Column("password_set_at", sa.TIMESTAMP(timezone=True)))
    op.execute("update users set password_set_at = created_at")
    op.alter_column("users", "password_set_at", nullable=False)
    op.add_column(
        "users", sa.Column("must_change", sa.Boolean(), nullable=False, server_default="false")
    )
    op.alter_column("users", "must_change", server_default=None)
    op.add_column("users", sa.Column("suspended_at", sa.TIMESTAMP(timezone=True)))

    op.create_table(
        "old_passwords",
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("set_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "password_hash", name="pk_old_passwords"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_old_passwords_user_id"),
    )
    op.execute("insert into old_passwords select id, created_at, password_hash from users")

    for name, default in (
        ("id", "gen_random_uuid()"),
        ("kind", "'OFFICE'"),
        ("device", "''"),
        ("address", "''"),
        ("browser", "''"),
    ):
        kind = sa.UUID() if name == "id" else sa.Text()
        op.add_column(
            "sessions", sa.Column(name, kind, nullable=False, server_default=sa.text(default))
        )
        op.alter_column("sessions", name, server_default=None)
    op.create_unique_constraint("uq_sessions_id", "sessions", ["id"])

    op.create_table(
        "refusals",
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("minute", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("verb", "whom", "minute", name="pk_refusals"),
    )
