"""The office's side of a drill: a server process that can be killed, and what it has stored."""

import hashlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

import sqlalchemy as sa

from api.cli import main
from gis.store import files
from tests.forked import FORKED

ROOT = Path(__file__).parents[2]
QINGFEI = [sys.executable, "-c", "from api.cli import main; main()"]


def serve(environment: dict[str, str], port: int, log: Path) -> None:
    """Be `qingfei serve` with this environment; what it says goes to a file."""
    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    sys.argv = ["qingfei", "serve", "--port", str(port)]
    main()


@dataclass
class Office:
    """A register served by a process of its own, at one port whenever it runs."""

    database_url: str
    data_dir: Path
    port: int = 0
    kills: int = 0
    _process: BaseProcess | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = self.port or probe.getsockname()[1]

    def start(self) -> None:
        """Start the server and wait until it answers."""
        log = self.data_dir / "served.log"
        log.touch()
        self._process = FORKED.Process(target=serve, args=(self._environment(), self.port, log))
        self._process.start()
        end = time.monotonic() + 60
        while not self._answers():
            assert self._process.is_alive(), self.log()[-4000:]
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.1)

    def log(self) -> str:
        """Return what the server has said so far."""
        return (self.data_dir / "served.log").read_text("utf-8")

    def import_file(self, path: Path) -> None:
        """Read in the file that a phone wrote, as the keeper does at the terminal."""
        command = [*QINGFEI, "checks", "import", str(path)]
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment(), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "QINGFEI_DATABASE_URL": self.database_url,
            "QINGFEI_DATA_DIR": str(self.data_dir),
            "QINGFEI_WORKERS": "0",  # no drill detects anything
        }

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """Kill the server where it stands, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.join(10)
            self._process = None
            self.kills += 1

    def holds(self) -> dict[str, str]:
        """Return the SHA-256 of every check and whole photograph by id; files are read anew."""
        engine = sa.create_engine(self.database_url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            checks = connection.execute(sa.text("SELECT id, body, body_sha256 FROM field_checks"))
            found = {}
            for row in checks:
                assert hashlib.sha256(row.body.encode()).hexdigest() == row.body_sha256
                found[str(row.id)] = row.body_sha256
            photos = connection.execute(
                sa.text("SELECT id, sha256, size_bytes FROM photos WHERE state <> 'WAITING'")
            )
            for row in photos:
                path = files.place_of(self.data_dir / "photos", row.sha256)
                content = path.read_bytes()
                assert len(content) == row.size_bytes
                found[str(row.id)] = hashlib.sha256(content).hexdigest()
        engine.dispose()
        return found

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        engine = sa.create_engine(self.database_url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            number = connection.scalar(sa.select(sa.func.count()).select_from(sa.table(table)))
        engine.dispose()
        return int(number or 0)
