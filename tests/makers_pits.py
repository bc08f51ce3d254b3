"""Small whole things of pits for tests."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from gis.domain.pit_survey import SurveySent
from gis.domain.terms import RimBasis, SurveyBasis


def a_survey(site_code: str, **changes: Any) -> SurveySent:
    """A pit measured on a DEM: 20 m deep, room for 250,000 m3 below its rim."""
    sent = SurveySent(
        id=uuid4(),
        site_code=site_code,
        surveyed_on=date(2026, 6, 1),
        basis=SurveyBasis.DEM,
        rim_m=1_070.0,
        rim_basis=RimBasis.LOW_POINT,
        bottom_m=1_050.0,
        depth_m=20.0,
        level_m=1_070.0,
        free_volume_m3=250_000.0,
        free_volume_sigma_m3=9_000.0,
        compared_on=None,
        volume_change_m3=None,
        volume_change_sigma_m3=None,
        slope_deg=18.0,
        steepest_deg=41.0,
        highwall_m=12.0,
        highwall_deg=52.0,
        has_water=False,
        water_area_m2=None,
        land_class=None,
        note="",
    )
    return replace(sent, **changes)
