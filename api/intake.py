"""Taking a scene in: its files first, whole and verified, then its record."""

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

from api.follow_up import follow_up_from
from api.scene_files import settle, workplace
from api.settings import Settings
from gis.domain.detection.imagery import SceneRecord
from gis.domain.errors import OutsideDistrict, SameName
from gis.domain.place import STORE_EPSG
from gis.domain.terms import MaskHow, SceneKind
from gis.ledger import Book
from gis.ledger import imagery as verbs
from gis.spatial import crs
from gis.store import imagery, places
from remote_sensing import safe_files
from remote_sensing.intake import analysis_copy
from remote_sensing.maps.display import write_display_copy
from remote_sensing.masks import masking
from remote_sensing.masks.masking import Masked
from remote_sensing.scene import Scene
from remote_sensing.scene_errors import AllHidden, SceneAlreadyThere
from remote_sensing.windows import Window

WGS84_EPSG = 4326
LEAST_CLEAR = 0.01
"""A scene that shows less of its ground is of no use to anybody."""

ReadCodes = Callable[[Window], NDArray[np.uint8]]


@dataclass(frozen=True, slots=True)
class SceneSent:
    """A checked scene, and what its keeper says of it.

    ``source_sha256`` is of what it was made from, where that is not the scene's own file;
    ``given_mask`` reads the mask that came with it; ``masked`` false leaves every mask out;
    ``beside`` are files that are kept with it.
    """

    scene: Scene
    district_code: str
    name: str
    sensor: str
    notice: str
    source_sha256: str | None = None
    given_mask: ReadCodes | None = None
    masked: bool = True
    kind: SceneKind = SceneKind.IMAGE
    first_on: date | None = None
    processing: Mapping[str, Any] = field(default_factory=dict)
    beside: tuple[Path, ...] = ()

    @property
    def came_as(self) -> str:
        """The hash of what was brought."""
        return self.source_sha256 or self.scene.sha256


def scene_id(sent: SceneSent) -> UUID:
    """Return the id that the same file under the same name in the same district always gets."""
    return uuid5(NAMESPACE_URL, f"{sent.district_code} {sent.name} {sent.came_as}")


def add_scene(book: Book, settings: Settings, sent: SceneSent) -> SceneRecord:
    """Keep a scene's analysis copy, mask and display copy in the data folder, and register it.

    The files appear together and the record is written last, so that every record's files exist;
    then the sites that the scene shows are looked at. A scene that is there already is followed up
    where it was not. Raises DistrictUnknown, OutsideDistrict, SameName, SceneAlreadyThere,
    AllHidden, what writing the copies raises, and what following up raises, when the scene is
    registered all the same.
    """
    known = _known(book, sent)
    if known is not None and _has_files(known):
        return _followed(book, known)
    require_inside(book, sent.district_code, sent.name, sent.scene.footprint_lonlat)
    identity = scene_id(sent)
    folder = settings.imagery_dir / str(identity)
    with workplace(settings.imagery_dir) as work:
        made = work / "scene"
        made.mkdir()
        scene, masked = _write_files(sent, made, as_it_came=_came_as_it_is(known, sent))
        record = known or _record(sent, scene, masked, folder)
        if known is not None and scene.sha256 != known.sha256:
            raise OSError(f"{known.name} can no longer be made as it was")
        settle(made, folder)
        added = verbs.add_scene(book, record)
    return _followed(book, added)


def _known(book: Book, sent: SceneSent) -> SceneRecord | None:
    """Return the record of the same scene; raises DistrictUnknown, SceneAlreadyThere, SameName."""
    with book.reading() as connection:
        places.district(connection, sent.district_code)
        same = [
            one
            for one in imagery.scene_of_file(connection, sent.came_as)
            if one.district_code == sent.district_code
        ]
        named = imagery.scene_named(connection, sent.district_code, sent.name)
    for one in same:
        if one.name != sent.name:
            raise SceneAlreadyThere(name=sent.name, known=one.name)
        return one
    if named is not None:
        raise SameName(name=sent.name)
    return None


