"""外来清单: a list that came in, what each row says, and what is decided of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from shapely import MultiPolygon

from gis.domain.canonical import sha256_of
from gis.domain.place import District
from gis.domain.sites.site import NATURE_OF_CLASS, Site
from gis.domain.terms import (
    MatchReason,
    OutlineBasis,
    Responsibility,
    RowFate,
    SiteState,
    WasteClass,
    WasteNature,
)

Size = tuple[float, float]
"""Area in the district's metric CRS, and the geodesic one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a row says of a site, checked and in the register's own words.

    ``key`` tells the row within its list for good: its own number, or its name and place.
    ``facts`` are fields of Site. ``outline`` is lon/lat in EPSG:4490. ``raw`` is every filled cell
    as it stood; ``stated_position`` and ``stated_crs`` say where it was before conversion.
    """

    row: int
    key: str
    code: str | None
    facts: Mapping[str, Any]
    outline: MultiPolygon
    outline_basis: OutlineBasis
    stated_position: str
    stated_crs: str
    raw: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name that the row gives."""
        return str(self.facts["name"])


class Difference(NamedTuple):
    """A fact in which a row and its site differ."""

    field: str
    listed: Any
    stated: Any


class Match(NamedTuple):
    """A listed site that a row may speak of; ``score`` runs from 0 to 1, 1 is certain."""

    site_code: str
    site_name: str
    score: float
    reasons: tuple[MatchReason, ...]
    distance_m: float
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with what the register knows of it.

    ``settled`` is set where nothing is left to decide: the row came in before and says the same.
    """

    draft: Draft
    matches: tuple[Match, ...] = ()
    settled: RowFate | None = None


class Decision(NamedTuple):
    """What a person decides of a row: new, or the same as a site (updated or only linked)."""

    fate: RowFate
    site_code: str | None = None


@dataclass(frozen=True, slots=True)
class ImportList:
    """One list that was loaded; ``name`` tells the list through all its editions."""

    id: UUID
    district_code: str
    name: str
    file_name: str
    file_sha256: str
    body_sha256: str
    sheet: str
    mapping: dict[str, Any]
    rows: int
    counts: dict[str, int]
    loaded_at: datetime
    loaded_by: str


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row of a loaded list as it stood, and the site that it speaks of."""

    import_id: UUID
    row: int
    district_code: str
    list_name: str
    key: str
    fate: RowFate
    site_code: str | None
    stated_position: str
    stated_crs: str
    raw: dict[str, str]


@dataclass(frozen=True, slots=True)
class ListSent:
    """A checked list with what a person decided of its rows, under an id made by the page."""

    id: UUID
    district_code: str
    name: str
    file_name: str
    file_sha256: str
    sheet: str
    mapping: dict[str, Any]
    drafts: tuple[Draft, ...]
    decisions: Mapping[int, Decision]

    def content_hash(self) -> str:
        """Return the hash of all that was sent."""
        return sha256_of(
            *(self.district_code, self.name, self.file_sha256, self.sheet, self.mapping),
            sorted((row, *decision) for row, decision in self.decisions.items()),
        )


def new_site(draft: Draft, code: str, size: Size, at: datetime, district: District) -> Site:
    """Return the first version of a site that only a list knows; what it leaves open is unknown."""
    facts = dict(draft.facts)
    waste_class = facts.pop("waste_class", WasteClass.UNIDENTIFIED)
    known: dict[str, Any] = {
        "waste_class": waste_class,
        "nature": NATURE_OF_CLASS.get(waste_class, WasteNature.UNIDENTIFIED),
        "responsibility": Responsibility.UNCLEAR,
        "source": SOURCE,
        "state": SiteState.LISTED,
        "note": "",
    }
    values: dict[str, Any] = {**known, **facts}
    return Site(
        code=code,
        version=1,
        recorded_at=at,
        district_code=district.code,
        area_m2=size[0],
        area_geodesic_m2=size[1],
        is_demo=district.is_demo,
        outline_basis=draft.outline_basis,
        outline=draft.outline,
        **values,
    )


def updated_site(draft: Draft, before: Site, at: datetime) -> Site:
    """Return the next version of a site as a row states it; what the row leaves open stays."""
    changes = {
        name: value
        for name, value in draft.facts.items()
        if name not in UNCOMPARED and value is not None
    }
    if draft.outline_basis is not OutlineBasis.CIRCLE:
        changes |= {"outline": draft.outline, "outline_basis": draft.outline_basis}
    return before.corrected(at, **changes)


SOURCE = "资料导入"
UNCOMPARED = {"nature", "note", "kind"}
"""A site's nature follows conclusions, its note gathers what everybody wrote."""


def differences(draft: Draft, site: Site) -> tuple[Difference, ...]:
    """Return where a row says something else than its site; what it leaves open says nothing.

    An approximate circle never stands against an outline.
    """
    found = [
        Difference(name, getattr(site, name), value)
        for name, value in draft.facts.items()
        if name not in UNCOMPARED and value is not None and not _same(getattr(site, name), value)
    ]
    if draft.outline_basis is not OutlineBasis.CIRCLE and not draft.outline.equals_exact(
        site.outline, 1e-6, normalize=True
    ):
        found.append(Difference("outline", site.area_m2, None))
    return tuple(found)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) <= max(0.5, 1e-4 * abs(one))
    return bool(one == other)
