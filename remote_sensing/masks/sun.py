"""Where the sun stood when an image was taken, from its day, place and local solar time."""

from datetime import date
from math import acos, asin, atan2, cos, degrees, pi, radians, sin, tan
from typing import NamedTuple


class Sun(NamedTuple):
    """Degrees: azimuth from north over east, zenith from straight above."""

    azimuth: float
    zenith: float

    def shadow_of(self, height_m: float) -> tuple[float, float]:
        """Return metres (east, north) from below a cloud to its shadow on level ground.

        >>> east, north = Sun(azimuth=180.0, zenith=45.0).shadow_of(1_000)
        >>> round(east), round(north)
        (0, 1000)
        """
        reach = height_m * tan(radians(min(self.zenith, 80.0)))
        away = radians(self.azimuth) + pi
        return reach * sin(away), reach * cos(away)


def sun_at(day: date, lat: float, solar_hour: float) -> Sun:
    """Return where the sun stands at a local solar hour, to about a degree.

    >>> june = sun_at(date(2022, 6, 21), 40.7, 12.0)
    >>> round(june.zenith), round(june.azimuth)
    (17, 180)
    """
    turn = 2 * pi * (day.timetuple().tm_yday - 81) / 365
    tilt, here = radians(23.45) * sin(turn), radians(lat)
    hour = radians(15 * (solar_hour - 12))
    height = asin(sin(here) * sin(tilt) + cos(here) * cos(tilt) * cos(hour))
    azimuth = atan2(sin(hour), cos(hour) * sin(here) - tan(tilt) * cos(here)) + pi
    return Sun(degrees(azimuth), degrees(acos(max(-1.0, min(1.0, sin(height))))))
