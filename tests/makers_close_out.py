"""A site whose works have ended, with all that its close-out needs, and people who decide."""

import io
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from PIL import Image

from gis.domain.closing.close_out import CloseOut, CloseOutSent
from gis.domain.closing.gate import HeadSaid
from gis.domain.closing.look_back import LookBack
from gis.domain.closing.satellite_check import SatelliteCheck
from gis.domain.detection.imagery import SceneRecord
from gis.domain.follow_up.observation import Observation
from gis.domain.sites.site import Site
from gis.domain.terms import (
    AttachmentKind,
    CloseOutState,
    FootprintState,
    Head,
    LookBackBy,
    LookBackResult,
    ProjectStage,
    ProjectVariant,
    Role,
    SatelliteResult,
    SiteState,
)
from gis.domain.works.remediation import RemediationProject
from gis.ledger import Book, people
from gis.ledger.attachments import AttachmentSent, attach
from gis.ledger.close_outs import StepSent, decide, propose
from gis.ledger.follow_up import file_observations
from gis.ledger.imagery import add_scene
from gis.ledger.sites import correct_site
from gis.store.register import day_of
from tests.makers import NOON, a_project, a_scene, list_site
from tests.makers_follow_up import an_observation
from tests.pictures import PDF

NEAR = (109.7025, 40.701)
"""Some 42 m east of the site's square."""
FAR = (109.7258, 40.701)
"""Some 2 km east of it."""
PROPOSER, FIRST, SECOND = "wang", "li", "zhao"
ROLES = {PROPOSER: Role.ANALYST, FIRST: Role.REVIEWER, SECOND: Role.MANAGER}
PASSWORD = "Correct-horse-7"


def a_picture(taken_on: date, where: tuple[float, float] | None = NEAR, seed: int = 1) -> bytes:
    """A JPEG of ``seed``'s scenery, taken then and there."""
    record = Image.Exif()
    record.get_ifd(0x8769)[0x9003] = f"{taken_on:%Y:%m:%d} 10:00:00"
    if where:
        gps = record.get_ifd(0x8825)
        gps[1], gps[2] = "N", (where[1], 0.0, 0.0)
        gps[3], gps[4] = "E", (where[0], 0.0, 0.0)
    noise = np.random.default_rng(seed).integers(0, 255, (12, 12, 3), dtype=np.uint8)
    picture = Image.fromarray(noise).resize((640, 480), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=record)
    return out.getvalue()


def seen(
    site: Site,
    scene: SceneRecord,
    m2: float,
    state: FootprintState,
    **changes: Any,
) -> Observation:
    """A look at a site whose disturbed ground is ``m2``, sure to 5 %."""
    low, high = m2 * 0.95, m2 * 1.05 + 50
    sizes = {"footprint_m2": m2, "footprint_low_m2": low, "footprint_high_m2": high}
    day = scene.acquired_on
    assert day is not None
    when = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    return replace(an_observation(site, scene), state=state, observed_at=when, **sizes | changes)


@dataclass(frozen=True, slots=True)
class Cleared:
    """A site whose works have ended: the proposal that fits it, and the folder of its papers."""

    site: Site
    sent: CloseOutSent
    folder: Path
    began_on: date
    ended_on: date

    def proposal(self, **changes: Any) -> CloseOutSent:
        """The proposal under a new id, with changes."""
        return replace(self.sent, id=uuid4(), **changes)


def observe(
    book: Book, site: Site, day: date, m2: float, state: FootprintState, **changes: Any
) -> Observation:
    """Register a scene of a day and file what it shows of the site."""
    name = f"s2_{day:%Y%m%d}_{uuid4().hex[:4]}"
    scene = add_scene(book, a_scene(acquired_on=day, sha256=uuid4().hex * 2, name=name))
    one = seen(site, scene, m2, state, **changes)
    file_observations(book, scene.id, [one])
    return one


