"""Observations as pages read them: the series, its gaps and peaks, and the works beside it."""

from typing import Any

import sqlalchemy as sa

from api import wire
from gis.domain.follow_up.observation import Observation
from gis.domain.follow_up.peaks import peaks
from gis.domain.follow_up.words import reason, summary
from gis.rules import follow_up
from gis.store import observations, sites

FIGURES = (
    *("id", "scene_id", "observed_on", "observed_at", "rules_sha256", "site_version", "state"),
    *("valid_share", "snow_share", "cloud_share", "shadow_share"),
    *("bare_m2", "bare_low_m2", "bare_high_m2", "fvc", "fvc_low", "fvc_high", "fvc_reference"),
    *("fvc_ratio", "fvc_ratio_low", "fvc_ratio_high"),
    *("footprint_m2", "footprint_low_m2", "footprint_high_m2"),
    *("compared_with", "change_m2", "change_sigma_m2", "shift_east_m", "shift_north_m"),
    *("reference_how", "measures"),
)


def observations_of(
    connection: sa.Connection, code: str, *, versions: bool = False
) -> dict[str, Any]:
    """Return a site's observations by day with their words, peaks by year, and dates of its works.

    ``versions`` gives every version that is kept, not only each scene's newest. Raises
    NotInRegister.
    """
    site = sites.site(connection, code)
    rules = follow_up.current()
    found = (observations.versions_of if versions else observations.of_site)(connection, code)
    names = observations.scene_names(connection, [one.scene_id for one in found])
    months = rules.peak_of(site.district_code)
    return {
        "code": code,
        "area_m2": site.area_m2,
        "items": [
            {**item(one), "scene": names[one.scene_id], "is_peak": one.observed_on.month in months}
            for one in found
        ],
        "peak_months": list(months),
        "peaks": [
            {
                "year": one.year,
                "observation": one.observation.id if one.observation else None,
                "fvc": one.observation.fvc if one.observation else None,
                "fvc_ratio": one.observation.fvc_ratio if one.observation else None,
                "looks": one.looks,
            }
            for one in peaks(found, months)
        ],
        "works": observations.works_of(connection, code),
        "rules_sha256": rules.sha256,
    }


def item(one: Observation) -> dict[str, Any]:
    """Return one observation with its sentences and shapes."""
    return {
        **{name: getattr(one, name) for name in FIGURES},
        "summary_zh": summary(one, "zh"),
        "summary_en": summary(one, "en"),
        "reasons": [
            {**row, "text_zh": reason(row, "zh"), "text_en": reason(row, "en")}
            for row in one.reasons
        ],
        "reference": None if one.reference is None else wire.geojson(one.reference),
        "footprint": None if one.footprint is None else wire.geojson(one.footprint),
    }
