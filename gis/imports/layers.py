"""Reference layers from files: GeoPackage, Shapefile, GeoJSON.

    read = read_layer(path, district, LayerKind.RED_LINE, Reading(epsg=4490))
    read.features     in EPSG:4490, valid, near the district, each with what its kind is asked for
    read.record       how the file was read: kept with the layer

Nothing is mended: a shape that is not valid is refused with its number and the reason.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import numpy as np
import shapely

from gis.domain.place import District, ReferenceFeature
from gis.domain.terms import LayerKind, SourceLevel
from gis.imports.errors import FormatUnread
from gis.imports.garbled import meant
from gis.imports.layer_columns import Columns
from gis.imports.layer_errors import (
    LayerCrsUnknown,
    LayerLevelAsked,
    LayerShapeInvalid,
    LayerShapeKind,
    LayerShapeMissing,
    LayerTextGarbled,
    LayerTooDetailed,
)
from gis.imports.layer_place import Shapes, require_near
from gis.imports.shapefiles import PARTS
from gis.imports.sheets import Table, read_table
from gis.spatial.courses import quarter
from gis.spatial.feature_index import as_shapes

FORMATS = (".gpkg", ".shp", ".zip", ".geojson", ".json")
MOST_VERTICES = 5_000_000
LOOKED_AT = 2_000
"""So many texts are looked at for a wrong encoding."""
AREAS, LINES, LINES_AREAS, POINTS_AREAS = {2}, {1}, {1, 2}, {0, 2}
DIMENSIONS = {
    LayerKind.MAIN_STEM: LINES_AREAS,
    LayerKind.TRIBUTARY: LINES_AREAS,
    LayerKind.DWELLING: POINTS_AREAS,
    LayerKind.ROAD: LINES,
}
"""What a kind's shapes may be; those not named here are areas, which alone have an inside."""
WANTED = {0: ("点", "points"), 1: ("线", "lines"), 2: ("面", "areas")}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the file does not say, or says wrongly; a column that is None is guessed by its name."""

    sheet: str | None = None
    epsg: int | None = None
    is_swapped: bool = False
    encoding: str | None = None
    level: SourceLevel | None = None
    name_column: str | None = None
    level_column: str | None = None
    class_column: str | None = None
    ownership_column: str | None = None
    important_column: str | None = None
    flows_towards: str | None = None


@dataclass(frozen=True, slots=True)
class LayerRead:
    """A layer as its file gives it; ``sha256`` is of all the file's parts."""

    sha256: str
    record: dict[str, Any]
    features: list[ReferenceFeature]


def read_layer(
    path: Path, layer_id: UUID, district: District, kind: LayerKind, how: Reading
) -> LayerRead:
    """Read a layer for a district.

    Raises the errors of `gis.imports.errors` and `gis.imports.layer_errors`, QuarterUnknown.
    """
    if path.suffix.lower() not in FORMATS:
        raise FormatUnread(name=path.name, known=".gpkg、.shp、.zip（Shapefile）、.geojson")
    if how.flows_towards is not None:
        quarter(how.flows_towards)
    if kind is LayerKind.SOURCE_ZONE and how.level is None and how.level_column is None:
        raise LayerLevelAsked(name=path.name)
    with _as_encoded(path, how.encoding) as readable:
        table = read_table(readable, path.name, how.sheet)
    epsg = how.epsg or table.epsg
    if epsg is None:
        raise LayerCrsUnknown(name=path.name, said=table.crs_name or "—")
    shapes = _shapes(table, kind)
    _require_clear(table)
    moved = require_near(shapes, path.name, district, epsg, is_swapped=how.is_swapped)
    columns = Columns.of(table, how)
    features = [
        ReferenceFeature(
            id=uuid5(layer_id, str(line.number)),
            layer_id=layer_id,
            name_zh=columns.name(line),
            name_en="",
            geometry=geometry,
            level=how.level or columns.level(line),
            land_class=columns.land_class(line),
            ownership=columns.ownership(line),
            is_important=columns.is_important(line),
        )
        for line, geometry in zip(table.rows, moved, strict=True)
    ]
    record = asdict(how) | {
        "file": path.name,
        "sheet": table.sheet,
        "epsg": epsg,
        "epsg_in_file": table.epsg,
        "crs_in_file": table.crs_name,
        "features": len(features),
    }
    return LayerRead(_sha256(path), record | columns.used(), features)


@contextmanager
def _as_encoded(path: Path, encoding: str | None) -> Iterator[Path]:
    """Yield the file, or a copy of a Shapefile whose .cpg says ``encoding``."""
    if encoding is None:
        yield path
        return
    if path.suffix.lower() != ".shp":
        raise FormatUnread(name=path.name, known=".shp（--encoding）")
    with tempfile.TemporaryDirectory(prefix="qingfei-layer-") as folder:
        copy = Path(folder) / "layer.shp"
        for suffix, part in _parts(path).items():
            shutil.copyfile(part, copy.with_suffix(suffix))
        copy.with_suffix(".cpg").write_text(encoding, encoding="utf-8")
        yield copy


def _parts(path: Path) -> dict[str, Path]:
    """Return the files of a Shapefile that are there, by suffix."""
    found = {s: [path.with_suffix(s), path.with_suffix(s.upper())] for s in PARTS}
    there = {s: [part for part in parts if part.is_file()] for s, parts in found.items()}
    return {suffix: parts[0] for suffix, parts in there.items() if parts}


def _sha256(path: Path) -> str:
    """Return the hash of a file; of a Shapefile that of its parts, each with its size."""
    if path.suffix.lower() != ".shp":
        return hashlib.sha256(path.read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for suffix, part in _parts(path).items():
        content = part.read_bytes()
        whole.update(f"{suffix} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def _shapes(table: Table, kind: LayerKind) -> Shapes:
    """Return the shapes as the file has them, all of them such as the kind takes."""
    wanted = DIMENSIONS.get(kind, AREAS)
    for line in table.rows:
        if line.geometry is None:
            raise LayerShapeMissing(row=line.number)
        shape = line.geometry
        if shape.geom_type == "GeometryCollection" or shapely.get_dimensions(shape) not in wanted:
            names = [WANTED[dimension] for dimension in sorted(wanted)]
            raise LayerShapeKind(
                row=line.number,
                shape=shape.geom_type,
                wanted_zh="或".join(zh for zh, _ in names),
                wanted_en=" or ".join(en for _, en in names),
            )
    shapes = as_shapes([line.geometry for line in table.rows if line.geometry is not None])
    if int(shapely.get_num_coordinates(shapes).sum()) > MOST_VERTICES:
        raise LayerTooDetailed(most=MOST_VERTICES)
    with np.errstate(invalid="ignore"):  # GEOS raises the processor's flag, numpy reports it
        valid = shapely.is_valid(shapes)
    for line, is_valid in zip(table.rows, valid, strict=True):
        if not is_valid:
            raise LayerShapeInvalid(row=line.number, reason=shapely.is_valid_reason(line.geometry))
    return shapes


def _require_clear(table: Table) -> None:
    """Refuse text of a wrong encoding; raises LayerTextGarbled."""
    texts = [
        *table.headings,
        *(v for line in table.rows for v in line.cells.values() if isinstance(v, str)),
    ]
    for text in texts[:LOOKED_AT]:
        if (right := meant(text)) is not None:
            raise LayerTextGarbled(value=text[:20], meant=right[:20])
