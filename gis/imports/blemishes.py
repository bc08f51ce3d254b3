"""Formulas, errors and merged cells in columns that a list does not read: told, not refused."""

from collections import defaultdict

from gis.domain.import_problems import RowFault, RowProblem
from gis.imports.limits import named
from gis.imports.table import Blemish, Defect, Line, Table

Place = tuple[int, str]
"""A cell by its row and its heading."""


def passed_over(table: Table) -> list[RowProblem]:
    """Return one warning for each column and kind of blemish; the mapped columns have none."""
    groups: dict[tuple[str, Defect], list[Blemish]] = defaultdict(list)
    for one in table.blemishes:
        groups[one.headings[0] if one.headings else "", one.defect].append(one)
    return [_problem(heading, defect, found) for (heading, defect), found in groups.items()]


def _problem(heading: str, defect: Defect, found: list[Blemish]) -> RowProblem:
    facts = {
        "count": len(found),
        "cells": named([one.cell for one in found]),
        "what_zh": defect.zh,
        "what_en": defect.en,
    }
    first = found[0]
    return RowProblem(first.row, first.cell, heading, "", RowFault.CELLS_PASSED_OVER, facts)


def worked_out(table: Table) -> set[Place]:
    """Return the cells that a formula fills."""
    return {
        (one.row, heading)
        for one in table.blemishes
        if one.defect is Defect.FORMULA
        for heading in one.headings
    }


def is_only(line: Line, unread: set[Place]) -> bool:
    """Say whether formulas alone fill a line, as where 序号 runs on below the last record."""
    if not unread or line.geometry is not None:
        return False
    filled = [heading for heading, cell in line.cells.items() if cell is not None]
    return all((line.number, heading) in unread for heading in filled)
