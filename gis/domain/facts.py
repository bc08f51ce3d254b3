"""What grading looks at: the facts known of a site, gathered from what the register holds."""

from dataclasses import dataclass

from gis.domain.conclusion import Conclusion
from gis.domain.site import Site
from gis.domain.surroundings import Surroundings
from gis.domain.terms import Responsibility, WasteNature


@dataclass(frozen=True, slots=True)
class Facts:
    """What grading looks at; ``None`` is unknown. Distances in metres, mass in tonnes."""

    nature: WasteNature | None = None
    leach_multiple: float | None = None
    mass_t: float | None = None
    is_bare: bool | None = None
    is_steep_or_high: bool | None = None
    is_dumping_active: bool | None = None
    radioactivity_bq_g: float | None = None
    in_river_zone: bool | None = None
    main_stem_distance_m: float | None = None
    tributary_distance_m: float | None = None
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


def facts_of(site: Site, around: Surroundings | None, conclusion: Conclusion | None) -> Facts:
    """Gather what is known of a site; the conclusion in force speaks for its waste.

    A pit that holds no waste has neither mass nor leachate.
    """
    nature = site.nature if conclusion is None else conclusion.nature
    multiple = None if conclusion is None else conclusion.leach_multiple
    is_empty = nature is WasteNature.NO_WASTE
    return Facts(
        nature=None if nature is WasteNature.UNIDENTIFIED else nature,
        leach_multiple=0.0 if is_empty else multiple,
        mass_t=0.0 if is_empty else site.mass_t,
        is_bare=site.is_bare,
        is_steep_or_high=(
            True if site.height_m is not None and site.height_m > 10 else site.is_steep_or_high
        ),
        is_dumping_active=site.is_dumping_active,
        radioactivity_bq_g=site.radioactivity_bq_g,
        in_river_zone=around.in_river_zone if around else None,
        main_stem_distance_m=around.main_stem_distance_m if around else None,
        tributary_distance_m=around.tributary_distance_m if around else None,
        source_zone=around.source_zone if around else None,
        dwelling_distance_m=around.dwelling_distance_m if around else None,
        protected_land=around.protected_land if around else None,
        ground=site.ground,
        responsibility=site.responsibility,
        has_dust_control=site.has_dust_control,
        has_runoff_control=site.has_runoff_control,
        has_seepage_control=site.has_seepage_control,
        retaining=site.retaining,
        monitoring=site.monitoring,
        history=site.history,
    )
