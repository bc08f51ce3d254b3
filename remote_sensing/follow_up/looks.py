"""A place to look at, and what one look at it found."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from shapely import MultiPolygon, Polygon

State = Literal["FIRST", "NEW", "GROWN", "UNCHANGED", "SHRUNK", "GONE", "UNSEEN"]
How = Literal["GIVEN", "CHOSEN", "KEPT"]
Between = tuple[float, float, float]
"""A figure and the ends of its interval: value, low, high."""


@dataclass(frozen=True, slots=True)
class Place:
    """A site as the follow-up knows it; shapes are lon/lat in EPSG:4326.

    ``patch`` is its reference if one is known already, ``earlier`` the key of the image that the
    look is to be compared with.
    """

    key: str
    outline: MultiPolygon
    patch: MultiPolygon | None = None
    how: How | None = None
    earlier: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a look says what it says: a code, whose words the register has, and its facts."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {"code": self.code, **self.facts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one image showed of one place; None is "could not be measured".

    Shares are 0..1 of the outline, areas m2, FVC 0..1, ``shift_m`` is (east, north) by which the
    earlier image lay off. Shapes are lon/lat in EPSG:4326.
    """

    place: Place
    on: date
    state: State
    valid_share: float = 0.0
    snow_share: float = 0.0
    cloud_share: float = 0.0
    shadow_share: float = 0.0
    bare_m2: Between | None = None
    fvc: Between | None = None
    fvc_reference: float | None = None
    fvc_ratio: Between | None = None
    footprint_m2: Between | None = None
    change_m2: float | None = None
    change_sigma_m2: float | None = None
    shift_m: tuple[float, float] | None = None
    how: How | None = None
    patch: MultiPolygon | Polygon | None = None
    footprint: MultiPolygon | None = None
    reasons: tuple[Reason, ...] = ()
    measures: dict[str, Any] = field(default_factory=dict)
