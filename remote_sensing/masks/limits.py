"""Reads from when on a pixel counts as hidden; every number stands in ``masks.toml``."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MASKS_FILE = Path(__file__).with_name("masks.toml")


@dataclass(frozen=True, slots=True)
class MaskRules:
    """The limits by their ids, and the hash of the text that they were read from."""

    snow_ndsi_least: float
    snow_nir_least: float
    snow_green_least: float
    cloud_hot: float
    cloud_whiteness_most: float
    cloud_nir_swir_least: float
    cloud_bright_least: float
    cloud_side_least_m: float
    cloud_ndvi_most: float
    cloud_no_swir_bright_least: float
    bright_least: float
    bright_stretched_least: float
    bright_whiteness_most: float
    shadow_nir_most: float
    shadow_swir_most: float
    shadow_ndwi_most: float
    cloud_base_least_m: float
    cloud_base_most_m: float
    widen_m: float
    overpass_solar_hour: float
    sha256: str


def parse(text: str) -> MaskRules:
    """Return the rules written in ``text`` (the format of ``masks.toml``)."""
    rows = tomllib.loads(text)["limit"]
    return MaskRules(
        **{row["id"]: float(row["value"]) for row in rows},
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


@cache
def current() -> MaskRules:
    """Return the rules in force."""
    return parse(MASKS_FILE.read_text(encoding="utf-8"))
