"""One scene of a batch, from the claim to its candidates on file."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from api.pulse import WORKER, Pulse, carried_out, patiently
from api.settings import Settings
from gis.domain.detection.batch import DetectionBatch, DetectionJob
from gis.domain.detection.limits import KINDS, MASKED, ZONES, zones_of
from gis.domain.detection.queued import BEAT
from gis.domain.place import STORE_EPSG
from gis.ledger import Book, batch_work
from gis.ledger.detection import Filed
from gis.spatial import crs
from gis.store import imagery, models, zones

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from remote_sensing.runner import Runner

WGS84_EPSG = 4326


def work(
    book: Book,
    settings: Settings,
    job_id: UUID,
    *,
    stopping: Callable[[], bool] = lambda: False,
    dask: str | None = None,
    beat_seconds: float = BEAT.total_seconds(),
) -> DetectionJob | None:
    """Do one scene of a batch as far as it goes; None where it no longer waits.

    However it ends, its row says so: done, failed with a sentence, cancelled, or back in line. What
    it finds is filed in the name of who asked for the batch.
    """
    taken = batch_work.take_job(book, job_id, WORKER)
    if taken is None:
        return None
    batch, job = taken
    assert job.claim is not None
    claim = job.claim
    theirs = Book(book.engine, batch.asked_by, book.clock)

    def deed() -> DetectionJob:
        with Pulse(theirs, job, stopping, beat_seconds) as pulse:
            filed, found = _detect(theirs, settings, batch, job, pulse, dask, stopping)
        return patiently(lambda: batch_work.finish_job(theirs, job_id, claim, filed, found))

    return carried_out(
        deed,
        fail=lambda fault: batch_work.fail_job(book, job_id, claim, fault),
        stop=lambda: batch_work.stop_job(book, job_id, claim),
        stopping=stopping,
    )


def _detect(
    book: Book,
    settings: Settings,
    batch: DetectionBatch,
    job: DetectionJob,
    pulse: Pulse,
    dask: str | None,
    stopping: Callable[[], bool],
) -> tuple[Filed, int]:
    from api.change_kinds import asker
    from api.filing import file_run
    from api.follow_up import follow_up_from
    from api.model_shelf import loaded, loaded_judge
    from api.scenes import detection_scene
    from remote_sensing.pipeline import detect

    with book.reading() as connection:
        record = imagery.scene(connection, job.scene_id)
        shelved = models.model(connection, batch.model_id)
    model, path = loaded(shelved)
    asked = dict(batch.parameters)
    ignored = _ignored(book, zones_of(asked))
    apart = {name: asked.pop(name) for name in (MASKED, ZONES, KINDS) if name in asked}
    scene = detection_scene(book, record, masked=apart.get(MASKED, True))
    kinds = None
    if KINDS in apart:
        judge = loaded_judge(book, apart[KINDS])
        judge.require_bands(scene)  # before minutes of work
        kinds = asker(book, record, scene, judge)
    result = detect(
        scene,
        model,
        settings.runs_dir / str(job.key),
        model_path=path,
        run=_runner(batch.threads, dask),
        progress=pulse.window,
        step=pulse.step,
        heed=pulse.heed,
        ignored=ignored,
        **asked,
    )
    pulse.step("结果入库。", "Filing what was found.")
    filed = patiently(
        lambda: file_run(book, record, result, model, settings, apart, kinds), stopping
    )
    patiently(lambda: follow_up_from(book, record), stopping)
    return filed, len(result.candidates)


def _ignored(book: Book, zone_ids: Sequence[UUID]) -> "BaseGeometry | None":
    """Return the ground of zones as detection takes it, lon/lat in EPSG:4326."""
    import shapely

    if not zone_ids:
        return None
    with book.reading() as connection:
        outlines = zones.outlines(connection, zone_ids)
    ground = shapely.union_all(outlines)
    return crs.transform(ground, STORE_EPSG, WGS84_EPSG)


def _runner(threads: int, dask: str | None) -> "Runner":
    from remote_sensing import runner

    if dask is not None:
        return runner.dask(dask)
    return runner.serial if threads == 1 else runner.threads(threads)
