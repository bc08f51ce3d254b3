"""The queue's tables are those of the library that is installed, in a schema of their own."""

from importlib.metadata import version

import pytest
import sqlalchemy as sa
from procrastinate.schema import SchemaManager

from gis.store.engine import make_engine
from gis.store.migrate import MIGRATIONS_DIR

TABLES = """
    select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
           pg_get_expr(d.adbin, d.adrelid)
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = cast(:schema as regnamespace) and a.attnum > 0
      and c.relkind in ('r', 'i', 'c')
"""
FUNCTIONS = """
    select p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), p.prosrc
    from pg_proc p where p.pronamespace = cast(:schema as regnamespace)
"""
TRIGGERS = """
    select t.tgname, pg_get_triggerdef(t.oid, true) from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = cast(:schema as regnamespace) and not t.tgisinternal
"""
INDEXES = "select indexname, indexdef from pg_indexes where schemaname = :schema"
CHECKS = """
    select conname, pg_get_constraintdef(oid) from pg_constraint
    where connamespace = cast(:schema as regnamespace)
"""
WORDS = """
    select t.typname, e.enumlabel from pg_enum e join pg_type t on t.oid = e.enumtypid
    where t.typnamespace = cast(:schema as regnamespace)
"""


def shape_of(connection, schema):
    """All that a schema holds, its own name taken out."""
    return {
        name: sorted(
            [str(value).replace(f"{schema}.procrastinate", "procrastinate") for value in row]
            for row in connection.execute(sa.text(query), {"schema": schema})
        )
        for name, query in (
            *(("tables", TABLES), ("functions", FUNCTIONS), ("triggers", TRIGGERS)),
            *(("indexes", INDEXES), ("checks", CHECKS), ("words", WORDS)),
        )
    }


def test_the_migrated_queue_is_what_the_installed_library_wants(database_url):
    engine = make_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("create schema wanted"))
        connection.execute(sa.text("set local search_path to wanted, public"))
        plain = connection.execution_options(no_parameters=True)
        plain.exec_driver_sql(SchemaManager.get_schema())
        connection.execute(sa.text("set local search_path to pg_catalog"))
        wanted, found = shape_of(connection, "wanted"), shape_of(connection, "jobs")
        for name, rows in wanted.items():
            assert rows and found[name] == rows, name
    engine.dispose()


def test_the_sql_beside_the_migration_is_the_librarys_own():
    """Where a newer library fails here, its own migrations go into one of ours."""
    kept = (MIGRATIONS_DIR / "sql" / "procrastinate_3_10.sql").read_text("utf-8")
    assert version("procrastinate").startswith("3.10.")
    assert kept.endswith(SchemaManager.get_schema())


@pytest.mark.parametrize("name", ["alembic_version", "detection_jobs", "sites"])
def test_the_registers_own_tables_stay_where_they_were(database_url, name):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        assert sa.inspect(connection).has_table(name, schema="public")
        assert not sa.inspect(connection).has_table(name, schema="jobs")
    engine.dispose()
