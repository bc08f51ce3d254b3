"""The terminal, as a person sits at it."""

import subprocess
import sys
from pathlib import Path

import pytest

from api.settings import Settings

QINGFEI = Path(sys.executable).with_name("qingfei")


@pytest.fixture
def command(demo_settings: Settings):
    """Run `qingfei` as a person at the terminal would, on the demo's register."""

    def run(*words: object, language: str = "zh-CN") -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": "/usr/bin:/bin",
            "QINGFEI_DATABASE_URL": str(demo_settings.database_url),
            "QINGFEI_DATA_DIR": str(demo_settings.data_dir),
            "QINGFEI_LANGUAGE": language,
        }
        return subprocess.run(
            [QINGFEI, *map(str, words)], env=environment, capture_output=True, text=True
        )

    return run
