"""Accounts of one of two towns, signed in, for the tests of what they see and may change."""

import math
from dataclasses import dataclass
from uuid import uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient

from gis.domain.people.accounts import Sight
from gis.domain.terms import Role
from gis.ledger import Book, people
from tests.api.known import PASSWORD, WRITE
from tests.makers import KUNDULUN
from tests.two_towns import UNITS, WEST, Half

DISTRICT = f"district={KUNDULUN}"
SIGHTS = {
    "town": Sight(towns=(WEST,)),
    "unit": Sight(units=(UNITS[WEST],)),
    "both": Sight(towns=(WEST,), units=(UNITS[WEST],)),
}


def tile_at(lon: float, lat: float, layer: str) -> str:
    """The address of the tile of zoom 12 in which a place lies."""
    n = 2**12
    x = int((lon + 180) / 360 * n)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n)
    return f"/tiles/{KUNDULUN}/{layer}/12/{x}/{y}.mvt"


@dataclass(frozen=True, slots=True)
class TwoTowns:
    """Both halves, and the application on them."""

    app: FastAPI
    book: Book
    west: Half
    east: Half


def entering(towns: TwoTowns, sight: Sight, role: Role = Role.REVIEWER) -> TestClient:
    """A client signed in as an account with a limited sight."""
    name = f"zhao{uuid4().hex[:6]}"
    people.add_user(towns.book, name, "赵工", role, PASSWORD, sight)
    client = TestClient(towns.app, headers=WRITE, raise_server_exceptions=False)
    assert client.post("/api/session", json={"username": name, "password": PASSWORD}).is_success
    return client
