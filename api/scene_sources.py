"""What a keeper may bring as a scene: a GeoTIFF of any kind, or a Sentinel-2 product."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from api.intake import SceneSent, add_scene, require_inside
from api.scene_files import workplace
from api.settings import Settings
from gis.domain.detection.imagery import SceneRecord
from gis.ledger import Book
from remote_sensing import safe_files
from remote_sensing.intake import analysis_copy, gaofen
from remote_sensing.masks import masking
from remote_sensing.scene import Scene, open_scene

if TYPE_CHECKING:
    from remote_sensing.intake.sentinel import Stack

Tell = Callable[[int, int], None]
COPERNICUS = "Contains modified Copernicus Sentinel data {year}"
DRONE_PIXEL_M = 0.5


@dataclass(frozen=True, slots=True)
class SceneWish:
    """What is to be taken in, and what its keeper says of it where the file does not.

    ``masked`` false leaves out every mask of cloud, shadow and snow.
    """

    source: Path
    district_code: str
    name: str | None = None
    sensor: str | None = None
    notice: str = ""
    bands: tuple[str, ...] | None = None
    scale: float | None = None
    offset: float | None = None
    acquired_on: date | None = None
    masked: bool = True


def take_in(
    book: Book, settings: Settings, wish: SceneWish, tell: Tell | None = None
) -> SceneRecord:
    """Take a file, a product's folder or its zip into the catalogue; the same again adds nothing.

    Raises what opening the source and ``add_scene`` raise; then nothing of it is kept.
    """
    from remote_sensing.intake import sentinel

    if not sentinel.is_product(wish.source):
        scene = _opened(wish, wish.source, wish.bands)
        return add_scene(book, settings, _sent(wish, scene))
    with workplace(settings.imagery_dir) as aside:
        stack = _product(wish, aside)
        require_inside(book, wish.district_code, _name(wish), sentinel.footprint_of(stack))
        flat = aside / "stack.tif"
        sentinel.write_stack(stack, flat, tell)
        return add_scene(book, settings, _sent_product(wish, _opened(wish, flat, None), stack))


def convert(source: Path, out: Path, bands: Sequence[str] | None, tell: Tell | None = None) -> None:
    """Write any source as one analysis copy, without a catalogue; what is there is replaced.

    Of a product the scene classification is written beside it, as ``<name>.mask.tif``. Raises what
    opening the source and writing raise.
    """
    from remote_sensing.intake import sentinel

    if not sentinel.is_product(source):
        open_scene(source, bands=bands)
        analysis_copy.write_analysis_copy(source, out)
        return
    with safe_files.writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
    with workplace(out.parent) as aside:
        unpacked = aside / "product"
        unpacked.mkdir()
        stack = sentinel.open_product(source, unpacked, bands)
        flat = aside / "stack.tif"
        sentinel.write_stack(stack, flat, tell)
        analysis_copy.write_analysis_copy(flat, out)
        read = sentinel.scl_reader(stack)
        if read is not None:
            masking.keep_mask(open_scene(flat), out.with_suffix(".mask.tif"), read)


def _product(wish: SceneWish, aside: Path) -> "Stack":
    from remote_sensing.intake import sentinel

    unpacked = aside / "product"
    unpacked.mkdir()
    return sentinel.open_product(wish.source, unpacked, wish.bands)


def _opened(wish: SceneWish, path: Path, bands: Sequence[str] | None) -> Scene:
    return open_scene(
        path, bands=bands, scale=wish.scale, offset=wish.offset, acquired_on=wish.acquired_on
    )


def _name(wish: SceneWish) -> str:
    return wish.name or wish.source.name.removesuffix(".zip").removesuffix(".SAFE").removesuffix(
        wish.source.suffix if wish.source.is_file() else ""
    )


def _sent(wish: SceneWish, scene: Scene) -> SceneSent:
    told = gaofen.facts_of(wish.source)
    kind = "GAOFEN" if told else "GEOTIFF"
    return SceneSent(
        scene,
        wish.district_code,
        _name(wish),
        wish.sensor or (told.sensor if told else _sensor(scene)),
        wish.notice,
        masked=wish.masked,
        processing={"from": kind, "file": wish.source.name},
    )


def _sent_product(wish: SceneWish, scene: Scene, stack: "Stack") -> SceneSent:
    from remote_sensing.intake import sentinel

    product = stack.product
    coarse = [name for name in stack.files if name not in sentinel.FINE]
    return SceneSent(
        scene,
        wish.district_code,
        _name(wish),
        wish.sensor or f"{product.spacecraft} MSI L2A",
        wish.notice or COPERNICUS.format(year=product.acquired_on.year),
        source_sha256=_digest(stack),
        given_mask=sentinel.scl_reader(stack),
        masked=wish.masked,
        processing={
            "from": "SAFE",
            "file": wish.source.name,
            "baseline": product.baseline,
            "resampled_to_10_m": coarse,
            "cloud_percent_of_producer": product.cloud_percent,
        },
    )


def _sensor(scene: Scene) -> str:
    """Return the most likely sensor of an image that does not name it."""
    if scene.pixel_m < DRONE_PIXEL_M:
        return "UAV"
    return "Sentinel-2 MSI" if "B05" in scene.band_names or "B11" in scene.band_names else "—"


def _digest(stack: "Stack") -> str:
    """Return a hash of what a product's files hold, whether they came as a folder or a zip."""
    digest = hashlib.sha256()
    for name, path in [*stack.files.items(), *([("SCL", stack.scl)] if stack.scl else [])]:
        digest.update(f"{name} {safe_files.sha256_of(path)}\n".encode())
    return digest.hexdigest()
