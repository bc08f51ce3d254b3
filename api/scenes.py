"""Registered scenes as detection takes them, and what both doors say of the catalogue."""

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from api.follow_up import scene_of
from gis.domain.detection.imagery import SceneRecord
from gis.errors import BadInput
from gis.ledger import Book
from gis.store import scene_search

if TYPE_CHECKING:
    from remote_sensing.scene import Scene


class BoxInvalid(BadInput):
    """A box that is no four degrees in order. Facts: box."""

    code = "scene_box_invalid"
    zh = "范围“{box}”无效：请按“西,南,东,北”写四个经纬度，例如 109.6,40.5,109.9,40.8。"
    en = "The box “{box}” is invalid: write west,south,east,north, e.g. 109.6,40.5,109.9,40.8."


def box_of(text: str | None) -> tuple[float, float, float, float] | None:
    """Return a box written as four degrees; raises BoxInvalid."""
    if text is None:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BoxInvalid(box=text) from error
    inside = all(map(isfinite, (west, south, east, north)))
    if not inside or not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise BoxInvalid(box=text)
    return west, south, east, north


def detection_scene(book: Book, record: SceneRecord, *, masked: bool = True) -> "Scene":
    """Return a registered scene as it is classified: without what its mask hides, with its slope.

    The finest elevation model of the district that covers the scene is joined; a model that was
    trained without one passes over it. Raises KeptSceneChanged, and what opening it raises.
    """
    from remote_sensing.relief.elevation import open_elevation

    scene = scene_of(record, masked=masked)
    with book.reading() as connection:
        dem = scene_search.elevation_over(connection, record)
    if dem is None:
        return scene
    return scene.with_dem(open_elevation(Path(dem.path), dem.basis, dem.name))
