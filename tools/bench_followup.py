"""Time the follow-up of 1,000 sites in scenes of 10,920 x 10,920 pixels, in tiles and in strips.

    python tools/bench_followup.py [sites]

The scenes repeat one made square of a pit among fields; five bands, DEFLATE. What is printed is
the time of the looks alone, with and without an earlier scene to compare with, and the peak memory.
"""

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import rasterio
from rasterio.windows import Window

from gis.rules import follow_up
from remote_sensing.follow_up.followup import observe
from remote_sensing.follow_up.looks import Place
from remote_sensing.scene import Scene, open_scene
from tests.remote_sensing.made_ground import GRID, PIT, SIDE, Drawn, draw, lonlat

TIMES = 42
BANDS = ("B02", "B03", "B04", "B08", "B11")
RULES = follow_up.current()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        west, north, east, south = PIT
        grown = (west, north, east + 3, south)
        for name, layout in (
            ("tiles", {"tiled": True, "blockxsize": 512, "blockysize": 512}),
            ("strips", {"tiled": False, "blockysize": 1}),
        ):
            before = big(work, "before", date(2025, 7, 20), Drawn(bands=BANDS), layout)
            after = big(
                work, "after", date(2026, 7, 22), Drawn((grown,), bands=BANDS, seed=1), layout
            )
            boxes = [
                (west + col * SIDE, north + row * SIDE, east + col * SIDE, south + row * SIDE)
                for row in range(TIMES)
                for col in range(TIMES)
            ][:: max(TIMES * TIMES // count, 1)][:count]
            outlines = [lonlat(*box) for box in boxes]
            for earlier in (None, "before"):
                places = [Place(str(n), one, earlier=earlier) for n, one in enumerate(outlines)]
                began = time.monotonic()
                looks = list(
                    observe(
                        after, date(2026, 7, 22), places, RULES, all_outlines=outlines,
                        earlier={"before": (before, date(2025, 7, 20))} if earlier else {},
                    )
                )  # fmt: skip
                took = time.monotonic() - began
                grew = sum(look.state == "GROWN" for look in looks)
                print(
                    f"{name}, {'pair' if earlier else 'first look'}: {len(looks)} sites in "
                    f"{took:.1f} s ({took / len(looks) * 1e3:.0f} ms each), {grew} grown; peak "
                    f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB",
                    flush=True,
                )


def big(work: Path, name: str, day: date, drawn: Drawn, layout: dict[str, object]) -> Scene:
    """Write a made square many times over as one scene."""
    small = draw(work / "small.tif", day, drawn)
    with rasterio.open(small.path) as source:
        row = np.tile(source.read(), (1, 1, TIMES))
        profile = source.profile | {"width": SIDE * TIMES, "height": SIDE * TIMES} | layout
    path = work / f"{name}.tif"
    profile |= {"compress": "deflate", "zlevel": 1, "transform": GRID, "num_threads": 2}
    with rasterio.open(path, "w", **profile) as target:
        for place in range(TIMES):
            target.write(row, window=Window(0, place * SIDE, SIDE * TIMES, SIDE))
        target.descriptions = drawn.bands
    return open_scene(path, acquired_on=day)


if __name__ == "__main__":
    main()
