"""Private servers in folders that go away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gis.store.cluster import DATABASE, Cluster, create_database, start, stop
from tests.throwaway import FAST, temporary_folder


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder for one server, which is stopped and removed afterwards."""
    with temporary_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def made() -> Iterator[Cluster]:
    with temporary_folder() as folder:
        cluster = Cluster(folder)
        start(cluster, FAST)
        create_database(cluster, DATABASE)
        yield cluster


@pytest.fixture
def stopped(made: Cluster) -> Cluster:
    """A server that was made and is down."""
    stop(made)
    return made
