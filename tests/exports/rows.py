"""Rows of the register as its query gives them, without a database."""

from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from shapely.geometry import box

from gis.domain.terms import DeadlineState, Grade, ProjectStage
from gis.exports.inventory import Inventory
from gis.spatial.crs import as_multipolygon
from gis.spatial.findings import FACTS
from tests.makers import KUNDULUN, NOON, a_project, a_site, square

AS_OF = date(2026, 6, 19)
PIERCED = as_multipolygon(
    box(109.75, 40.75, 109.76, 40.76).difference(box(109.753, 40.753, 109.757, 40.757))
)


def a_row(**changes: Any) -> dict[str, Any]:
    """A site with everything known; ``changes`` are columns of the register."""
    site = a_site(village="甲村", height_m=6.54, mass_t=120_000.4, mass_basis="体积×密度")
    plan = {"measures": "覆盖与截排水", "fund_source": "区级财政", "person_in_charge": "项目负责人"}
    project = a_project(site.code, id=UUID(int=5), **plan)
    kept = [f.name for f in fields(project) if f.name not in ("due_on", "recorded_at", "site_code")]
    row = {
        **{field.name: getattr(site, field.name) for field in fields(site)},
        "registered_at": NOON,
        **dict.fromkeys(FACTS),
        "measured_at": NOON,
        "reach": "黄河 170–175 km",
        "chainage_m": 172_345.6,
        "bank": "LEFT",
        "main_stem_distance_m": 9_120.0,
        "tributary_distance_m": None,
        "in_river_zone": False,
        "source_zone": "QUASI_OR_NEAR",
        "dwelling_distance_m": 804.0,
        "protected_land": None,
        "in_priority_area": None,
        "layers": {},
        "layer_ids": {},
        "graded_at": NOON,
        "grade": Grade.HIGH,
        "is_provisional": True,
        "grade_confidence": 0.4567,
        "points_h": 69.0,
        "points_s": 44.0,
        "points_r": 85.0,
        "rule_set": "KDL-HSR v1",
        "rule_sha256": "0" * 64,
        "deadline": DeadlineState.ON_TIME,
        "due_on": project.due_on,
        **{f"conclusion_{name}": None for name in ("basis", "laboratory", "report_no")},
        "photos": 0,
        "checked": None,
        **{f"project_{name}": getattr(project, name) for name in kept},
    }
    return row | changes


def a_bare_row(**changes: Any) -> dict[str, Any]:
    """A site of which only what must be known is known."""
    unknown = {
        name: None
        for name, value in a_row().items()
        if name in PLAIN or name.startswith("project_") or value is None
    }
    return a_row(**unknown | changes)


PLAIN = (
    "town village height_m mass_t mass_basis reach chainage_m bank main_stem_distance_m "
    "in_river_zone source_zone dwelling_distance_m grade is_provisional grade_confidence "
    "points_h points_s points_r deadline due_on found_on"
).split()


def an_inventory(*rows: dict[str, Any]) -> Inventory:
    return Inventory("昆都仑区", KUNDULUN, AS_OF, "KDL-HSR v1", list(rows))


def three_sites() -> Inventory:
    """One whole, one bare, one with a hole and without a day."""
    return an_inventory(
        a_row(),
        a_bare_row(code="150203-W00002-B", name="二号渣堆", outline=square(109.71)),
        a_row(
            code="150203-M00003-9",
            name="三号矿坑",
            outline=PIERCED,
            due_on=None,
            deadline=DeadlineState.ONGOING,
            project_stage=ProjectStage.RESERVE,
        ),
    )
