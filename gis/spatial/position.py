"""Where a position lies against an outline and against a planned point, in metres."""

from shapely import MultiPolygon, Point

from gis.spatial import crs

LonLat = tuple[float, float]


def area_m2(outline: MultiPolygon, metric_epsg: int) -> float:
    """Return the area of a stored outline in the metric CRS."""
    return float(crs.to_metric(outline, metric_epsg).area)


def off_outline_m(here: LonLat, outline: MultiPolygon, metric_epsg: int) -> float:
    """Return how far outside an outline a position lies; 0 inside."""
    spot = crs.to_metric(Point(here), metric_epsg)
    return round(float(spot.distance(crs.to_metric(outline, metric_epsg))), 1)


def apart_m(one: LonLat, other: LonLat, metric_epsg: int) -> float:
    """Return the distance of two positions."""
    a, b = (crs.to_metric(Point(spot), metric_epsg) for spot in (one, other))
    return round(float(a.distance(b)), 1)
