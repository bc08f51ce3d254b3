"""From a scene and a model to the four files of a run: the chain, top to bottom.

``OUT/<stem>/`` holds ``scores.tif``, ``classes.tif``, ``candidates.geojson`` and ``run.json``. A
run that was cut off goes on with the windows it lacks; a finished one is checked and left alone.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from math import fsum
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from remote_sensing import candidates, mosaic, run_record, safe_files
from remote_sensing.audit import Audit, audit
from remote_sensing.candidates import MIN_AREA_M2, Candidate
from remote_sensing.classes import class_of
from remote_sensing.classify import LEAD, MENTION, QUICK_Z, TileTask, halo_of
from remote_sensing.errors import OutputOfOtherInputs
from remote_sensing.model import Model
from remote_sensing.parts import Parts
from remote_sensing.run_record import CANDIDATES, CLASSES, OBJECTS, RECORD, SCORES, Record
from remote_sensing.runner import Runner, serial
from remote_sensing.scene import Scene
from remote_sensing.second_stage import finding
from remote_sensing.second_stage.finding import Found
from remote_sensing.second_stage.outlining import Outlining
from remote_sensing.timing import Step, Timing
from remote_sensing.windows import Tile, plan

WINDOW_SIZE = 512

Judged = Sequence[tuple[Found, Candidate]]

Progress = Callable[[int, int], None]
"""Told (windows done, windows in all) as windows finish."""


@dataclass(frozen=True, slots=True)
class DetectionResult:
    """What a run left in ``folder``; ``was_done`` when an earlier run had left it all.

    ``windows_made`` were classified now, ``windows_resumed`` by a run that was cut off.
    """

    folder: Path
    candidates: tuple[Candidate, ...]
    record: Record
    was_done: bool
    windows_made: int
    windows_resumed: int


def detect(
    scene: Scene,
    model: Model,
    out_dir: Path,
    *,
    model_path: Path,
    run: Runner = serial,
    window_size: int = WINDOW_SIZE,
    min_area_m2: float = MIN_AREA_M2,
    min_confidence: float = 0.0,
    ignored: BaseGeometry | None = None,
    overwrite: bool = False,
    quick: bool = False,
    progress: Progress | None = None,
    step: Step | None = None,
    heed: Callable[[], object] = lambda: None,
) -> DetectionResult:
    """Classify the scene, outline and judge what may be waste or a pit, and write the files.

    ``objects.geojson`` holds every object of ``min_area_m2`` and more with its ``confidence``, so
    that thresholds can be moved without a new run; ``candidates.geojson`` those that the model's
    own thresholds and ``min_confidence`` keep. What lies in ``ignored`` (lon/lat) is marked there.

    ``heed`` is called again and again while scores are joined, outlined and audited; what it raises
    ends the run where it stands, as what ``progress`` and ``step`` raise does.

    ``quick`` hears fewer trees where nothing is sought, and measures what that changes; see
    `classify.hasty_points`.
    Raises ModelLacksBands, OutputOfOtherInputs (unless ``overwrite``), OutputBusy, DiskFull,
    OutputUnwritable, DaskUnreachable, SceneChanged, TruncatedRaster.
    """
    timing = Timing(step)
    scene = model.ready(scene)
    limits: Record = {"min_area_m2": min_area_m2, "min_confidence": min_confidence}
    if ignored is not None:
        limits["ignored"] = shapely.to_wkt(shapely.normalize(ignored), rounding_precision=7)
    if quick:
        limits["quick"] = {"z": QUICK_Z, "mention": MENTION, "lead": LEAD}
    inputs = run_record.inputs_of(scene, model, limits)
    folder = out_dir / scene.path.stem
    with safe_files.sole_writer(folder):
        job = _Job(scene, model, folder, inputs, window_size, heed)
        sound = job.claim(overwrite)
        if sound.issuperset(run_record.OUTPUTS):
            return job.result(was_done=True)
        made: tuple[Tile, ...] = ()
        if SCORES not in sound:
            made = job.missing()
            kept = len(job.tiles) - len(made)
            with timing.stage("classify", f"分类：{len(made)} 个窗口，续用 {kept} 个。",
                              f"Classifying {len(made)} windows; {kept} are kept."):  # fmt: skip
                job.classify(TileTask(scene, model, model_path, quick), run, made, progress)
            with timing.stage("mosaic", "拼接得分图。", "Joining the scores."):
                job.write_scores()
        with timing.stage("outline", "勾绘并判别图斑。", "Outlining and judging the objects."):
            judged = job.find(min_area_m2, ignored)
        if CLASSES not in sound:
            with timing.stage("mosaic", "写类别图。", "Writing the class map."):
                job.write_classes(judged, min_confidence)
        if not {CANDIDATES, OBJECTS} <= sound:
            with timing.stage("outline", "写图斑。", "Writing the candidates."):
                job.write_candidates(judged, min_confidence)
        audited = None
        if quick:
            with timing.stage("audit", "抽查快速模式的差异。", "Auditing what haste has changed."):
                audited = job.audit(TileTask(scene, model, model_path))
        resumed = len(job.tiles) - len(made) if SCORES not in sound else 0
        made_now = {
            "runner": getattr(run, "__name__", type(run).__name__),
            "windows_made": len(made),
            "windows_resumed": resumed,
            "pixels_made": sum(tile.inner.width * tile.inner.height for tile in made),
            "output_bytes": sum((folder / name).stat().st_size for name in run_record.OUTPUTS),
        }
        job.write_record(timing.record() | made_now, audited)
        return job.result(made=len(made), resumed=resumed)


@dataclass(frozen=True, slots=True)
class _Job:
    """One run on its way; each method is one step and may be cut off at any point."""

    scene: Scene
    model: Model
    folder: Path
    inputs: Record
    window_size: int
    heed: Callable[[], object]

    @property
    def tiles(self) -> tuple[Tile, ...]:
        return plan(self.scene.width, self.scene.height, size=self.window_size)

    @property
    def aside(self) -> Path:
        return self.folder / ".parts"

    @property
    def parts(self) -> Parts:
        return Parts(self.aside, len(self.model.card.classes))

    def claim(self, overwrite: bool) -> frozenset[str]:
        """Make the folder ours and return the outputs that are done; refuse another run's."""
        key = run_record.key_of(self.inputs)
        if overwrite:
            self._clear()
        elif run_record.key_in(self.folder, self.aside) not in (None, key):
            raise OutputOfOtherInputs(directory=self.folder)
        sound = run_record.sound_outputs(self.folder, run_record.read(self.folder))
        start = {
            "inputs_sha256": key,
            "versions": run_record.versions(),
            "window_size": self.window_size,
        }
        if not sound.issuperset(run_record.OUTPUTS) and run_record.begun(self.aside) != start:
            shutil.rmtree(self.aside, ignore_errors=True)
            with safe_files.writing(self.aside):
                self.aside.mkdir()
            self._put(self.aside / "inputs.json", json.dumps(start).encode())
        return sound

    def missing(self) -> tuple[Tile, ...]:
        """Return the windows that no earlier run has left."""
        return self.parts.missing(self.tiles)

    def classify(
        self, task: TileTask, run: Runner, missing: tuple[Tile, ...], progress: Progress | None
    ) -> None:
        """Classify the windows that are missing and keep each."""
        done = len(self.tiles) - len(missing)
        for tile, scores in run(task, task.source.order(self.scene, missing)):
            self.parts.save(tile, scores)
            done += 1
            if progress:
                progress(done, len(self.tiles))

    def write_scores(self) -> None:
        names, tags = self.model.card.classes, {"INPUTS": run_record.key_of(self.inputs)}
        mosaic.write_scores(
            self.folder / SCORES, self.aside, self.scene, names, self.parts, self.tiles, tags,
            self.heed,
        )  # fmt: skip

    def find(self, min_area_m2: float, ignored: BaseGeometry | None) -> Judged:
        """Trace target areas over the whole mosaic and judge each."""
        # Half the area is a safe first sieve: pixels differ in size over a scene in degrees.
        least = max(1, int(min_area_m2 / self.scene.pixel_m**2 / 2))
        with self._decided() as rasters:
            found = finding.find(self.scene, self.model, rasters, least, self.aside)
        return candidates.from_found(
            found, self.scene, self.model.sha256, min_area_m2=min_area_m2, ignored=ignored
        )

    def write_classes(self, judged: Judged, min_confidence: float) -> None:
        """Write the class map; where objects were judged, only candidates are targets on it."""
        kept = None
        if self.model.judge is not None:
            kept = [
                (one.outline_px, one.patch.code)
                for one, said in judged
                if said.is_kept and said.confidence >= min_confidence
            ]
        with self._decided() as rasters:
            mosaic.write_classes(self.folder / CLASSES, self.aside, self.scene, rasters, kept)

    def write_candidates(self, judged: Judged, min_confidence: float) -> None:
        """Write every object with its confidence, and as candidates those that are kept."""
        about = {
            "name": self.scene.path.stem,
            "acquired_on": self.scene.acquired_on and self.scene.acquired_on.isoformat(),
            "scene_sha256": self.scene.sha256,
            "model_sha256": self.model.sha256,
            "measures": "geodesic on WGS 84; perimeter includes holes",
        }
        every = [said for _, said in judged]
        kept = [one for one in every if one.is_kept and one.confidence >= min_confidence]
        self._put(self.folder / OBJECTS, candidates.to_geojson(every, about))
        self._put(self.folder / CANDIDATES, candidates.to_geojson(kept, about))

    def audit(self, exact: TileTask) -> Audit:
        """Compare the rasters with exact scores on a part of the scene."""
        with self._decided() as rasters:
            return audit(exact, rasters, self.model.card.classes)

    def _decided(self) -> AbstractContextManager[mosaic.Mosaic]:
        infos = tuple(class_of(name) for name in self.model.card.classes)
        card = self.model.card
        drawn = Outlining(card.cut, card.radius, card.share)
        return mosaic.opened_mosaic(self.folder / SCORES, infos, drawn, self.heed)

    def write_record(self, timing: Record, audited: Audit | None) -> None:
        """Write ``run.json``; only then are the parts no longer needed."""
        size, halo = self.window_size, halo_of(self.model)
        content = run_record.assemble(
            self.folder,
            self.inputs,
            self.scene,
            windows={"size": size, "halo": halo, "count": len(self.tiles)},
            found=_by_class(candidates.read_geojson(self.folder / CANDIDATES)),
            timing=timing,
            audited=None if audited is None else asdict(audited),
        )
        self._put(self.folder / RECORD, content)
        shutil.rmtree(self.aside)

    def result(self, *, was_done: bool = False, made: int = 0, resumed: int = 0) -> DetectionResult:
        """Return what lies in the folder."""
        found = candidates.read_geojson(self.folder / CANDIDATES)
        record = run_record.read(self.folder) or {}
        shutil.rmtree(self.aside, ignore_errors=True)
        return DetectionResult(self.folder, found, record, was_done, made, resumed)

    def _put(self, path: Path, content: bytes) -> None:
        safe_files.replace_bytes(path, self.aside / f"{path.name}.new", content)

    def _clear(self) -> None:
        """Remove an earlier run, its record first, so that what is left never looks finished."""
        with safe_files.writing(self.folder):
            for name in (RECORD, *run_record.OUTPUTS):
                (self.folder / name).unlink(missing_ok=True)
            shutil.rmtree(self.aside, ignore_errors=True)


def _by_class(found: Sequence[Candidate]) -> dict[str, dict[str, float]]:
    areas: dict[str, list[float]] = {}
    for candidate in found:
        areas.setdefault(candidate.class_name, []).append(candidate.area_m2)
    return {
        name: {"count": len(own), "area_m2": round(fsum(own), 1)}
        for name, own in sorted(areas.items())
    }
