"""Reads what photographs are measured against from its data file."""

import tomllib
from functools import cache
from pathlib import Path

from gis.domain.photos.judgement import PhotoLimits

PHOTO_LIMITS_FILE = Path(__file__).with_name("photo_limits.toml")


def parse(text: str) -> PhotoLimits:
    """Return the limits written in ``text`` (the format of ``photo_limits.toml``)."""
    said = tomllib.loads(text)
    values = {row["id"]: float(row["value"]) for row in said["limit"]}
    return PhotoLimits(**values, editors=tuple(said["editors"]))


@cache
def current() -> PhotoLimits:
    """Return the limits in force."""
    return parse(PHOTO_LIMITS_FILE.read_text(encoding="utf-8"))
