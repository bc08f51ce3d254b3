"""What any test may ask for: a fresh, migrated PostGIS database of its own.

The server is a throw-away one, or the one named in QINGFEI_TEST_DATABASE_URL. Where PostGIS is
missing, tests that ask for it fail with the line that installs it.
"""

import os
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from gis.ledger import hashing
from tests import throwaway

pytest_plugins = ["tests.demo_register"]

RUN = pytest.StashKey[Path]()

SLOW = ("drills", "browser", "walks", "runs", "api", "ledger", "store", "remote_sensing")
"""Folders of long files, which workers take whole: first, so that none is left with one alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        return SLOW.index(folder) if folder in SLOW else len(SLOW)

    items.sort(key=turn)


settings.register_profile(
    "any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any_machine")  # how fast a machine is says nothing of the code


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the run's first process, not one of its workers
        config.stash[RUN] = throwaway.open_home()


def pytest_unconfigure(config: pytest.Config) -> None:
    if home := config.stash.get(RUN, None):
        throwaway.close_home(home)


@pytest.fixture(scope="session", autouse=True)
def light_passwords() -> Iterator[None]:
    """Let hashes of passwords cost next to nothing: they were a third of the suite's time."""
    light = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "PasswordHasher", light)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Let all engines share what SQLAlchemy compiled: each test has its own, on a like database."""
    compiled, create = Compiled(), sa.create_engine

    def create_engine(*given: Any, **options: Any) -> sa.Engine:
        engine = create(*given, **options)
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sa, "create_engine", create_engine)
        yield


class Compiled(dict[tuple[Any, ...], Any]):
    """Compiled statements by what they say and their kind of dialect, not by the engine's own."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), compiled)


@pytest.fixture(scope="session")
def server_url() -> str:
    """The address of the server's own database, from which others are made."""
    return throwaway.shared_server()


@pytest.fixture(scope="session")
def template_database(server_url: str) -> Iterator[str]:
    """The name of the migrated database that tests get copies of."""
    run = Path(os.environ[throwaway.HOME]).name.replace("-", "_")
    yield throwaway.template_for(server_url, run)


@pytest.fixture
def database_url(server_url: str, template_database: str) -> Iterator[str]:
    """The address of a migrated database that nobody else uses."""
    name = f"test_{uuid.uuid4().hex[:16]}"
    yield throwaway.create(server_url, name, template_database)
    throwaway.drop(server_url, name)


@pytest.fixture
def empty_database_url(server_url: str) -> Iterator[str]:
    """The address of a database that has PostGIS and nothing else."""
    name = f"test_{uuid.uuid4().hex[:16]}"
    yield throwaway.create(server_url, name)
    throwaway.drop(server_url, name)
