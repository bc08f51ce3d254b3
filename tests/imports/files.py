"""Small files of every kind, as offices send them."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

HEADINGS = ["名称", "经度", "纬度", "占地面积（m²）"]
ROW = ["一号渣堆", 109.75, 40.70, 12000]


def workbook(path: Path, *rows: Sequence[Any], merges: Sequence[str] = (), **sheets: str) -> Path:
    """A workbook whose first sheet holds ``rows``; ``sheets`` are more, by name and state."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "清单"
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    for name, state in sheets.items():
        book.create_sheet(name).sheet_state = state
    book.save(path)
    return path


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


def layer(path: Path, driver: str, rows: Sequence[dict[str, Any]], shapes: Sequence[Any], **more):
    """A vector file by GDAL's own hand."""
    import geopandas
    import pyogrio

    crs = more.pop("crs", 4490)
    frame = geopandas.GeoDataFrame(list(rows), geometry=list(shapes), crs=crs)
    pyogrio.write_dataframe(frame, path, driver=driver, **more)
    return path


def zipped(folder: Path, path: Path, inside: str = "") -> Path:
    """The files of a folder in one zip, below ``inside``."""
    return archive(path, {inside + one.name: one.read_bytes() for one in sorted(folder.iterdir())})
