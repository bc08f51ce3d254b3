"""From a board to the JSON that its page draws."""

from dataclasses import asdict
from typing import Any

from gis.domain.board import Board, Slice


def board(one: Board) -> dict[str, Any]:
    """Return a board; a grade that is not known yet is the word ""."""
    return {
        "day": one.day,
        "since": one.since,
        "began_on": one.began_on,
        "total": asdict(one.total),
        "closed": one.closed,
        "parts": {name: [_slice(part) for part in found] for name, found in one.parts.items()},
        "main_stems": one.main_stems,
        "changes": {change.value: n for change, n in one.changes.items()},
        "newly_red": one.newly_red,
        "units": [asdict(unit) for unit in one.units],
        "stages": dict(one.stages),
        "money": asdict(one.money),
    }


def _slice(one: Slice) -> dict[str, Any]:
    grades = {grade or "": n for grade, n in one.grades.items()}
    return {"value": one.value, **asdict(one.figures), "grades": grades}
