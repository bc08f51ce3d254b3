"""The facts of a check that the form's rules ask for, and which rules it breaks."""

from typing import Any

from shapely import Point
from shapely.geometry.base import BaseGeometry

from gis.domain.checks.field_check import FieldCheck
from gis.domain.checks.rules import FormRules
from gis.domain.place import District
from gis.domain.terms import FixPurpose
from gis.errors import QingfeiError
from gis.ledger.check_places import CheckedPlace
from gis.rules import field_check as form
from gis.spatial import measure, position

HINTS = ("leap", "no_accuracy", "constant")
"""What made-up positions show, as the phone noticed it, the worst first."""
MOST_RATIO = 1e9
"""A height of next to nothing divides by next to nothing; no sentence shows infinity."""


def problems_of(check: FieldCheck, place: CheckedPlace, district: District) -> list[dict[str, Any]]:
    """Return the rules of the form that a check breaks, each with its sentences and the reason."""
    rules = form.current()
    facts = facts_of(check, place, district, rules)
    return rules.broken(facts, check.overrides)


def facts_of(
    check: FieldCheck, place: CheckedPlace, district: District, rules: FormRules
) -> dict[str, Any]:
    """Return every fact that a rule may ask for; what is not known is None."""
    facts: dict[str, Any] = {
        **check.answers,
        "verdict": check.verdict.value,
        "outline_by": check.outline_by,
        "has_outline": check.outline is not None,
        "outline_problem": None,
        "fixes": len(check.fixes),
        "photos": len(check.photos),
        "is_desk": not check.fixes and check.opened_at is None,
        "clock_offset_s": check.clock_offset_s,
        "hours_ahead": (check.found_at - check.received_at).total_seconds() / 3600,
        "place_age_versions": max(place.version - check.seen_version, 0),
    }
    if check.opened_at is not None:
        facts["minutes_open"] = (check.checked_at - check.opened_at).total_seconds() / 60
    facts |= _of_position(check, district, rules.limits["map_accuracy_m"])
    facts |= _of_outline(check, district)
    facts["mass_ratio"] = _mass_ratio(check, facts.get("area_m2"), rules)
    return facts


def _of_position(check: FieldCheck, district: District, map_accuracy_m: float) -> dict[str, Any]:
    """Return what the best fix says: its accuracy, how far off the place, whether in the district.

    A place pointed out on the map is as good as the map.
    """
    found = best_fix(check, map_accuracy_m)
    if found is None:
        unknown = ("distance_m", "accuracy_m", "is_in_district", "position_hint")
        return dict.fromkeys(unknown)
    hints = {hint for one in check.fixes for hint in one.get("hints", ())}
    accuracy_m, best = found
    here = (best["lon"], best["lat"])
    is_inside = bool(district.outline.intersects(Point(here)))
    return {
        "accuracy_m": accuracy_m,
        "position_hint": next((one for one in HINTS if one in hints), None),
        "is_in_district": is_inside,
        "distance_m": distance_m(here, check.seen_outline, district) if is_inside else None,
    }


def best_fix(check: FieldCheck, map_accuracy_m: float) -> tuple[float, dict[str, Any]] | None:
    """Return the error of the best fix of a check and the fix itself; None of one without any.

    Where the form was opened, maybe miles off, counts only if nothing came after it.
    """
    there = [one for one in check.fixes if one["purpose"] != FixPurpose.OPEN]
    fixes = [
        (map_accuracy_m if one["purpose"] == FixPurpose.MAP else one["accuracy_m"], one)
        for one in there or check.fixes
    ]
    return min(fixes, key=lambda pair: pair[0], default=None)


def distance_m(here: position.LonLat, outline: BaseGeometry, district: District) -> float:
    """Return how far a position lies off an outline; 0 inside."""
    return position.off_outline_m(here, outline, district.metric_epsg)  # type: ignore[arg-type]


def _of_outline(check: FieldCheck, district: District) -> dict[str, Any]:
    """Return the measures of the outline made in the field, or why it cannot be one."""
    before = measure.extent(check.seen_outline, district.metric_epsg).area_m2
    if check.outline is None:
        said = check.answers.get("area_m2")
        return {"area_m2": said if said is not None else before, "area_ratio": None}
    try:
        fit = measure.require_fit(check.outline, "—", district)
        area = measure.extent(fit, district.metric_epsg).area_m2
    except QingfeiError as refusal:
        reason = refusal.facts.get("reason") or refusal.code
        return {"outline_problem": str(reason), "area_m2": None, "area_ratio": None}
    return {"area_m2": area, "area_ratio": area / before if before else None}


def _mass_ratio(check: FieldCheck, area_m2: float | None, rules: FormRules) -> float | None:
    """Return the stated mass over the one that area, height, shape and density give."""
    said = check.said
    if None in (said.mass_t, said.height_m, said.heap_shape, said.waste_class, area_m2):
        return None
    assert said.mass_t and said.height_m and said.heap_shape and said.waste_class and area_m2
    if said.height_m <= 0 or said.mass_t <= 0:
        return None
    worked_out = rules.mass_t(area_m2, said.height_m, said.heap_shape, said.waste_class)
    return min(said.mass_t / worked_out, MOST_RATIO) if worked_out else None
