"""Field checks kept from before their review: none is lost, each verdict says waste or pit."""

from dataclasses import fields
from enum import StrEnum
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from shapely import wkb

from gis.domain.terms import ReviewState, Standing, Verdict, Via
from gis.store import checks
from gis.store.engine import make_engine
from gis.store.migrate import MIGRATIONS_DIR, upgrade
from tests.makers import NOON, a_candidate, a_site, square

OLD = [
    # id, verdict, kind, waste class, look-alike, conflict
    (1, "CONFIRMED", "WASTE_PILE", "SW01", None, False),
    (2, "CONFIRMED", "MINE_PIT", "NONE", None, True),
    (3, "LOOK_ALIKE", None, None, "coal_yard", False),
    (4, "GONE", None, None, None, False),
    (5, "CONFIRMED", "TAILINGS_POND", "SW05", None, False),
]


def put(connection, table, noun, **changes):
    """Insert what the table of that time has of a noun of today."""
    names = {column["name"] for column in sa.inspect(connection).get_columns(table)}
    row = {f.name: getattr(noun, f.name) for f in fields(noun) if f.name in names} | changes
    plain = {
        name: wkb.dumps(value, srid=4490, hex=True)
        if name == "outline"
        else str(value)
        if isinstance(value, StrEnum)
        else value
        for name, value in row.items()
    }
    listed = ", ".join(plain)
    marks = ", ".join(f":{name}" for name in plain)
    connection.execute(sa.text(f"insert into {table} ({listed}) values ({marks})"), plain)


@pytest.fixture
def connection(empty_database_url):
    engine = make_engine(empty_database_url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS_DIR))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0010")
        run = connection.execute
        outline = wkb.dumps(square(), srid=4490, hex=True)
        district = (
            "insert into districts (code, name_zh, name_en, metric_epsg, is_demo, outline) "
            "values ('150203', '昆', 'K', 4546, true, :outline)"
        )
        run(sa.text(district), {"outline": outline})
        site = a_site()
        run(sa.text("insert into site_codes values (:c, '150203', 1, now())"), {"c": site.code})
        put(connection, "sites", site)
        put(connection, "sites", site, version=2)
        for number, verdict, kind, waste, look, conflict in OLD:
            code = site.code if number == 1 else None
            put(connection, "candidates", a_candidate(id=UUID(int=number), site_code=code))
            check = (
                "insert into field_checks values (:id, :of, 3, :verdict, :kind, :waste, :look, "
                "'堆高 6 m', :at, :at, 'wang', :conflict, :sha)"
            )
            about = {"id": UUID(int=number), "of": UUID(int=number), "verdict": verdict}
            about |= {"kind": kind, "waste": waste, "look": look, "conflict": conflict}
            run(sa.text(check), about | {"at": NOON, "sha": str(number) * 64})
    upgrade(empty_database_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_no_check_is_lost_and_each_says_what_was_found(connection):
    found = [checks.check(connection, UUID(int=number)) for number, *_ in OLD]
    assert [one.verdict for one in found] == [
        *(Verdict.WASTE, Verdict.PIT, Verdict.LOOK_ALIKE, Verdict.GONE, Verdict.WASTE),
    ]
    assert [one.said.kind for one in found] == [kind for _, _, kind, *_ in OLD]
    assert [one.said.waste_class for one in found] == [waste for _, _, _, waste, *_ in OLD]
    assert found[2].said.look_alike == "coal_yard"
    for number, one in enumerate(found, 1):
        assert (one.said.note, one.recorded_by, one.received_by) == ("堆高 6 m", "wang", "wang")
        assert (one.via, one.body, one.body_sha256) == (Via.NET, None, str(number) * 64)
        assert (one.found_at, one.seen_outline, one.fixes) == (NOON, square(), [])


def test_what_had_its_effect_is_passed_and_conflicts_wait(connection):
    first, conflict, *_ = (checks.check(connection, UUID(int=number)) for number, *_ in OLD)
    assert (first.review, first.standing) == (ReviewState.APPROVED, Standing.PLAIN)
    assert first.effects == {f"candidate:{UUID(int=1)}": 4, "site:150203-W00001-D": 1}
    assert (conflict.review, conflict.standing) == (ReviewState.RECEIVED, Standing.PARALLEL)
    assert (conflict.effects, conflict.effect_at) == (None, None)
