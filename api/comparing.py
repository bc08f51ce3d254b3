"""Two runs side by side: loaded with their finds, and handed out as a file."""

import csv
import io
import json
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from api import wire_review
from gis.domain.detection.office_verdict import RunsIncomparable
from gis.domain.detection.run_comparison import Compared, compare
from gis.store import run_review


def compared(
    connection: sa.Connection, a: UUID, b: UUID
) -> tuple[dict[str, Any], dict[str, Any], list[Compared]]:
    """Return two runs of a place and what each found at or above its own threshold.

    Raises NotInRegister, RunsIncomparable.
    """
    one, other = run_review.run_of(connection, a), run_review.run_of(connection, b)
    if a == b or one["district_code"] != other["district_code"]:
        raise RunsIncomparable()
    finds = [run_review.outlines(connection, run["id"]) for run in (one, other)]
    return one, other, compare(*finds)


def as_csv(rows: list[Compared]) -> bytes:
    """Return the places as CSV with a byte-order mark, so that spreadsheets read the Chinese."""
    text = io.StringIO()
    cells = [wire_review.compared_cells(row) for row in rows]
    names = list(cells[0]) if cells else ["side"]
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(cells)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_geojson(one: dict[str, Any], other: dict[str, Any], rows: list[Compared]) -> bytes:
    """Return the places as GeoJSON, lon/lat, with the runs' names on top."""
    said = wire_review.comparison(one, other, rows)
    about = {letter: str(said[letter]["id"]) for letter in "ab"}
    body = {"type": "FeatureCollection", "runs": about, "features": said["features"]}
    return json.dumps(body, ensure_ascii=False).encode()
