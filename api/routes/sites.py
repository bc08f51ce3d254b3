"""One listed site: read whole, as of a day, with its history; corrected; merged and split."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api import wire_site
from api.access import Engine, OpenBook, Reader, Writer
from api.outlines import line_of, outline_of
from gis.domain.sites.facts import read_changes
from gis.ledger.lineage import Merge, Split, merge_sites, split_site
from gis.ledger.sites import correct_site
from gis.store.engine import connecting

router = APIRouter(prefix="/api")

Code = Annotated[str, Field(max_length=40)]
Reason = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class CorrectionBody(BaseModel):
    """Facts to correct, a new outline, or both; ``version`` is the one that was seen."""

    version: int = Field(ge=1)
    changes: dict[str, Any] = Field(default_factory=dict, max_length=60)
    outline: dict[str, Any] | None = None


class MergeBody(BaseModel):
    """Sites to merge, into one of them or into a new one."""

    codes: list[Code] = Field(min_length=2, max_length=50)
    survivor: Code | None = None
    name: Name | None = None
    reason: Reason
    is_apart_meant: bool = False


class PartBody(BaseModel):
    """A part of a site that is split."""

    name: Name
    outline: dict[str, Any]


class SplitBody(BaseModel):
    """A site to split: into parts with their outlines, or along a line of lon/lat points."""

    code: Code
    parts: list[PartBody] = Field(default_factory=list, max_length=20)
    line: list[tuple[float, float]] | None = Field(None, min_length=2, max_length=500)
    reason: Reason


@router.get("/site-facts")
def facts(user: Reader) -> dict[str, Any]:
    """Return the facts of a site that may be corrected, with what each can hold."""
    return {"facts": wire_site.facts()}


@router.get("/sites/{code}")
def one(
    code: str, user: Reader, engine: Engine, as_of: Annotated[date | None, Query()] = None
) -> dict[str, Any]:
    """Return a site with all that belongs to it, now or as it stood at the end of a day."""
    with connecting(engine) as connection:
        return wire_site.site_of(connection, code, as_of)


@router.get("/sites/{code}/history")
def history(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return who changed what of a site and when, field by field, newest first."""
    with connecting(engine) as connection:
        return {"items": wire_site.history_of(connection, code)}


@router.patch("/sites/{code}")
def correct(code: str, body: CorrectionBody, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Correct facts of the version that was seen; 409 with both where it has moved on."""
    changes = read_changes(body.changes)
    if body.outline is not None:
        changes["outline"] = outline_of(body.outline, code)
    correct_site(book, code, body.version, **changes)
    with book.reading() as connection:
        return wire_site.site_of(connection, code)


@router.put("/merges/{act_id}")
def merge(act_id: UUID, body: MergeBody, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Merge sites; the same request again is the same answer."""
    asked = body.model_dump() | {"codes": tuple(body.codes)}
    return {"code": merge_sites(book, Merge(id=act_id, **asked))}


@router.put("/splits/{act_id}")
def split(act_id: UUID, body: SplitBody, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Split a site; the same request again is the same answer."""
    parts = tuple((part.name, outline_of(part.outline, part.name)) for part in body.parts)
    line = None if body.line is None else line_of(body.line)
    return {"codes": split_site(book, Split(act_id, body.code, parts, body.reason, line))}
