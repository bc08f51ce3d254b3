"""Reads what a camera wrote into its picture; whatever is malformed there is unknown."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, TypeVar

from gis.domain.photos.picture_record import PictureRecord
from gis.domain.terms import TimeBasis

V = TypeVar("V")

GPS, TAKEN = 0x8825, 0x8769
MAKE, MODEL, SOFTWARE, CHANGED = 0x010F, 0x0110, 0x0131, 0x0132
ORIGINAL, ORIGINAL_OFFSET = 0x9003, 0x9011
BEIJING = timezone(timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Cameras without a clock write 1970 or 0000; neither is a time."""


def read(exif: Any) -> PictureRecord:
    """Return the record in a picture's EXIF (as Pillow gives it)."""
    gps = _or(dict, lambda: dict(exif.get_ifd(GPS)))
    shot = _or(dict, lambda: dict(exif.get_ifd(TAKEN)))
    lon, lat = _position(gps)
    bearing = _or(_none, lambda: _finite(gps[17]) % 360.0)
    satellite_at = _or(_none, lambda: _satellite(gps))
    camera_at, basis = _camera(exif, shot)
    return PictureRecord(
        lon=lon,
        lat=lat,
        altitude_m=None if lon is None else _or(_none, lambda: _altitude(gps)),
        bearing_deg=None if bearing is None else round(bearing, 1) % 360.0,
        is_magnetic=None if bearing is None else {"T": False, "M": True}.get(_text(gps.get(16))),
        taken_at=satellite_at or camera_at,
        time_basis=TimeBasis.SATELLITE if satellite_at else basis,
        satellite_at=satellite_at,
        camera_at=camera_at,
        camera=f"{_text(_or(_none, lambda: exif.get(MAKE)))} "
        f"{_text(_or(_none, lambda: exif.get(MODEL)))}".strip(),
        software=_text(_or(_none, lambda: exif.get(SOFTWARE))),
    )


def _none() -> None:
    return None


def _or(otherwise: Callable[[], V], look: Callable[[], V]) -> V:
    try:
        return look()
    except Exception:  # a record can be malformed in as many ways as there are bytes
        return otherwise()


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(value)
    return number


def _text(value: Any) -> str:
    """Return a short text without anything that is no character."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "ignore")
    text = value if isinstance(value, str) else ""
    return "".join(one for one in text if one.isprintable()).strip()[:60]


def _position(gps: dict[int, Any]) -> tuple[float | None, float | None]:
    def look() -> tuple[float | None, float | None]:
        lat, lon = _degrees(gps[2]), _degrees(gps[4])
        lat *= {"N": 1, "S": -1}[_text(gps[1])]
        lon *= {"E": 1, "W": -1}[_text(gps[3])]
        fits = abs(lon) <= 180 and abs(lat) <= 90 and (lon, lat) != (0, 0)
        return (round(lon, 6), round(lat, 6)) if fits else (None, None)

    return _or(lambda: (None, None), look)


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (_finite(part) for part in parts)
    if min(degrees, minutes, seconds) < 0 or minutes >= 60.0001 or seconds >= 60.0001:
        raise ValueError(parts)
    return degrees + minutes / 60 + seconds / 3600


def _altitude(gps: dict[int, Any]) -> float | None:
    below = gps.get(5) in (1, b"\x01")
    height = round(_finite(gps[6]) * (-1 if below else 1), 1)
    return height if -1000 <= height <= 10_000 else None


def _satellite(gps: dict[int, Any]) -> datetime | None:
    """The satellites' time, in UTC."""
    hours, minutes, seconds = (_finite(part) for part in gps[7])
    day = datetime.strptime(_text(gps[29]).replace("-", ":"), "%Y:%m:%d").date()
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 61):
        return None
    start = datetime.combine(day, time(), UTC)
    return _sane(start + timedelta(hours=hours, minutes=minutes, seconds=round(seconds)))


def _camera(exif: Any, shot: dict[int, Any]) -> tuple[datetime | None, TimeBasis | None]:
    """The camera's clock, in its zone if it says one, else in Beijing's."""
    said = _text(shot.get(ORIGINAL)) or _text(_or(_none, lambda: exif.get(CHANGED)))
    moment = _or(_none, lambda: datetime.strptime(said[:19], "%Y:%m:%d %H:%M:%S"))
    if moment is None:
        return None, None
    zone = _or(_none, lambda: _zone(_text(shot.get(ORIGINAL_OFFSET))))
    found = _or(_none, lambda: _sane(moment.replace(tzinfo=zone or BEIJING)))
    if found is None:
        return None, None
    return found, TimeBasis.ZONED if zone else TimeBasis.LOCAL


def _zone(text: str) -> timezone:
    sign, hours, minutes = {"+": 1, "-": -1}[text[0]], int(text[1:3]), int(text[4:6])
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _sane(moment: datetime) -> datetime | None:
    found = moment.astimezone(UTC)
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def day_of(record: PictureRecord) -> date | None:
    """Return the day in Beijing on which a picture was taken, by its camera."""
    moment = record.camera_at or record.taken_at
    return None if moment is None else moment.astimezone(BEIJING).date()
