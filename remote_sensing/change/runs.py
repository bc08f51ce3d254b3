"""Run folders as dates of one stretch of ground."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import shapely
from rasterio.errors import RasterioError
from rasterio.transform import array_bounds
from rasterio.warp import transform_geom
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from remote_sensing import candidates, run_record
from remote_sensing.candidates import Candidate
from remote_sensing.change.errors import (
    DatesMiscounted,
    ModelsDiffer,
    NotARun,
    RunChanged,
    RunsApart,
    RunUndated,
    SameDay,
    TooFewRuns,
)
from remote_sensing.run_record import CANDIDATES, CLASSES, OUTPUTS, Record
from remote_sensing.safe_files import sha256_of
from remote_sensing.scene import Scene, opened

COMMON_LEAST = 0.01
"""Runs whose frames share less of the smaller one than this are of different places."""


@dataclass(frozen=True, slots=True)
class DatedRun:
    """A finished run, the day of its image, its candidates, and its image where it is at hand."""

    folder: Path
    on: date
    record: Record
    found: tuple[Candidate, ...]
    frame_lonlat: BaseGeometry
    image: Scene | None = None

    @property
    def name(self) -> str:
        """What people call it: the name of its folder."""
        return self.folder.absolute().name

    @property
    def image_sha256(self) -> str:
        """The hash of the image that was looked at."""
        return str(self.record["inputs"]["image"]["sha256"])


def read_runs(folders: Sequence[Path], dates: Sequence[date] | None = None) -> list[DatedRun]:
    """Return runs in the order of their days; ``dates`` overrides what the records say.

    Raises TooFewRuns, DatesMiscounted, NotARun, RunChanged, RunUndated, SameDay, ModelsDiffer,
    RunsApart.
    """
    if len(folders) < 2:
        raise TooFewRuns(runs=len(folders))
    if dates is not None and len(dates) != len(folders):
        raise DatesMiscounted(runs=len(folders), dates=len(dates))
    runs = [
        _read(folder, dates[n] if dates is not None else None) for n, folder in enumerate(folders)
    ]
    runs.sort(key=lambda run: (run.on, run.name))
    for one, other in pairwise(runs):
        if one.on == other.on:
            raise SameDay(one=one.name, other=other.name, day=one.on)
        if one.record["inputs"]["model"]["sha256"] != other.record["inputs"]["model"]["sha256"]:
            raise ModelsDiffer(one=one.name, other=other.name)
    first = runs[0]
    for run in runs[1:]:
        common = run.frame_lonlat.intersection(first.frame_lonlat).area
        if common < COMMON_LEAST * min(run.frame_lonlat.area, first.frame_lonlat.area):
            raise RunsApart(one=first.name, other=run.name)
    return runs


def _read(folder: Path, on: date | None) -> DatedRun:
    record = run_record.read(folder)
    if record is None:
        raise NotARun(folder=folder)
    for name in OUTPUTS:
        path = folder / name
        if not path.is_file() or sha256_of(path) != record["outputs"].get(name):
            raise RunChanged(folder=folder, file=name)
    said = record["inputs"]["image"]["acquired_on"]
    day = on or (date.fromisoformat(said) if said else None)
    if day is None:
        raise RunUndated(run=folder.absolute().name)
    return DatedRun(
        folder, day, record, candidates.read_geojson(folder / CANDIDATES), _frame(folder)
    )


def _frame(folder: Path) -> BaseGeometry:
    try:
        with opened(folder / CLASSES) as dataset:
            box = shapely.box(*array_bounds(dataset.height, dataset.width, dataset.transform))
            dense = shapely.segmentize(box, 256 * abs(dataset.transform.a))
            return shape(transform_geom(dataset.crs, "EPSG:4326", mapping(dense)))
    except RasterioError as problem:
        raise NotARun(folder=folder) from problem


def with_images(runs: Sequence[DatedRun], folders: Sequence[Path]) -> list[DatedRun]:
    """Return the runs with those of their images that lie in some folders, byte for byte.

    Raises what ``open_scene`` raises.
    """
    from remote_sensing.scene import open_scene

    found = []
    for run in runs:
        said = run.record["inputs"]["image"]
        paths = (folder / said["name"] for folder in folders)
        path = next((p for p in paths if p.is_file() and sha256_of(p) == run.image_sha256), None)
        if path is not None:
            radiometry = said["radiometry"]
            scene = open_scene(path, scale=radiometry["scale"], offset=radiometry["offset"])
            run = replace(run, image=scene)
        found.append(run)
    return found
