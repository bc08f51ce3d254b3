"""From a laboratory's file to what the ledger files, for both doors."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.sampling.result_problems import Problem
from gis.domain.terms import LeachMethod
from gis.exports import result_sheet
from gis.imports import lab_results
from gis.imports.sheets import read_table
from gis.ledger.results import BatchSent
from gis.rules import lab_columns, standards
from gis.store import sampling
from gis.store.engine import connecting

MOST_SHOWN = 1_000
"""So many faults are told; a sheet with more has one fault of another kind."""


def read_batch(
    path: Path,
    name: str,
    batch_id: UUID,
    plan_code: str,
    sheet: str | None = None,
    declared: LeachMethod | None = None,
) -> BatchSent:
    """Return a file as it was read; raises the errors of `gis.imports`."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    table = read_table(path, name, sheet)
    found = lab_results.read(table, standards.current(), lab_columns.current(), declared)
    return BatchSent(
        id=batch_id,
        plan_code=plan_code,
        file_name=name,
        file_sha256=sha256,
        rows=found.rows,
        lines=found.lines,
        problems=found.problems,
    )


def problem(one: Problem) -> dict[str, Any]:
    """Return a line of the check report."""
    return {
        "row": one.row,
        "cell": one.cell,
        "column": one.column,
        "value": one.value[:80],
        "rule": one.fault.value,
        "text_zh": one.zh,
        "text_en": one.en,
    }


def report(sent: BatchSent, problems: list[Problem]) -> dict[str, Any]:
    """Return the check report of a file: what it holds, and each fault."""
    counts: dict[str, int] = {}
    for line in sent.lines:
        counts[line.analyte] = counts.get(line.analyte, 0) + 1
    analytes = standards.current().analytes
    return {
        "rows": sent.rows,
        "results": len(sent.lines),
        "samples": len({line.increment_code for line in sent.lines}),
        "analytes": [
            {"id": key, "name_zh": analytes[key].zh, "name_en": analytes[key].en, "n": n}
            for key, n in counts.items()
        ],
        "problem_count": len(problems),
        "problems": [problem(one) for one in problems[:MOST_SHOWN]],
    }


def template(engine: sa.Engine, plan_code: str) -> bytes:
    """Return an empty results sheet of a plan as a workbook; raises NotInRegister."""
    with connecting(engine) as connection:
        plan = sampling.plan(connection, plan_code)
        increments = sampling.increments(connection, plan_code)
    with tempfile.TemporaryDirectory(prefix="qingfei-") as folder:
        path = Path(folder) / "results.xlsx"
        result_sheet.write(path, plan, increments, standards.current())
        return path.read_bytes()
