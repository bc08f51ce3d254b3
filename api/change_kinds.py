"""What kind of change a candidate is, asked of a judge by the register's images of both days."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from shapely import MultiPolygon

from api.follow_up import scene_of
from gis.domain.detection.candidate_change import KindTold, is_same_season
from gis.domain.detection.imagery import SceneRecord
from gis.domain.place import STORE_EPSG
from gis.domain.terms import ChangeKind
from gis.ledger import Book
from gis.spatial import crs
from gis.store import imagery

if TYPE_CHECKING:
    from remote_sensing.change.kind_judge import ChangeKinds
    from remote_sensing.scene import Scene

WGS84_EPSG = 4326


def asker(
    book: Book, record: SceneRecord, scene: "Scene", judge: "ChangeKinds"
) -> Callable[[MultiPolygon, date | None], KindTold | None]:
    """Return what tells the kind of a change at an outline (EPSG:4490) since an earlier day.

    Without a day the earlier image is the latest of the same season, else the latest. Where none
    that has the bands shows the place, nobody can say.
    """
    from remote_sensing.change.kind_judge import BANDS

    on = record.acquired_on
    with book.reading() as connection:
        known = {
            one.id: one
            for one in imagery.dated(connection, record.district_code)
            if one.acquired_on and on and one.acquired_on < on
            and {*BANDS} <= {*one.bands} and Path(one.path).is_file()
        }  # fmt: skip

    @cache
    def opened(scene_id: UUID) -> "Scene":
        return scene_of(known[scene_id])

    def ask(outline: MultiPolygon, since: date | None) -> KindTold | None:
        fit = [
            (is_same_season(one.acquired_on, on), one.acquired_on, one.name, one.id)
            for one in known.values()
            if one.acquired_on and on and since in (None, one.acquired_on)
            and one.footprint.covers(outline)
        ]  # fmt: skip
        if not fit:
            return None
        largest = max(crs.transform(outline, STORE_EPSG, WGS84_EPSG).geoms, key=lambda p: p.area)
        spot = largest.centroid
        told = judge.of_ground(opened(max(fit)[-1]), scene, spot.x, spot.y)
        kind = max(told, key=told.__getitem__)
        return KindTold(ChangeKind.of(kind.upper()), round(told[kind], 4))

    return ask
