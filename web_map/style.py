"""Colours, line styles and marks of everything the map shows; JavaScript gets them as JSON.

Colour never stands alone: grades differ by mark and hatch as well, states by line. ``ink`` is the
text colour on ``colour``; each pair has a contrast of at least 4.5 (WCAG AA). The colours of
detection classes are not here: they come with the classes (``/api/vocabulary``).
"""

from dataclasses import asdict, dataclass
from typing import Literal

from gis.domain.terms import CandidateState, DeadlineState, Grade, LayerKind, SiteState

WHITE = "#ffffff"
DARK = "#1b2733"


@dataclass(frozen=True, slots=True)
class GradeStyle:
    """How a grade is drawn: ``mark`` is its sign at small scales, ``hatch`` fills its outline."""

    colour: str
    ink: str
    mark: Literal["triangle", "square", "circle", "diamond"]
    hatch: Literal["cross", "slash", "dots", "upright"]


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How an outline is drawn; ``dash`` and ``width`` are CSS pixels, no dash is a whole line."""

    colour: str
    ink: str
    width: float
    dash: tuple[float, ...]
    fill_opacity: float


@dataclass(frozen=True, slots=True)
class BadgeStyle:
    """Colours of a word in a small box."""

    colour: str
    ink: str


GRADES: dict[Grade, GradeStyle] = {
    Grade.HIGH: GradeStyle("#b2182b", WHITE, "triangle", "cross"),
    Grade.MEDIUM: GradeStyle("#e8912d", DARK, "square", "slash"),
    Grade.LOW: GradeStyle("#2b6cb0", WHITE, "circle", "dots"),
    Grade.OUT_OF_SCHEME: GradeStyle("#5e3c99", WHITE, "diamond", "upright"),
}

CANDIDATE_STATES: dict[CandidateState, LineStyle] = {
    CandidateState.TO_CHECK: LineStyle("#0b5cad", WHITE, 2.5, (), 0.14),
    CandidateState.TO_VISIT: LineStyle("#8a3b00", WHITE, 4.0, (), 0.2),
    CandidateState.RULED_OUT: LineStyle("#5b6470", WHITE, 1.5, (3.0, 4.0), 0.0),
    CandidateState.IGNORED: LineStyle("#66707a", WHITE, 1.0, (1.0, 4.0), 0.0),
    CandidateState.CONFIRMED: LineStyle("#1b6e3c", WHITE, 3.5, (), 0.0),
    CandidateState.LOOK_ALIKE: LineStyle("#5b6470", WHITE, 2.0, (7.0, 5.0), 0.0),
    CandidateState.GONE: LineStyle("#6e5a3a", WHITE, 2.0, (2.0, 4.0), 0.0),
    CandidateState.MERGED: LineStyle("#616c77", WHITE, 1.5, (1.0, 4.0), 0.0),
    CandidateState.UNREACHABLE: LineStyle("#7a3e8e", WHITE, 2.0, (10.0, 4.0, 2.0, 4.0), 0.08),
}

SITE_STATES: dict[SiteState, LineStyle] = {
    SiteState.LISTED: LineStyle("#0b5cad", WHITE, 2.5, (), 0.5),
    SiteState.IN_REMEDIATION: LineStyle("#8a4b00", WHITE, 2.5, (9.0, 4.0), 0.5),
    SiteState.ACCEPTED: LineStyle("#1b6e3c", WHITE, 2.0, (2.0, 3.0), 0.25),
    SiteState.CLOSED: LineStyle("#5b6470", WHITE, 1.5, (2.0, 6.0), 0.0),
    SiteState.SUSPECTED: LineStyle("#b2182b", WHITE, 3.0, (3.0, 3.0), 0.5),
    SiteState.MERGED: LineStyle("#5b6470", WHITE, 1.0, (8.0, 6.0), 0.0),
    SiteState.SPLIT: LineStyle("#5b6470", WHITE, 1.0, (8.0, 3.0, 2.0, 3.0), 0.0),
}

DEADLINES: dict[DeadlineState, BadgeStyle] = {
    DeadlineState.ON_TIME: BadgeStyle("#1b6e3c", WHITE),
    DeadlineState.AMBER: BadgeStyle("#ffc24b", DARK),
    DeadlineState.RED: BadgeStyle("#b2182b", WHITE),
    DeadlineState.ONGOING: BadgeStyle("#4a6076", WHITE),
    DeadlineState.DONE: BadgeStyle("#e3e8ed", DARK),
}

REFERENCE: dict[LayerKind, LineStyle] = {
    LayerKind.DISTRICT: LineStyle("#3d4b5c", WHITE, 2.0, (12.0, 4.0, 2.0, 4.0), 0.0),
    LayerKind.TOWN: LineStyle("#5b6470", WHITE, 1.5, (8.0, 3.0, 2.0, 3.0), 0.0),
    LayerKind.VILLAGE: LineStyle("#5b6470", WHITE, 1.0, (4.0, 3.0, 1.0, 3.0), 0.0),
    LayerKind.LAND_USE: LineStyle("#6d5d52", WHITE, 0.75, (1.0, 3.0), 0.0),
    LayerKind.MAIN_STEM: LineStyle("#1f78b4", WHITE, 4.0, (), 0.35),
    LayerKind.TRIBUTARY: LineStyle("#3f97cf", DARK, 2.0, (), 0.3),
    LayerKind.RIVER_ZONE: LineStyle("#3f97cf", DARK, 1.0, (4.0, 3.0), 0.12),
    LayerKind.SOURCE_ZONE: LineStyle("#00796b", WHITE, 1.5, (6.0, 3.0), 0.12),
    LayerKind.DWELLING: LineStyle("#6d5d52", WHITE, 1.0, (), 0.2),
    LayerKind.FARMLAND: LineStyle("#7a6a00", WHITE, 1.5, (3.0, 3.0), 0.1),
    LayerKind.RED_LINE: LineStyle("#c0392b", WHITE, 1.5, (6.0, 3.0), 0.08),
    LayerKind.RESERVE: LineStyle("#4b7f2a", WHITE, 1.5, (6.0, 3.0), 0.12),
    LayerKind.PRIORITY_AREA: LineStyle("#a03c78", WHITE, 1.5, (8.0, 4.0), 0.08),
    LayerKind.SENSITIVE_AREA: LineStyle("#6b4fa0", WHITE, 1.5, (2.0, 3.0), 0.08),
    LayerKind.ROAD: LineStyle("#8a6d3b", WHITE, 1.5, (), 0.0),
}


def as_data() -> dict[str, dict[str, dict[str, object]]]:
    """Return all styles as plain data, keyed by question and stored word."""
    return {
        "Grade": {term.value: asdict(style) for term, style in GRADES.items()},
        "CandidateState": {t.value: asdict(style) for t, style in CANDIDATE_STATES.items()},
        "SiteState": {t.value: asdict(style) for t, style in SITE_STATES.items()},
        "DeadlineState": {t.value: asdict(style) for t, style in DEADLINES.items()},
        "LayerKind": {t.value: asdict(style) for t, style in REFERENCE.items()},
    }
