"""The tests' own servers: what a killed run leaves behind must not stop the next one."""

import os
import signal
import tempfile
from pathlib import Path

from gis.store import cluster, process
from tests import throwaway


def test_a_server_that_was_killed_leaves_nothing_that_stops_the_next_run():
    home = Path(tempfile.mkdtemp(prefix="qingfei-test-"))
    home.chmod(0o755)
    server = cluster.Cluster(home)
    cluster.start(server, throwaway.FAST)
    pid = process.server_pid(server.postgres_dir)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while process.server_pid(server.postgres_dir) is not None:
        pass
    assert any(server.socket_dir.iterdir()), "the killed server should have left its socket"

    throwaway.remove(home)

    assert not home.exists()
    assert not server.socket_dir.exists()
