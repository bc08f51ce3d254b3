"""The same picture is found among very many, by index, within a few milliseconds."""

import os
import random
from dataclasses import replace
from time import perf_counter
from uuid import UUID

import pytest
import sqlalchemy as sa

from gis.domain.photos.photo import Fingerprint
from gis.store import photos, shape, tables
from gis.store.engine import make_engine
from gis.store.fingerprint import bands_of
from tests.store.test_stamping import PHOTO

MANY = int(os.environ.get("PHOTOS", "20000"))


@pytest.fixture
def connection(database_url):
    engine = make_engine(database_url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_among_very_many_the_near_are_found_and_only_they(connection):
    draw = random.Random(11)
    looks = [draw.getrandbits(64) - 2**63 for _ in range(MANY)]
    near = looks[7] ^ 0b100001 ^ (0b1001 << 30) ^ (0b11 << 60)
    rows = [
        replace(PHOTO, id=UUID(int=n), check_id=UUID(int=n), sha256=f"{n:064x}")
        for n in range(MANY)
    ]
    shape.insert(connection, tables.photos, rows)
    marks = [Fingerprint(UUID(int=n), look, *bands_of(look)) for n, look in enumerate(looks)]
    shape.insert(connection, tables.photo_looks, marks)
    connection.execute(sa.text("analyze photos; analyze photo_looks"))
    new = replace(PHOTO, id=UUID(int=MANY), sha256="f" * 64)
    photos.alike(connection, new, looks[0])
    began = perf_counter()
    found = photos.alike(connection, new, near)
    took = perf_counter() - began
    assert [(one.id, one.bits, one.is_same_file) for one in found] == [(UUID(int=7), 6, False)]
    assert took < 0.25, f"{took * 1000:.0f} ms among {MANY}"
    print(f"{took * 1000:.1f} ms among {MANY}")
    same = photos.alike(connection, replace(new, sha256=f"{9:064x}"), None)
    assert [(one.id, one.is_same_file) for one in same] == [(UUID(int=9), True)]
