"""Review of detection runs: finds and scores, verdicts by the image, thresholds, comparisons."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from api import comparing, scores, wire_candidate, wire_review
from api.access import Conf, Engine, OpenBook, Reader, Writer
from api.bodies.review import ThresholdBody, VerdictBody
from api.tiling import Held, Index, Zoom, answer, is_outside
from gis.ledger.auditing import hand_out
from gis.ledger.office_verdicts import judge_in_office, move_threshold, undo_verdict
from gis.store import log, run_review, sight
from gis.store.engine import connecting
from remote_sensing.maps import score_tiles

router = APIRouter()

Wanted = Annotated[str | None, Query(max_length=60, pattern=r"^[a-z_]+$")]
ClassName = Annotated[str, Path(max_length=60, pattern=r"^[a-z_]+$")]


@router.get("/api/runs/{run_id}/review")
def review(
    run_id: UUID, user: Reader, engine: Engine, settings: Conf, only: Wanted = None
) -> dict[str, Any]:
    """Return a run with all that it found, what stands of it, its zones and score maps.

    ``only`` lists one class: where the finds are too many for a page, the rest comes so.
    """
    with connecting(engine) as connection:
        run = run_review.run_of(connection, run_id)
        return wire_review.review(connection, settings, run, only)


@router.get("/api/runs/{run_id}/finds/{candidate_id}")
def find(run_id: UUID, candidate_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return one find with its outline and what was said of it."""
    with connecting(engine) as connection:
        one = run_review.find(connection, run_id, candidate_id)
        return wire_review.find(connection, one)


@router.put("/api/runs/{run_id}/threshold")
def put_threshold(
    run_id: UUID, body: ThresholdBody, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Move a run's threshold; lists and maps follow."""
    run = move_threshold(book, run_id, body.threshold, body.seen)
    return {"threshold": run.threshold}


@router.put("/api/office-verdicts/{verdict_id}")
def put_verdict(
    verdict_id: UUID, body: VerdictBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Receive a verdict by the image: 201 the first time, 200 when the same comes again."""
    verdict, is_new = judge_in_office(book, body.sent(verdict_id))
    response.status_code = 201 if is_new else 200
    return _standing(book, wire_candidate.verdict(verdict), body.run_id)


@router.put("/api/office-verdicts/{verdict_id}/undo")
def put_undo(verdict_id: UUID, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Take a verdict back; again, nothing changes."""
    verdict = undo_verdict(book, verdict_id)
    return _standing(book, wire_candidate.verdict(verdict), verdict.run_id)


def _standing(book: OpenBook, verdict: dict[str, Any], run_id: UUID | None) -> dict[str, Any]:
    """Return a verdict with the find as it stands now, where a run's list is shown."""
    if run_id is None:
        return {"verdict": verdict, "find": None}
    with book.reading() as connection:
        row = run_review.item(connection, run_id, verdict["candidate_id"])
    return {"verdict": verdict, "find": wire_review.find_item(row)}


@router.get("/run-tiles/{run_id}/{z}/{x}/{y}.mvt")
def tile(
    run_id: UUID,
    z: Zoom,
    x: Index,
    y: Index,
    user: Reader,
    engine: Engine,
    held: Held = None,
) -> Response:
    """Return a run's outlines as a vector tile; they never change, only who sees them."""
    if is_outside(z, x, y):
        return Response(status_code=204)
    with connecting(engine) as connection:
        mark = f"{run_id}-{log.head(connection).seq}-{sight.mark(connection)}"
        return answer(mark, held, lambda: run_review.tile(connection, run_id, z, x, y))


@router.get("/imagery/runs/{run_id}/scores/{name}/{z}/{x}/{y}.png")
def score_tile(
    run_id: UUID,
    name: ClassName,
    z: Zoom,
    x: Index,
    y: Index,
    user: Reader,
    engine: Engine,
    settings: Conf,
) -> Response:
    """Return a tile of the scores of one class, or of the likeliest target; 204 where none are.

    The file is found by the hash in the run's record, never by anything in the request.
    """
    with connecting(engine) as connection:
        run = run_review.run_of(connection, run_id)
    body = score_tiles.render(scores.path_of(settings, run["record"]), name, z, x, y)
    headers = {"Cache-Control": "private, max-age=604800, immutable"}
    if body is None:
        return Response(status_code=204, headers=headers)
    return Response(body, media_type="image/png", headers=headers)


@router.get("/api/comparisons")
def comparison(a: UUID, b: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return which places two runs both found, and which only one of them."""
    with connecting(engine) as connection:
        one, other, rows = comparing.compared(connection, a, b)
        runs = run_review.runs_of(connection, one["district_code"])
        return wire_review.comparison(one, other, rows, runs)


@router.get("/api/comparisons/file")
def comparison_file(
    a: UUID, b: UUID, format: Literal["csv", "geojson"], user: Writer, book: OpenBook
) -> Response:
    """Hand out a comparison as CSV or GeoJSON; the log says so."""
    with book.reading() as connection:
        one, other, rows = comparing.compared(connection, a, b)
    body = comparing.as_csv(rows) if format == "csv" else comparing.as_geojson(one, other, rows)
    hand_out(book, "comparison", one["district_code"], body, format=format, rows=len(rows))
    name = f"runs_{str(a)[:8]}_{str(b)[:8]}.{format}"
    media = "text/csv; charset=utf-8" if format == "csv" else "application/geo+json"
    return Response(
        body,
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
