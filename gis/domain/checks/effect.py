"""What an accepted check makes of the facts of a site."""

from typing import Any

from gis.domain.checks.field_check import FieldCheck
from gis.domain.terms import OutlineBasis, OutlineBy, Verdict, WasteClass

BASIS = {OutlineBy.DRAWN: OutlineBasis.DRAWN, OutlineBy.WALKED: OutlineBasis.WALKED}
STATED = (
    *("has_dust_control", "has_runoff_control", "has_seepage_control", "is_dumping_active"),
    *("height_m", "responsible_party"),
)
"""Answers that are facts of a site under the same name."""
MOST_BASIS = 200


def facts_of(check: FieldCheck) -> dict[str, Any]:
    """Return what ``check`` says of a site's facts; what it does not say stays as it was."""
    said = check.said
    facts: dict[str, Any] = {"kind": said.kind, "waste_class": said.waste_class}
    if said.waste_class is None and check.final_verdict is Verdict.PIT:
        facts["waste_class"] = WasteClass.NONE
    facts |= {name: getattr(said, name) for name in STATED}
    if said.mass_t is not None:
        how = f"现场核实：{said.mass_formula}" if said.mass_formula else "现场核实"
        facts |= {"mass_t": said.mass_t, "mass_basis": how[:MOST_BASIS]}
    if check.outline is not None and check.outline_by is not None:
        facts |= {"outline": check.outline, "outline_basis": BASIS[check.outline_by]}
    known = {name: value for name, value in facts.items() if value is not None and value != ""}
    if known.get("waste_class") not in (None, WasteClass.HW):
        known["hw_code"] = None
    return known
