"""Soak the phone's outbox: phones that record and send over bad links while the server is killed.

    .venv/bin/python tools/soak_field.py --phones 3 --checks 60 --photos 200

Each phone is a headless Chromium with the real page; the register is a throw-away one. At the end
every id and SHA-256 that the phones recorded is compared with what the server holds.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests import throwaway
from tests.drills import soak


def arguments() -> argparse.Namespace:
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--phones", type=int, default=3)
    read.add_argument("--checks", type=int, default=60, help="of each phone")
    read.add_argument("--photos", type=int, default=200, help="of each phone")
    read.add_argument("--smallest", type=int, default=300_000, help="bytes of a photograph")
    read.add_argument("--largest", type=int, default=2_000_000)
    read.add_argument("--rate", type=int, default=1_500_000, help="bytes a second of each link")
    read.add_argument("--kill-every", type=float, default=20.0, help="seconds between kills")
    read.add_argument("--seed", type=int, default=1)
    read.add_argument("--limit", type=float, default=3600.0, help="give up after so many seconds")
    return read.parse_args()


def main() -> int:
    given = arguments()
    plan = soak.Plan(**vars(given))
    home = throwaway.open_home()
    try:
        with ExitStack() as stack:
            server = throwaway.shared_server()
            template = throwaway.template_for(server, f"soak_{os.getpid()}")
            url = throwaway.create(server, f"soak_{os.getpid()}_run", template)
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qf-soak-")))
            began = time.monotonic()
            report = soak.run(plan, url, folder)
    finally:
        throwaway.close_home(home)
    print(report.sentence())
    print(f"{time.monotonic() - began:.0f} s in all")
    return 0 if report.is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
