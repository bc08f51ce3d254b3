"""What the benchmarks share: a stopwatch, and a private register full of made-up sites."""

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
