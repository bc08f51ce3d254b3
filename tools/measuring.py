"""What the benchmarks share: a stopwatch, the table of figures beside their targets, and a private
register full of made-up sites."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import made_register

from gis.ledger import Book
from gis.store import cluster, migrate
from gis.store.engine import make_engine


@dataclass(frozen=True, slots=True)
class Register:
    """A register of one district with ``count`` sites, each with a history of two years."""

    book: Book
    url: str
    folder: Path
    count: int


@contextmanager
def full_register(count: int) -> Iterator[Register]:
    """Make a register on a server of its own; nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="qingfei-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # run by root, the server has an account of its own and must get in
        server = cluster.Cluster(folder)
        cluster.start(server)
        try:
            cluster.create_database(server, cluster.DATABASE)
            migrate.upgrade(server.url)
            engine = make_engine(server.url)
            book = Book(engine, "bench")
            with timed(f"register: made {count:,} sites with their history"):
                made_register.make(book, count)
            yield Register(book, server.url, folder, count)
            engine.dispose()
        finally:
            cluster.stop(server)


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took."""
    began = time.perf_counter()
    yield
    print(f"{what:78} {time.perf_counter() - began:7.2f} s", flush=True)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; ``is_reached`` is None where there is no target.

    ``is_wrong`` says that it is no matter of speed: results differ, or nothing could be measured.
    """

    what: str
    found: str
    target: str = ""
    is_reached: bool | None = None
    is_wrong: bool = False


TOLD: list[Figure] = []
"""All figures of this process."""


def told(
    what: str, found: float, form: str, *, least: float | None = None, most: float | None = None
) -> None:
    """Print a figure beside its target, and keep it for the table.

    ``form`` says how its numbers are written, "{:.1f} x" for instance.
    """
    target, is_reached = "", None
    if least is not None:
        target, is_reached = f">= {form.format(least)}", found >= least
    if most is not None:
        target, is_reached = f"<= {form.format(most)}", found <= most
    _keep(Figure(what, form.format(found), target, is_reached))


def equal(what: str, differ: int) -> None:
    """Tell how many results are not those of a peer; there must be none."""
    _keep(Figure(what, f"{differ:,}", "0", differ == 0, differ > 0))


def failed(what: str, why: object) -> None:
    """Tell that a part could not be measured."""
    _keep(Figure(what, f"FAILED: {why}", is_wrong=True))


def table() -> str:
    """Return all figures, one a line, and how many of those with a target reach it."""
    aimed = [figure for figure in TOLD if figure.is_reached is not None]
    reached = sum(bool(figure.is_reached) for figure in aimed)
    head = _line(Figure("figure", "here", "target"))
    end = f"{reached} of {len(aimed)} figures with a target reach it."
    return "\n".join([head, *map(_line, TOLD), end])


def _keep(figure: Figure) -> None:
    TOLD.append(figure)
    print(_line(figure), flush=True)


def _line(figure: Figure) -> str:
    verdict = {None: "", True: "reached", False: "NOT REACHED"}[figure.is_reached]
    return f"{figure.what:64} {figure.found:>14} {figure.target:>14}  {verdict}".rstrip()
