"""How fast it is told who lags, where, with many works.

    .venv/bin/python tools/bench_deadlines.py --sites 100000 --tasks 200000

The summary by unit, town, reach and bank; the first pages; a unit's own summary; the summary as of
a day a year ago; one site's change.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import made_register
from measuring import Register, full_register

from gis.domain.people.accounts import Sight
from gis.domain.terms import DeadlineState
from gis.ledger.tags import tag_site
from gis.store import deadlines, listed, sight
from gis.store.deadlines import WorkWish
from gis.store.listing import Scope
from gis.store.register import end_of

REACHES = 300
TASKS = """
insert into project_tasks (id, version, recorded_at, project_id, site_code, title, lead_unit,
    supporting_units, leader_role, starts_on, due_on, done_on, note, dropped_reason, is_demo,
    recorded_by)
select md5(p.id::text || t)::uuid, v, p.recorded_at + make_interval(mins => v), p.id, p.site_code,
    '任务' || t, word(n * 7 + t, 'unit', '区生态环境分局 区自然资源分局 区执法局 区住建局 昆河镇'),
    word(n * 7 + t, 'help', '昆河镇、区工信局 区财政局 卜尔汉图镇、区发改委、区农牧局'), '分管领导',
    p.due_on - 100, case when t % 5 > 0 then p.due_on + t * 20 end,
    case when draw(n * 7 + t, 'done') < 0.4 then current_date - 1 end, '', '', true, 'bench'
from (select distinct on (id) *, row_number() over () as n from projects order by id, version) p
cross join generate_series(1, :each) t cross join generate_series(1, 1 + t % 2) v
"""
REACH = (
    f"update surroundings set reach = '黄河 ' || (abs(hashtext(site_code)) % {REACHES}) || ' 段'"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=100_000)
    parser.add_argument("--tasks", type=int, default=200_000)
    asked = parser.parse_args()
    with full_register(asked.sites) as register:
        fill(register, asked.tasks)
        measure(register)


def fill(register: Register, tasks: int) -> None:
    """Give the register's projects their tasks, two fifths of them in a second version."""
    with register.book.engine.begin() as connection:
        each = {"each": 2 * tasks // register.count}
        connection.execute(sa.text(TASKS), each)
        connection.execute(sa.text(REACH))
        listed.rebuild(connection)
        kinds = "select kind, count(*), count(distinct reach) from due_works group by kind"
        print([tuple(row) for row in connection.execute(sa.text(kinds))])
    with register.book.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
        c.execute(sa.text("vacuum analyze"))


def measure(register: Register) -> None:
    now = datetime.now(UTC)
    scope = Scope(made_register.DISTRICT, now, is_now=True)
    late = WorkWish(state=(DeadlineState.RED,))
    mine = Sight(units=("区执法局",))
    alone = "set max_parallel_workers_per_gather = 0"  # so that one process bears all of the cost
    with register.book.engine.connect() as connection:
        connection.execute(sa.text(alone))
        turn(connection, "summary", lambda: deadlines.summary(connection, scope))
        turn(
            connection, "summary of what is red", lambda: deadlines.summary(connection, scope, late)
        )
        turn(connection, "first page", lambda: deadlines.page(connection, scope, limit=100))
        turn(
            connection, "first red page", lambda: deadlines.page(connection, scope, late, limit=100)
        )
        then = Scope(made_register.DISTRICT, end_of((now - timedelta(days=365)).date()))
        turn(connection, "summary a year ago", lambda: deadlines.summary(connection, then), times=2)
    with sight.bound(register.book.engine, mine).connect() as connection:
        turn(connection, "a unit's summary", lambda: deadlines.summary(connection, scope))
    code = register.book.engine.connect().scalar(sa.text("select max(code) from listed"))
    days = iter(range(1000))

    def change() -> None:
        tag_site(register.book, code, "5", "区执法局", now.date() + timedelta(days=next(days)))

    turn(None, "a tag's new day", change)


def turn(
    connection: sa.Connection | None, what: str, act: Callable[[], object], times: int = 21
) -> None:
    """Print the median and the 95th percentile of an act, and what it cost the server's process.

    The latter is the same on a busy machine; it counts whole ticks of a hundredth of a second.
    """
    spent = _spent(connection)
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - began))
    took.sort()
    cpu = (_spent(connection) - spent) / times
    print(
        f"{what:32} p50 {took[times // 2]:7.0f} ms   p95 {took[int(times * 0.95)]:7.0f} ms"
        + (f"   server CPU {cpu:6.0f} ms" if connection is not None else "")
    )


def _spent(connection: sa.Connection | None) -> float:
    if connection is None:
        return 0.0
    pid = connection.scalar(sa.text("select pg_backend_pid()"))
    ticks = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return 1000 * sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
