"""The control list as a map layer: GeoPackage, GeoJSON, KML, Shapefile."""

import io
import tempfile
import threading
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gis.domain.inventory import COLUMNS, cells
from gis.domain.inventory_cells import Cell
from gis.domain.place import STORE_EPSG

if TYPE_CHECKING:
    import geopandas

LAYER = "管控清单"
CODE = "DWBH"
SHAPEFILE_STEM = "inventory"
SHAPEFILE_BYTES = 254
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
GDAL_CLOCK = threading.Lock()
"""GDAL has one clock for the whole process; lists of two days may be written at once."""


def frame(rows: list[dict[str, Any]], names: list[str]) -> "geopandas.GeoDataFrame":
    """Return the list as a frame in EPSG:4490 whose columns bear ``names``; days become text."""
    import geopandas
    import pandas

    table = [[_plain(cell) for cell in line] for line in cells(rows)]
    data = {
        name: pandas.Series([line[i] for line in table], dtype=_dtype([line[i] for line in table]))
        for i, name in enumerate(names)
    }
    return geopandas.GeoDataFrame(data, geometry=[row["outline"] for row in rows], crs=STORE_EPSG)


def _plain(cell: Cell) -> str | float | int | None:
    return cell.isoformat() if isinstance(cell, date) else cell


def _dtype(column: list[Any]) -> str:
    values = [value for value in column if value is not None]
    return "float64" if values and all(isinstance(v, int | float) for v in values) else "str"


def write(path: Path, driver: str, as_of: date, rows: list[dict[str, Any]]) -> None:
    """Write one layer with the office's Chinese headings as field names."""
    table = frame(rows, [column.zh for column in COLUMNS])
    write_frame(path, driver, as_of, table, LAYER, "MultiPolygon")


def write_frame(
    path: Path, driver: str, day: date, table: "geopandas.GeoDataFrame", layer: str, kind: str
) -> None:
    """Write a frame in EPSG:4490 as a layer of geometries of one ``kind``.

    The clock that GDAL stamps into a GeoPackage is set to ``day``, so that the same rows make the
    same bytes. GDAL writes into memory: on a full disk it loses a file's end unsaid.
    """
    import pyogrio

    stamp = f"{day.isoformat()}T00:00:00.000Z"
    options: dict[str, Any] = {}
    if driver == "GeoJSON":
        options = {"RFC7946": "YES", "COORDINATE_PRECISION": "7"}
    content = io.BytesIO()
    with GDAL_CLOCK:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp})
        try:
            pyogrio.write_dataframe(
                table, content, layer=layer, driver=driver, geometry_type=kind, **options
            )
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    path.write_bytes(content.getbuffer())


def _fitted(text: str) -> str:
    """Return what a Shapefile can hold of a text: GBK, "?" for what is not in it, 254 bytes."""
    return text.encode("gbk", "replace")[:SHAPEFILE_BYTES].decode("gbk", "ignore")


@contextmanager
def _whole(path: Path, rows: list[dict[str, Any]]) -> Iterator[None]:
    """Read the Shapefile again that the block wrote; raises OSError where it is not all there.

    Its several files cannot be written in memory, and on a full disk GDAL only warns of some.
    """
    import pyogrio
    from pyogrio import errors

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            yield
            found = pyogrio.read_dataframe(path, columns=[CODE])
    except (errors.DataSourceError, errors.DataLayerError, errors.FeatureError) as error:
        raise OSError("GDAL did not finish the file") from error
    if list(found[CODE]) != [row["code"] for row in rows] or found.geometry.isna().any():
        raise OSError("GDAL left a part out of the file")


def write_shapefile(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write a zip with a Shapefile whose names fit its ten bytes, in GBK, and their dictionary.

    Raises OSError.
    """
    import pyogrio

    table = frame(rows, [column.short for column in COLUMNS])
    for name in table.columns[table.dtypes == "str"]:
        table[name] = table[name].map(_fitted, na_action="ignore").astype("str")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        shapes = Path(folder) / f"{SHAPEFILE_STEM}.shp"
        with _whole(shapes, rows):
            pyogrio.write_dataframe(
                table,
                shapes,
                driver="ESRI Shapefile",
                geometry_type="Polygon",
                encoding="GBK",
                DBF_DATE_LAST_UPDATE="1980-01-01",
            )
        dictionary = "\r\n".join(f"{column.short},{column.zh}" for column in COLUMNS)
        (Path(folder) / "字段对照表.csv").write_bytes(("\ufeff" + dictionary).encode("utf-8"))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(folder).iterdir()):
                archive.writestr(zipfile.ZipInfo(part.name, ZIP_TIME), part.read_bytes())
