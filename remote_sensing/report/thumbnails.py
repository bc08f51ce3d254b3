"""The worst errors as pictures: places missed, and candidates that were sure and wrong."""

import base64
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image
from shapely.geometry.base import BaseGeometry

from remote_sensing.maps import display
from remote_sensing.quality import truth
from remote_sensing.quality.judging import Judged
from remote_sensing.scene import Scene
from remote_sensing.windows import Window

MOST = 12
_SIDE = 240
_LEAST_PX, _MOST_PX = 48, 512
_NO_PIXEL = 223
LONLAT = "EPSG:4326"
Move = Callable[[BaseGeometry], BaseGeometry]


@dataclass(frozen=True, slots=True)
class Worst:
    """One error: a place that was missed or a candidate that is wrong.

    ``share`` is how much of the place is covered, or how much of the candidate lies on places.
    """

    kind: Literal["missed", "wrong"]
    scene: str
    outline_lonlat: BaseGeometry
    area_m2: float
    confidence: float | None
    class_name: str | None
    share: float


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """An error with its picture, an SVG that holds the pixels and the outlines."""

    of: Worst
    svg: str
    middle: tuple[float, float]


def worst_of(scenes: Sequence[Judged], most: int = MOST) -> tuple[Worst, ...]:
    """Return the worst errors, missed places and wrong candidates by turns."""
    missed = [
        Worst("missed", one.name, p.outline_lonlat, p.area_m2, None, None, p.covered)
        for one in scenes
        for p in one.places
        if not p.is_found
    ]
    wrong = [
        Worst(
            "wrong",
            one.name,
            c.candidate.outline_lonlat,
            c.area_m2,
            c.candidate.confidence,
            c.candidate.class_name,
            c.share_on_places,
        )
        for one in scenes
        for c in one.candidates
        if not c.is_right
    ]
    missed.sort(key=lambda w: (-w.area_m2, w.scene, w.outline_lonlat.wkb))
    wrong.sort(key=lambda w: (-(w.confidence or 0), -w.area_m2, w.scene, w.outline_lonlat.wkb))
    half = most // 2
    missed_n = min(len(missed), max(half, most - len(wrong)))
    return (*missed[:missed_n], *wrong[: most - missed_n])


def draw(worst: Worst, judged: Judged, scene: Scene | None) -> Thumbnail:
    """Return an error's picture; without a scene the outlines stand on plain ground."""
    middle = worst.outline_lonlat.centroid
    pixels = None
    if scene is None:
        to_px = _on_plain_ground(worst.outline_lonlat)
    else:
        left, top, side = _window(_in_pixels(scene)(worst.outline_lonlat))
        pixels = display.picture(scene, scene.read(Window(left, top, side, side)))
        to_px = _in_pixels(scene, left, top, _SIDE / side)
    box = shapely.box(0, 0, _SIDE, _SIDE)
    parts = [_image(pixels)] if pixels is not None else []
    outlines: dict[str, list[BaseGeometry]] = {
        "truth": [p.outline_lonlat for p in judged.places],
        "said": [c.candidate.outline_lonlat for c in judged.candidates],
    }
    for kind, shapes in outlines.items():
        near = (one for one in map(to_px, shapes) if one.intersects(box))
        path = " ".join(map(_path, near))
        if path:
            parts.append(f'<path class="under" d="{path}"/><path class="{kind}" d="{path}"/>')
    svg = f'<svg viewBox="0 0 {_SIDE} {_SIDE}" role="img">{"".join(parts)}</svg>'
    return Thumbnail(worst, svg, (round(middle.x, 5), round(middle.y, 5)))


def _in_pixels(scene: Scene, left: int = 0, top: int = 0, scale: float = 1.0) -> Move:
    """Return what moves lon/lat shapes to a window's pixels, enlarged."""
    inverse = ~scene.transform

    def move(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        col, row = inverse @ corners.T
        return np.column_stack(((col - left) * scale, (row - top) * scale))

    return lambda shape: shapely.transform(truth.moved(shape, LONLAT, scene.crs), move)


def _on_plain_ground(outline: BaseGeometry) -> Move:
    """Return what moves lon/lat shapes to a square round an outline, north up."""
    west, south, east, north = outline.bounds
    shrink = float(np.cos(np.radians((south + north) / 2)))
    half = 1.1 * max((east - west) * shrink, north - south, 1e-4)
    x, y, scale = (west + east) / 2, (south + north) / 2, _SIDE / 2 / half

    def move(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        across, up = (corners - (x, y)).T
        return np.column_stack((_SIDE / 2 + across * shrink * scale, _SIDE / 2 - up * scale))

    return lambda shape: shapely.transform(shape, move)


def _window(outline_px: BaseGeometry) -> tuple[int, int, int]:
    """Return left, top and side of a square that shows an outline with its surroundings."""
    west, north, east, south = outline_px.bounds
    side = int(min(max(2.2 * max(east - west, south - north), _LEAST_PX), _MOST_PX))
    return int((west + east - side) / 2), int((north + south - side) / 2), side


def _path(shape: BaseGeometry) -> str:
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return " ".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring.coords[:-1]) + "Z" for ring in rings
    )


def _image(pixels: NDArray[np.uint8]) -> str:
    stream = io.BytesIO()
    shown = np.where((pixels == 0).all(axis=-1, keepdims=True), np.uint8(_NO_PIXEL), pixels)
    Image.fromarray(shown).save(stream, "PNG", optimize=True)
    data = base64.b64encode(stream.getvalue()).decode()
    return (
        f'<image href="data:image/png;base64,{data}" width="{_SIDE}" height="{_SIDE}" '
        'style="image-rendering:pixelated"/>'
    )
