"""The register's database as settings name it: the private server, or one of the keeper's own."""

import sqlalchemy as sa

from api.settings import Settings
from gis.store import cluster, migrate
from gis.store.engine import make_engine


def private_server(settings: Settings) -> cluster.Cluster:
    """Return the private server that belongs to the data folder."""
    return cluster.Cluster(settings.data_dir)


def url(settings: Settings) -> str:
    """Return the database's address; a private server is started where it does not run."""
    if settings.database_url is not None:
        return settings.database_url.replace("postgres://", "postgresql://", 1)
    server = private_server(settings)
    cluster.start(server)
    cluster.create_database(server, cluster.DATABASE)
    return server.url


def open_register(settings: Settings) -> sa.Engine:
    """Return an engine on a register of this program's schema.

    Raises DatabaseDown, SchemaOlder, SchemaNewer, and what starting the private server raises.
    """
    engine = make_engine(url(settings))
    migrate.require_current(engine)
    return engine


def make_register(settings: Settings) -> sa.Engine:
    """Return an engine on the register, made and migrated where need be."""
    address = url(settings)
    migrate.upgrade(address)
    return make_engine(address)
