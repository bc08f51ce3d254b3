"""回填: what is known of a waste and of a pit, and the papers that may open a pair of them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gis.domain.terms import (
    BackfillMaterial,
    PitVoid,
    SiteKind,
    SiteState,
    WasteClass,
    WasteNature,
)


@dataclass(frozen=True, slots=True)
class BackfillFacts:
    """What backfill asks of a site and no other part does, as somebody stated it.

    ``material`` is of a pile whose waste class leaves it open; ``void`` is of a pit.
    ``mining_area`` names the mine that the waste came from or that the pit belongs to.
    ``is_filling_open`` False closes a pit to filling. ``evidence`` says what it rests on.
    """

    site_code: str
    recorded_at: datetime
    recorded_by: str
    material: BackfillMaterial | None
    void: PitVoid | None
    mining_area: str | None
    is_filling_open: bool | None
    evidence: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class BackfillAssessment:
    """The papers of clause 8.2 (or of a disposal approval) for one pit and one source.

    ``papers`` maps each kind of paper to the attachment of the pit's site that holds it.
    ``source_code`` is a site; a source without a site is named. It opens the pair once a second
    person approved it.
    """

    id: UUID
    pit_code: str
    source_code: str | None
    source_name: str | None
    material: BackfillMaterial
    papers: dict[str, str]
    monitoring_per_year: int | None
    document_no: str
    proposed_at: datetime
    proposed_by: str
    approved_at: datetime | None
    approved_by: str | None
    refused_at: datetime | None
    comment: str
    is_demo: bool

    @property
    def is_approved(self) -> bool:
        """Say whether a second person passed it."""
        return self.approved_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PileFacts:
    """What the rules look at of a waste; ``None`` is unknown. Mass in tonnes, still to move."""

    code: str
    name: str
    kind: SiteKind | None
    state: SiteState | None
    waste_class: WasteClass
    nature: WasteNature
    material: BackfillMaterial | None
    radioactivity_bq_g: float | None
    mining_area: str | None
    mass_t: float | None
    risk_points: float | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PitFacts:
    """What the rules look at of a pit. Volumes in m³, free above what is filled now."""

    code: str
    name: str
    kind: SiteKind
    state: SiteState
    void: PitVoid | None
    mining_area: str | None
    is_filling_open: bool | None
    in_river_zone: bool | None
    protected_land: str | None
    red_line_distance_m: float | None
    farmland_distance_m: float | None
    reserve_distance_m: float | None
    source_zone: str | None
    source_level: str | None
    free_volume_m3: float | None
    free_volume_sigma_m3: float | None
    surveyed_on: date | None
    lon: float
    lat: float
