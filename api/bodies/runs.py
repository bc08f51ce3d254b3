"""What is asked of batches of detection by HTTP."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gis.domain.detection.costs import Undertaking
from gis.domain.detection.limits import limits
from gis.ledger.batches import BatchAsked

Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Name = Annotated[
    str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]*[^\x00-\x20][^\x00-\x1f]*$")
]
Square = Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class BatchBody(BaseModel):
    """Scenes of a place for a published model; sizes in square metres, confidence 0 to 1.

    ``kinds`` is a published judge that tells what kind of change made a place new or larger.

    ``zones`` marks what lies in the ignore zones of the day, ``masked`` leaves out what cloud and
    snow hide, ``quick`` hears fewer trees and audits it.
    """

    district: Text
    name: Name
    scenes: Annotated[list[UUID], Field(min_length=1, max_length=2_000)]
    model: UUID
    kinds: UUID | None = None
    min_area_m2: Square
    min_confidence: Share = 0.0
    threads: Annotated[int, Field(ge=1, le=64)] = 1
    quick: bool = False
    masked: bool = True
    zones: bool = True

    def asked(self, batch_id: UUID) -> BatchAsked:
        """Return what is asked for."""
        return BatchAsked(
            id=batch_id,
            district_code=self.district,
            name=self.name.strip(),
            scene_ids=self.scenes,
            model_id=self.model,
            parameters=limits(
                self.min_area_m2, self.min_confidence, quick=self.quick, masked=self.masked
            ),
            threads=self.threads,
            with_zones=self.zones,
            judge_id=self.kinds,
        )


class RetryBody(BaseModel):
    """Which scene to try again; all that ended badly where none is named."""

    job: UUID | None = None


class CostWish(BaseModel):
    """How large an undertaking is, and on how many machines."""

    tiles: Annotated[int, Field(ge=1, le=100_000)] = 200
    dates: Annotated[int, Field(ge=1, le=1_000)] = 6
    side_px: Annotated[int, Field(ge=16, le=100_000)] = 10_980
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    machines: Annotated[int, Field(ge=1, le=10_000)] = 10

    def what(self) -> Undertaking:
        """Return the undertaking."""
        return Undertaking(self.tiles, self.dates, self.side_px, self.workers)
