"""Labels of analysts and of the field, brought together image by image and split for good.

Ground that is kept back (`kept_back`) trains nothing and judges every model alike. A
labelled outline is one place, kept back or not as a whole; a raster of labels is split by cells.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.features import rasterize
from scipy.ndimage import maximum_filter

from gis.domain.detection.kept_back import Cell, cell_of, is_kept_back
from remote_sensing.classes import all_classes, class_of
from remote_sensing.heeding import heed
from remote_sensing.intake.georeference import to_lonlat
from remote_sensing.scene import Scene, open_scene
from remote_sensing.training.labels import UNLABELLED, VECTORS, Codes, codes_on, read_vector
from remote_sensing.training.manifest import Manifest, TrainingScene

GAP_M = 100.0
"""Training keeps so far from the ground that judges: nearer pixels know of it."""
LEAST_PIXELS = 20
"""A class of fewer training pixels teaches chance; it is left out, and that is said."""
NOWHERE = -1

Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Exam:
    """Ground of one image that judges.

    ``truth`` is a file of class codes on the image's grid, 255 where it does not judge; the file
    ``numbers`` says which place each pixel is of, the same over all images.
    """

    item: TrainingScene
    truth: Path
    numbers: Path

    def places(self) -> Places:
        """Return the numbers, int32 (height, width), -1 where it does not judge."""
        with rasterio.open(self.numbers, driver="GTiff") as dataset:
            found: Places = dataset.read(1)
        return found


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is taught, what judges, and which classes had too little (name → pixels)."""

    manifest: Manifest
    exams: tuple[Exam, ...]
    too_little: Mapping[str, int]


def prepare(manifests: Sequence[Manifest], name: str, folder: Path) -> Lessons:
    """Bring manifests together into ``folder``; where two label a pixel, the later one holds.

    ``name`` becomes the model's. Raises what opening the images and reading the labels raise.
    """
    numbers: dict[Cell, int] = {}
    counts = np.zeros(256, np.int64)
    items, exams = [], []
    for index, group in enumerate(_by_image(manifests)):
        heed()
        item = replace(group[0][1], labels=folder / f"labels{index}.tif", field=None)
        item = replace(item, background=None)
        scene = opened(item)
        codes, place = _labelled(scene, group, numbers)
        kept = np.array([is_kept_back(cell) for cell in numbers] or [False])
        judges = (place != NOWHERE) & kept[place]
        taught = np.where(_near(judges, scene.pixel_m), np.uint8(UNLABELLED), codes)
        counts += np.bincount(taught.ravel(), minlength=256)
        _write(item.labels, scene, taught, UNLABELLED)
        items.append(item)
        if judges.any():
            exam = Exam(item, folder / f"truth{index}.tif", folder / f"places{index}.tif")
            _write(exam.truth, scene, np.where(judges, codes, np.uint8(UNLABELLED)), UNLABELLED)
            _write(exam.numbers, scene, np.where(judges, place, np.int32(NOWHERE)), NOWHERE)
            exams.append(exam)
    named = {i.name: int(counts[i.code]) for i in all_classes().values() if counts[i.code]}
    few = {class_name: pixels for class_name, pixels in named.items() if pixels < LEAST_PIXELS}
    legend = {str(class_of(n).code): n for n in named if n not in few}  # the rest is not labelled
    whole = Manifest(folder / f"{name}.toml", legend, tuple(items))
    return Lessons(whole, tuple(exams), few)


def _labelled(
    scene: Scene, group: Sequence[tuple[Manifest, TrainingScene]], numbers: dict[Cell, int]
) -> tuple[Codes, Places]:
    """Return an image's class codes and place numbers; later labels hold over earlier ones."""
    codes = np.full((scene.height, scene.width), UNLABELLED, np.uint8)
    place = np.full(codes.shape, NOWHERE, np.int32)
    for manifest, source in group:
        said = codes_on(scene, source, manifest.legend)
        where = said != UNLABELLED
        codes[where] = said[where]
        place[where] = _places(scene, source, where, numbers)[where]
    return codes, place


def opened(item: TrainingScene) -> Scene:
    """Open a manifest's image as training does."""
    return open_scene(
        item.image,
        bands=item.bands,
        scale=item.scale,
        offset=item.offset,
        acquired_on=item.acquired_on,
    )


def _by_image(manifests: Sequence[Manifest]) -> Iterator[list[tuple[Manifest, TrainingScene]]]:
    groups: dict[Path, list[tuple[Manifest, TrainingScene]]] = {}
    for manifest in manifests:
        for item in manifest.scenes:
            groups.setdefault(item.image.resolve(), []).append((manifest, item))
    yield from groups.values()


def _places(
    scene: Scene, source: TrainingScene, where: NDArray[np.bool_], numbers: dict[Cell, int]
) -> Places:
    """Return the number of each labelled pixel's place: its cell, or that of its outline."""
    place = np.full(where.shape, NOWHERE, np.int32)
    row, col = np.nonzero(where)
    grid = scene.transform
    x, y = grid.c + grid.a * (col + 0.5), grid.f + grid.e * (row + 0.5)
    lon, lat = to_lonlat(scene.crs).transform(x, y)
    place[row, col] = _number(lon, lat, numbers)
    if source.labels.suffix.lower() in VECTORS:
        frame = read_vector(source.labels)
        frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
        inside = frame.to_crs(4326).geometry.representative_point()
        own = _number(inside.x.to_numpy(), inside.y.to_numpy(), numbers)
        shapes = [
            (shape, int(number))
            for shape, number in zip(frame.to_crs(scene.crs.to_wkt()).geometry, own, strict=True)
        ]
        if shapes:
            rasterize(shapes, out=place, transform=grid, dtype="int32")
    return place


def _number(lon: NDArray[np.float64], lat: NDArray[np.float64], numbers: dict[Cell, int]) -> Places:
    """Return each position's number, giving new cells the next ones."""
    cells = [cell_of(x, y) for x, y in zip(lon.tolist(), lat.tolist(), strict=True)]
    return np.array([numbers.setdefault(cell, len(numbers)) for cell in cells], np.int32)


def _near(judges: NDArray[np.bool_], pixel_m: float) -> NDArray[np.bool_]:
    size = 2 * round(GAP_M / pixel_m) + 1
    near: NDArray[np.bool_] = maximum_filter(judges.astype(np.uint8), size) > 0
    return near


def _write(path: Path, scene: Scene, values: Codes | Places, nodata: int) -> None:
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=1,
        height=scene.height,
        width=scene.width,
        dtype=values.dtype,
        crs=scene.crs,
        transform=scene.transform,
        nodata=nodata,
        compress="deflate",
    ) as dataset:
        dataset.write(values, 1)
