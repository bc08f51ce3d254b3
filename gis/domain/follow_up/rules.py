"""What a look at a site from above is measured against (`gis.rules.follow_up`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRules:
    """The numbers of the follow-up; every one is a row of the rule file with its words and source.

    Lengths end in ``_m`` or ``_px``, shares are 0..1, reflectances 0..1, ``_sigmas`` are multiples
    of a standard deviation. ``peak_months`` maps a district's code, or ``*``, to the months of its
    vegetation's peak; ``snow_months`` are those in which snow is to be reckoned with.
    """

    outline_least_px: float
    valid_least: float
    snow_most: float
    cloud_blue_least: float
    cloud_blue_swir_least: float
    snow_ndsi_least: float
    snow_green_least: float
    snow_nir_least: float
    dark_most: float
    water_index_least: float
    halo_px: float
    soil_percentile: float
    plants_percentile: float
    percentile_doubt: float
    soil_ndvi_least: float
    soil_ndvi_most: float
    plants_ndvi_least: float
    bare_fvc_most: float
    surroundings_m: float
    contrast_least: float
    core_least_px: float
    like_floor_ndvi: float
    like_floor_log: float
    like_sigmas: float
    like_loose_sigmas: float
    bare_share_sure: float
    bare_share_loose: float
    reach_m: float
    neck_px: float
    detectable_px: float
    area_edge_sigma: float
    edge_flip: float
    edge_cluster: float
    edge_bias_same_season: float
    edge_bias_other_season: float
    shift_window_m: float
    shift_smooth: float
    shift_weight: float
    shift_residual_px: float
    shift_unknown_px: float
    shift_least_px: float
    shift_most_px: float
    shift_peak_least: float
    change_sigmas: float
    season_days: float
    earlier_most_days: float
    ring_inner_m: float
    ring_outer_m: float
    patch_m: float
    patch_site_gap_m: float
    patch_valid_least: float
    patch_fvc_least: float
    patch_percentile: float
    peak_months: Mapping[str, tuple[int, ...]]
    snow_months: tuple[int, ...]
    sha256: str

    def peak_of(self, district_code: str) -> tuple[int, ...]:
        """Return the months of a district's seasonal peak."""
        return self.peak_months.get(district_code, self.peak_months["*"])

    def is_same_season(self, one: date, other: date) -> bool:
        """Whether two days lie close in the year, whatever their years."""
        apart = abs(one.timetuple().tm_yday - other.timetuple().tm_yday)
        return min(apart, 365 - apart) <= self.season_days
