"""Listed sites: the code that never changes, and the facts that do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shapely import MultiPolygon

from gis.domain.detection.candidate import Candidate
from gis.domain.terms import (
    Completeness,
    Ground,
    OutlineBasis,
    PastRecord,
    Responsibility,
    SiteKind,
    SiteState,
    TailingsRisk,
    WasteClass,
    WasteNature,
)

KIND_LETTERS = {
    SiteKind.WASTE_PILE: "W",
    SiteKind.CONSTRUCTION_PILE: "C",
    SiteKind.MINE_PIT: "M",
    SiteKind.SAND_PIT: "S",
    SiteKind.TAILINGS_POND: "T",
    SiteKind.MINE: "K",
}
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_character(body: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character of ``body`` (letters, digits; others skipped).

    >>> check_character("A12425GABC1234002")
    'M'
    """
    check = 36
    for character in body:
        if character in ALPHABET:
            check = (check + ALPHABET.index(character)) % 36 or 36
            check = check * 2 % 37
    return ALPHABET[(37 - check) % 36]


def site_code(district_code: str, kind: SiteKind, serial: int) -> str:
    """Return the code of a site: district, kind at listing, serial, check character.

    The letter is the kind at listing and stays when the kind is corrected: a code never changes.

    >>> site_code("150203", SiteKind.WASTE_PILE, 1)
    '150203-W00001-D'
    """
    body = f"{district_code}-{KIND_LETTERS[kind]}{serial:05d}"
    return f"{body}-{check_character(body)}"


def serial_of(code: str) -> int:
    """Return the serial in a site's code.

    >>> serial_of("150203-W00001-D")
    1
    """
    return int(code.split("-")[1][1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One version of a listed site's facts; ``None`` is "not known", never "no".

    ``outline`` is lon/lat in EPSG:4490 and ``outline_basis`` what it rests on; ``area_m2`` is in
    the district's metric CRS, ``area_geodesic_m2`` the check on it. ``recorded_at`` is when this
    version began to hold. ``hw_code`` goes with waste class HW: the national list's class (HW18) or
    its eight digits (900-041-49). ``stored_from`` and ``stored_to`` are years. ``stated_ownership``
    is what papers state; what the land-use layer says stands in the surroundings.
    """

    code: str
    version: int
    recorded_at: datetime
    district_code: str
    kind: SiteKind
    name: str
    town: str | None = None
    village: str | None = None
    waste_class: WasteClass
    hw_code: str | None = None
    nature: WasteNature
    responsibility: Responsibility
    responsible_party: str | None = None
    responsibility_evidence: str | None = None
    stated_ownership: str | None = None
    area_m2: float
    area_geodesic_m2: float
    height_m: float | None = None
    mass_t: float | None = None
    mass_basis: str | None = None
    stored_from: int | None = None
    stored_to: int | None = None
    source: str
    found_on: date | None = None
    state: SiteState
    has_dust_control: bool | None = None
    has_runoff_control: bool | None = None
    has_seepage_control: bool | None = None
    retaining: Completeness | None = None
    monitoring: Completeness | None = None
    history: PastRecord | None = None
    is_bare: bool | None = None
    is_steep_or_high: bool | None = None
    is_dumping_active: bool | None = None
    ground: Ground | None = None
    radioactivity_bq_g: float | None = None
    tailings_risk: TailingsRisk | None = None
    accepted_on: date | None = None
    acceptance_no: str | None = None
    closed_on: date | None = None
    note: str
    is_demo: bool
    candidate_id: UUID | None = None
    outline_basis: OutlineBasis | None = None
    outline: MultiPolygon

    def corrected(self, recorded_at: datetime, **changes: object) -> "Site":
        """Return the next version with ``changes``; the code stays."""
        return replace(self, version=self.version + 1, recorded_at=recorded_at, **changes)  # type: ignore[arg-type]


NATURE_OF_CLASS = {
    WasteClass.SW61: WasteNature.DOMESTIC,
    WasteClass.SW62: WasteNature.DOMESTIC,
    WasteClass.SW63: WasteNature.DOMESTIC,
    WasteClass.SW64: WasteNature.DOMESTIC,
    WasteClass.SW70: WasteNature.CONSTRUCTION,
    WasteClass.SW71: WasteNature.CONSTRUCTION,
    WasteClass.SW72: WasteNature.CONSTRUCTION,
    WasteClass.SW73: WasteNature.CONSTRUCTION,
    WasteClass.SW74: WasteNature.CONSTRUCTION,
    WasteClass.SW99: WasteNature.MIXED,
    WasteClass.NONE: WasteNature.NO_WASTE,
}
"""What a class by itself says of the nature; every industrial class still needs identification."""


def confirmed_site(
    candidate: Candidate,
    seen: Mapping[str, Any],
    code: str,
    name: str,
    *,
    recorded_at: datetime,
    note: str,
    is_demo: bool,
) -> Site:
    """Return the first version of the site that a check confirms; ``seen`` are the facts it saw.

    Only what was seen is known: what nobody measured or asked stays unknown.
    """
    site = Site(
        code=code,
        version=1,
        recorded_at=recorded_at,
        district_code=candidate.district_code,
        kind=seen["kind"],
        name=name,
        waste_class=seen["waste_class"],
        nature=NATURE_OF_CLASS.get(seen["waste_class"], WasteNature.UNIDENTIFIED),
        responsibility=Responsibility.UNCLEAR,
        area_m2=candidate.area_m2,
        area_geodesic_m2=candidate.area_geodesic_m2,
        source="遥感",
        found_on=candidate.first_seen_on,
        state=SiteState.LISTED,
        note=note,
        is_demo=is_demo,
        candidate_id=candidate.id,
        outline_basis=OutlineBasis.SATELLITE,
        outline=candidate.outline,
    )
    return replace(site, **seen)
