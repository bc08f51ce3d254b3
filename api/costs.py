"""The rates of this server: its own runs' where there are any, else the bench's."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from gis.domain.detection.costs import Rates, Undertaking, cost
from gis.domain.detection.imagery import SceneRecord
from gis.rules import bench_rates
from gis.store import imagery, run_rates

NEWEST_SCENES = 50


def rates(connection: sa.Connection) -> Rates:
    """Return what pixels cost here, and say from where that is known."""
    shipped = bench_rates.current()
    own = run_rates.measured(connection)
    if own is None:
        return shipped
    scenes = imagery.all_scenes(connection)[-NEWEST_SCENES:]
    return replace(
        shipped,
        pixels_per_second=own.pixels / own.seconds,
        memory_mb=own.memory_mb,
        output_bytes=own.output_bytes / own.pixels,
        scene_bytes=_bytes_per_pixel(scenes) or shipped.scene_bytes,
        runs=own.runs,
        source_zh=f"本服务器最近 {own.runs} 次整景运行",
        source_en=f"the last {own.runs} whole runs of this server",
    )


def costs(connection: sa.Connection, what: Undertaking, machines: int) -> dict[str, Any]:
    """Return the cost of an undertaking on one machine and on several, with the rates."""
    known = rates(connection)
    return {
        "what": asdict(what) | {"scenes": what.scenes, "pixels": what.scenes * what.pixels},
        "rates": asdict(known),
        "costs": [cost(what, known, n)._asdict() for n in sorted({1, machines})],
    }


def _bytes_per_pixel(scenes: Sequence[SceneRecord]) -> float | None:
    """Return what kept scenes take on the disk with their display copies, per pixel."""
    held = pixels = 0
    for scene in scenes:
        with suppress(OSError):
            held += Path(scene.path).stat().st_size + Path(scene.display_path).stat().st_size
            pixels += scene.width * scene.height
    return held / pixels if pixels else None
