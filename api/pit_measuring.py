"""Elevation models of a site measured, and the result recorded: what both doors share.

A measurement takes up to a few seconds of one processor, so the server does one at a time; the
file is read and dropped, and its hash is kept with the result.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import shapely
from rasterio.crs import CRS

from gis.domain.pits.survey import PitSurvey, SurveySent, require_day, require_pit
from gis.domain.sites.site import Site
from gis.domain.terms import RimBasis, SurveyBasis
from gis.ledger import Book
from gis.ledger.pits import record_survey
from gis.spatial import crs
from gis.store import places, register, sites
from remote_sensing.relief.cut_fill import Change, measure_change
from remote_sensing.relief.elevation import Elevation, open_elevation
from remote_sensing.relief.errors import MeasuringBusy
from remote_sensing.relief.notes import Note, is_lower_bound
from remote_sensing.relief.volume import Hollow, measure_heap, measure_hollow

WAIT_S = 20
NEAR = 1.0
"""Neighbours within one width of the outline's box may have changed and are no stable ground."""

_turn = threading.Lock()


@dataclass(frozen=True, slots=True)
class ModelSent:
    """An elevation model and what its sender says of it; ``name`` is what the file is called."""

    path: Path
    name: str
    day: date
    basis: SurveyBasis | None = None


@dataclass(frozen=True, slots=True)
class PitAsked:
    """How a pit is to be measured: up to a level or its rim; water as a share of the outline."""

    id: UUID
    site_code: str
    level: float | RimBasis = RimBasis.LOW_POINT
    accuracy_m: float | None = None
    water_share: float | None = None
    note: str = ""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for one's turn to measure; raises MeasuringBusy."""
    if not _turn.acquire(timeout=WAIT_S):
        raise MeasuringBusy(seconds=WAIT_S)
    try:
        yield
    finally:
        _turn.release()


def measure_pit(book: Book, model: ModelSent, asked: PitAsked) -> tuple[PitSurvey, bool]:
    """Measure a site's pit on one model and record it; return the survey and whether it is new.

    Raises NotInRegister, NoPit, DateInFuture, and what measuring and recording raise.
    """
    site, metric, _ = _place(book, asked.site_code, [model.day], SurveyBasis.DEM)
    with one_at_a_time():
        elevation = open_elevation(model.path, model.basis, model.name)
        outline = crs.to_metric(site.outline, metric)
        found = measure_hollow(
            elevation, outline, CRS.from_epsg(metric), asked.level, asked.accuracy_m
        )
    with book.reading() as connection:
        around = sites.surroundings_of(connection, site.code)
    return record_survey(
        book,
        _survey_of(found, elevation, model, asked, around.land_class if around else None),
        curve=found.curve,
        sources=[elevation.facts()],
        details=_details_of(found),
    )


def measure_pair(
    book: Book, before: ModelSent, after: ModelSent, asked: PitAsked
) -> tuple[PitSurvey, bool]:
    """Compare two models of a site and record what changed; return it and whether it is new.

    Raises as `measure_pit`, and what comparing raises.
    """
    days = [before.day, after.day]
    site, metric, near = _place(book, asked.site_code, days, SurveyBasis.PAIR)
    with one_at_a_time():
        models = [open_elevation(one.path, one.basis, one.name) for one in (before, after)]
        found = measure_change(
            models[0],
            models[1],
            crs.to_metric(site.outline, metric),
            CRS.from_epsg(metric),
            [crs.to_metric(one, metric) for one in near],
        )
    return record_survey(
        book,
        replace(
            _empty(asked, after.day, SurveyBasis.PAIR),
            compared_on=before.day,
            volume_change_m3=round(found.net_m3, 1),
            volume_change_sigma_m3=round(found.sigma_m3, 1),
        ),
        sources=[one.facts(role) for one, role in zip(models, ("BEFORE", "AFTER"), strict=True)],
        details=_details_of_change(found),
    )


