"""How fast the register's list is with many sites, over HTTP, and what its peers need.

    .venv/bin/python tools/bench_register.py --sites 100000

Filters by orders, the list as of a day a year ago, the order for money, a change of one site,
turning to a page far down, and the same by OFFSET and by reading the whole table with geopandas.
"""

import argparse
import http.client
import itertools
import json
import socket
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import sqlalchemy as sa
import uvicorn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import made_register
from measuring import Register, full_register, timed, told

from api.app import create_app
from api.settings import Settings
from gis.domain.errors import SameName
from gis.domain.terms import Role
from gis.ledger import Book, people
from gis.ledger.sites import correct_site
from gis.store import listed, listing
from gis.store.listing import Scope
from gis.store.register import CHINA, end_of

PASSWORD = "Of-the-list-77"
MARK = {"X-Requested-With": "qingfei", "Content-Type": "application/json"}
FILTERS: dict[str, dict[str, object]] = {
    "none": {},
    "grade high": {"grade": "HIGH"},
    "provisional": {"is_provisional": "true"},
    "kind and state": {"kind": "MINE_PIT", "state": "LISTED"},
    "nature, class": {"nature": "UNIDENTIFIED", "waste_class": ["SW01", "SW05"]},
    "town": {"town": "昆河镇"},
    "reach and bank": {"reach": "黄河 5–10 km", "bank": "LEFT"},
    "overdue": {"deadline": "RED"},
    "mass 1,000 t up": {"mass_t_min": 1000, "points_h_min": 40},
    "text": {"text": "矿业 977"},
    "text, one site": {"text": "w0000"},
    "box": {"box": "109.7,40.7,109.75,40.75"},
    "nothing found": {"text": "无此处"},
    "not concluded": {"has_conclusion": "false"},
}
SORTS = ["FXDJ", "-DCL", "MC", "-ZDMJ", "WCSX", "SZHD", "-HFZ", "SXZT"]
COLUMNS = ["MC", "FXDJ", "FWZL", "SX", "ZDMJ", "DCL", "SZHD", "QTDW", "WCSX", "SXZT", "ZT"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=100_000)
    with full_register(parser.parse_args().sites) as register:
        measure(register)


def measure(register: Register) -> None:
    engine = register.book.engine
    settings = Settings(database_url=register.url, data_dir=register.folder)
    with serving(settings, engine) as ask:
        measure_list(ask, register.count)
        measure_as_of(ask, engine)
        measure_money(ask)
    measure_write(register.book)
    measure_peers(engine)


Ask = Callable[[str, dict[str, object]], dict[str, object]]


@contextmanager
def serving(settings: Settings, engine: sa.Engine) -> Iterator[Ask]:
    with suppress(SameName):  # who measured this register before
        people.add_user(Book(engine, "bench"), "bench", "bench", Role.ADMINISTRATOR, PASSWORD)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(settings, engine)
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_level="warning", timeout_keep_alive=120)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    login = json.dumps({"username": "bench", "password": PASSWORD})
    connection.request("POST", "/api/session", login, MARK)
    answer = connection.getresponse()
    cookie = (answer.headers["Set-Cookie"] or "").split(";")[0]
    answer.read()

    def ask(path: str, query: dict[str, object]) -> dict[str, object]:
        connection.request("GET", f"{path}?{urlencode(query, True)}", headers={"Cookie": cookie})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        found: dict[str, object] = json.loads(body)
        return found

    yield ask
    connection.close()
    server.should_exit = True
    thread.join(10)


