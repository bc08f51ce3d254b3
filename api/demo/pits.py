"""Made-up ground of a place's pits, really measured; units, after-care and rows of mines.

The elevation models are invented on the spot (a hollow inside the site's outline, a hillside, some
noise) and then measured like any that is uploaded. Again adds nothing.
"""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import numpy as np
import rasterio
from affine import Affine
from scipy import ndimage

from api.pit_measuring import ModelSent, PitAsked, measure_pair, measure_pit
from gis.domain.pits.after_care import CareSent
from gis.domain.pits.mine_record import MineSent
from gis.domain.pits.restoration import UnitSent, ValueSent
from gis.domain.terms import CareResult, Direction, Indicator, LandAim, RimBasis, SurveyBasis
from gis.imports.mines import WORDS as COLUMNS
from gis.ledger import Book
from gis.ledger.restoration import accept_unit, record_care, record_value, set_mine, set_unit
from gis.spatial import crs
from gis.store import pit_surveys, places, restoration, sites
from remote_sensing.relief.coverage import fractions

PIXEL_M = 2.0
ROUND_M = 120.0
NOISE_M = 0.15
WORDS = dict(COLUMNS.values())
WALL_M = 22.0
"""How far from its edge a pit reaches its full depth."""


def add_pits(book: Book, district_code: str, about: dict[str, Any]) -> None:
    """Measure the made-up pits and restore the made-up mines of a place."""
    for row in about.get("survey", []):
        _survey(book, district_code, row)
    for row in about.get("unit", []):
        _unit(book, district_code, row)
    for row in about.get("mine", []):
        if (code := _code(book, district_code, row["site"])) is not None:
            nothing: dict[str, Any] = dict.fromkeys(MineSent.__dataclass_fields__)
            said = {name: _word(name, value) for name, value in row.items() if name != "site"}
            set_mine(book, MineSent(**nothing | said | {"site_code": code}))


def _word(name: str, value: Any) -> Any:
    return WORDS[name].of(value) if name in WORDS else value


def _survey(book: Book, district_code: str, row: dict[str, Any]) -> None:
    code = _code(book, district_code, row["site"])
    if code is None:
        return
    asked = PitAsked(
        _id(code, str(row["day"])), code, row.get("level_m", RimBasis.LOW_POINT), note=row["note"]
    )
    with book.reading() as connection:
        if pit_surveys.with_id(connection, asked.id) is not None:
            return
    with tempfile.TemporaryDirectory(prefix="qingfei-") as folder:
        model = _model(book, code, Path(folder) / "演示高程.tif", row["depth_m"])
        sent = ModelSent(model, model.name, row["day"], SurveyBasis.DEM)
        if "before" not in row:
            measure_pit(book, sent, asked)
            return
        earlier = _model(book, code, Path(folder) / "演示高程前期.tif", row["before_depth_m"], 1.3)
        before = ModelSent(earlier, earlier.name, row["before"], SurveyBasis.DEM)
        measure_pair(book, before, sent, asked)


def _model(book: Book, code: str, path: Path, depth_m: float, off_m: float = 0.0) -> Path:
    """Write made-up ground round a site, ``off_m`` metres east and up of where it is."""
    with book.reading() as connection:
        site = sites.site(connection, code)
        epsg = places.district(connection, site.district_code).metric_epsg
    outline = crs.to_metric(site.outline, epsg)
    west, south, east, north = outline.bounds
    grid = Affine(PIXEL_M, 0, west - ROUND_M, 0, -PIXEL_M, north + ROUND_M)
    cols, rows = (
        int((far - near + 2 * ROUND_M) / PIXEL_M) for near, far in ((west, east), (south, north))
    )
    inside = fractions(outline, grid, (rows, cols)) > 0
    x, y = np.meshgrid(np.arange(cols) * PIXEL_M, np.arange(rows) * PIXEL_M)
    hills = 1_100 + 0.02 * x + 3 * np.sin(x / 41) * np.cos(y / 33) + 1.5 * np.sin((x + y) / 23)
    edge = np.asarray(ndimage.distance_transform_edt(inside)) * PIXEL_M
    hollow = depth_m * np.clip(edge / WALL_M, 0, 1) ** 0.8
    noise = np.random.default_rng(int(depth_m * 10)).normal(0, NOISE_M, hills.shape)
    profile = {
        "driver": "GTiff", "width": cols, "height": rows, "count": 1, "dtype": "float32",
        "crs": f"EPSG:{epsg}", "transform": Affine.translation(off_m, 0) @ grid,
        "compress": "deflate", "nodata": -9_999.0,
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as file:
        file.write((hills - hollow + noise + off_m).astype(np.float32), 1)
    return path


def _unit(book: Book, district_code: str, row: dict[str, Any]) -> None:
    code = _code(book, district_code, row["site"])
    if code is None:
        return
    unit_id = _id(code, row["name"])
    with book.reading() as connection:
        known = restoration.with_id(connection, unit_id)
    if known is not None:
        return
    unit = UnitSent(
        id=unit_id,
        site_code=code,
        name=row["name"],
        direction=Direction.of(row["direction"]),
        land_aim=LandAim.of(row["land_aim"]),
        area_ha=row["area_ha"],
        has_waste=row["has_waste"],
        measures=row["measures"],
        targets=row.get("targets", {}),
        outline=None,
    )
    set_unit(book, unit)
    for name, value in row["values"].items():
        value_id, day = _id(str(unit_id), name), row["measured_on"]
        sent = ValueSent(
            value_id, unit_id, Indicator.of(name), float(value), day, row["source"], ""
        )
        record_value(book, code, sent)
    if "accepted_on" in row:
        accept_unit(book, code, unit_id, row["accepted_on"])
    for visit in row.get("visit", []):
        _visit(book, code, unit_id, visit)


def _visit(book: Book, code: str, unit_id: UUID, visit: dict[str, Any]) -> None:
    due_on: date = visit["due_on"]
    sent = CareSent(
        id=_id(str(unit_id), visit["rule"], str(due_on)),
        unit_id=unit_id,
        rule_id=visit["rule"],
        due_on=due_on,
        done_on=visit["done_on"],
        result=CareResult.of(visit["result"]),
        finding=visit["finding"],
    )
    record_care(book, code, sent)


def _code(book: Book, district_code: str, name: str) -> str | None:
    with book.reading() as connection:
        return sites.code_named(connection, district_code, name)


def _id(*parts: str) -> UUID:
    return uuid5(NAMESPACE_URL, " ".join(("demo pit", *parts)))
