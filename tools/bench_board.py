"""How fast the leaders' board is with many sites and reaches, over HTTP.

    .venv/bin/python tools/bench_board.py --sites 100000

The newest day: the board read anew after a write each time, the board kept since the last write,
and boards of filters, each read anew. Then a day a year ago, and the brief's own reading.
"""

import argparse
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import made_register
from bench_register import FILTERS, Ask, report, serving
from measuring import Register, full_register, told

from api.settings import Settings
from gis.ledger import Book
from gis.ledger.sites import correct_site
from gis.store.register import CHINA

MOST_MS = 300
"""With 100,000 sites."""
HERE: dict[str, object] = {"district": made_register.DISTRICT}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=40)
    asked = parser.parse_args()
    with full_register(asked.sites) as register:
        measure(register, asked.times)


def measure(register: Register, times: int) -> None:
    settings = Settings(database_url=register.url, data_dir=register.folder)
    with serving(settings, register.book.engine) as ask:
        board = ask("/api/board", HERE)
        parts = board["parts"]
        assert isinstance(parts, dict)
        print(f"{board['total']}, {len(parts['reach'])} reaches, changed: {board['changes']}")
        measure_new(ask, register.book, times)
        measure_kept(ask, times)
        for name, wish in FILTERS.items():
            report(f"board, {name}, read anew", [timed(ask, HERE | wish)])
        day = datetime.now(UTC).astimezone(CHINA).date() - timedelta(days=365)
        report(f"board as of {day}, read anew", [timed(ask, HERE | {"as_of": str(day)})])


def measure_new(ask: Ask, book: Book, times: int) -> None:
    with book.reading() as connection:
        query = sa.text("select code from listed order by code limit :times")
        codes = list(connection.scalars(query, {"times": times}))
    took = []
    for number, code in enumerate(codes):
        correct_site(book, code, note=f"测 {number}")
        took.append(timed(ask, HERE))
    p95 = report(f"board, read anew after each of {times} writes", took)
    told("board, read anew after a write, p95", p95, "{:.0f} ms", most=MOST_MS)


def measure_kept(ask: Ask, times: int) -> None:
    report("board, kept since the last write", [timed(ask, HERE) for _ in range(times)])


def timed(ask: Ask, query: dict[str, object]) -> float:
    began = time.perf_counter()
    ask("/api/board", query)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
