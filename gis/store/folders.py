"""The private server's folders: made whole or not at all, ours alone, one keeper at a time."""

import errno
import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gis.errors import DiskFull
from gis.store.errors import (
    ClusterBusy,
    ClusterNotMade,
    DataFolderForbidden,
    DataFolderUnreachable,
    NotACluster,
    SocketFolderUnsafe,
)
from gis.store.postgres import Account, Programs
from gis.store.process import is_about_space, last_words

__all__ = ["held", "make_data", "private_folder", "refuse_foreign_data"]

PATIENCE_S = 120.0


def refuse_foreign_data(data: Path) -> None:
    """Raise NotACluster where ``data`` holds something that PostgreSQL did not make."""
    try:
        foreign = data.exists() and not (data / "PG_VERSION").exists()
        if foreign and (not data.is_dir() or any(data.iterdir())):
            raise NotACluster(path=data)
    except PermissionError:
        raise DataFolderForbidden(path=data) from None


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Make the folder above ``data`` and keep other starters and stoppers out meanwhile.

    Raises DataFolderForbidden, DiskFull; ClusterBusy after two minutes.
    """
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        lock = open(data.with_name("postgres.lock"), "w")
    except (PermissionError, FileExistsError, NotADirectoryError):
        raise DataFolderForbidden(path=data.parent) from None
    except OSError as error:
        raise _of_disk(error, data.parent) from error
    with lock:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise ClusterBusy(path=data.parent) from None
                time.sleep(0.05)
        yield


def private_folder(folder: Path, account: Account) -> None:
    """Make ``folder``, or make sure that it is the account's own and closed to everybody else.

    Its name can be guessed and it may lie in /tmp, so somebody may have made it before us.
    Raises SocketFolderUnsafe.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    found = folder.lstat()
    ours = found.st_uid in {account.uid, os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or not ours or stat.S_IMODE(found.st_mode) & 0o077:
        raise SocketFolderUnsafe(path=folder)
    if found.st_uid != account.uid:
        os.chown(folder, account.uid, account.gid)


def make_data(data: Path, account: Account, programs: Programs, role: str) -> None:
    """Make PostgreSQL's data beside ``data`` and move them there when they are whole.

    Raises DataFolderForbidden, DataFolderUnreachable, DiskFull, ClusterNotMade.
    """
    for leftover in data.parent.glob(".postgres-new-*"):  # of a start that was killed
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        new = Path(tempfile.mkdtemp(prefix=".postgres-new-", dir=data.parent))
    except PermissionError:
        raise DataFolderForbidden(path=data.parent) from None
    except OSError as error:
        raise _of_disk(error, data.parent) from error
    try:
        os.chown(new, account.uid, account.gid)
        if closed := _first_closed(data.parent, account):
            raise DataFolderUnreachable(path=data.parent, parent=closed, account=account.name)
        result = account.run(
            *(programs.folder / "initdb", "-D", new, "-U", role, "-A", "trust"),
            *("-E", "UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions"),
        )
        if result.returncode != 0:
            if is_about_space(result.stderr):
                raise DiskFull(path=data.parent)
            raise ClusterNotMade(path=data.parent, reason=last_words(result.stderr))
        if data.exists():
            data.rmdir()  # empty, or refuse_foreign_data would have stopped us
        new.rename(data)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _first_closed(folder: Path, account: Account) -> Path | None:
    """The uppermost folder on the way to ``folder`` that the account may not pass, if any."""
    if os.geteuid() == account.uid:
        return None
    # Asked of the system, not read from mode bits, because access lists may open or close it too.
    for step in [*reversed(folder.parents), folder]:
        if account.run("test", "-x", step).returncode != 0:
            return step
    return None


def _of_disk(error: OSError, folder: Path) -> DiskFull | DataFolderForbidden:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFull(path=folder)
    return DataFolderForbidden(path=folder)
