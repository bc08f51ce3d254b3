"""A photograph as the phone announces it, by the net or in a file."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from api.moments import Moment
from gis.domain.photos.photo import PhotoSent
from gis.domain.terms import PhotoSource

Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class FixBody(BaseModel):
    """Where the phone stood, and how surely."""

    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    accuracy_m: float | None = Field(None, ge=0, allow_inf_nan=False)
    at: Moment | None = None


class PhotoBody(BaseModel):
    """A photograph as the phone announces it."""

    check_id: UUID
    sha256: Sha256
    size_bytes: int = Field(ge=1, le=2**40)
    file_name: Annotated[Text, Field(max_length=1000)] = ""
    source: PhotoSource
    chosen_at: Moment
    fix: FixBody | None = None
    heading_deg: float | None = Field(None, ge=-360, le=360, allow_inf_nan=False)
    recorded_by: Annotated[Text, Field(max_length=100)] = ""

    def announced(self, photo_id: UUID, sender: str) -> PhotoSent:
        """Return the photograph as the register takes it."""
        values = self.model_dump(exclude={"fix"}) | {"recorded_by": self.recorded_by or sender}
        fix = None if self.fix is None else self.fix.model_dump(mode="json")
        return PhotoSent(id=photo_id, fix=fix, **values)
