"""The private PostGIS server: made once, owned by the application, reached by a socket only.

The data folder of the application holds it under ``postgres``; its socket lies in a short folder of
mode 700, because a socket's path may have 107 bytes and a data folder's any number. Nobody else can
pass that folder, which is what makes the server's ``trust`` safe.
"""

import hashlib
import os
import shlex
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from gis.errors import DiskFull
from gis.store import process
from gis.store.errors import ClusterNotStopped, ClusterStopped
from gis.store.folders import held, make_data, private_folder, refuse_foreign_data
from gis.store.postgres import Account, find_postgres, find_programs

__all__ = [
    "Cluster",
    "ClusterStatus",
    "DATABASE",
    "create_database",
    "default_data_dir",
    "find_postgres",
    "start",
    "status",
    "stop",
]

DATABASE = "qingfei"
ROLE = "app"
PORT = 5432  # names the socket's file only; the server never opens a port


@dataclass(frozen=True, slots=True)
class Cluster:
    """A private server, known by the application's data folder alone."""

    data_dir: Path

    @property
    def postgres_dir(self) -> Path:
        """PostgreSQL's own data."""
        return Path(os.path.realpath(self.data_dir)) / "postgres"

    @property
    def log_path(self) -> Path:
        """What the server says."""
        return self.postgres_dir / "server.log"

    @property
    def socket_dir(self) -> Path:
        """A short path that every process works out alike from the data folder."""
        key = hashlib.sha256(os.fsencode(self.postgres_dir)).hexdigest()[:12]
        if os.geteuid() == 0 and os.access("/run", os.W_OK):
            return Path(f"/run/qingfei-{key}")
        # Not /run/user: it goes away with the user's last session, and the server stays.
        return Path(f"/tmp/qingfei-{os.geteuid()}-{key}")

    @property
    def url(self) -> str:
        """SQLAlchemy's address of the application's database."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """Return SQLAlchemy's address of another database of this server."""
        folder = quote(str(self.socket_dir), safe="/")
        return f"postgresql+psycopg://{ROLE}@/{quote(database)}?host={folder}&port={PORT}"


@dataclass(frozen=True, slots=True)
class ClusterStatus:
    """What is known of a private server; None where it has to run, or to exist, to be known."""

    running: bool
    pid: int | None
    version: str | None
    postgis: str | None
    data_dir: Path
    socket_dir: Path
    size_bytes: int


def default_data_dir() -> Path:
    """Return where the application's data go when nobody says otherwise."""
    if os.geteuid() == 0:
        return Path("/var/lib/qingfei")  # root's home is closed to the account the server runs as
    base = os.environ.get("XDG_DATA_HOME", "")
    home = Path(base) if os.path.isabs(base) else Path.home() / ".local/share"
    return home / "qingfei"


def start(cluster: Cluster, settings: Mapping[str, str] | None = None) -> bool:
    """Make the server if need be, start it, and return whether it was down before.

    ``settings`` are PostgreSQL's, for this run. Its databases are made by ``create_database``.
    Raises what ``gis.store.errors`` lists, and leaves nothing half made.
    """
    data = cluster.postgres_dir
    refuse_foreign_data(data)
    with held(data):
        made = (data / "PG_VERSION").exists()
        programs = find_programs(data if made else None)
        account = Account.of(data)
        if not made:
            make_data(data, account, programs, ROLE)
        private_folder(cluster.socket_dir, account)
        if launched := not _comes_up(cluster):
            options = {"listen_addresses": "", "port": str(PORT)} | dict(settings or {})
            said = " ".join(shlex.quote(f"-c{name}={value}") for name, value in options.items())
            said += f" -k {cluster.socket_dir}"
            process.launch(data, cluster.log_path, account, programs, said)
    return launched


