"""What a camera wrote into its picture: where it stood, where it looked, when, and with what.

Anybody can write anything there; it is a statement to be compared, never a proof by itself.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gis.domain.terms import TimeBasis


@dataclass(frozen=True, slots=True)
class PictureRecord:
    """A picture's own record (EXIF); what is missing or cannot be is unknown.

    ``bearing_deg`` is clockwise from north, from magnetic north where ``is_magnetic``.
    ``satellite_at`` is the moment of the position, ``taken_at`` that of the picture by its best
    clock, ``time_basis`` which one that was. ``software`` is the last program that wrote the file.
    """

    lon: float | None = None
    lat: float | None = None
    altitude_m: float | None = None
    bearing_deg: float | None = None
    is_magnetic: bool | None = None
    taken_at: datetime | None = None
    time_basis: TimeBasis | None = None
    satellite_at: datetime | None = None
    camera_at: datetime | None = None
    camera: str = ""
    software: str = ""

    def stored(self) -> dict[str, Any]:
        """Return it as the register stores it: moments as text, in UTC."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
            for name, value in values.items()
        }


def record_of(stored: dict[str, Any] | None) -> PictureRecord:
    """Return the record that is stored so; of a file without one, an empty record."""
    values = dict(stored or {})
    for name in ("taken_at", "satellite_at", "camera_at"):
        if values.get(name) is not None:
            values[name] = datetime.fromisoformat(values[name])
    if values.get("time_basis") is not None:
        values["time_basis"] = TimeBasis.of(values["time_basis"])
    return PictureRecord(**values)
