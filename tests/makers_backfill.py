"""Piles, pits and papers of backfill for tests."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from gis.domain.backfill import BackfillAssessment, PileFacts, PitFacts
from gis.domain.terms import (
    BackfillMaterial,
    PitVoid,
    SiteKind,
    SiteState,
    WasteClass,
    WasteNature,
)

PIT, PILE = "150203-M00002-4", "150203-W00001-D"
NOON = datetime(2026, 6, 20, 4, 0, tzinfo=UTC)


def a_pile(**changes: Any) -> PileFacts:
    pile = PileFacts(
        code=PILE,
        name="一号矸石堆",
        kind=SiteKind.WASTE_PILE,
        state=SiteState.LISTED,
        waste_class=WasteClass.SW04,
        nature=WasteNature.CLASS_I,
        material=BackfillMaterial.GANGUE,
        radioactivity_bq_g=0.2,
        mining_area=None,
        mass_t=1000.0,
        risk_points=90.0,
        lon=109.70,
        lat=40.70,
    )
    return replace(pile, **changes)


def a_pit(**changes: Any) -> PitFacts:
    pit = PitFacts(
        code=PIT,
        name="二号矿坑",
        kind=SiteKind.MINE_PIT,
        state=SiteState.LISTED,
        void=PitVoid.COAL_PIT,
        mining_area="甲矿",
        is_filling_open=None,
        in_river_zone=False,
        protected_land="NONE",
        red_line_distance_m=None,
        farmland_distance_m=None,
        reserve_distance_m=None,
        source_zone="NONE",
        source_level=None,
        free_volume_m3=1000.0,
        free_volume_sigma_m3=20.0,
        surveyed_on=date(2026, 5, 1),
        lon=109.72,
        lat=40.71,
    )
    return replace(pit, **changes)


def an_assessment(**changes: Any) -> BackfillAssessment:
    assessment = BackfillAssessment(
        id=UUID(int=7),
        pit_code=PIT,
        source_code=PILE,
        source_name=None,
        material=BackfillMaterial.GANGUE,
        papers={
            "BASELINE": str(UUID(int=1)),
            "RISK": str(UUID(int=2)),
            "MONITORING": str(UUID(int=3)),
        },
        monitoring_per_year=2,
        document_no="评估〔2026〕1号",
        proposed_at=NOON,
        proposed_by="analyst",
        approved_at=NOON,
        approved_by="manager",
        refused_at=None,
        comment="",
        is_demo=True,
    )
    return replace(assessment, **changes)
