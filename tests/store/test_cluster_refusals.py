"""Places and machines where the private server cannot be, each with its own sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from gis.store import cluster as clusters
from gis.store import postgres, process
from gis.store.cluster import Cluster, start, status, stop
from gis.store.errors import (
    ClusterNotStarted,
    DataFolderForbidden,
    NotACluster,
    OtherPostgresVersion,
    PostgisMissing,
    ServerAccountMissing,
    SocketFolderUnsafe,
)
from tests.throwaway import FAST

IS_ROOT = os.geteuid() == 0


def answer(cluster: Cluster, question: str, database: str = "postgres") -> object:
    engine = sa.create_engine(cluster.url_of(database), poolclass=sa.NullPool)
    with engine.connect() as connection:
        return connection.execute(sa.text(question)).scalar()


def test_long_path_still_gets_a_socket(home: Path) -> None:
    cluster = Cluster(home / ("很长的目录名" * 10) / ("b" * 100))
    assert len(os.fsencode(cluster.data_dir)) > 200
    assert start(cluster, FAST)
    assert answer(cluster, "SELECT 1") == 1


def test_socket_folder_does_not_depend_on_how_the_path_is_written(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    (home / "link").symlink_to(home)
    spellings = [home / "x", Path("x"), home / "y" / ".." / "x", home / "link" / "x"]
    assert len({Cluster(spelling).socket_dir for spelling in spellings}) == 1


@pytest.mark.parametrize("trap", ["open to all", "a link", "a file"])
def test_socket_folder_that_somebody_prepared_is_refused(home: Path, trap: str) -> None:
    cluster = Cluster(home)
    if trap == "open to all":
        cluster.socket_dir.mkdir()
        cluster.socket_dir.chmod(0o777)
    elif trap == "a link":
        (home / "private").mkdir(mode=0o700)
        cluster.socket_dir.symlink_to(home / "private")
    else:
        cluster.socket_dir.touch(mode=0o700)
    try:
        with pytest.raises(SocketFolderUnsafe, match=str(cluster.socket_dir)):
            start(cluster, FAST)
    finally:
        if trap == "open to all":
            cluster.socket_dir.rmdir()
        else:
            cluster.socket_dir.unlink()


def test_folder_with_something_else_in_it_is_left_alone(home: Path) -> None:
    (home / "postgres").mkdir()
    (home / "postgres" / "毕业照.jpg").touch()
    for verb in (start, stop, status):
        with pytest.raises(NotACluster, match="postgres"):
            verb(Cluster(home))
    assert [path.name for path in home.rglob("*")] == ["postgres", "毕业照.jpg"]


def test_data_folder_that_is_a_file(home: Path) -> None:
    (home / "file").touch()
    with pytest.raises(DataFolderForbidden, match="file"):
        start(Cluster(home / "file"))


def test_data_of_another_major_version(home: Path) -> None:
    cluster = Cluster(home)
    cluster.postgres_dir.mkdir()
    (cluster.postgres_dir / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(OtherPostgresVersion, match=r"9\.6"):
        start(cluster)


def test_postgis_missing_names_the_line_that_installs_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "SEARCHED", (str(home / "*" / "bin"),))
    monkeypatch.setenv("PATH", str(home))
    with pytest.raises(PostgisMissing) as caught:
        start(Cluster(home / "data"))
    for language in ("zh-CN", "en"):
        sentence = caught.value.sentence(language)
        assert "apt-get install -y --no-install-recommends postgresql-postgis" in sentence
        assert "QINGFEI_DATABASE_URL" in sentence
    assert not (home / "data" / "postgres").exists()


def test_server_without_postgis_does_not_count(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = home / "bin"
    folder.mkdir()
    (folder / "initdb").touch()
    program = folder / "pg_config"
    program.write_text(f"#!/bin/sh\necho PostgreSQL 15.18; echo {home}\n")
    program.chmod(0o755)
    monkeypatch.setattr(postgres, "SEARCHED", (str(folder),))
    monkeypatch.setenv("PATH", str(home))
    with pytest.raises(PostgisMissing):
        clusters.find_postgres()
    (home / "extension").mkdir()
    (home / "extension" / "postgis.control").touch()
    assert clusters.find_postgres() == folder


START = """
import os, sys
from pathlib import Path
from gis.errors import QingfeiError
from gis.store.cluster import Cluster, start
if sys.argv[2:]:
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))
try:
    start(Cluster(Path(sys.argv[1])))
