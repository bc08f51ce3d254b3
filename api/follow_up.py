"""From a registered scene to observations of its sites: the automatic run and the one by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from shapely import MultiPolygon, Polygon

from gis.domain.detection.imagery import SceneRecord
from gis.domain.follow_up.observation import Observation
from gis.domain.follow_up.rules import FollowUpRules
from gis.domain.place import STORE_EPSG
from gis.domain.sites.site import Site
from gis.domain.terms import FootprintState, MaskHow, ReferenceHow, SceneKind
from gis.errors import BadInput
from gis.ledger import Book
from gis.ledger.follow_up import Filed, file_observations
from gis.rules import follow_up as rule_file
from gis.spatial import crs
from gis.store import imagery, observations

if TYPE_CHECKING:
    from remote_sensing.follow_up.looks import Look, Place
    from remote_sensing.scene import Scene

WGS84_EPSG = 4326
NAMESPACE = UUID("b1f6b7f8-8a0e-5f6e-9a53-666f6c6c6f77")
Tell = Callable[[int, int], None]


class SceneUndated(BadInput):
    """A scene without a day cannot stand in a series. Facts: name."""

    code = "scene_undated"
    zh = "影像 {name} 没有成像日期，无法用于遥感跟踪：请用 qingfei scene add --date 重新登记。"
    en = "Scene {name} has no day and cannot be followed up: register it with scene add --date."


class Planned(NamedTuple):
    """A look that is to be had: its id, the place, the site, and the observation before it."""

    id: UUID
    place: "Place"
    site: Site
    before: Observation | None


@dataclass(frozen=True, slots=True)
class Followed:
    """What a run over a scene did: sites it reaches, what is new, what was filed before."""

    scene: SceneRecord
    sites: int
    filed: Filed


def follow_up(
    book: Book,
    record: SceneRecord,
    *,
    given: Mapping[str, MultiPolygon] | None = None,
    tell: Tell | None = None,
) -> Followed:
    """Observe every followed site that a scene reaches and file it; again it adds nothing.

    ``given`` are reference patches by site code (EPSG:4490), which hold for later scenes too.
    What is on file already is not measured again: the id of a look tells before it is had. Raises
    SceneUndated, KeptSceneChanged, and what reading the image raises.
    """
    from remote_sensing.follow_up.followup import observe

    if record.acquired_on is None:
        raise SceneUndated(name=record.name)
    rules = rule_file.current()
    with book.reading() as connection:
        found = observations.followed(connection, record.district_code, record.footprint)
        past = observations.of_sites(connection, [site.code for site in found])
        scenes = {
            one.id: one
            for one in imagery.all_scenes(connection, record.district_code)
            if one.kind is SceneKind.IMAGE and Path(one.path).is_file()
        }
        planned = [
            _plan(record, record.acquired_on, site, past.get(site.code, []), scenes, given, rules)
            for site in found
        ]
        known = observations.filed(connection, [one.id for one in planned])
    due = {one.place.key: one for one in planned if one.id not in known}
    if not due:
        return Followed(record, len(found), Filed((), len(known)))
    earlier = {one.before.scene_id for one in due.values() if one.before is not None}
    looks = observe(
        scene_of(record),
        record.acquired_on,
        [one.place for one in due.values()],
        rules,
        all_outlines=[_wgs84(site.outline) for site in found],
        earlier={str(id_): _dated(scenes[id_]) for id_ in earlier},
        tell=tell,
    )
    new = [_observation(book, record, due[look.place.key], look, rules) for look in looks]
    filed = file_observations(book, record.id, new)
    return Followed(record, len(found), Filed(filed.new, filed.known + len(known)))


def follow_up_from(
    book: Book, record: SceneRecord, *, tell: Tell | None = None
) -> tuple[Followed, ...]:
    """Follow up a scene that has come in, and the later ones, which may compare with it now.

    Scenes do not always come in the order of their days. A scene without a day is passed over.
    """
    if record.acquired_on is None:
        return ()
    with book.reading() as connection:
        every = imagery.all_scenes(connection, record.district_code)
    later = [
        one
        for one in every
        if one.kind is SceneKind.IMAGE
        and one.acquired_on is not None
        and one.acquired_on > record.acquired_on
        and one.footprint.intersects(record.footprint)
        and Path(one.path).is_file()
    ]
    done = [follow_up(book, record, tell=tell)]
    return (*done, *(follow_up(book, one) for one in later))


def _plan(
    record: SceneRecord,
    day: date,
    site: Site,
    past: Sequence[Observation],
    scenes: Mapping[UUID, SceneRecord],
    given: Mapping[str, MultiPolygon] | None,
    rules: FollowUpRules,
) -> Planned:
    from remote_sensing.follow_up.looks import How, Place

    before = before_of(day, past, scenes, rules)
    how: How | None = None
    patch = (given or {}).get(site.code)
    if patch is None:
        by_hand = [one for one in past if one.reference_how is ReferenceHow.GIVEN]
        patch = max(by_hand, key=lambda one: one.observed_at).reference if by_hand else None
    if patch is not None:
        how = "GIVEN"
    else:
        kept = [one for one in past if one.observed_on < day and one.reference is not None]
        if kept:
            patch, how = (
                max(kept, key=lambda one: (one.observed_on, one.observed_at)).reference,
                "KEPT",
            )
    place = Place(
        site.code,
        _wgs84(site.outline),
        None if patch is None else _wgs84(patch),
        how,
        None if before is None else str(before.scene_id),
    )
    said = (
        *(record.id, site.code, rules.sha256, site.outline.wkb_hex),
        *(before and before.id, how, patch and patch.wkb_hex),
    )
    return Planned(uuid5(NAMESPACE, " ".join(map(str, said))), place, site, before)


def before_of(
    day: date,
    past: Sequence[Observation],
    scenes: Mapping[UUID, SceneRecord],
    rules: FollowUpRules,
) -> Observation | None:
    """Return the observation to compare with: the newest that saw, of the same season if any is."""
    oldest = day - timedelta(days=rules.earlier_most_days)
    fit = [
        one
        for one in past
        if one.is_seen and oldest <= one.observed_on < day and one.scene_id in scenes
    ]
    same = [one for one in fit if rules.is_same_season(one.observed_on, day)]
    return max(same or fit, key=lambda one: (one.observed_on, one.observed_at), default=None)


def scene_of(record: SceneRecord, *, masked: bool = True) -> "Scene":
    """Return a registered scene's own file as a scene, as it was checked at intake.

    What its mask hides is not valid, unless the mask knows no more than that a pixel is bright.
    Raises KeptSceneChanged when the bytes of image or mask are no longer those.
    """
    from remote_sensing.intake.geotiff import again, mask_again

    scene = again(
        Path(record.path), record.sha256, record.bands, record.band_places, record.radiometry,
        record.acquired_on,
    )  # fmt: skip
    if not masked or record.mask_path is None or record.mask_how is MaskHow.BRIGHT:
        return scene
    return scene.with_mask(mask_again(Path(record.mask_path), record.mask_sha256 or ""))


def _dated(record: SceneRecord) -> "tuple[Scene, date]":
    assert record.acquired_on is not None  # or nothing would have been observed in it
    return scene_of(record), record.acquired_on


def _wgs84(outline: MultiPolygon) -> MultiPolygon:
    return crs.transform(outline, STORE_EPSG, WGS84_EPSG)


def _stored(outline: MultiPolygon | Polygon | None) -> MultiPolygon | None:
    if outline is None:
        return None
    return crs.as_multipolygon(crs.transform(outline, WGS84_EPSG, STORE_EPSG))


def _observation(
    book: Book, record: SceneRecord, planned: Planned, look: "Look", rules: FollowUpRules
) -> Observation:
    bare, bare_low, bare_high = look.bare_m2 or (None, None, None)
    fvc, fvc_low, fvc_high = look.fvc or (None, None, None)
    ratio, ratio_low, ratio_high = look.fvc_ratio or (None, None, None)
    footprint, low, high = look.footprint_m2 or (None, None, None)
    east, north = look.shift_m or (None, None)
    compared = any(reason.code == "compared" for reason in look.reasons)
    return Observation(
        id=planned.id,
        site_code=planned.site.code,
        site_version=planned.site.version,
        scene_id=record.id,
        observed_on=look.on,
        observed_at=book.clock(),
        rules_sha256=rules.sha256,
        valid_share=look.valid_share,
        snow_share=look.snow_share,
        cloud_share=look.cloud_share,
        shadow_share=look.shadow_share,
        bare_m2=bare,
        bare_low_m2=bare_low,
        bare_high_m2=bare_high,
        fvc=fvc,
        fvc_low=fvc_low,
        fvc_high=fvc_high,
        fvc_reference=look.fvc_reference,
        fvc_ratio=ratio,
        fvc_ratio_low=ratio_low,
        fvc_ratio_high=ratio_high,
        footprint_m2=footprint,
        footprint_low_m2=low,
        footprint_high_m2=high,
        state=FootprintState.of(look.state),
        compared_with=planned.before.id if planned.before and compared else None,
        change_m2=look.change_m2,
        change_sigma_m2=look.change_sigma_m2,
        shift_east_m=east,
        shift_north_m=north,
        reference_how=None if look.how is None else ReferenceHow.of(look.how),
        reasons=[reason.row() for reason in look.reasons],
        measures=look.measures,
        reference=_stored(look.patch),
        footprint=_stored(look.footprint),
    )
