"""Two readings at once: of one moment, with one sight, and never waiting for a full pool."""

from contextlib import ExitStack
from threading import Event

import pytest
import sqlalchemy as sa

from gis.domain.people.accounts import Sight
from gis.ledger import places
from gis.ledger.sites import correct_site
from gis.store import sight
from gis.store.snapshot import at_once, snapshot
from gis.store.tables import listed
from tests.makers import Clock, a_district, list_site, open_book

NAME = sa.select(listed.c.name)


@pytest.fixture
def book(database_url):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        yield book


def test_both_see_the_moment_of_the_first_though_something_is_written_between(book):
    code = list_site(book, name="一号堆").code
    is_written = Event()

    def late(connection):
        assert is_written.wait(20)
        return connection.connection.driver_connection, connection.scalar(NAME)

    def early(connection):
        found = connection.connection.driver_connection, connection.scalar(NAME)
        book.clock.tick()
        correct_site(book, code, name="二号堆")
        is_written.set()
        return found

    with snapshot(book.engine) as connection:
        (one, first), (other, second) = at_once(connection, early, late)
        assert (first, second) == ("一号堆", "一号堆") and one is not other
    with snapshot(book.engine) as connection:
        assert connection.scalar(NAME) == "二号堆"


def test_the_second_sees_no_more_than_the_first(book):
    engine = sight.bound(book.engine, Sight(towns=("昆河镇",)))
    with snapshot(engine) as connection:
        one, other = at_once(connection, sight.of, sight.of)
    assert one == other and not other.is_everything


def test_where_the_pool_is_full_one_connection_reads_both(book):
    with ExitStack() as held, snapshot(book.engine) as connection:
        for _ in range(book.engine.pool.size() - 1):
            held.enter_context(book.engine.connect())
        one, other = at_once(connection, lambda c: c, lambda c: c)
        assert one is other is connection
