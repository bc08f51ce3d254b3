"""The queue's tables are the library's own, in a schema of their own."""

from importlib.metadata import version

import pytest
import sqlalchemy as sa

from gis.store.engine import make_engine


def test_the_library_is_the_one_whose_tables_were_migrated():
    """Where a newer one fails here, a migration of ours has to run the library's own."""
    assert version("procrastinate").startswith("3.10.")


@pytest.mark.parametrize(
    ("name", "schema", "other"),
    [
        ("procrastinate_jobs", "jobs", "public"),
        ("alembic_version", "public", "jobs"),
        ("detection_jobs", "public", "jobs"),
        ("sites", "public", "jobs"),
    ],
)
def test_the_queues_tables_and_the_registers_stand_apart(database_url, name, schema, other):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        assert sa.inspect(connection).has_table(name, schema=schema)
        assert not sa.inspect(connection).has_table(name, schema=other)
    engine.dispose()