def _has_files(known: SceneRecord) -> bool:
    """Say whether a record's files are there; of its analysis copy, whether it is what it was."""
    path = Path(known.path)
    return Path(known.display_path).exists() and path.exists()


def _came_as_it_is(known: SceneRecord | None, sent: SceneSent) -> bool:
    """Say whether the file's own bytes are kept: it is such a copy, or was kept so before."""
    if known is not None and known.sha256 == sent.scene.sha256:
        return True
    return analysis_copy.is_analysis_copy(sent.scene.path)


def require_inside(book: Book, district_code: str, name: str, footprint_lonlat: Polygon) -> None:
    """Refuse a scene of another place before anything is written.

    Raises DistrictUnknown, OutsideDistrict.
    """
    with book.reading() as connection:
        district = places.district(connection, district_code)
    footprint = crs.transform(footprint_lonlat, WGS84_EPSG, STORE_EPSG)
    if not footprint.intersects(district.outline):
        raise OutsideDistrict(name=name, district=district.name_zh)


def _write_files(sent: SceneSent, made: Path, *, as_it_came: bool) -> tuple[Scene, Masked | None]:
    analysis = made / "scene.tif"
    if as_it_came:
        keep(sent.scene.path, analysis, sent.scene.sha256)
    else:
        analysis_copy.write_analysis_copy(sent.scene.path, analysis)
    scene = replace(sent.scene, path=analysis, sha256=safe_files.sha256_of(analysis))
    masked = _mask(sent, scene, made / "mask.tif")
    if masked is not None and masked.how is not MaskHow.BRIGHT:
        # Snow is left in: that the ground cannot be judged in winter is a finding of its own.
        hidden = masked.shares.cloud + masked.shares.shadow
        if hidden > 1 - LEAST_CLEAR:
            percent = int(hidden * 1000) / 10
            raise AllHidden(file=sent.name, percent=percent)
    write_display_copy(scene, made / "display.tif")
    for file in sent.beside:
        keep(file, made / file.name, safe_files.sha256_of(file))
    return scene, masked


def _mask(sent: SceneSent, scene: Scene, out: Path) -> Masked | None:
    if not sent.masked or sent.kind is SceneKind.COMPOSITE:
        return None
    if sent.given_mask is not None:
        return masking.keep_mask(scene, out, sent.given_mask)
    return masking.write_mask(scene, out)


def _record(sent: SceneSent, scene: Scene, masked: Masked | None, folder: Path) -> SceneRecord:
    shares = masked.shares if masked else None
    own = scene.sha256 == sent.came_as
    none, how = (0.0, MaskHow.MADE) if sent.kind is SceneKind.COMPOSITE else (None, None)
    said = {"compression": analysis_copy.COMPRESSION, **sent.processing}
    return SceneRecord(
        id=scene_id(sent),
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
        kind=sent.kind,
        first_on=sent.first_on,
        source_sha256=None if own else sent.came_as,
        processing=said,
        valid_share=shares.valid if shares else masking.shares_of_valid(scene),
        cloud_share=shares.cloud if shares else none,
        shadow_share=shares.shadow if shares else none,
        snow_share=shares.snow if shares else none,
        mask_how=masked.how if masked else how,
        mask_path=str(folder / "mask.tif") if masked else None,
        mask_sha256=masked.sha256 if masked else None,
        added_at=datetime.now(UTC),
    )


def _followed(book: Book, record: SceneRecord) -> SceneRecord:
    if record.kind is SceneKind.IMAGE:
        follow_up_from(book, record)
    return record


def keep(source: Path, target: Path, sha256: str) -> None:
    """Copy a file under another name first, compare its hash, then give it its name."""
    if target.exists():
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with safe_files.writing(target):
            shutil.copyfile(source, part)
        with part.open("rb") as copy:
            if hashlib.file_digest(copy, "sha256").hexdigest() != sha256:
                raise OSError(f"{source} changed while it was copied")
            os.fsync(copy.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