def cleared(book: Book, folder: Path, *, is_observed: bool = True, **changes: Any) -> Cleared:
    """List an ownerless site, cleared in the month before last, with its papers and images."""
    today = day_of(book.clock())
    began, ended = today - timedelta(days=90), today - timedelta(days=30)
    site = list_site(book, **{"name": "一号渣堆", "state": SiteState.ACCEPTED} | changes)
    paper = put_paper(book, folder, site, AttachmentKind.ACCEPTANCE, "清理验收单.pdf", PDF)
    before = put_photo(book, folder, site, began - timedelta(days=20), seed=1)
    after = put_photo(book, folder, site, ended + timedelta(days=2), seed=2)
    if is_observed:
        observe(book, site, began - timedelta(days=10), 20_000.0, FootprintState.FIRST)
        observe(book, site, ended + timedelta(days=10), 800.0, FootprintState.SHRUNK)
    heads = {
        Head.CLEARING: HeadSaid(papers=(paper,)),
        Head.TRACING: HeadSaid(statement="走访三个村，无人认领"),
        Head.PENALTY: HeadSaid(reason="无责任主体，无处罚对象"),
        Head.PUBLICATION: HeadSaid(statement="已在区政府网站公示"),
    }
    sent = CloseOutSent(
        id=uuid4(),
        site_code=site.code,
        works_began_on=began,
        works_ended_on=ended,
        heads={head.value: said.plain() for head, said in heads.items()},
        photos_before=[f"paper:{before}"],
        photos_after=[f"paper:{after}"],
        accepted_on=None,
        acceptance_no="昆环验〔2026〕1号",
        note="清理完毕，提请销号",
    )
    return Cleared(site, sent, folder, began, ended)


def a_quick_fix(site_code: str, **changes: Any) -> RemediationProject:
    """A clearance at once that has been accepted, and waits for its close-out."""
    quick = {"variant": ProjectVariant.QUICK_FIX, "stage": ProjectStage.ACCEPTANCE}
    return a_project(site_code, **{"title": "立查立改"} | quick | changes)


def a_close_out(site: Site, **changes: Any) -> CloseOut:
    """A close-out that waits for its first approval, as it is stored."""
    one = CloseOut(
        id=uuid4(),
        site_code=site.code,
        works_began_on=date(2026, 3, 1),
        works_ended_on=date(2026, 5, 20),
        heads={},
        photos_before=[],
        photos_after=[],
        accepted_on=None,
        acceptance_no=None,
        note="",
        version=1,
        recorded_at=NOON,
        district_code=site.district_code,
        state=CloseOutState.PROPOSED,
        body_sha256="0" * 64,
        evidence={"photos": [], "satellite": SatelliteCheck(SatelliteResult.NOT_CHECKED).plain()},
        waiver=None,
        proposed_by=PROPOSER,
        proposed_at=NOON,
        first_by=None,
        first_at=None,
        second_by=None,
        second_at=None,
        closed_on=None,
        reopened_at=None,
        is_demo=site.is_demo,
    )
    return replace(one, **changes)


def a_look_back(site: Site, **changes: Any) -> LookBack:
    """A visit that found nothing, as it is stored."""
    one = LookBack(
        id=uuid4(),
        site_code=site.code,
        close_out_id=None,
        by=LookBackBy.VISIT,
        scene_id=None,
        observation_id=None,
        candidate_id=None,
        looked_on=date(2026, 6, 1),
        recorded_at=NOON,
        recorded_by=PROPOSER,
        result=LookBackResult.NOTHING,
        reasons=[],
        measures={},
        note="",
        finding=None,
        decided_at=None,
        decided_by=None,
        decided_reason=None,
        is_demo=site.is_demo,
    )
    return replace(one, **changes)


def put_paper(
    book: Book, folder: Path, site: Site, kind: AttachmentKind, name: str, content: bytes
) -> UUID:
    """Attach a file to a site."""
    sent = AttachmentSent(uuid4(), site.code, kind, name, name)
    return attach(book, folder, sent, content)[0].id


def put_photo(
    book: Book,
    folder: Path,
    site: Site,
    day: date,
    where: tuple[float, float] | None = NEAR,
    seed: int = 1,
) -> UUID:
    """Attach a photograph taken then and there."""
    content = a_picture(day, where, seed)
    return put_paper(book, folder, site, AttachmentKind.PHOTO, f"照片{seed}.jpg", content)


def hire(book: Book) -> None:
    """Open the accounts of those who propose and approve."""
    for name, role in ROLES.items():
        people.add_user(book, name, f"{name} 工", role, PASSWORD)


def named(book: Book, who: str) -> Book:
    """The ledger in another name."""
    return replace(book, actor=who)


def a_step(close_out_id: UUID, **changes: Any) -> StepSent:
    """An approval."""
    return replace(StepSent(uuid4(), close_out_id, True, "同意"), **changes)


def close(book: Book, one: Cleared) -> None:
    """Close a site out, with a minute between the steps."""
    proposed = propose(named(book, PROPOSER), one.proposal())
    for who in (FIRST, SECOND):
        book.clock.tick()  # type: ignore[attr-defined]
        decide(named(book, who), a_step(proposed.id))
    book.clock.tick()  # type: ignore[attr-defined]


def corrected(book: Book, site: Site, **changes: Any) -> Site:
    """Correct a site a minute later."""
    book.clock.tick()  # type: ignore[attr-defined]
    return correct_site(book, site.code, **changes)
