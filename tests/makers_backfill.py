"""Piles, pits and papers of backfill for tests."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from gis.domain.backfill.book import LoadSent
from gis.domain.backfill.parts import BackfillAssessment, PileFacts, PitFacts
from gis.domain.sites.site import Site
from gis.domain.sites.surroundings import made_up
from gis.domain.terms import (
    BackfillMaterial,
    PitVoid,
    SiteKind,
    SiteState,
    WasteClass,
    WasteNature,
)
from gis.ledger import Book
from gis.ledger.backfill import FactsSent, state_facts
from gis.ledger.pits import record_survey
from gis.ledger.sites import measured, new_code, put_site
from gis.store import places
from tests.makers import KUNDULUN, a_site, square
from tests.makers_pits import a_survey

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


AROUND: dict[str, Any] = {"in_river_zone": False, "protected_land": "NONE", "source_zone": "NONE"}


def list_with(book: Book, around: dict[str, Any], **changes: Any) -> Site:
    """List a made-up site, ``around`` standing for what layers would say of it."""
    with book.entry() as entry:
        district = places.district(entry.connection, KUNDULUN)
        site = a_site(
            code=new_code(entry, district, changes.get("kind", SiteKind.WASTE_PILE)),
            recorded_at=entry.now,
            **changes,
        )
        put_site(entry, site, made_up(measured(entry, site), AROUND | around))
    return site


def list_pile(book: Book, **changes: Any) -> Site:
    """List 1000 t of class I gangue, measured to be quiet."""
    plain: dict[str, Any] = {
        "name": "一号矸石堆",
        "waste_class": WasteClass.SW04,
        "nature": WasteNature.CLASS_I,
        "radioactivity_bq_g": 0.2,
        "mass_t": 1000.0,
        "outline": square(109.70, 40.70),
    }
    return list_with(book, {}, **plain | changes)


def list_pit(
    book: Book,
    void: PitVoid | None = PitVoid.COAL_PIT,
    volume_m3: float | None = 1000.0,
    mining_area: str | None = None,
    around: dict[str, Any] | None = None,
    **changes: Any,
) -> Site:
    """List a coal pit with room for 1000 m³, surveyed on the first of June."""
    plain: dict[str, Any] = {
        "kind": SiteKind.MINE_PIT,
        "name": "二号矿坑",
        "waste_class": WasteClass.NONE,
        "nature": WasteNature.NO_WASTE,
        "outline": square(109.72, 40.71),
    }
    site = list_with(book, around or {}, **plain | changes)
    if volume_m3 is not None:
        survey_pit(book, site.code, volume_m3)
    if void is not None:
        said = FactsSent(None, void, mining_area, None, "矿山档案")
        state_facts(book, site.code, said)
    return site


def survey_pit(
    book: Book, code: str, volume_m3: float, day: date = date(2026, 6, 1), **changes: Any
) -> None:
    """Record what a survey found of a pit's room; its level is always the same."""
    more = {"free_volume_m3": volume_m3, "free_volume_sigma_m3": 20.0, "surveyed_on": day}
    record_survey(book, a_survey(code, **more | changes))


def a_load(pit: Site, pile: Site | None, **changes: Any) -> LoadSent:
    """Return 190 t from a pile, which fill 100 m³ as gangue."""
    sent = LoadSent(
        id=uuid4(),
        pit_code=pit.code,
        source_code=pile.code if pile else None,
        source_name=None,
        waste_class=None,
        nature=None,
        material=None,
        radioactivity_bq_g=None,
        mining_area=None,
        tonnes=190.0,
        tipped_on=date(2026, 6, 10),
        ticket_no="T-0001",
        unit="演示运输队",
        received_by="李磅房",
        assessment_id=None,
        note="",
    )
    return replace(sent, **changes)
