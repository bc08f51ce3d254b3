"""How fast the strip map and the list of reaches are with many sites and 300 reaches, over HTTP.

    .venv/bin/python tools/bench_reaches.py --sites 100000

Every reach's strip, whole rivers' strips in each colour, the list of reaches with its counts, their
lines, and all of that as of a day a year ago.
"""

import argparse
import time
from datetime import UTC, datetime, timedelta

import made_register
from bench_register import Ask, report, serving
from measuring import full_register

from api.settings import Settings
from gis.store.register import CHINA


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=100_000)
    with full_register(parser.parse_args().sites) as register:
        settings = Settings(database_url=register.url, data_dir=register.folder)
        with serving(settings, register.book.engine) as ask:
            measure(ask)


def measure(ask: Ask) -> None:
    here: dict[str, object] = {"district": made_register.DISTRICT}
    everything = ask("/api/reaches", here)
    reaches = [one["code"] for one in everything["reaches"]]  # type: ignore[attr-defined]
    rivers = [one["code"] for one in everything["rivers"]]  # type: ignore[attr-defined]
    timed(ask, f"list of {len(reaches)} reaches with counts", [("/api/reaches", here)] * 10)
    timed(ask, "lines of the reaches", [("/api/reaches/lines", here)] * 5)
    timed(ask, "strip of a reach", [(f"/api/reaches/{code}/strip", {}) for code in reaches])
    asked = [
        (f"/api/reaches/{code}/strip", {"colour": colour})
        for code in rivers
        for colour in ("grade", "state", "kind", "deadline")
    ]
    timed(ask, f"strip of a whole river, {len(rivers)} rivers, each colour", asked)
    stem = [one for one in asked if one[0].endswith(f"{rivers[0]}/strip")]
    timed(ask, "strip of the main stem, 40 reaches", stem * 3)
    day = {"as_of": str(datetime.now(UTC).astimezone(CHINA).date() - timedelta(days=365))}
    timed(ask, "list of reaches as of a year ago", [("/api/reaches", here | day)] * 3)
    old = [(f"/api/reaches/{code}/strip", dict(day)) for code in reaches[:5]]
    timed(ask, "strip of a reach as of a year ago", old)


def timed(ask: Ask, what: str, asked: list[tuple[str, dict[str, object]]]) -> None:
    took = []
    for path, query in asked:
        began = time.perf_counter()
        ask(path, query)
        took.append(time.perf_counter() - began)
    report(what, took)


if __name__ == "__main__":
    main()
