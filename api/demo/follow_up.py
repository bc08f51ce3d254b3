"""The demo's followed places: quarries that the shipped images show, listed for the demo alone.

One has a unit to restore, whose table is offered what the images show of it.
"""

import json
import tomllib
from datetime import date
from pathlib import Path

from shapely import MultiPolygon
from shapely.geometry import shape

from api.demo.pits import add_pits
from api.follow_up import follow_up
from gis.domain.detection.imagery import SceneRecord
from gis.domain.place import STORE_EPSG
from gis.domain.sites.site import Site
from gis.domain.terms import Responsibility, SiteKind, SiteState, WasteClass, WasteNature
from gis.ledger import Book
from gis.ledger.sites import new_code, put_site
from gis.spatial import crs, measure
from gis.store import places, sites

DRAWN = "training_20220619.geojson"
UNITS = "pits.toml"
FOLLOWED = {
    "east quarry, pit and stone yard": "演示采石场01（影像跟踪）",
    "west quarry, floor and benches": "演示采石场02（影像跟踪）",
}
"""Polygons of the demo's own drawing, by their notes, and what the demo calls the places."""

NOTE = "演示数据：真实影像上的采石场轮廓（本项目目视勾绘），登记信息为虚构，不属于任何行政管辖"


def follow_demo(book: Book, folder: Path, district_code: str, scenes: list[SceneRecord]) -> None:
    """List the followed places and look at them in each scene by its day; again it adds nothing."""
    said = json.loads((folder / DRAWN).read_text(encoding="utf-8"))["features"]
    outlines = {one["properties"]["note"]: shape(one["geometry"]) for one in said}
    for note, name in FOLLOWED.items():
        outline = crs.transform(outlines[note], 4326, STORE_EPSG)
        _list(book, district_code, name, crs.as_multipolygon(outline))
    for scene in sorted(scenes, key=lambda one: one.acquired_on or date.min):
        follow_up(book, scene)
    add_pits(book, district_code, tomllib.loads((folder / UNITS).read_text(encoding="utf-8")))


def _list(book: Book, district_code: str, name: str, outline: MultiPolygon) -> None:
    with book.entry() as entry:
        if sites.code_named(entry.connection, district_code, name) is not None:
            return
        district = places.district(entry.connection, district_code)
        size = measure.extent(outline, district.metric_epsg)
        site = Site(
            code=new_code(entry, district, SiteKind.MINE_PIT),
            version=1,
            recorded_at=entry.now,
            district_code=district_code,
            kind=SiteKind.MINE_PIT,
            name=name,
            waste_class=WasteClass.NONE,
            nature=WasteNature.NO_WASTE,
            responsibility=Responsibility.UNCLEAR,
            area_m2=size.area_m2,
            area_geodesic_m2=size.area_geodesic_m2,
            source="遥感",
            found_on=date(2022, 6, 19),
            state=SiteState.LISTED,
            is_bare=True,
            note=NOTE,
            is_demo=True,
            outline=outline,
        )
        put_site(entry, site)
