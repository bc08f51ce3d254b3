"""Field checks kept from before their review: none is lost, each verdict says waste or pit."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from gis.domain.terms import ReviewState, Standing, Verdict, Via
from gis.store import checks
from tests.makers import NOON, a_candidate, a_site, square
from tests.store.moved import add_district, moved, put

OLD = [
    # id, verdict, kind, waste class, look-alike, conflict
    (1, "CONFIRMED", "WASTE_PILE", "SW01", None, False),
    (2, "CONFIRMED", "MINE_PIT", "NONE", None, True),
    (3, "LOOK_ALIKE", None, None, "coal_yard", False),
    (4, "GONE", None, None, None, False),
    (5, "CONFIRMED", "TAILINGS_POND", "SW05", None, False),
]


def fill(connection):
    run = connection.execute
    add_district(connection)
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


@pytest.fixture(scope="module")
def connection(server_url):
    with moved(server_url, "0010", fill) as connection:
        yield connection


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
