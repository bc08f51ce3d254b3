"""Accounts, sessions, and the ledger's log."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

users = sa.Table(
    "users",
    metadata,
    column("id", UUID, primary_key=True),
    column("username", sa.Text, unique=True),
    column("display_name", sa.Text),
    column("role", TermText(terms.Role)),
    column("password_hash", sa.Text),
    timestamp("created_at"),
    timestamp("password_set_at"),
    column("must_change", sa.Boolean),
    column("suspended_at", sa.TIMESTAMP(timezone=True), null=True),
    column("towns", sa.ARRAY(sa.Text, as_tuple=True)),
    column("units", sa.ARRAY(sa.Text, as_tuple=True)),
)

old_passwords = sa.Table(
    "old_passwords",
    metadata,
    column("user_id", UUID, sa.ForeignKey("users.id"), primary_key=True),
    timestamp("set_at"),
    column("password_hash", sa.Text, primary_key=True),
)

sessions = sa.Table(
    "sessions",
    metadata,
    column("token_sha256", sa.Text, primary_key=True),
    column("user_id", UUID, sa.ForeignKey("users.id"), index=True),
    timestamp("created_at"),
    timestamp("seen_at"),
    column("id", UUID, unique=True),
    column("kind", TermText(terms.SessionKind)),
    column("device", sa.Text),
    column("address", sa.Text),
    column("browser", sa.Text),
)

failed_logins = sa.Table(
    "failed_logins",
    metadata,
    column("username", sa.Text, primary_key=True),
    column("address", sa.Text, primary_key=True),
    column("failures", sa.Integer),
    timestamp("last_at"),
)

refusals = sa.Table(
    "refusals",
    metadata,
    column("verb", sa.Text, primary_key=True),
    column("whom", sa.Text, primary_key=True),
    column("minute", sa.TIMESTAMP(timezone=True), primary_key=True),
    column("number", sa.Integer),
)

ledger_log = sa.Table(
    "ledger_log",
    metadata,
    column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    timestamp("at"),
    column("actor", sa.Text),
    column("verb", sa.Text),
    column("subject_kind", sa.Text),
    column("subject_id", sa.Text),
    column("before", sa.Text, null=True),
    column("after", sa.Text, null=True),
    column("hash", sa.Text),
    sa.Index("ix_ledger_log_subject_id_seq", "subject_id", "seq"),
    sa.Index("ix_ledger_log_actor_seq", "actor", "seq"),
    sa.Index("ix_ledger_log_verb_seq", "verb", "seq"),
    sa.Index("ix_ledger_log_at", "at"),
)

log_checks = sa.Table(
    "log_checks",
    metadata,
    column("at", sa.TIMESTAMP(timezone=True), primary_key=True),
    column("by", sa.Text),
    column("entries", sa.BigInteger),
    column("head_seq", sa.BigInteger),
    column("head_hash", sa.Text),
    column("broken_at", sa.BigInteger, null=True),
)
