"""Shapefiles: a zip of one, or a .shp beside its parts; nothing in them chooses a path."""

import codecs
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from gis.imports.errors import FileDamaged, PartMissing, SheetUnknown
from gis.imports.features import table_of
from gis.imports.limits import require_sane
from gis.imports.table import Table

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
NEEDED = (".shp", ".shx", ".dbf")
SIGN = (9994).to_bytes(4, "big")
"""What every Shapefile begins with; no other driver of GDAL takes such a file for its own."""


def read(path: Path, name: str, sheet: str | None) -> Table:
    """Return the records of a Shapefile.

    The dBASE text is GBK unless .cpg says otherwise or it is good UTF-8. Raises FileDamaged,
    ArchiveUnsafe, PartMissing, SheetUnknown, and those of rows.
    """
    with tempfile.TemporaryDirectory(prefix="qingfei-shp-") as folder:
        if path.suffix.lower() == ".shp":
            layer, layers = path.stem, [path.stem]
            for suffix in PARTS:
                if (found := _beside(path, suffix)) is not None:
                    shutil.copyfile(found, Path(folder) / f"layer{suffix}")
        elif name.lower().endswith(".shp"):
            raise PartMissing(name=name, part=".dbf")
        else:
            layer, layers = _unpack(path, name, sheet, Path(folder))
        return _read(Path(folder), name, layer, layers)


def _beside(path: Path, suffix: str) -> Path | None:
    for other in (suffix, suffix.upper()):
        if (found := path.with_suffix(other)).is_file():
            return found
    return None


def _unpack(path: Path, name: str, sheet: str | None, folder: Path) -> tuple[str, list[str]]:
    """Write the parts of the layer wanted under names of our own."""
    try:
        with zipfile.ZipFile(path) as archive:
            require_sane(archive, name)
            members = {
                member.filename.replace("\\", "/").rpartition("/")[2]: member
                for member in archive.infolist()
                if not member.is_dir() and not member.flag_bits & 1
            }
            stems = sorted(Path(m).stem for m in members if m.lower().endswith(".shp"))
            if not stems:
                raise PartMissing(name=name, part=".shp")
            layer = sheet or stems[0]
            if layer not in stems:
                raise SheetUnknown(sheet=layer, known="、".join(stems))
            by_part = {m.lower(): member for m, member in members.items()}
            for suffix in PARTS:
                if (member := by_part.get(f"{layer}{suffix}".lower())) is not None:
                    part = folder / f"layer{suffix}"
                    with archive.open(member) as packed, part.open("wb") as out:
                        shutil.copyfileobj(packed, out)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise FileDamaged(name=name, reason="zip") from error
    return layer, stems


def _encoding(folder: Path) -> str:
    """Return what the text is written in: as .cpg says, else UTF-8 where it fits, else GBK."""
    cpg = folder / "layer.cpg"
    if cpg.is_file():
        said = cpg.read_bytes()[:40].decode("ascii", "ignore").strip().strip("\0")
        said = {"936": "GB18030", "OEM": "GB18030", "GBK": "GB18030"}.get(said.upper(), said)
        try:
            return codecs.lookup(said).name
        except LookupError:
            pass
    try:
        (folder / "layer.dbf").read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _read(folder: Path, name: str, layer: str, layers: list[str]) -> Table:
    import pyogrio
    from pyogrio import errors

    for suffix in NEEDED:
        if not (folder / f"layer{suffix}").is_file():
            raise PartMissing(name=name, part=suffix)
    shapes = folder / "layer.shp"
    with shapes.open("rb") as file:
        if file.read(4) != SIGN:
            raise FileDamaged(name=name, reason="not a Shapefile")
    try:
        about, _, wkb, columns = pyogrio.raw.read(
            shapes, encoding=_encoding(folder), force_2d=True, datetime_as_string=True
        )
    except (errors.DataSourceError, errors.DataLayerError, errors.FeatureError) as error:
        raise FileDamaged(name=name, reason="GDAL") from error
    except (UnicodeDecodeError, RuntimeError) as error:
        raise FileDamaged(name=name, reason="encoding") from error
    names = [str(field) for field in about["fields"]]
    records: list[dict[str, Any]] = [
        dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)
    ] or [{} for _ in wkb]
    return table_of(layer, layers, records, list(wkb), about["crs"])
