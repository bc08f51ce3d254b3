"""An observation of a site, for tests of what rests on one."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from gis.domain.detection.imagery import SceneRecord
from gis.domain.follow_up.observation import Observation
from gis.domain.sites.site import Site
from gis.domain.terms import FootprintState
from tests.makers import NOON


def an_observation(site: Site, scene: SceneRecord, **changes: Any) -> Observation:
    """A clear look at a site whose disturbed ground is as it was."""
    observation = Observation(
        id=uuid4(),
        site_code=site.code,
        site_version=site.version,
        scene_id=scene.id,
        observed_on=scene.acquired_on or date(2026, 6, 19),
        observed_at=NOON,
        rules_sha256="3" * 64,
        valid_share=1.0,
        snow_share=0.0,
        cloud_share=0.0,
        shadow_share=0.0,
        bare_m2=20_000.0,
        bare_low_m2=18_000.0,
        bare_high_m2=22_000.0,
        fvc=0.2,
        fvc_low=0.15,
        fvc_high=0.25,
        fvc_reference=0.6,
        fvc_ratio=0.33,
        fvc_ratio_low=0.25,
        fvc_ratio_high=0.42,
        footprint_m2=21_000.0,
        footprint_low_m2=19_000.0,
        footprint_high_m2=23_000.0,
        state=FootprintState.UNCHANGED,
        compared_with=None,
        change_m2=100.0,
        change_sigma_m2=900.0,
        shift_east_m=None,
        shift_north_m=None,
        reference_how=None,
        reasons=[],
        measures={},
        reference=None,
        footprint=site.outline,
    )
    return replace(observation, **changes)
