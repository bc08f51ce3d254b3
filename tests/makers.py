"""Small whole things for tests: a district, a candidate, a site, a Book whose clock can be moved.

Places lie in Kundulun's square unless told otherwise: lon 109.6 to 109.9, lat 40.6 to 40.9. One
thousandth of a degree is some 84 m there from west to east, 111 m from south to north.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from shapely import MultiPolygon
from shapely.geometry import box

from gis.domain.checks.answers import ANSWERS, Answers
from gis.domain.checks.field_check import CheckSent, sha256_of
from gis.domain.detection.candidate import Candidate
from gis.domain.detection.imagery import SceneRecord
from gis.domain.identification.conclusion import Conclusion
from gis.domain.place import District, ReferenceFeature, ReferenceLayer
from gis.domain.sites.site import Site
from gis.domain.terms import (
    CandidateState,
    ConclusionBasis,
    ConclusionState,
    LayerKind,
    LookAlike,
    ProjectStage,
    ProjectVariant,
    Responsibility,
    SiteKind,
    SiteState,
    Verdict,
    Via,
    WasteClass,
    WasteNature,
)
from gis.domain.works.remediation import Plan, RemediationProject
from gis.ledger import Book
from gis.ledger.detection import Found, RunReport
from gis.ledger.project_tasks import TaskAsked
from gis.ledger.projects import ProjectAsked, open_project
from gis.ledger.sites import new_code, put_site, put_version
from gis.spatial.crs import as_multipolygon
from gis.store import places, sites
from gis.store.engine import make_engine

KUNDULUN = "150203"
NOON = datetime(2026, 6, 19, 4, 0, tzinfo=UTC)
"""Noon in Baotou."""


def square(lon: float = 109.70, lat: float = 40.70, size: float = 0.002) -> MultiPolygon:
    """A square of ``size`` degrees with its south-west corner at ``lon``, ``lat``."""
    return as_multipolygon(box(lon, lat, lon + size, lat + size))


def a_district(**changes: Any) -> District:
    district = District(
        code=KUNDULUN,
        name_zh="昆都仑区",
        name_en="Kundulun",
        metric_epsg=4546,
        is_demo=True,
        outline=as_multipolygon(box(109.6, 40.6, 109.9, 40.9)),
    )
    return replace(district, **changes)


def a_candidate(**changes: Any) -> Candidate:
    candidate = Candidate(
        id=uuid4(),
        district_code=KUNDULUN,
        class_name="slag_pile",
        confidence=0.8,
        state=CandidateState.TO_CHECK,
        area_m2=37_500.0,
        area_geodesic_m2=37_490.0,
        perimeter_m=780.0,
        first_seen_on=date(2026, 6, 19),
        last_seen_on=date(2026, 6, 19),
        sightings=1,
        site_code=None,
        town=None,
        version=1,
        outline=square(),
    )
    return replace(candidate, **changes)


def a_site(**changes: Any) -> Site:
    site = Site(
        code="150203-W00001-D",
        version=1,
        recorded_at=NOON,
        district_code=KUNDULUN,
        kind=SiteKind.WASTE_PILE,
        name="一号渣堆",
        town="昆河镇",
        waste_class=WasteClass.SW01,
        nature=WasteNature.UNIDENTIFIED,
        responsibility=Responsibility.OWNERLESS,
        area_m2=37_500.0,
        area_geodesic_m2=37_490.0,
        source="遥感",
        found_on=date(2026, 6, 19),
        state=SiteState.LISTED,
        note="",
        is_demo=True,
        outline=square(),
    )
    return replace(site, **changes)


def a_project(site_code: str, **changes: Any) -> RemediationProject:
    project = RemediationProject(
        id=uuid4(),
        version=1,
        recorded_at=NOON,
        site_code=site_code,
        title="一点一策",
        stage=ProjectStage.WORKS,
        lead_unit="区生态环境分局",
        supporting_units="昆河镇",
        leader_role="分管副区长",
        due_on=date(2026, 12, 31),
        budget_yuan=1_000_000.0,
        paid_yuan=None,
        progress_percent=40,
        task_no=5,
        is_demo=True,
    )
    return replace(project, **changes)


def a_plan(**changes: Any) -> Plan:
    """A plan whose unit is the one that goes with a legacy pile."""
    plan = Plan(title="一点一策", lead_unit="", leader_role="分管副区长", task_no=5)
    return replace(plan, **changes)


def opened(book: Book, code: str, **asked: Any) -> RemediationProject:
    """A project just opened at a site; `plan` holds the fields that differ from `a_plan`."""
    plan = a_plan(**asked.pop("plan", {}))
    first = {"id": uuid4(), "variant": ProjectVariant.GENERAL}
    return open_project(book, ProjectAsked(site_code=code, plan=plan, **first | asked))[0]


def a_task(project: RemediationProject, **changes: Any) -> TaskAsked:
    task = TaskAsked(
        id=uuid4(),
        project_id=project.id,
        title="清运",
        lead_unit="区生态环境分局",
        due_on=date(2026, 12, 31),
    )
    return replace(task, **changes)


def a_conclusion(site_code: str, **changes: Any) -> Conclusion:
    """A laboratory's report of class I, signed by 王工 and passed by 李工."""
    conclusion = Conclusion(
        id=uuid4(),
        site_code=site_code,
        plan_code=None,
        basis=ConclusionBasis.REPORT,
        nature=WasteNature.CLASS_I,
        waste_class=None,
        concluded_on=date(2026, 6, 1),
        leach_multiple=0.4,
        radioactivity_bq_g=None,
        laboratory="演示实验室",
        report_no="YS-2026-001",
        reason="",
        is_solid_waste=None,
        is_listed=None,
        hw_code=None,
        excluded=[],
        version=1,
        recorded_at=NOON,
        state=ConclusionState.IN_FORCE,
        body_sha256="0" * 64,
        finding=None,
        evidence_sha256=None,
        unchecked=[],
        proposed_by="王工",
        signed_by="王工",
        signed_at=NOON,
        reviewed_by="李工",
        reviewed_at=NOON,
        review_comment="",
        superseded_by=None,
        is_demo=True,
    )
    return replace(conclusion, **changes)


