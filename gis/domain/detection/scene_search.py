"""What somebody asks the catalogue of scenes for."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SceneSearch:
    """Scenes of a district by place, days, sensor and cloud; what is None is not asked.

    ``box`` is west, south, east, north in degrees; ``site`` and ``reach`` are codes, ``town`` is a
    name. ``cloud_most`` is a share: a scene whose cloud nobody knows passes only where it is None.
    """

    district_code: str
    box: tuple[float, float, float, float] | None = None
    site: str | None = None
    reach: str | None = None
    town: str | None = None
    first: date | None = None
    last: date | None = None
    sensor: str | None = None
    cloud_most: float | None = None
