"""Brings a database to the schema that this code needs; migrations only go forward."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from gis.errors import Unavailable
from gis.store import listed
from gis.store.engine import connecting, make_engine

MIGRATIONS_DIR = Path(__file__).resolve().parents[2] / "migrations"
LOCK = 0x71696E67


class SchemaOlder(Unavailable):
    """The database waits for a migration. Facts: found, needed."""

    code = "schema_older"
    zh = "数据库结构版本为 {found}，本程序需要 {needed}：请先备份，再运行 qingfei db migrate。"
    en = (
        "The database has schema {found}, this program needs {needed}: "
        "back up, then run qingfei db migrate."
    )


class SchemaNewer(Unavailable):
    """The database belongs to a later program. Facts: found, needed."""

    code = "schema_newer"
    zh = "数据库结构版本 {found} 比本程序（{needed}）新：请升级程序，不要降级数据库。"
    en = "The database's schema {found} is newer than this program ({needed}): update the program."


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_DIR))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """Return the revision that this code needs."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def current(engine: sa.Engine) -> str | None:
    """Return the database's revision, None for an empty one; raises DatabaseDown."""
    with connecting(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(url: str) -> str:
    """Migrate the database at ``url`` to the head, all or nothing, and return the revision.

    What is derived is worked out anew by this program, whose rules may differ from the last one's.
    Two callers at once are harmless: an advisory lock lets the second find the work done. Raises
    DatabaseDown, SchemaNewer.
    """
    engine = make_engine(url)
    try:
        with connecting(engine) as connection, connection.begin():
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            found = MigrationContext.configure(connection).get_current_revision()
            if found is not None and found not in _known():
                raise SchemaNewer(found=found, needed=head())
            command.upgrade(_config(connection), "head")
            if found not in (None, head()):
                listed.rebuild(connection)
    finally:
        engine.dispose()
    return head()


def _known() -> set[str]:
    return {s.revision for s in ScriptDirectory.from_config(_config()).walk_revisions()}


def require_current(engine: sa.Engine) -> None:
    """Refuse another schema version; raises SchemaOlder, SchemaNewer, DatabaseDown."""
    found = current(engine)
    if found == head():
        return
    if found is not None and found not in _known():
        raise SchemaNewer(found=found, needed=head())
    raise SchemaOlder(found=found or "—", needed=head())
