"""What commands print: sentences for people, JSON for machines, progress on a terminal."""

import errno
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from api.settings import Settings
from gis.errors import DiskFull, QingfeiError, Unavailable

Progress = Callable[[int, int], None]
"""Told (steps done, steps in all)."""


class SystemRefused(Unavailable):
    """The operating system refused something. Facts: reason."""

    code = "system_refused"
    zh = "系统拒绝了操作（{reason}），请检查路径与权限。"
    en = "The system refused: {reason}; check the path and its rights."


def of_system(error: OSError) -> QingfeiError:
    """Return the error of ours that an operating system's error stands for."""
    if error.errno == errno.ENOSPC:
        return DiskFull(path=error.filename or "—")
    name = f"：{error.filename}" if error.filename else ""
    return SystemRefused(reason=f"{error.strerror or error}{name}")


def say(zh: str, en: str) -> None:
    """Print a sentence in the terminal's language."""
    print(en if Settings().language.startswith("en") else zh)


def warn(zh: str, en: str) -> None:
    """Print a sentence that is no result to stderr, in the terminal's language."""
    print(en if Settings().language.startswith("en") else zh, file=sys.stderr)


def emit(result: Any) -> None:
    """Print a result as one line of JSON."""
    print(json.dumps(result, ensure_ascii=False, default=str))


def fail(error: QingfeiError, as_json: bool = False) -> NoReturn:
    """Print the error's one sentence on stderr and end with exit code 1."""
    if as_json:
        body = {"code": error.code, "zh": error.sentence("zh-CN"), "en": error.sentence("en")}
        print(json.dumps(body, ensure_ascii=False), file=sys.stderr)
    else:
        print(error.sentence(Settings().language), file=sys.stderr)
    sys.exit(1)


@contextmanager
def progress(zh: str, en: str) -> Iterator[Progress]:
    """Yield a callback (done, in all) that draws a bar where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    name = en if Settings().language.startswith("en") else zh
    columns = (TextColumn(name), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def table(headings: list[str], rows: list[list[Any]]) -> None:
    """Print rows under headings, columns as wide as they need; what is too long is folded."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, pad_edge=False, header_style="bold")
    for number, heading in enumerate(headings):  # the first column names the row: never broken
        grid.add_column(heading, no_wrap=number == 0, overflow="fold")
    for row in rows:
        grid.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console().print(grid)