def measure_list(ask: Ask, count: int) -> None:
    base = {"district": made_register.DISTRICT, "columns": COLUMNS, "limit": 50}
    ask("/api/sites", base)
    every: list[float] = []
    next_pages: list[float] = []
    for name, asked in FILTERS.items():
        mine: list[float] = []
        found = {}
        for sort, _ in itertools.product(SORTS, range(3)):
            query = base | asked | {"sort": sort}
            began = time.perf_counter()
            found = ask("/api/sites", query)
            mine.append(time.perf_counter() - began)
            if found["next"]:
                began = time.perf_counter()
                ask("/api/sites", query | {"after": found["next"]})
                next_pages.append(time.perf_counter() - began)
        every += mine
        report(f"list, {name} ({found['total']:,} found), first page", mine)
    first = report(f"list of {count:,}, {len(every)} first pages, all filters and orders", every)
    told(f"list of {count:,} sites, first pages, p95", first, "{:.1f} ms")
    following = report(f"list of {count:,}, {len(next_pages)} next pages", next_pages)
    told(f"list of {count:,} sites, next pages, p95", following, "{:.1f} ms")
    measure_counts(ask)


def measure_counts(ask: Ask) -> None:
    took = []
    for asked in FILTERS.values():
        began = time.perf_counter()
        ask("/api/sites/counts", {"district": made_register.DISTRICT} | asked)
        took.append(time.perf_counter() - began)
    report("counts, all filters", took)


def measure_as_of(ask: Ask, engine: sa.Engine) -> None:
    day = datetime.now(UTC).astimezone(CHINA).date() - timedelta(days=365)
    base = {"district": made_register.DISTRICT, "columns": COLUMNS, "limit": 50, "as_of": str(day)}
    took = []
    for asked in ({}, {"grade": "HIGH"}, {"text": "977"}, {"sort": "-DCL"}, {"deadline": "RED"}):
        began = time.perf_counter()
        ask("/api/sites", base | asked)
        took.append(time.perf_counter() - began)
    report(f"list as of {day}, first page", took)
    with engine.connect() as connection, timed(f"register: all rows as of {day}, with outlines"):
        listing.rows(connection, Scope(made_register.DISTRICT, end_of(day)))


def measure_money(ask: Ask) -> None:
    base = {"district": made_register.DISTRICT, "limit": 100}
    took: list[float] = []
    found: dict[str, object] = {}
    for after in (0, 100, 1_000, 10_000, 50_000):
        began = time.perf_counter()
        found = ask("/api/priority", base | {"after": after})
        took.append(time.perf_counter() - began)
    report(f"the order for money, pages far and near ({found['total']:,} wait)", took)


def measure_write(book: Book) -> None:
    with book.reading() as connection:
        rows = connection.execute(sa.text("select code from listed order by code limit 20"))
        codes = [row.code for row in rows]
    took = []
    for number, code in enumerate(codes):
        began = time.perf_counter()
        correct_site(book, code, note=f"测 {number}")
        took.append(time.perf_counter() - began)
    report("a site corrected, graded anew, and its row renewed", took)
    with book.engine.begin() as connection:
        with timed("register: every row of the list worked out anew"):
            listed.rebuild(connection)
        with timed("register: every row compared with the versions"):
            assert listed.stale(connection) == []


def measure_peers(engine: sa.Engine) -> None:
    import geopandas

    with engine.connect() as connection:
        took = []
        for _ in range(5):
            began = time.perf_counter()
            query = "select * from listed order by grade, code limit 50 offset 50000"
            connection.execute(sa.text(query)).all()
            took.append(time.perf_counter() - began)
        report("peer: the 1,001st page by OFFSET, database only", took)
        newest = (
            "select distinct on (s.code) s.*, g.grade from sites s "
            "join gradings g on g.site_code = s.code "
            "order by s.code, s.version desc, g.graded_at desc"
        )
        with timed("peer: geopandas reads the newest sites and grades whole"):
            geopandas.read_postgis(newest, connection, geom_col="outline")


def report(what: str, took: list[float]) -> float:
    """Print the median and return the 95th percentile of seconds, both in ms."""
    ordered = sorted(took)
    p50 = statistics.median(ordered) * 1000
    p95 = ordered[max(0, round(len(ordered) * 0.95) - 1)] * 1000
    print(f"{what:78} p50 {p50:7.1f} ms   p95 {p95:7.1f} ms", flush=True)
    return p95


if __name__ == "__main__":
    main()