def measure_pile(
    book: Book, code: str, path: Path, basis: SurveyBasis | None = None
) -> dict[str, Any]:
    """Return a heap's volume above the plane of the ground round it; nothing is recorded.

    Raises NotInRegister and what measuring raises.
    """
    with book.reading() as connection:
        site = sites.site(connection, code)
        metric = places.district(connection, site.district_code).metric_epsg
    with one_at_a_time():
        outline = crs.to_metric(site.outline, metric)
        found = measure_heap(open_elevation(path, basis), outline, CRS.from_epsg(metric))
    plain = ("volume_m3", "below_m3", "height_m", "area_m2", "slope_deg", "steepest_deg", "pixel_m")
    return {
        **_rounded({name: getattr(found, name) for name in plain}),
        "sigma_m3": round(found.doubt.sigma_m3, 1),
        "doubt": _rounded(asdict(found.doubt)),
        "notes": _said(found.notes),
    }


def _place(
    book: Book, code: str, days: list[date], basis: SurveyBasis
) -> tuple[Site, int, list[shapely.MultiPolygon]]:
    """Return the site, its metric CRS and its neighbours' outlines."""
    today = book.clock().astimezone(register.CHINA).date()
    for day in days:
        require_day(day, today)
    with book.reading() as connection:
        site = sites.site(connection, code)
        if basis is not SurveyBasis.PAIR:
            require_pit(site.kind, site.code)
        district = places.district(connection, site.district_code)
        west, south, east, north = site.outline.bounds
        wide, high = (east - west) * NEAR, (north - south) * NEAR
        box = shapely.MultiPolygon(
            [shapely.box(west - wide, south - high, east + wide, north + high)]
        )
        near = sites.near(connection, site.district_code, box)
    return site, district.metric_epsg, [one for other, one in near if other != code]


def _survey_of(
    found: Hollow, model: Elevation, sent: ModelSent, asked: PitAsked, land_class: str | None
) -> SurveySent:
    wall, share = found.highwall, asked.water_share
    return replace(
        _empty(asked, sent.day, model.basis),
        rim_m=round(found.rim_m, 2),
        rim_basis=found.rim_basis,
        bottom_m=round(found.bottom_m, 2),
        depth_m=round(found.depth_m, 2),
        level_m=round(found.level_m, 2),
        free_volume_m3=round(found.volume_m3, 1),
        free_volume_sigma_m3=round(found.doubt.sigma_m3, 1),
        slope_deg=round(found.slope_deg, 1),
        steepest_deg=round(found.steepest_deg, 1),
        highwall_m=None if wall is None else wall.height_m,
        highwall_deg=None if wall is None else wall.slope_deg,
        has_water=None if share is None else share > 0,
        water_area_m2=None if share is None else round(share * found.area_m2, 1),
        land_class=land_class,
    )


def _empty(asked: PitAsked, day: date, basis: SurveyBasis) -> SurveySent:
    nothing = dict.fromkeys(SurveySent.__dataclass_fields__)
    said = {"id": asked.id, "site_code": asked.site_code, "note": asked.note}
    return SurveySent(**nothing | said | {"surveyed_on": day, "basis": basis})  # type: ignore[arg-type]


def _details_of(found: Hollow) -> dict[str, Any]:
    return {
        "pixel_m": round(found.pixel_m, 3),
        "area_m2": round(found.area_m2, 1),
        "filled_area_m2": round(found.filled_area_m2, 1),
        "rim_low_m": round(found.rim_low_m, 2),
        "doubt": _rounded(asdict(found.doubt)),
        "highwall_length_m": found.highwall.length_m if found.highwall else None,
        "is_lower_bound": is_lower_bound(found.notes),
        "notes": _said(found.notes),
    }


def _details_of_change(found: Change) -> dict[str, Any]:
    numbers = (
        *("filled_m3", "cut_m3", "random_m3", "systematic_m3", "holes_m3", "detected_from_m"),
        *("area_m2", "changed_area_m2", "pixel_m", "independent"),
    )
    return {
        **_rounded({name: getattr(found, name) for name in numbers}),
        "registration": _rounded(asdict(found.registration)),
        "spread": _rounded(asdict(found.spread)),
        "notes": _said(found.notes),
    }


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: round(float(value), 4) if isinstance(value, float) else value
        for name, value in values.items()
    }


def _said(notes: tuple[Note, ...]) -> list[dict[str, str]]:
    return [note._asdict() for note in notes]
