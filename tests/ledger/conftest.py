"""An open ledger with one district, and what of it a test looks at."""

from collections.abc import Iterator

import pytest

from gis.ledger import Book, places
from gis.ledger.imagery import add_scene
from gis.store import log
from tests.makers import Clock, a_district, a_scene, open_book


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        yield book
        with book.reading() as connection:  # whatever a test did, the chain holds
            assert log.verify(connection).broken_at is None


@pytest.fixture
def scene(book):
    return add_scene(book, a_scene())
