"""Taking an elevation model in, to go with the scenes that it covers."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from api.intake import WGS84_EPSG, require_inside
from api.scene_files import settle, workplace
from api.settings import Settings
from gis.domain.detection.imagery import ElevationRecord
from gis.domain.place import STORE_EPSG
from gis.domain.terms import SurveyBasis
from gis.ledger import Book
from gis.ledger import imagery as verbs
from gis.spatial import crs
from remote_sensing.intake import analysis_copy
from remote_sensing.relief.elevation import open_elevation


def add_elevation(
    book: Book,
    settings: Settings,
    file: Path,
    district_code: str,
    *,
    name: str | None = None,
    basis: SurveyBasis | None = None,
) -> ElevationRecord:
    """Keep a copy of an elevation model in the data folder and register it.

    Raises DistrictUnknown, OutsideDistrict, SameName, what opening it raises, DiskFull.
    """
    model = open_elevation(file, basis)
    called = name or file.stem
    require_inside(book, district_code, called, model.footprint_lonlat)
    identity = uuid5(NAMESPACE_URL, f"elevation {district_code} {called} {model.sha256}")
    folder = settings.imagery_dir / str(identity)
    record = ElevationRecord(
        id=identity,
        district_code=district_code,
        name=called,
        basis=model.basis,
        crs=model.crs.to_string(),
        pixel_m=round(model.pixel_m, 3),
        footprint=crs.transform(model.footprint_lonlat, WGS84_EPSG, STORE_EPSG),
        sha256=model.sha256,
        path=str(folder / "dem.tif"),
        added_at=datetime.now(UTC),
    )
    with workplace(settings.imagery_dir) as work:
        made = work / "dem"
        made.mkdir()
        analysis_copy.write_analysis_copy(file, made / "dem.tif")
        if not folder.exists():
            settle(made, folder)
    return verbs.add_elevation(book, record)
