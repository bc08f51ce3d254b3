"""Runs migrations on the connection that the application hands over; knows none of its packages."""

from alembic import context
from geoalchemy2 import alembic_helpers  # registers op.create_geospatial_table

assert alembic_helpers
connection = context.config.attributes["connection"]
context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
