"""Small whole things of pits for tests."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from gis.domain.pits.mine_record import MineSent
from gis.domain.pits.restoration import UnitSent, ValueSent
from gis.domain.pits.survey import PitSurvey, SurveySent
from gis.domain.terms import (
    Direction,
    Indicator,
    LandAim,
    MineClass,
    MinePart,
    MineSubclass,
    MiningMethod,
    RestorePeriod,
    RimBasis,
    SurveyBasis,
    Treated,
)
from tests.makers import NOON


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


def a_kept_survey(site_code: str, **changes: Any) -> PitSurvey:
    """The same as the register keeps it: measured on one file, with its noise."""
    sent = a_survey(site_code)
    kept = PitSurvey(
        **asdict(sent),
        curve=[],
        sources=[{"name": "坑.tif", "sha256": "5" * 64}],
        details={"pixel_m": 2.0, "doubt": {"noise_m": 0.3}},
        body_sha256=sent.content_hash(),
        recorded_at=NOON,
        recorded_by="王工",
        withdrawn_at=None,
        withdrawn_by=None,
        withdrawn_reason=None,
        is_demo=False,
    )
    return replace(kept, **changes)


GOOD = {
    "AREA": 4.2, "FVC_RATIO": 88, "BARE": 6, "SLOPE": 24, "SOIL": 25, "GRASS": 45, "SURVIVAL": 90,
    "WASTE_REMOVED": 1_200, "BACKFILLED": 50_000, "WELLS": 3,
}  # fmt: skip
"""Values that meet every line of `a_unit`."""


def a_unit(site_code: str, **changes: Any) -> UnitSent:
    """Four hectares rebuilt as grassland over waste."""
    unit = UnitSent(
        id=uuid4(),
        site_code=site_code,
        name="甲",
        direction=Direction.REBUILT,
        land_aim=LandAim.GRASSLAND,
        area_ha=4.0,
        has_waste=True,
        measures="削坡、回填、覆土、撒播草籽",
        targets={"WASTE_REMOVED": 1_000.0, "BACKFILLED": 48_000.0},
        outline=None,
    )
    return replace(unit, **changes)


def a_value(unit_id: UUID, indicator: Indicator, value: float) -> ValueSent:
    return ValueSent(uuid4(), unit_id, indicator, float(value), date(2026, 6, 1), "验收实测", "")


def a_mine(site_code: str) -> MineSent:
    return MineSent(
        site_code=site_code,
        patch_no="1502030001",
        mine_class=MineClass.LEGACY,
        subclass=MineSubclass.OWNERLESS,
        part=MinePart.WORKINGS,
        method=MiningMethod.OPEN,
        treated=Treated.NO,
        problems=["1", "3"],
        direction=Direction.REBUILT,
        period=RestorePeriod.PLAN_14,
        approved_area_m2=40_000.0,
        treated_area_m2=None,
        land_class="采矿用地",
        protected_area=None,
        closed_year=2008,
        obligor=None,
        surveyed_by="区自然资源分局",
        surveyed_on=date(2022, 6, 30),
    )
