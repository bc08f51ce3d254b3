"""What a person types at the terminal, run by the door itself without starting a process.

Starting one costs a second of imports; what is told of a command is the same either way, and
`tests/api/test_cli.py` starts real ones.
"""

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import sqlalchemy as sa

from api.cli import main


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left on the screen."""

    returncode: int
    stdout: str
    stderr: str


def refused(done: Any) -> str:
    """Return the one sentence that a refusal printed, by whichever way the command was run."""
    assert done.returncode == 1, done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr and done.stdout == ""
    return str(lines[0])


class Terminal:
    """A terminal in front of one register; further words stand before those that are typed."""

    def __init__(self, database_url: str, data_dir: Path, *before: str, **settings: str) -> None:
        self._before = before
        self._settings = {
            "QINGFEI_DATABASE_URL": database_url,
            "QINGFEI_DATA_DIR": str(data_dir),
            "QINGFEI_LANGUAGE": "zh-CN",
        } | settings

    def __call__(self, *words: object, **settings: str) -> Done:
        """Run `qingfei` with these words; settings are those of the environment."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("QINGFEI_")}
        environment = kept | self._settings | settings
        typed = ["qingfei", *self._before, *map(str, words)]
        out, told = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(os.environ, environment, clear=True),
            mock.patch.object(sys, "argv", typed),
            redirect_stdout(out),
            redirect_stderr(told),
            _closed_afterwards(),
        ):
            try:
                main()
                code = 0
            except SystemExit as left:
                code = left.code if isinstance(left.code, int) else int(left.code is not None)
        return Done(code, out.getvalue(), told.getvalue())


class _closed_afterwards:
    """Closes the connections that a command leaves to the end of its process."""

    def __enter__(self) -> None:
        self._opened: list[object] = []
        sa.event.listen(sa.Pool, "connect", self._note)

    def __exit__(self, *_: object) -> None:
        sa.event.remove(sa.Pool, "connect", self._note)
        for connection in self._opened:
            connection.close()

    def _note(self, connection: object, record: object) -> None:
        self._opened.append(connection)
