"""From stored numbers to reflectance: what the file says, else what its pixels show.

Getting this wrong is silent: the same ground with and without the +1000 of Sentinel-2 processing
baseline 04.00 looks like other ground, and a classifier's accuracy falls from 0.57 to 0.19.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Source = Literal["option", "tags", "inferred"]

BASELINE_04_FROM = date(2022, 1, 25)
"""First day of Sentinel-2 processing baseline 04.00, which adds 1,000 to every number."""

_QUANTIFICATION = 10_000.0
_ADDED = 1_000.0
_STRETCH_WHITE = 0.3558
"""Reflectance that ESA's true-colour product draws as 255."""


@dataclass(frozen=True, slots=True)
class Radiometry:
    """reflectance = stored number * ``scale`` + ``offset``; an assumption is said in words."""

    scale: float
    offset: float
    source: Source
    assumption_zh: str | None = None
    assumption_en: str | None = None

    def ten_thousandths(self, stored: NDArray[np.generic]) -> NDArray[np.int16]:
        """Return reflectance * 10,000, rounded and clipped to 0..20,000; NaN becomes 0."""
        if stored.dtype in (np.uint8, np.uint16):  # all there can be, worked out once
            places = stored.astype(np.uint16, copy=False)
            found: NDArray[np.int16] = _table(self, stored.dtype.itemsize).take(places)
            return found
        values = stored.astype(np.float64) * (self.scale * 10_000) + self.offset * 10_000
        return np.clip(np.rint(np.nan_to_num(values, nan=0.0)), 0, 20_000).astype(np.int16)


@lru_cache(maxsize=16)
def _table(radiometry: Radiometry, size: int) -> NDArray[np.int16]:
    return radiometry.ten_thousandths(np.arange(256**size, dtype=np.float64))


@dataclass(frozen=True, slots=True)
class Sample:
    """What the pixels of a scene look like.

    ``low`` and ``high`` are each band's 0.5th and 95th percentile of the stored numbers,
    ``green_red`` the red value of the pixels that look most like plants, None without B04 or B08.
    """

    low: Mapping[str, float]
    high: Mapping[str, float]
    green_red: float | None


def sample_of(bands: Mapping[str, NDArray[Any]]) -> Sample:
    """Summarise valid pixels; ``bands`` maps band name to 1-d arrays of equal length."""
    low = {name: float(np.percentile(values, 0.5)) for name, values in bands.items()}
    high = {name: float(np.percentile(values, 95)) for name, values in bands.items()}
    green_red = None
    if "B04" in bands and "B08" in bands:
        red = bands["B04"].astype(np.float64)
        near = bands["B08"].astype(np.float64)
        share = (near - red) / np.maximum(near + red, 1.0)
        plants = share > 0.35
        if plants.mean() >= 0.02:
            green_red = float(np.median(red[plants]))
    return Sample(low, high, green_red)


def from_tags(tags: Mapping[str, str]) -> tuple[float | None, float | None]:
    """Return what a file's tags say of (scale, offset), None for what they leave open."""
    upper = {key.upper(): value.strip() for key, value in tags.items()}
    quantification = _number(upper, "BOA_QUANTIFICATION_VALUE", "QUANTIFICATION_VALUE")
    formula = re.search(r"\bDN\s*/\s*(\d+)", upper.get("SCALE", ""))
    if quantification is None and formula:
        quantification = float(formula[1])
    added = _number(upper, "BOA_ADD_OFFSET", "RADIO_ADD_OFFSET")
    baseline = _number(upper, "PROCESSING_BASELINE")
    if added is None and baseline is not None:
        added = -_ADDED if baseline >= 4 else 0.0
    if added is None and upper.get("BOA_ADD_OFFSET_PRESENT", "").lower() in ("no", "yes"):
        added = -_ADDED if upper["BOA_ADD_OFFSET_PRESENT"].lower() == "yes" else 0.0
    if quantification is None and added is None:
        return None, None
    per_unit = quantification or _QUANTIFICATION
    return 1 / per_unit, None if added is None else added / per_unit


def infer(sample: Sample, dtype: str, acquired_on: date | None) -> Radiometry:
    """Return the most likely radiometry of stored numbers, with the assumption in words."""
    if dtype == "uint8":
        return _assumed(
            _STRETCH_WHITE / 255,
            0.0,
            "影像为 8 位显示拉伸，并非反射率，只能与同类影像训练的模型一起使用",
            "the image is an 8-bit display stretch, not reflectance; "
            "use it only with a model trained on such images",
        )
    if dtype.startswith("float") and max(sample.high.values()) <= 2:
        return _assumed(1.0, 0.0, "数值即反射率", "the numbers are reflectance")
    if _fills_16_bits(sample):
        return _assumed(1 / 65_535, 0.0, "反射率 = DN / 65535", "reflectance = DN / 65535")
    return infer_offset(sample, acquired_on)


def infer_offset(sample: Sample, acquired_on: date | None) -> Radiometry:
    """Decide for DN / 10,000 whether baseline 04.00's 1,000 was added, by the darkest ground.

    With it hardly a pixel is below 1,000; without it shadows and water, and red over plants, are.
    Only where the darkest ground is bright (desert, snow) do plants and then the date decide.
    """
    darkest = min(sample.low.values())
    if darkest < 950:
        added = False
    elif sample.green_red is not None:
        added = sample.green_red >= 1_000
    else:
        added = acquired_on is None or acquired_on >= BASELINE_04_FROM
    if added:
        zh, en = "反射率 = (DN - 1000) / 10000", "reflectance = (DN - 1000) / 10000"
    else:
        zh, en = "反射率 = DN / 10000", "reflectance = DN / 10000"
    if acquired_on is not None and added != (acquired_on >= BASELINE_04_FROM):
        zh += "（与拍摄日期通常的处理版本不同）"
        en += " (unlike the processing that is usual for its date)"
    return _assumed(1 / _QUANTIFICATION, -_ADDED / _QUANTIFICATION if added else 0.0, zh, en)


def _fills_16_bits(sample: Sample) -> bool:
    """Whether DN / 10,000 would be brighter than any ground: SWIR first, snow is dark there."""
    short_wave = [value for name, value in sample.high.items() if name in ("B11", "B12")]
    if short_wave:
        return max(short_wave) > 10_000
    return max(sample.high.values()) > 16_000


def _assumed(scale: float, offset: float, zh: str, en: str) -> Radiometry:
    return Radiometry(
        scale,
        offset,
        "inferred",
        f"影像未注明辐射定标，按像元值推断：{zh}；如不符请用 --scale 与 --offset 指定。",
        f"The image does not state its radiometry; its pixels suggest: {en}; "
        "if that is wrong give --scale and --offset.",
    )


def _number(tags: Mapping[str, str], *names: str) -> float | None:
    for name in names:
        try:
            return float(tags[name])
        except (KeyError, ValueError):
            continue
    return None