except QingfeiError as error:
    print(type(error).__name__, *error.facts.values())
"""
NOBODY = ["65534"] if IS_ROOT else []


def test_no_space_left(home: Path) -> None:
    """The data folder lies on a disk of 8 MB, or under a limit where mounting is not allowed."""
    can_mount = IS_ROOT and subprocess.run(["unshare", "--mount", "true"]).returncode == 0
    if can_mount:
        little = ["unshare", "--mount", "sh", "-ec"]  # of its own, so that the disk goes with it
        script = 'mount -t tmpfs -o size=8m,mode=755 tmpfs "$1"'
    else:
        little, script = ["sh", "-ec"], "ulimit -f 2048"
    script += '; "$2" -c "$3" "$1/data"; ls -A "$1/data"'
    done = subprocess.run(
        [*little, script, "sh", home, sys.executable, START],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == [f"DiskFull {home}/data", "postgres.lock"], done.stderr


def test_data_folder_that_may_not_be_written(home: Path) -> None:
    shut = home / "shut"
    shut.mkdir(mode=0o555)
    assert refused_start(shut / "data", *NOBODY) == f"DataFolderForbidden {shut / 'data'}"


def test_data_folder_below_one_that_the_server_may_not_enter(home: Path) -> None:
    """Root's server runs as another account; anybody else's is refused at the door itself."""
    closed = home / "closed"
    closed.mkdir(mode=0o700 if IS_ROOT else 0o000)
    data = closed / "data"
    try:
        if IS_ROOT:
            name = clusters.Account.of(data).name
            assert refused_start(data) == f"DataFolderUnreachable {data} {closed} {name}"
            assert [path.name for path in data.iterdir()] == ["postgres.lock"]
        else:
            assert refused_start(data).startswith("DataFolderForbidden")
    finally:
        closed.chmod(0o700)


def test_cluster_of_another_user(home: Path) -> None:
    """Root takes the part of whoever owns the data; other users may not so much as look."""
    cluster = Cluster(home)
    cluster.postgres_dir.mkdir(mode=0o700)
    if IS_ROOT:
        os.chown(cluster.postgres_dir, 12345, 12345)
        assert clusters.Account.of(cluster.postgres_dir).name == "12345"
        assert refused_start(home, *NOBODY).startswith("DataFolderForbidden")
    else:
        assert clusters.Account.of(cluster.postgres_dir).uid == os.geteuid()


def test_root_without_the_account_of_the_server(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(postgres.pwd, "getpwnam", unknown)
    with pytest.raises(ServerAccountMissing, match="postgres"):
        clusters.Account.of(home / "postgres")


def refused_start(data: Path, *as_user: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", START, data, *as_user], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_server_that_cannot_start_names_its_log(stopped: Cluster) -> None:
    with pytest.raises(ClusterNotStarted) as caught:
        start(stopped, {"shared_buffers": "nonsense"})
    assert "shared_buffers" in str(caught.value)
    assert str(stopped.log_path) in caught.value.sentence("zh-CN")
    assert start(stopped, FAST), "and it starts once the cause is gone"


def test_log_does_not_grow_for_ever(stopped: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "LOG_LIMIT_BYTES", 10)
    start(stopped, FAST)
    assert stopped.log_path.with_suffix(".log.1").stat().st_size > 10
