"""Reads what the bench measured, for a server that has no runs of its own yet."""

import tomllib
from functools import cache
from pathlib import Path

from gis.domain.detection.costs import Rates

RATES_FILE = Path(__file__).with_name("bench_rates.toml")


@cache
def current() -> Rates:
    """Return the rates that are shipped with the program."""
    data = tomllib.loads(RATES_FILE.read_text(encoding="utf-8"))
    return Rates(
        pixels_per_second=float(data["pixels_per_second"]),
        memory_mb=float(data["memory_mb"]),
        scene_bytes=float(data["scene_bytes"]),
        output_bytes=float(data["output_bytes"]),
        runs=0,
        source_zh=data["source_zh"],
        source_en=data["source_en"],
    )
