"""What a Gaofen image's name and the XML beside it tell, for the image itself tells nothing."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from remote_sensing.intake.radiometry import Radiometry, Sample
from remote_sensing.intake.sentinel_metadata import elements
from remote_sensing.scene_errors import SafeUnreadable

BANDS = ("B02", "B03", "B04", "B08")
"""Blue, green, red and near infrared, in the order of every four-band Gaofen camera."""

TEN_BITS = 1_023
_NAME = re.compile(r"^(GF\d+[A-Z]?)_([A-Z]+\d*)", re.IGNORECASE)
_DAYS = ("CenterTime", "StartTime", "ReceiveTime", "ImagingStartTime")


@dataclass(frozen=True, slots=True)
class GaofenFacts:
    """Satellite and camera, and the day where it is told."""

    sensor: str
    acquired_on: date | None


def facts_of(path: Path) -> GaofenFacts | None:
    """Return what is known of a Gaofen image; None of a file that is not called like one.

    The XML of the same name is read where it lies beside; one that cannot be read tells nothing.
    """
    named = _NAME.match(path.name)
    if not named:
        return None
    said: dict[str, str] = {}
    beside = path.with_suffix(".xml")
    if beside.is_file() and not beside.is_symlink():
        try:
            said = {str(e.tag): (e.text or "").strip() for e in elements(beside, beside.name)}
        except SafeUnreadable:
            said = {}
    sensor = " ".join(
        (said.get("SatelliteID") or named[1], said.get("SensorID") or named[2])
    ).upper()
    day = next((found for name in _DAYS if (found := _day(said.get(name, "")))), None)
    return GaofenFacts(sensor[:60], day or _day_in(path.stem))


def radiometry_of(sample: Sample, dtype: str) -> Radiometry | None:
    """Return how ten-bit numbers are taken, which are no reflectance; None of other numbers."""
    if dtype != "uint16" or max(sample.high.values()) > TEN_BITS:
        return None
    return Radiometry(
        1 / (TEN_BITS + 1),
        0.0,
        "inferred",
        "高分影像为 10 位原始计数值，并非反射率，只能与同类影像训练的模型一起使用；"
        "如已做大气校正请用 --scale 与 --offset 指定。",
        "The Gaofen image holds raw ten-bit counts, not reflectance; use it only with a model "
        "trained on such images, or give --scale and --offset.",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _day_in(stem: str) -> date | None:
    found = re.search(r"_(20\d\d)([01]\d)([0-3]\d)(?:_|$)", stem)
    return _day("-".join(found.groups())) if found else None
