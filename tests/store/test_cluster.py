"""The private server from nothing to PostGIS, and through every crash seen so far."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from gis.store import cluster as clusters
from gis.store import folders, process
from gis.store.cluster import Cluster, create_database, default_data_dir, start, status, stop
from gis.store.errors import (
    ClusterBusy,
    ClusterStopped,
)
from tests.throwaway import FAST, admin, temporary_folder

IS_ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    """A server that the tests of this file leave running."""
    with temporary_folder() as folder:
        cluster = Cluster(folder / "数据 目录")
        assert start(cluster, FAST)
        assert create_database(cluster, clusters.DATABASE)
        yield cluster


def answer(cluster: Cluster, question: str, database: str = "qingfei") -> object:
    engine = sa.create_engine(cluster.url_of(database), poolclass=sa.NullPool)
    with engine.connect() as connection:
        return connection.execute(sa.text(question)).scalar()


def tell(cluster: Cluster, order: str) -> None:
    with admin(cluster.url) as connection:
        connection.execute(order)


def postmaster(cluster: Cluster) -> int:
    pid = process.server_pid(cluster.postgres_dir)
    assert pid is not None
    return pid


# ---- The good path ----


def test_from_nothing_to_postgis(running: Cluster) -> None:
    assert str(answer(running, "SELECT postgis_version()"))[0].isdecimal()
    assert answer(running, "SHOW server_encoding") == "UTF8"
    assert answer(running, "SHOW data_checksums") == "on"
    assert answer(running, "SELECT '昆都仑' LIKE '昆%'") is True


def test_address_is_a_socket_only_we_can_reach(running: Cluster) -> None:
    assert running.url == (f"postgresql+psycopg://app@/qingfei?host={running.socket_dir}&port=5432")
    assert answer(running, "SHOW listen_addresses") == ""
    assert running.socket_dir.stat().st_mode & 0o777 == 0o700
    assert running.postgres_dir.stat().st_mode & 0o777 == 0o700


def test_started_twice_is_harmless(running: Cluster) -> None:
    before = postmaster(running)
    assert start(running) is False
    assert postmaster(running) == before


def test_status_of_a_running_server(running: Cluster) -> None:
    found = status(running)
    assert found.running
    assert found.pid == postmaster(running)
    assert found.version == str(answer(running, "SHOW server_version")).split()[0]
    assert str(answer(running, "SELECT postgis_lib_version()")) == found.postgis
    assert found.data_dir == running.data_dir
    assert 10_000_000 < found.size_bytes < 1_000_000_000


def test_status_before_anything_is_made_changes_nothing(home: Path) -> None:
    found = status(Cluster(home))
    assert (found.running, found.pid, found.version, found.size_bytes) == (False, None, None, 0)
    assert list(home.iterdir()) == []


def test_databases_are_made_once_and_have_postgis(running: Cluster) -> None:
    assert create_database(running, "它的'名字\"") is True
    assert create_database(running, "它的'名字\"") is False
    assert answer(running, "SELECT ST_SRID(ST_Point(110, 40, 4490))", "它的'名字\"") == 4490


def test_callers_environment_does_not_move_the_server(
    stopped: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "6543")
    monkeypatch.setenv("PGDATA", "/nowhere")
    assert start(stopped, FAST)
    assert answer(stopped, "SELECT 1") == 1


def test_stop_keeps_the_data_and_may_be_said_twice(stopped: Cluster) -> None:
    start(stopped, FAST)
    tell(stopped, "CREATE TABLE kept AS SELECT 7 AS n")
    assert stop(stopped) is True
    assert stop(stopped) is False
    assert status(stopped).running is False
    assert not stopped.socket_dir.exists()
    with pytest.raises(ClusterStopped, match="db start"):
        create_database(stopped, "more")
    assert start(stopped, FAST)
    assert answer(stopped, "SELECT n FROM kept") == 7


def test_stopping_what_was_never_made(home: Path) -> None:
    assert stop(Cluster(home)) is False


# ---- Two at once, crashes, stale files ----


def test_two_starters_at_once(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from gis.store.cluster import *;"
        "cluster = Cluster(Path(sys.argv[1]));"
        "print(start(cluster), create_database(cluster, DATABASE))"
    )
    starters = [
        subprocess.Popen([sys.executable, "-c", code, home], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [starter.communicate(timeout=60)[0].split() for starter in starters]
    assert sorted(started for started, _ in said) == ["False", "False", "True"]
    assert sorted(created for _, created in said) == ["False", "False", "True"]


def test_a_starter_that_hangs_is_not_waited_for_for_ever(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "PATIENCE_S", 0.2)
    with folders.held(home / "postgres"), pytest.raises(ClusterBusy):
        start(Cluster(home))


def test_killed_server_starts_again_at_once_with_its_data(home: Path) -> None:
    cluster = Cluster(home)
    start(cluster)  # not FAST: what was acknowledged must survive
    create_database(cluster, clusters.DATABASE)
    tell(cluster, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    os.kill(postmaster(cluster), signal.SIGKILL)
    assert start(cluster) is True
    assert answer(cluster, "SELECT count(*) FROM kept") == 1000


def test_dead_server_that_nobody_collects_is_told_from_a_living_one(
    stopped: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a container whose PID 1 collects no children, the dead server's number stays taken."""
    monkeypatch.setattr(process, "REAPING_S", 0.3)
    account = clusters.Account.of(stopped.postgres_dir)
    zombie = subprocess.Popen(["true"], user=account.uid if IS_ROOT else None)
    while Path(f"/proc/{zombie.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        time.sleep(0.01)
    leave_pid_file(stopped, zombie.pid)
    assert status(stopped).running is False
    assert start(stopped, FAST) is True
    assert postmaster(stopped) != zombie.pid
    zombie.wait()


def test_pid_file_of_a_stranger_is_not_believed(stopped: Cluster) -> None:
    leave_pid_file(stopped, os.getpid())
    assert process.server_pid(stopped.postgres_dir) is None
    assert start(stopped, FAST) is True


@pytest.mark.parametrize("content", ["", "not a number\n", "999999999\n/elsewhere\n"])
def test_broken_pid_file_does_not_keep_the_server_down(stopped: Cluster, content: str) -> None:
    (stopped.postgres_dir / "postmaster.pid").write_text(content)
    assert start(stopped, FAST) is True


def leave_pid_file(cluster: Cluster, pid: int) -> None:
    """Write what a server that was killed leaves behind."""
    account = clusters.Account.of(cluster.postgres_dir)
    file = cluster.postgres_dir / "postmaster.pid"
    lines = [pid, cluster.postgres_dir, int(time.time()), 5432, cluster.socket_dir, "", "  0  0"]
    file.write_text("\n".join(map(str, lines)) + "\n")
    os.chown(file, account.uid, account.gid)


def test_start_that_was_killed_half_way_leaves_no_litter(home: Path) -> None:
    (home / ".postgres-new-killed").mkdir()
    (home / ".postgres-new-killed" / "PG_VERSION").write_text("15")
    assert start(Cluster(home), FAST)
    assert sorted(path.name for path in home.iterdir()) == ["postgres", "postgres.lock"]


def test_default_data_dir(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert default_data_dir() == Path("/var/lib/qingfei")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_DATA_HOME", "/mnt/data")
    assert default_data_dir() == Path("/mnt/data/qingfei")
    monkeypatch.setenv("XDG_DATA_HOME", "relative/is/void")
    monkeypatch.setenv("HOME", "/home/wang")
    assert default_data_dir() == Path("/home/wang/.local/share/qingfei")
