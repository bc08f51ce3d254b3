"""What a match of piles and pits rests on: facts of both, papers, distances; and suppositions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

import numpy as np
import sqlalchemy as sa

from gis.domain.backfill.allocation import MatchAsked, Reclassified, WhatIf
from gis.domain.backfill.book import volume_m3
from gis.domain.backfill.errors import WhatIfUnfit
from gis.domain.backfill.parts import BackfillAssessment, BackfillFacts, PileFacts, PitFacts
from gis.domain.place import District
from gis.domain.terms import BackfillMaterial, WasteClass, WasteNature
from gis.rules import backfill as rules_file
from gis.rules.backfill import BackfillRules
from gis.spatial.haul import Hauls, hauls, network
from gis.store import backfill, backfill_book, pit_surveys, places

MOST_M3 = 1e10
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ground:
    """Piles and pits of a district as of a moment, in the order of their codes.

    ``assessments`` are those approved by then, by pit; ``road_layers`` the layers whose roads were
    followed. A pit's free volume is what its newest survey found less what was filled in since; a
    pile's mass what the register says less what left it since.
    """

    district: District
    as_of: datetime
    piles: tuple[PileFacts, ...]
    pits: tuple[PitFacts, ...]
    assessments: Mapping[str, tuple[BackfillAssessment, ...]]
    hauls: Hauls
    road_layers: tuple[str, ...]

    def assessment(self, pile: PileFacts, pit: PitFacts) -> BackfillAssessment | None:
        """Return the assessment that speaks for this waste in this pit, or None."""
        return assessment_for(self.assessments.get(pit.code, ()), pile)


def assessment_for(
    held: Iterable[BackfillAssessment], pile: PileFacts
) -> BackfillAssessment | None:
    """Return the approved assessment of a pit that is of this source and material, or None."""
    mine = (one for one in held if one.is_approved and one.material is pile.material)
    return next((one for one in mine if (one.source_code or one.source_name) == pile.code), None)


def gathered(connection: sa.Connection, district_code: str, as_of: datetime) -> Ground:
    """Gather what is known of the piles and pits that the account sees. Raises DistrictUnknown."""
    rules = rules_file.current()
    district = places.district(connection, district_code)
    rows = {
        kinds: backfill.sites_of(connection, district_code, kinds, as_of)
        for kinds in (rules.waste_kinds, rules.pit_kinds)
    }
    piles_rows, pits_rows = rows[rules.waste_kinds], rows[rules.pit_kinds]
    stated = backfill.stated_of(
        connection, [row["code"] for row in (*piles_rows, *pits_rows)], as_of
    )
    piles = _piles(connection, piles_rows, stated, rules, as_of)
    pits = _pits(connection, pits_rows, stated, rules, as_of)
    roads = backfill.roads(connection, district_code, as_of)
    return Ground(
        district=district,
        as_of=as_of,
        piles=piles,
        pits=pits,
        assessments=_approved(connection, [pit.code for pit in pits], as_of),
        hauls=hauls(
            np.array([(p.lon, p.lat) for p in piles]).reshape(-1, 2),
            np.array([(p.lon, p.lat) for p in pits]).reshape(-1, 2),
            network([geometry for _, geometry in roads], district.metric_epsg),
            district.metric_epsg,
            rules.numbers["road_factor"],
            rules.numbers["snap_m"],
        ),
        road_layers=tuple(dict.fromkeys(title for title, _ in roads)),
    )


def pile_of(connection: sa.Connection, row: Mapping[str, Any], as_of: datetime) -> PileFacts:
    """Return one site as a source of waste."""
    stated = backfill.stated_of(connection, [row["code"]], as_of)
    (pile,) = _piles(connection, [row], stated, rules_file.current(), as_of)
    return pile


def pit_of(connection: sa.Connection, row: Mapping[str, Any], as_of: datetime) -> PitFacts:
    """Return one site as a pit to be filled."""
    stated = backfill.stated_of(connection, [row["code"]], as_of)
    (pit,) = _pits(connection, [row], stated, rules_file.current(), as_of)
    return pit


def _piles(
    connection: sa.Connection,
    rows: Iterable[Mapping[str, Any]],
    stated: Mapping[str, BackfillFacts],
    rules: BackfillRules,
    as_of: datetime,
) -> tuple[PileFacts, ...]:
    rows = list(rows)
    since = backfill.masses_since(connection, [row["code"] for row in rows], as_of)
    gone = backfill_book.gone(connection, since, as_of)
    return tuple(_pile(row, stated.get(row["code"]), gone[row["code"]], rules) for row in rows)


def _pile(
    row: Mapping[str, Any], said: BackfillFacts | None, gone_t: float, rules: BackfillRules
) -> PileFacts:
    points = [row[f"points_{index}"] for index in "hsr"]
    mass = row["mass_t"]
    return PileFacts(
        **{name: row[name] for name in ("code", "name", "kind", "state", "lon", "lat")},
        **{name: row[name] for name in ("waste_class", "nature", "radioactivity_bq_g")},
        material=rules.material_of(row["waste_class"], said.material if said else None),
        mining_area=said.mining_area if said else None,
        mass_t=None if mass is None else max(0.0, mass - gone_t),
        risk_points=None if None in points else float(sum(points)),
    )


def _pits(
    connection: sa.Connection,
    rows: Iterable[Mapping[str, Any]],
    stated: Mapping[str, BackfillFacts],
    rules: BackfillRules,
    as_of: datetime,
) -> tuple[PitFacts, ...]:
    rows = list(rows)
    surveys = pit_surveys.newest_capacities(connection, [row["code"] for row in rows], as_of)
    days: dict[str, date] = {code: one.surveyed_on for code, one in surveys.items()}
    filled: dict[str, float] = dict.fromkeys(surveys, 0.0)
    for code, material, tonnes in backfill_book.filled(connection, days, as_of):
        filled[code] += volume_m3(tonnes, rules.densities[material].compacted_t_m3)
    names = (
        *("code", "name", "kind", "state", "lon", "lat", "in_river_zone", "protected_land"),
        *("red_line_distance_m", "farmland_distance_m", "reserve_distance_m"),
        *("source_zone", "source_level"),
    )
    found = []
    for row in rows:
        said, survey = stated.get(row["code"]), surveys.get(row["code"])
        free = None if survey is None else survey.free_volume_m3
        found.append(
            PitFacts(
                **{name: row[name] for name in names},
                void=said.void if said else None,
                mining_area=said.mining_area if said else None,
                is_filling_open=said.is_filling_open if said else None,
                free_volume_m3=None if free is None else max(0.0, free - filled[row["code"]]),
                free_volume_sigma_m3=None if survey is None else survey.free_volume_sigma_m3,
                surveyed_on=None if survey is None else survey.surveyed_on,
            )
        )
    return tuple(found)


def _approved(
    connection: sa.Connection, codes: list[str], as_of: datetime
) -> dict[str, tuple[BackfillAssessment, ...]]:
    found: dict[str, list[BackfillAssessment]] = {}
    for one in backfill.assessments_of(connection, codes, as_of):
        if one.approved_at is not None and one.approved_at <= as_of:
            found.setdefault(one.pit_code, []).append(one)
    return {code: tuple(held) for code, held in found.items()}


def supposed(ground: Ground, asked: MatchAsked, what: WhatIf) -> tuple[Ground, MatchAsked]:
    """Return what would be matched if ``what`` were so; the register is not touched.

    Raises WhatIfUnfit for a pit or pile that is not here, or a value that nothing has.
    """
    pits = {pit.code: pit for pit in ground.pits}
    piles = {pile.code: pile for pile in ground.piles}
    for code in what.closed:
        pits[code] = replace(_known(pits, code, "矿坑 pit"), is_filling_open=False)
    for code, volume in what.volumes_m3.items():
        pit = _known(pits, code, "矿坑 pit")
        pits[code] = replace(pit, free_volume_m3=_within(volume, MOST_M3, "容积 volume"))
    for code, mass in what.masses_t.items():
        pile = _known(piles, code, "堆场 pile")
        piles[code] = replace(pile, mass_t=_within(mass, 1e9, "堆存量 mass"))
    for code, said in what.reclassified.items():
        piles[code] = _reclassified(_known(piles, code, "堆场 pile"), said)
    budget = what.budget_yuan
    changed = replace(
        asked,
        aim=what.aim or asked.aim,
        budget_yuan=asked.budget_yuan if budget is None else _within(budget, 1e12, "预算 budget"),
    )
    return replace(ground, piles=tuple(piles.values()), pits=tuple(pits.values())), changed


def _known(held: Mapping[str, T], code: str, what: str) -> T:
    if code not in held:
        raise WhatIfUnfit(what=what, value=code[:40])
    return held[code]


def _within(value: float, most: float, what: str) -> float:
    if not 0 <= value <= most:  # also refuses what is no number
        raise WhatIfUnfit(what=what, value=f"{value:g}")
    return value


def _reclassified(pile: PileFacts, said: Reclassified) -> PileFacts:
    waste_class: WasteClass = said.waste_class or pile.waste_class
    nature: WasteNature = said.nature or pile.nature
    by_class = rules_file.current().of_class.get(waste_class)
    material: BackfillMaterial | None = said.material or by_class or pile.material
    activity = said.radioactivity_bq_g
    return replace(
        pile,
        waste_class=waste_class,
        nature=nature,
        material=material,
        radioactivity_bq_g=pile.radioactivity_bq_g if activity is None else activity,
    )
