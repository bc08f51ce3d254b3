"""Taking a scene in: its files first, whole and verified, then its record."""

import hashlib
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from api.follow_up import follow_up_from
from api.settings import Settings
from gis.domain.imagery import SceneRecord
from gis.domain.place import STORE_EPSG
from gis.ledger import Book
from gis.ledger import imagery as verbs
from gis.spatial import crs
from gis.store import imagery, places
from remote_sensing.display import write_display_copy
from remote_sensing.scene import Scene

WGS84_EPSG = 4326


@dataclass(frozen=True, slots=True)
class SceneSent:
    """A checked scene, and what its keeper says of it."""

    scene: Scene
    district_code: str
    name: str
    sensor: str
    notice: str


def scene_id(sent: SceneSent) -> UUID:
    """Return the id that the same file under the same name in the same district always gets."""
    return uuid5(NAMESPACE_URL, f"{sent.district_code} {sent.name} {sent.scene.sha256}")


def add_scene(book: Book, settings: Settings, sent: SceneSent) -> SceneRecord:
    """Keep a scene's file and its display copy in the data folder, and register it.

    The record is written last, so that every record's files exist; then the sites that the scene
    shows are looked at. A scene that is there already is followed up where it was not. Raises
    DistrictUnknown, OutsideDistrict, SameName, what writing the display copy raises, and what
    following up raises, when the scene is registered all the same.
    """
    scene = sent.scene
    with book.reading() as connection:
        places.district(connection, sent.district_code)
        known = imagery.scene_named(connection, sent.district_code, sent.name)
    if known is not None and known.sha256 == scene.sha256 and Path(known.display_path).exists():
        follow_up_from(book, known)
        return known
    identity = scene_id(sent)
    folder = settings.imagery_dir / str(identity)
    record = SceneRecord(
        id=identity,
        district_code=sent.district_code,
        name=sent.name,
        sensor=sent.sensor,
        acquired_on=scene.acquired_on,
        crs=scene.crs.to_string(),
        width=scene.width,
        height=scene.height,
        pixel_m=round(scene.pixel_m, 3),
        bands=list(scene.band_names),
        radiometry=asdict(scene.radiometry),
        notice=sent.notice,
        footprint=crs.transform(scene.footprint_lonlat, WGS84_EPSG, STORE_EPSG),
        sha256=scene.sha256,
        path=str(folder / "scene.tif"),
        display_path=str(folder / "display.tif"),
        band_places=list(scene.band_places),
    )
    folder.mkdir(parents=True, exist_ok=True)
    keep(scene.path, Path(record.path), scene.sha256)
    write_display_copy(scene, Path(record.display_path))
    added = verbs.add_scene(book, record)
    follow_up_from(book, added)
    return added


def keep(source: Path, target: Path, sha256: str) -> None:
    """Copy a file under another name first, compare its hash, then give it its name."""
    if target.exists():
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(source, part)
        with part.open("rb") as copy:
            if hashlib.file_digest(copy, "sha256").hexdigest() != sha256:
                raise OSError(f"{source} changed while it was copied")
            os.fsync(copy.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
