"""An application on a fresh register, and clients that are signed in or not."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from shapely.geometry import box

from api.app import create_app
from api.settings import Settings
from gis.domain.place import District
from gis.domain.terms import Role
from gis.ledger import Book, people, places
from gis.ledger.detection import Found, RunReport, file_candidates
from gis.ledger.imagery import add_scene
from gis.spatial.crs import as_multipolygon
from gis.store import candidates
from gis.store.engine import make_engine
from tests.api.known import PASSWORD, WRITE
from tests.api.sighted import TwoTowns
from tests.makers import a_scene
from tests.terminal import Terminal
from tests.two_towns import EAST, WEST, lay_towns, settle


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, data_dir=tmp_path)


@pytest.fixture
def book(settings: Settings) -> Iterator[Book]:
    engine = make_engine(str(settings.database_url))
    yield Book(engine, "tester")
    engine.dispose()


@pytest.fixture
def app(settings: Settings, book: Book) -> FastAPI:
    people.add_user(book, "wang", "王工", Role.ADMINISTRATOR, PASSWORD)
    district = District(
        code="150203",
        name_zh="昆都仑区",
        name_en="Kundulun",
        metric_epsg=4546,
        is_demo=True,
        outline=as_multipolygon(box(109.6, 40.6, 109.9, 40.9)),
    )
    places.add_district(book, district)
    return create_app(settings, book.engine)


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, headers=WRITE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, headers=WRITE, raise_server_exceptions=False) as client:
        sent = client.post("/api/session", json={"username": "wang", "password": PASSWORD})
        assert sent.status_code == 200
        yield client


@pytest.fixture
def candidate_id(book: Book, app: FastAPI) -> str:
    """One candidate, an open pit of some six hectares, seen in one scene."""
    scene = add_scene(book, a_scene())
    outline = as_multipolygon(box(109.70, 40.70, 109.703, 40.702))
    found = Found(uuid4(), "open_pit", 0.83, outline)
    report = RunReport(scene.sha256, "test", "0" * 64, {}, {}, [found])
    file_candidates(book, scene.id, report)
    with book.reading() as connection:
        return str(candidates.page(connection, "150203", limit=1).items[0].id)


@pytest.fixture
def towns(app: FastAPI, book: Book, client: TestClient) -> TwoTowns:
    """A register of two towns that hold the same, as it has been for some days."""
    lay_towns(book)
    found = TwoTowns(app, book, settle(book, client, WEST), settle(book, client, EAST))
    with book.engine.begin() as connection:  # so that yesterday's list has them
        earlier = "update sites set recorded_at = recorded_at - interval '3 days'"
        connection.execute(sa.text(earlier))
    return found


@pytest.fixture
def qingfei(database_url: str, tmp_path: Path) -> Terminal:
    """The terminal in front of a register of its own."""
    return Terminal(database_url, tmp_path / "data")
