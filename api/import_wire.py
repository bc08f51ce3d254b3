"""Imported lists as pages read them."""

from itertools import islice
from typing import Any

import numpy as np
import shapely

from api.imports import Looked
from gis.domain.import_list import Checked, ImportedRow, ImportList
from gis.domain.import_problems import RowProblem
from gis.domain.sites.facts import FACTS
from gis.domain.terms import Term
from gis.imports.cells import text_of
from gis.imports.table import Table
from gis.rules.import_columns import import_columns

MOST_PROBLEMS = 500
MOST_MATCHES = 3_000
MOST_POINTS = 400
SAMPLES = 3


def problem(one: RowProblem) -> dict[str, Any]:
    """Return one line of the check report."""
    return {
        "row": one.row,
        "cell": one.cell,
        "column": one.column,
        "value": one.value,
        "rule": one.fault.value,
        "is_warning": one.is_warning,
        "zh": one.zh,
        "en": one.en,
    }


def record(one: ImportList) -> dict[str, Any]:
    """Return a list that was loaded."""
    plain = ("id", "name", "file_name", "sheet", "rows", "counts", "loaded_at", "loaded_by")
    return {name: getattr(one, name) for name in plain}


def row_of_site(row: ImportedRow, from_list: ImportList | None) -> dict[str, Any]:
    """Return a row that spoke of a site as it stood, with the file that it stood in."""
    names = ("list_name", "row", "key", "fate", "stated_position", "stated_crs", "raw")
    of_file = ("file_name", "sheet", "loaded_at", "loaded_by")
    return {name: getattr(row, name) for name in names} | {
        name: getattr(from_list, name) for name in of_file
    }


def fields() -> list[dict[str, Any]]:
    """Return every field that a column may be."""
    known = import_columns()
    return [
        {
            "field": name,
            "title_zh": zh,
            "title_en": en,
            "units": list(known.units.get(known.forms.get(name, ""), {})),
        }
        for name, (zh, en) in known.titles.items()
    ]


def looked(one: Looked) -> dict[str, Any]:
    """Return what was found in a file and what is left to decide."""
    read, table = one.read, one.table
    faults = len(one.faults)
    is_settled = [c.settled is not None for c in one.checked]
    return {
        "sheet": table.sheet,
        "sheets": table.sheets,
        "rows": len(table.rows),
        "headings": [_heading(table, heading) for heading in table.headings],
        "fields": fields(),
        "mapping": read.mapping.as_dict(),
        "position": _position(one),
        "problems": [problem(p) for p in islice(one.problems, MOST_PROBLEMS)],
        "faults": faults,
        "warnings": len(one.problems) - faults,
        "new": sum(not c.matches for c in one.checked),
        "unchanged": sum(is_settled),
        "open": len(one.open_rows),
        "matches": [_checked(c) for c in islice(one.open_rows, MOST_MATCHES)],
    }


def _heading(table: Table, heading: str) -> dict[str, Any]:
    filled = (line.cells[heading] for line in table.rows if line.cells.get(heading) is not None)
    return {"heading": heading, "samples": [text_of(c)[:40] for c in islice(filled, SAMPLES)]}


def _position(one: Looked) -> dict[str, Any]:
    """Return how places are read, what else is possible, and the points for a small preview."""
    read = one.read
    ways = [
        {
            "code": way.code,
            "axes": way.axes,
            "epsg": way.epsg,
            "points": place.points,
            "inside": place.inside,
            "bounds": place.bounds,
        }
        for way, place in read.ways
    ]
    return {
        "has_shapes": one.table.has_shapes,
        "epsg": read.mapping.epsg or one.table.epsg,
        "crs_name": one.table.crs_name,
        "ways": ways,
        "reading": None if read.reading is None else read.reading.code,
        "is_projected": read.reading is not None and read.reading.is_projected,
        "datum": read.mapping.datum,
        "hint": read.hint,
        "suggested": None
        if one.suggested is None
        else {"datum": one.suggested[0], "metres": round(one.suggested[1])},
        "points": _points(one),
        "district": _ring(one),
    }


def _points(one: Looked) -> list[list[float]]:
    read = one.read
    if read.points is not None and read.reading is not None:
        lon, lat = read.reading.locate(read.points.first, read.points.second)
        known = np.isfinite(lon) & np.isfinite(lat)
        pairs = np.column_stack((lon[known], lat[known]))
    else:
        pairs = shapely.get_coordinates([draft.outline.centroid for draft in read.drafts])
    step = max(1, len(pairs) // MOST_POINTS)
    return [[round(float(x), 5), round(float(y), 5)] for x, y in pairs[::step]]


def _ring(one: Looked) -> list[list[list[float]]]:
    """Return the district's outline, coarse enough for a small picture."""
    minx, _, maxx, _ = one.district.outline.bounds
    coarse = one.district.outline.simplify((maxx - minx) / 200)
    parts = getattr(coarse, "geoms", [coarse])
    return [
        [[round(x, 5), round(y, 5)] for x, y in part.exterior.coords]
        for part in parts
        if not part.is_empty
    ]


def _checked(one: Checked) -> dict[str, Any]:
    return {
        "row": one.draft.row,
        "name": one.draft.name,
        "matches": [
            {
                "site_code": match.site_code,
                "site_name": match.site_name,
                "score": match.score,
                "distance_m": match.distance_m,
                "reasons": list(match.reasons),
                "differences": [_difference(*d) for d in match.differences],
            }
            for match in one.matches
        ],
    }


def _difference(field: str, listed: Any, stated: Any) -> dict[str, Any]:
    fact = FACTS.get(field)
    names = ("边界", "outline") if fact is None else (fact.zh, fact.en)
    return {
        "title_zh": names[0],
        "title_en": names[1],
        "listed": _words(listed),
        "stated": _words(stated),
    }


def _words(value: Any) -> dict[str, str]:
    if isinstance(value, Term):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, bool):
        return {"zh": "有" if value else "无", "en": "yes" if value else "no"}
    plain = "—" if value is None else f"{value:,.10g}" if isinstance(value, float) else str(value)
    return {"zh": plain, "en": plain}
