"""Gathers what the gate of a close-out looks at: papers, photographs, images, work left."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.closing import before_after, satellite_check
from gis.domain.closing.before_after import JudgedPhoto, SitePhoto
from gis.domain.closing.close_out import CloseOutSent
from gis.domain.closing.gate import CloseOutFacts, Shortfall, Waiver, WorkLeft, missing
from gis.domain.photos.photo import Photo
from gis.domain.photos.picture_record import record_of
from gis.domain.sites.attachment import Attachment
from gis.domain.sites.site import Site
from gis.domain.terms import PhotoSide, Verdict
from gis.rules import close_out as rules
from gis.spatial import looking
from gis.store import checks, observations, photos, site_papers
from gis.store.register import day_of


def facts_of(
    connection: sa.Connection,
    site: Site,
    sent: CloseOutSent,
    waiver: Mapping[str, Any] | None,
    now: datetime,
    work_left: Sequence[WorkLeft],
) -> CloseOutFacts:
    """Return all that the gate looks at for a close-out of ``site``, as it stands now."""
    began, ended = sent.works_began_on, sent.works_ended_on
    papers = site_papers.attachments_of(connection, site.code)
    return CloseOutFacts(
        responsibility=site.responsibility,
        began_on=began,
        ended_on=ended,
        today=day_of(now),
        heads=sent.said(),
        papers={one.id: one.kind for one in papers},
        photos=_judged(connection, site, sent, papers),
        satellite=satellite_check.check(
            observations.of_site(connection, site.code),
            began,
            ended,
            rules.current().valid_share,
        ),
        waiver=None if waiver is None else _waiver(connection, site, waiver),
        work_left=work_left,
    )


def lacking(facts: CloseOutFacts) -> tuple[Shortfall, ...]:
    """Return what a close-out lacks by the rules in force."""
    return missing(facts, rules.current())


def evidence_of(facts: CloseOutFacts) -> dict[str, Any]:
    """Return what the gate saw, as the register keeps it with the step."""
    return {
        "photos": [one.plain() | {"side": one.side.value} for one in facts.photos],
        "satellite": facts.satellite.plain(),
    }


def _judged(
    connection: sa.Connection, site: Site, sent: CloseOutSent, papers: list[Attachment]
) -> list[JudgedPhoto]:
    known = pictures_of(connection, site, papers)
    asked = (sent.works_began_on, sent.works_ended_on, rules.current().photo_distance_m)
    return [
        *before_after.named(sent.photos_before, known, PhotoSide.BEFORE, *asked),
        *before_after.named(sent.photos_after, known, PhotoSide.AFTER, *asked),
    ]


def pictures_of(
    connection: sa.Connection, site: Site, papers: list[Attachment]
) -> dict[str, SitePhoto]:
    """Return the pictures that can show a site: of its papers, and of checks that were passed."""
    found = {
        f"paper:{one.id}": SitePhoto(
            f"paper:{one.id}", one.title, one.taken_on, _metres(site, one.lon, one.lat)
        )
        for one in papers
        if one.is_picture
    }
    passed = [
        one.id for one in checks.of_place(connection, None, site.code) if one.review.is_passed
    ]
    for taken in photos.of_checks(connection, passed).values():
        found |= {f"photo:{one.id}": _of_check(site, one) for one in taken if one.is_picture}
    return found


def _of_check(site: Site, one: Photo) -> SitePhoto:
    record, fix, said = record_of(one.record), one.fix or {}, one.judgement or {}
    lon, lat = (record.lon, record.lat) if record.lon is not None else _position(fix)
    warnings = tuple(
        (row["zh"].rstrip("。"), row["en"].rstrip("."))
        for row in said.get("warnings", [])
        if row["is_strong"] and row["code"] != "far_from_place"  # which is measured here
    )
    return SitePhoto(
        f"photo:{one.id}",
        one.file_name,
        None if record.taken_at is None else day_of(record.taken_at),
        _metres(site, lon, lat),
        warnings,
    )


def _position(fix: Mapping[str, Any]) -> tuple[float | None, float | None]:
    return fix.get("lon"), fix.get("lat")


def _metres(site: Site, lon: float | None, lat: float | None) -> float | None:
    return None if lon is None or lat is None else looking.metres_to(lon, lat, site.outline)


def _waiver(connection: sa.Connection, site: Site, said: Mapping[str, Any]) -> Waiver:
    """Return the waiver with the day of its check, where that is a passed one of this site."""
    wanted = None if said.get("check_id") is None else UUID(said["check_id"])
    for one in checks.of_place(connection, None, site.code):
        was_there = one.review.is_passed and one.final_verdict is not Verdict.UNREACHABLE
        if one.id == wanted and was_there:
            return Waiver(said["reason"], day_of(one.found_at))
    return Waiver(said["reason"], None)
