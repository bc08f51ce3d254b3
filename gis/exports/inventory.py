"""The control list as a file: which formats there are, and how one is written whole or not."""

import errno
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gis.errors import BadInput, DiskFull, Unavailable
from gis.exports import layers, workbook


class FormatUnknown(BadInput):
    """A format that the export does not write. Facts: format, known."""

    code = "format_unknown"
    zh = "不支持导出格式“{format}”，可用：{known}。"
    en = "There is no export format “{format}”; choose one of {known}."


class ExportNotWritten(Unavailable):
    """The file could not be stored. Facts: path, reason."""

    code = "export_not_written"
    zh = "无法写入 {path}（{reason}）：请检查目录权限与磁盘空间；原有文件未改动。"
    en = "Cannot write {path} ({reason}): check the folder's rights and the disk's space."


@dataclass(frozen=True, slots=True)
class Inventory:
    """The rows of the list and what they stand for; ``filter`` says which ones, empty is all."""

    district_name: str
    district_code: str
    as_of: date
    rule_set: str
    rows: list[dict[str, Any]]
    filter: str = ""


Writer = Callable[[Inventory, Path], None]


def _workbook(inventory: Inventory, path: Path) -> None:
    workbook.write(
        path,
        title=f"{inventory.district_name}历史遗留固体废物堆场分类分级管控清单",
        as_of=inventory.as_of,
        rule_set=inventory.rule_set,
        scope=f"{inventory.district_name}（{inventory.district_code}），"
        f"{inventory.filter or '全部类型、等级与状态'}",
        rows=inventory.rows,
    )


def _layer(driver: str) -> Writer:
    def write(inventory: Inventory, path: Path) -> None:
        layers.write(path, driver, inventory.as_of, inventory.rows)

    return write


WRITERS: dict[str, tuple[str, str, Writer]] = {
    "xlsx": (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _workbook,
    ),
    "gpkg": (".gpkg", "application/geopackage+sqlite3", _layer("GPKG")),
    "geojson": (".geojson", "application/geo+json", _layer("GeoJSON")),
    "kml": (".kml", "application/vnd.google-earth.kml+xml", _layer("KML")),
    "shp": (
        ".zip",
        "application/zip",
        lambda inventory, path: layers.write_shapefile(path, inventory.rows),
    ),
}
"""Format → suffix, media type, writer; Shapefile is a zip, for it is five files."""


def write(inventory: Inventory, format: str, path: Path) -> None:
    """Write the list to ``path``: under another name first, moved there when whole.

    Raises FormatUnknown, ExportNotWritten, DiskFull.
    """
    if format not in WRITERS:
        raise FormatUnknown(format=format, known="、".join(WRITERS))
    suffix, _, writer = WRITERS[format]
    write_whole(path, suffix, lambda part: writer(inventory, part))


def write_whole(path: Path, suffix: str, writer: Callable[[Path], None]) -> None:
    """Let ``writer`` write a file beside ``path``, and move it there when it is whole.

    Raises ExportNotWritten, DiskFull.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".export-", dir=path.parent) as folder:
            part = Path(folder) / f"part{suffix}"
            writer(part)
            os.replace(part, path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(path=path) from error
        raise ExportNotWritten(path=path, reason=error.strerror or str(error)) from error
