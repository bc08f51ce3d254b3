"""The machine's own PostgreSQL programs: where they are, and under whose name they run."""

import os
import platform
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from gis.store.errors import OtherPostgresVersion, PostgisMissing, ServerAccountMissing

__all__ = ["Account", "Programs", "find_postgres", "find_programs", "install_line"]

# Debian keeps the server's programs off PATH; the others are PGDG's on RPM systems and Homebrew's.
SEARCHED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)


@dataclass(frozen=True, slots=True)
class Account:
    """The operating system's user that owns the server and its files."""

    uid: int
    gid: int

    @classmethod
    def of(cls, folder: Path) -> "Account":
        """Return the owner of ``folder`` for root, who must step down; else the current user.

        Raises ServerAccountMissing.
        """
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        if folder.exists() and folder.stat().st_uid != 0:
            return cls(folder.stat().st_uid, folder.stat().st_gid)
        try:
            entry = pwd.getpwnam("postgres")
        except KeyError:
            raise ServerAccountMissing from None
        return cls(entry.pw_uid, entry.pw_gid)

    @property
    def name(self) -> str:
        """The account's name, or its number where it has none."""
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return str(self.uid)

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, in English, and return what it said."""
        # PGPORT, PGDATA and the like would move the server away from where we look for it.
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        step_down = os.geteuid() != self.uid
        return subprocess.run(
            [str(part) for part in command],
            cwd="/",  # the caller's folder may be closed to this account
            env=inherited | {"LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            user=self.uid if step_down else None,
            group=self.gid if step_down else None,
            extra_groups=[] if step_down else None,
        )


@dataclass(frozen=True, slots=True)
class Programs:
    """One installed PostgreSQL that has PostGIS."""

    folder: Path
    version: str
    """As the programs say it, for instance ``15.18``."""

    @property
    def major(self) -> str:
        """The part of the version that decides whether data fit: ``15``."""
        return self.version.split(".")[0]


def find_postgres() -> Path:
    """Return the folder of the newest PostgreSQL programs that have PostGIS.

    Raises PostgisMissing.
    """
    return find_programs().folder


def find_programs(for_data: Path | None = None) -> Programs:
    """Return the newest programs, or those of the major version that made ``for_data``.

    Raises PostgisMissing; OtherPostgresVersion when only other versions are installed.
    """
    installed = sorted(_installed(), key=lambda found: float(found.major), reverse=True)
    if not installed:
        raise PostgisMissing(install=install_line())
    if for_data is None:
        return installed[0]
    needed = (for_data / "PG_VERSION").read_text().strip()
    for programs in installed:
        if programs.major == needed:
            return programs
    raise OtherPostgresVersion(path=for_data, needed=needed)


def install_line() -> str:
    """Return the command that brings PostGIS to this machine."""
    if platform.system() == "Darwin":
        return "brew install postgis"
    line = "apt-get update && apt-get install -y --no-install-recommends postgresql-postgis"
    return line if os.geteuid() == 0 else line.replace("apt-get", "sudo apt-get")


def _installed() -> list[Programs]:
    on_path = shutil.which("pg_config")
    folders = [Path(match) for pattern in SEARCHED for match in glob(pattern)]
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return [found for folder in folders if (found := _programs_in(folder))]


def _programs_in(folder: Path) -> Programs | None:
    if not (folder / "initdb").is_file() or not (folder / "pg_config").is_file():
        return None
    said = subprocess.run(
        [folder / "pg_config", "--version", "--sharedir"], capture_output=True, text=True
    ).stdout.splitlines()
    version = re.search(r"\d+(\.\d+)*", said[0]) if len(said) == 2 else None
    if version and Path(said[1], "extension", "postgis.control").is_file():
        return Programs(folder, version[0])
    return None
