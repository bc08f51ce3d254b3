"""The workers beside a server: started with it, started again when they end, ended with it."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from api.settings import Settings

logger = logging.getLogger(__name__)
PAUSE = 5.0
"""Seconds before a worker that ended is started again."""
COMMAND = (sys.executable, "-m", "api.cli", "worker", "--beside")


@contextmanager
def beside(settings: Settings) -> Iterator[None]:
    """Run as many workers as the settings say for as long as the block lasts.

    A worker looks for this process every second and ends with it, however it ends; what it has
    made of a scene is kept.
    """
    done = threading.Event()
    keepers = [
        threading.Thread(target=_keep, args=(settings, done), name=f"keeper {n}", daemon=True)
        for n in range(settings.workers)
    ]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        done.set()
        for keeper in keepers:
            keeper.join()


def _keep(settings: Settings, done: threading.Event) -> None:
    while not done.is_set():
        with subprocess.Popen([*COMMAND, str(os.getpid())], env=_environment(settings)) as worker:
            while not done.wait(0.5) and worker.poll() is None:
                pass
            if worker.poll() is None:
                worker.terminate()
                with suppress(subprocess.TimeoutExpired):
                    worker.wait(30)  # a window is over by then
                worker.kill()
            else:
                logger.warning("a worker ended with code %s; starting it again", worker.returncode)
        done.wait(PAUSE)


def _environment(settings: Settings) -> dict[str, str]:
    said = {"QINGFEI_DATA_DIR": str(settings.data_dir), "QINGFEI_LANGUAGE": settings.language}
    if settings.database_url is not None:
        said["QINGFEI_DATABASE_URL"] = settings.database_url
    return os.environ | said
