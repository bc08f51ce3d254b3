"""A PostGIS server that lives as long as one pytest run, shared by its workers."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg.sql import SQL, Identifier

from gis.store import cluster

HOME = "QINGFEI_TEST_HOME"  # set by the run's first process, inherited by its workers
PREFIX = "qingfei-tests-"

# What is thrown away need not survive a power cut; and autovacuum would sit in the template.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "max_wal_size": "512MB",
}


MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30


def place() -> Path:
    """Return where the run's server lives: in memory where there is room, else on disk.

    A database a test is some three hundred files, which a busy disk takes ten times as long for.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return Path(tempfile.gettempdir())


def open_home() -> Path:
    """Make the run's folder, and clear away those of runs that were killed."""
    for old in place().glob(f"{PREFIX}*"):
        if not Path("/proc", old.name.removeprefix(PREFIX).split("-")[0]).exists():
            close_home(old)
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place()))
    home.chmod(0o755)  # run by root, the server has an account of its own and must get in
    os.environ[HOME] = str(home)
    return home


def close_home(home: Path) -> None:
    """Stop the run's server, if one was started, and remove its folder."""
    given = os.environ.get("QINGFEI_TEST_DATABASE_URL")
    if given and (home / "template").exists():
        name = (home / "template").read_text()
        with admin(given) as connection:
            connection.execute(SQL("ALTER DATABASE {} IS_TEMPLATE false").format(Identifier(name)))
        drop(given, name)
    remove(home)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a folder for servers of one test; they are stopped, and it is removed."""
    folder = Path(tempfile.mkdtemp(prefix="qingfei-test-", dir=place()))
    folder.chmod(0o755)  # pytest's own are closed to the account that root's servers run as
    try:
        yield folder
    finally:
        remove(folder)


def remove(folder: Path) -> None:
    """Stop the servers in and below a folder, and remove it."""
    for version in folder.rglob("postgres/PG_VERSION"):
        server = cluster.Cluster(version.parent.parent)
        if (version.parent / "global").exists():  # else a test only pretended
            cluster.stop(server)
        # Not rmdir: a server that was killed, as all are when a session ends, leaves its socket.
        shutil.rmtree(server.socket_dir, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def shared_server() -> str:
    """Start the run's server if no other worker has, and return the address of its ``postgres``."""
    given = os.environ.get("QINGFEI_TEST_DATABASE_URL")
    if given:
        return given
    server = cluster.Cluster(Path(os.environ[HOME]))
    cluster.start(server, FAST)
    return server.url_of("postgres")


def template_for(server_url: str, name: str) -> str:
    """Make the migrated database that tests clone, once per run, and return its name."""
    from gis.store.migrate import upgrade

    with only_one_worker(), admin(server_url) as connection:
        known = "SELECT datistemplate FROM pg_database WHERE datname = %s"
        found = connection.execute(known, [name]).fetchone()
        if found == (True,):
            return name
        if found:  # of a worker that failed half-way
            drop(server_url, name)
        create(server_url, name)
        upgrade(url_of(server_url, name))
        mark = SQL("ALTER DATABASE {} IS_TEMPLATE true ALLOW_CONNECTIONS false")
        connection.execute(mark.format(Identifier(name)))
        Path(os.environ[HOME], "template").write_text(name)
    return name


def create(server_url: str, name: str, template: str = "template0") -> str:
    """Make a database, and return its address."""
    with admin(server_url) as connection:
        # Copying files, not logging each page, takes a third of the time.
        made = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        connection.execute(made.format(Identifier(name), Identifier(template)))
    url = url_of(server_url, name)
    if template == "template0":
        with admin(url) as connection:
            connection.execute("CREATE EXTENSION postgis")
    return url


def drop(server_url: str, name: str) -> None:
    """Remove a database, even one that somebody is still connected to."""
    with admin(server_url) as connection:
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def url_of(server_url: str, name: str) -> str:
    """Return the address of another database of the same server."""
    return sa.make_url(server_url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def admin(url: str) -> Iterator[psycopg.Connection]:
    """Connect without a transaction, as making databases asks for."""
    plain = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


@contextmanager
def only_one_worker() -> Iterator[None]:
    with open(Path(os.environ[HOME]) / "worker.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
