"""What grading looks at: the facts known of a site, gathered from what the register holds."""

from dataclasses import dataclass
from typing import Any

from gis.domain.identification.conclusion import Conclusion
from gis.domain.sites.site import Site
from gis.domain.sites.surroundings import Surroundings
from gis.domain.terms import Responsibility, WasteNature


@dataclass(frozen=True, slots=True)
class Facts:
    """What grading looks at; ``None`` is unknown. Distances in metres, mass in tonnes."""

    nature: WasteNature | None = None
    leach_multiple: float | None = None
    mass_t: float | None = None
    is_bare: bool | None = None
    height_m: float | None = None
    is_steep_or_high: bool | None = None
    is_dumping_active: bool | None = None
    radioactivity_bq_g: float | None = None
    in_river_zone: bool | None = None
    main_stem_distance_m: float | None = None
    tributary_distance_m: float | None = None
    any_tributary_distance_m: float | None = None
    source_zone: str | None = None
    dwelling_distance_m: float | None = None
    protected_land: str | None = None
    ground: str | None = None
    responsibility: Responsibility | None = None
    has_dust_control: bool | None = None
    has_runoff_control: bool | None = None
    has_seepage_control: bool | None = None
    retaining: str | None = None
    monitoring: str | None = None
    history: str | None = None


OF_SITE = (
    *("height_m", "is_bare", "is_steep_or_high", "is_dumping_active", "radioactivity_bq_g"),
    *("ground", "responsibility", "has_dust_control", "has_runoff_control", "has_seepage_control"),
    *("retaining", "monitoring", "history"),
)
AROUND = (
    *("in_river_zone", "main_stem_distance_m", "tributary_distance_m", "any_tributary_distance_m"),
    *("source_zone", "dwelling_distance_m", "protected_land"),
)


def gathered(
    nature: WasteNature, leach_multiple: float | None, mass_t: float | None, others: dict[str, Any]
) -> Facts:
    """Return the facts: what the waste is decides how its figures are read.

    A pit that holds no waste has neither mass nor leachate; waste that is not identified has no
    known nature. ``others`` are the facts that stand as they are.
    """
    is_empty = nature is WasteNature.NO_WASTE
    return Facts(
        nature=None if nature is WasteNature.UNIDENTIFIED else nature,
        leach_multiple=0.0 if is_empty else leach_multiple,
        mass_t=0.0 if is_empty else mass_t,
        **others,
    )


def facts_of(site: Site, around: Surroundings | None, conclusion: Conclusion | None) -> Facts:
    """Gather what is known of a site; the conclusion in force speaks for its waste."""
    return gathered(
        site.nature if conclusion is None else conclusion.nature,
        None if conclusion is None else conclusion.leach_multiple,
        site.mass_t,
        {name: getattr(site, name) for name in OF_SITE}
        | ({name: getattr(around, name) for name in AROUND} if around else {}),
    )
