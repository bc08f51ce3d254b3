"""The demo's own register, made once: real pixels and a real PostGIS."""

from collections.abc import Iterator

import pytest

from api.settings import Settings
from tests import throwaway


@pytest.fixture(scope="session")
def demo_settings(
    server_url: str, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """A register on which the demo has run, and the folder with its files."""
    from api.demo import job

    folder = tmp_path_factory.mktemp("demo")
    name = f"demo_{folder.parent.name.replace('-', '_')}_{folder.name}"
    url = throwaway.create(server_url, name, template_database)
    settings = Settings(database_url=url, data_dir=folder)
    job.run(settings, lambda zh, en: None)
    yield settings
    throwaway.drop(server_url, name)
