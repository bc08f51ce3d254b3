"""Facts for tests of the rules: the worked case, any facts at all, and a worse one of each."""

import random
from dataclasses import fields
from typing import Any

from hypothesis import strategies as st

from gis.domain.grading.facts import Facts
from gis.domain.terms import Completeness, Ground, PastRecord, Responsibility, WasteNature

WORKED_CASE = Facts(
    mass_t=120_000,
    is_bare=True,
    is_steep_or_high=False,
    is_dumping_active=False,
    in_river_zone=False,
    main_stem_distance_m=9_000,
    tributary_distance_m=700,
    source_zone="NONE",
    dwelling_distance_m=800,
    protected_land="NONE",
    responsibility=Responsibility.OWNERLESS,
    has_dust_control=False,
    has_runoff_control=False,
    has_seepage_control=False,
    retaining=Completeness.NONE,
    monitoring=Completeness.NONE,
    history=PastRecord.NONE,
)
"""Ownerless smelting slag, not sampled: the case worked by hand in STANDARDS section 5.3."""

FROM_GOOD_TO_BAD: dict[str, tuple[Any, ...]] = {
    "nature": (
        *(WasteNature.NO_WASTE, WasteNature.CLEAN_SOIL, WasteNature.CONSTRUCTION),
        *(WasteNature.CLASS_I, WasteNature.DOMESTIC, WasteNature.CLASS_II, WasteNature.HAZARDOUS),
    ),
    "leach_multiple": (0.0, 0.4, 1.0, 1.1, 2.9, 3.0, 9.9, 10.0, 40.0),
    "mass_t": (0.0, 999.0, 1_000.0, 9_999.0, 10_000.0, 99_999.0, 100_000.0, 5e6),
    "is_bare": (False, True),
    "height_m": (0.0, 10.0, 10.1, 60.0),
    "is_steep_or_high": (False, True),
    "is_dumping_active": (False, True),
    "radioactivity_bq_g": (0.0, 1.0, 1.1),
    "in_river_zone": (False, True),
    "main_stem_distance_m": (9_000.0, 5_001.0, 5_000.0, 3_001.0, 3_000.0, 0.0),
    "tributary_distance_m": (5_000.0, 1_001.0, 1_000.0, 0.0),
    "any_tributary_distance_m": (5_000.0, 1_001.0, 1_000.0, 0.0),
    "source_zone": ("NONE", "QUASI_OR_NEAR", "LEVEL_1_2"),
    "dwelling_distance_m": (9_000.0, 2_001.0, 2_000.0, 1_001.0, 1_000.0, 501.0, 500.0, 0.0),
    "protected_land": ("NONE", "NEAR", "INSIDE"),
    "ground": (Ground.GOOD, Ground.PERMEABLE),
    "responsibility": (
        *(Responsibility.OWNER, Responsibility.GOVERNMENT, Responsibility.DISPUTED),
        *(Responsibility.UNCLEAR, Responsibility.OWNERLESS),
    ),
    "has_dust_control": (True, False),
    "has_runoff_control": (True, False),
    "has_seepage_control": (True, False),
    "retaining": (Completeness.WHOLE, Completeness.PART, Completeness.NONE),
    "monitoring": (Completeness.WHOLE, Completeness.PART, Completeness.NONE),
    "history": (PastRecord.NONE, PastRecord.OPEN, PastRecord.INCIDENT),
}
"""Each fact's answers, the best first, from either side of every bound."""

NAMES = [field.name for field in fields(Facts)]
any_facts = st.builds(
    Facts, **{name: st.sampled_from([None, *FROM_GOOD_TO_BAD[name]]) for name in NAMES}
)


def drawn(number: int) -> list[Facts]:
    """Facts of many sites, the same every time."""
    chance = random.Random(5)
    return [
        Facts(**{name: chance.choice([None, *FROM_GOOD_TO_BAD[name]]) for name in NAMES})
        for _ in range(number)
    ]
