"""The terminal, as a person sits at it."""

import pytest

from api.settings import Settings
from tests.terminal import Terminal


@pytest.fixture
def command(demo_settings: Settings):
    """Run `qingfei` as a person at the terminal would, on the demo's register."""
    return Terminal(str(demo_settings.database_url), demo_settings.data_dir)
