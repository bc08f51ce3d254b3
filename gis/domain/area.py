"""The part of a district that a phone takes along: boxes, and the web map's tiles over them."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from gis.errors import BadInput

LEAST_ZOOM, MOST_ZOOM = 10, 17
MOST_TILES = 20_000
MOST_MB = 500
EQUATOR_M_PER_PIXEL = 156_543.034


class AreaTooLarge(BadInput):
    """More imagery than a phone should take along. Facts: tiles, mb, most_tiles, most_mb."""

    code = "area_too_large"
    zh = (
        "所选范围约有 {tiles} 张影像瓦片（{mb} MB），超过上限 {most_tiles} 张或 {most_mb} MB："
        "请缩小范围、降低清晰度或只选一期影像。"
    )
    en = (
        "This area has some {tiles} tiles ({mb} MB), more than {most_tiles} tiles or {most_mb} MB: "
        "draw it smaller, choose less detail or one date only."
    )


class BoxInvalid(BadInput):
    """A box whose corners make no sense."""

    code = "box_invalid"
    zh = "范围的四个角不正确：请重新在地图上框选。"
    en = "The corners of the area make no sense: choose it on the map again."


class Box(NamedTuple):
    """A box of longitude and latitude in degrees."""

    west: float
    south: float
    east: float
    north: float

    def require_valid(self) -> None:
        """Refuse a box without extent or off the web map; raises BoxInvalid."""
        is_ordered = self.west < self.east and self.south < self.north
        is_on_map = (
            -180 <= self.west and self.east <= 180 and -85 <= self.south and self.north <= 85
        )
        if not (is_ordered and is_on_map):  # what is no number fails every comparison
            raise BoxInvalid()

    def cut_to(self, other: "Box") -> "Box | None":
        """Return the part of it that lies in another box, or None."""
        cut = Box(
            max(self.west, other.west),
            max(self.south, other.south),
            min(self.east, other.east),
            min(self.north, other.north),
        )
        return cut if cut.west < cut.east and cut.south < cut.north else None


class Tile(NamedTuple):
    """A tile of web maps."""

    z: int
    x: int
    y: int


def ground_of(tile: Tile) -> Box:
    """Return what a tile shows.

    >>> ground_of(Tile(1, 1, 0))[:3]
    (0.0, 0.0, 180.0)
    """
    size = 1 << tile.z

    def latitude(y: int) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / size))))

    west, east = (x / size * 360 - 180 for x in (tile.x, tile.x + 1))
    return Box(west, latitude(tile.y + 1), east, latitude(tile.y))


def _at(zoom: int, lon: float, lat: float) -> tuple[int, int]:
    size = 1 << zoom
    x = math.floor((lon + 180) / 360 * size)
    y = math.floor((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * size)
    return min(max(x, 0), size - 1), min(max(y, 0), size - 1)


def tiles_over(boxes: Iterable[Box], zoom: int) -> list[Tile]:
    """Return the tiles of one zoom that touch any of the boxes, by column and row.

    Raises AreaTooLarge before a box that is far too large is gone through.
    """
    found: set[Tile] = set()
    for box in boxes:
        west, north = _at(zoom, box.west, box.north)
        east, south = _at(zoom, box.east, box.south)
        number = (east - west + 1) * (south - north + 1)
        require_bearable(number, 0)
        found.update(
            Tile(zoom, x, y) for x in range(west, east + 1) for y in range(north, south + 1)
        )
        require_bearable(len(found), 0)
    return sorted(found)


def require_bearable(tiles: int, size_bytes: float) -> None:
    """Refuse more than a phone should take along; raises AreaTooLarge."""
    mb = round(size_bytes / 1e6)
    if tiles > MOST_TILES or mb > MOST_MB:
        raise AreaTooLarge(tiles=tiles, mb=mb or "—", most_tiles=MOST_TILES, most_mb=MOST_MB)


def zooms_of(pixel_m: float, latitude: float, deepest: int) -> range:
    """Return the zooms worth taking along: down to the first that shows every pixel of a scene.

    >>> list(zooms_of(10, 40.7, 17))
    [10, 11, 12, 13, 14]
    """
    finest = math.ceil(math.log2(EQUATOR_M_PER_PIXEL * math.cos(math.radians(latitude)) / pixel_m))
    return range(LEAST_ZOOM, max(LEAST_ZOOM, min(finest, deepest, MOST_ZOOM)) + 1)