def stop(cluster: Cluster) -> bool:
    """Stop the server, ending its connections, and return whether it ran.

    Raises ClusterNotStopped.
    """
    data = cluster.postgres_dir
    refuse_foreign_data(data)
    if not (data / "PG_VERSION").exists():
        return False
    with held(data):
        account = Account.of(data)
        if process.server_pid(data) is None:
            return False
        bin_dir = find_programs(data).folder
        result = account.run(bin_dir / "pg_ctl", "-D", data, "-m", "fast", "-w", "-t", "60", "stop")
        if result.returncode != 0 and process.server_pid(data) is not None:
            reason = process.last_words(result.stderr)
            raise ClusterNotStopped(reason=reason, log=cluster.log_path)
        with suppress(OSError):  # somebody else's file in it is no reason to complain
            cluster.socket_dir.rmdir()
        return True


def status(cluster: Cluster) -> ClusterStatus:
    """Return what is known of the server without changing anything."""
    data = cluster.postgres_dir
    refuse_foreign_data(data)
    made = (data / "PG_VERSION").exists()
    version = (data / "PG_VERSION").read_text().strip() if made else None
    postgis = None
    running = made and _answers(cluster)
    if running:
        version, postgis = _ask(cluster, "postgres", _VERSIONS) or (version, None)
    return ClusterStatus(
        running=running,
        pid=process.server_pid(data) if running else None,
        version=version,
        postgis=postgis,
        data_dir=cluster.data_dir,
        socket_dir=cluster.socket_dir,
        size_bytes=sum(_sizes(data)),
    )


def create_database(cluster: Cluster, name: str) -> bool:
    """Make a database with PostGIS, and return whether it was not there.

    Raises ClusterStopped, DiskFull.
    """
    import psycopg

    if not _answers(cluster):
        raise ClusterStopped(path=cluster.data_dir)
    # Held, because two first starts at once would both find it missing.
    with held(cluster.postgres_dir):
        try:
            return _create_database(cluster, name)
        except psycopg.errors.DiskFull:
            raise DiskFull(path=cluster.data_dir) from None


def _create_database(cluster: Cluster, name: str) -> bool:
    import psycopg
    from psycopg.sql import SQL, Identifier

    known = _ask(cluster, "postgres", "SELECT datname FROM pg_database WHERE datname = %s", name)
    if not known:
        with psycopg.connect(_where(cluster, "postgres"), autocommit=True) as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    # Asked first, because IF NOT EXISTS says a notice each time.
    if not _ask(cluster, name, "SELECT extname FROM pg_extension WHERE extname = 'postgis'"):
        with psycopg.connect(_where(cluster, name)) as connection:
            connection.execute("CREATE EXTENSION postgis")
    return not known


_VERSIONS = """
    SELECT split_part(current_setting('server_version'), ' ', 1),
           (SELECT default_version FROM pg_available_extensions WHERE name = 'postgis')
"""


def _where(cluster: Cluster, database: str) -> str:
    from psycopg.conninfo import make_conninfo

    return make_conninfo(
        host=str(cluster.socket_dir), port=PORT, user=ROLE, dbname=database, connect_timeout=10
    )


def _ask(cluster: Cluster, database: str, query: str, *values: str) -> tuple[str, ...] | None:
    import psycopg

    with psycopg.connect(_where(cluster, database)) as connection:
        return connection.execute(query.encode(), values or None).fetchone()


def _answers(cluster: Cluster) -> bool:
    import psycopg

    try:
        with psycopg.connect(_where(cluster, "postgres")):
            return True
    except psycopg.OperationalError:
        return False


def _comes_up(cluster: Cluster) -> bool:
    """Whether the server answers, or does so as soon as its recovery is over."""
    while not _answers(cluster):
        if process.server_pid(cluster.postgres_dir) is None:
            return False
        time.sleep(0.1)
    return True


def _sizes(folder: Path) -> list[int]:
    sizes = []
    for where, _, names in os.walk(folder):
        for name in names:
            try:
                sizes.append(os.lstat(os.path.join(where, name)).st_size)
            except FileNotFoundError:
                pass  # the server removes files while we count
    return sizes