def a_scene(**changes: Any) -> SceneRecord:
    """A scene without pixels, of 19 June 2026."""
    scene = SceneRecord(
        id=uuid4(),
        district_code=KUNDULUN,
        name="s2_20260619",
        sensor="Sentinel-2 MSI",
        acquired_on=date(2026, 6, 19),
        crs="EPSG:32649",
        width=10,
        height=10,
        pixel_m=10.0,
        bands=["B02", "B03", "B04", "B12"],
        radiometry={},
        notice="notice",
        footprint=box(109.65, 40.65, 109.8, 40.8),
        sha256="1" * 64,
        path="/nonexistent/scene.tif",
        display_path="/nonexistent/display.tif",
    )
    return replace(scene, **changes)


def a_layer(
    kind: LayerKind, *shapes: Any, **changes: Any
) -> tuple[ReferenceLayer, list[ReferenceFeature]]:
    """A layer with one feature for each geometry."""
    layer = ReferenceLayer(
        id=uuid4(),
        district_code=KUNDULUN,
        kind=kind,
        series=kind.zh,
        title_zh=kind.zh,
        title_en=kind.en,
        source="made by a test",
        licence="CC0",
        dated_on=date(2025, 1, 1),
        accuracy_m=10.0,
        level=None,
        sha256=uuid4().hex * 2,
        reading={},
        adopted_at=NOON,
        ended_at=None,
    )
    layer = replace(layer, **changes)
    return layer, [ReferenceFeature(uuid4(), layer.id, "甲", "A", shape) for shape in shapes]


def a_run(*outlines: MultiPolygon, model_sha256: str = "0" * 64, **changes: Any) -> RunReport:
    """A run that found a slag pile at each outline; the same outline has the same id."""
    found = [
        Found(uuid5(UUID(int=0), outline.wkb_hex), "slag_pile", 0.8, outline)
        for outline in outlines
    ]
    report = RunReport("1" * 64, "test", model_sha256, {"threshold": 0.5}, {"seconds": 1}, found)
    return replace(report, **changes)


def a_check(place: Candidate | Site, **changes: Any) -> CheckSent:
    """A confirmation of a place as it stands, as the office's map sends it.

    Answers may be given by name; the hash is that of the content.
    """
    answers = {"kind": SiteKind.WASTE_PILE, "waste_class": WasteClass.SW01, "note": "堆高约 6 m"}
    answers |= {name: changes.pop(name) for name in [*changes] if name in ANSWERS}
    is_site = isinstance(place, Site)
    sent = CheckSent(
        id=uuid4(),
        candidate_id=None if isinstance(place, Site) else place.id,
        site_code=place.code if is_site else None,
        seen_version=place.version,
        verdict=Verdict.WASTE,
        answers=Answers(**answers).plain(),
        fixes=[],
        overrides=[],
        photos=[],
        checked_at=NOON - timedelta(hours=2),
        recorded_by="王工",
        via=Via.NET,
        body_sha256="",
    )
    sent = replace(sent, **changes)
    said = (sent.place_key, sent.seen_version, sent.verdict, sent.answers, sent.checked_at)
    return replace(sent, body_sha256=sha256_of(str(said)))


def a_look_alike(place: Candidate | Site, **changes: Any) -> CheckSent:
    """A verdict that it is a coal yard."""
    coal = {"kind": None, "waste_class": None, "look_alike": LookAlike.COAL_YARD}
    return a_check(place, **{"verdict": Verdict.LOOK_ALIKE} | coal | changes)


@dataclass
class Clock:
    """The server's clock, moved by hand."""

    now: datetime = field(default=NOON)

    def __call__(self) -> datetime:
        return self.now

    def tick(self, **by: float) -> datetime:
        """Move on, by a minute unless told otherwise, and return the new moment."""
        self.now += timedelta(**(by or {"minutes": 1}))
        return self.now


@contextmanager
def open_book(database_url: str, clock: Clock) -> Iterator[Book]:
    """A ledger on a database, in the name of 王工."""
    engine = make_engine(database_url)
    try:
        yield Book(engine, "王工", clock)
    finally:
        engine.dispose()


def stand(book: Book, code: str, state: SiteState) -> None:
    """Let a site stand where only a deed brings it: what led there is not what is tested."""
    with book.entry() as entry:
        before = sites.site(entry.connection, code)
        put_version(entry, before, before.corrected(entry.now, state=state))


def list_site(book: Book, **changes: Any) -> Site:
    """List a site as the register does: a drawn code, measured, graded."""
    with book.entry() as entry:
        district = places.district(entry.connection, changes.get("district_code", KUNDULUN))
        kind = changes.get("kind", SiteKind.WASTE_PILE)
        site = a_site(**changes, code=new_code(entry, district, kind), recorded_at=entry.now)
        put_site(entry, site)
        return site
