"""The server as a process: who it is, whether it lives, and how to bring it up after a crash."""

import errno
import os
import time
from pathlib import Path

from gis.errors import DiskFull
from gis.store.errors import ClusterNotStarted
from gis.store.postgres import Account, Programs

__all__ = ["is_about_space", "last_words", "launch", "server_pid"]

REAPING_S = 5.0
RECOVERY_S = 300
LOG_LIMIT_BYTES = 10_000_000

# The dead server's entry stays in the process table until PID 1 collects it; and its children need
# a moment to notice that it is gone.
DYING = ('lock file "postmaster.pid" already exists', "pre-existing shared memory block")


def server_pid(data: Path) -> int | None:
    """Return the number of the living server of these data, or None.

    A pid file alone proves nothing: after a crash it may name a process that is dead but not
    collected, or a stranger that was given the number since.
    """
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        return pid if _is_server(pid, data) else None
    except (FileNotFoundError, ValueError):
        return None


def launch(data: Path, log: Path, account: Account, programs: Programs, options: str) -> None:
    """Start the server and wait until it answers, through a recovery if need be.

    Raises DiskFull, ClusterNotStarted.
    """
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.rename(log.with_suffix(".log.1"))
    if _is_garbled(data / "postmaster.pid") and not _users_of(data):
        (data / "postmaster.pid").unlink()
    deadline = time.monotonic() + REAPING_S
    tidied = False
    while True:
        seen_bytes = log.stat().st_size if log.exists() else 0
        result = account.run(
            *(programs.folder / "pg_ctl", "-D", data, "-w", "-t", str(RECOVERY_S)),
            *("-l", log, "-o", options, "start"),
        )
        if result.returncode == 0:
            return
        said = _since(log, seen_bytes)
        if any(sign in said for sign in DYING) and time.monotonic() < deadline:
            time.sleep(0.2)
        elif DYING[0] in said and not tidied and not _users_of(data):
            (data / "postmaster.pid").unlink(missing_ok=True)
            tidied = True
        elif is_about_space(said + result.stderr):
            raise DiskFull(path=data)
        else:
            raise ClusterNotStarted(reason=last_words(said or result.stderr), log=log)


def is_about_space(said: str) -> bool:
    """Return whether a program failed because the disk, or its share of it, is full."""
    errors = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return any(os.strerror(error) in said for error in errors)


def last_words(said: str) -> str:
    """Return the line of a PostgreSQL program's output that tells the cause."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if any(w in line for w in ("FATAL:", "PANIC:", "error:"))]
    return (telling or lines or ["?"])[-1]


def _since(log: Path, seen_bytes: int) -> str:
    try:
        with log.open("rb") as file:
            file.seek(seen_bytes)
            return file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""


def _is_garbled(pid_file: Path) -> bool:
    """Whether a power cut left a pid file without a number, which PostgreSQL will not mend."""
    return pid_file.exists() and not pid_file.read_text().split("\n", 1)[0].strip().isdecimal()


def _users_of(data: Path) -> list[int]:
    """The living PostgreSQL processes that work in ``data``."""
    pids = [int(entry) for entry in os.listdir("/proc") if entry.isdecimal()]
    return [pid for pid in pids if _is_server(pid, data)]


def _is_server(pid: int, data: Path) -> bool:
    try:
        name, _, rest = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rpartition(")")
        if name != "postgres" or rest.split()[0] in "ZX":
            return False
        # A server lives in its data folder.
        return os.readlink(f"/proc/{pid}/cwd") == os.path.realpath(data)
    except (FileNotFoundError, ProcessLookupError):
        return False
    except PermissionError:
        return True  # root without all its powers, in a container: the name has to do
