"""Composing registered scenes into one, which becomes a scene of its own with its sources."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date

from api.follow_up import scene_of
from api.intake import SceneSent, add_scene
from api.scene_files import workplace
from api.settings import Settings
from gis.domain.detection.imagery import SceneRecord
from gis.domain.terms import SceneKind
from gis.ledger import Book
from remote_sensing.composite import How, Source, compose, in_order
from remote_sensing.scene import open_scene

Tell = Callable[[int, int], None]


def compose_scenes(
    book: Book,
    settings: Settings,
    records: Sequence[SceneRecord],
    how: How,
    name: str | None = None,
    tell: Tell | None = None,
) -> SceneRecord:
    """Compose scenes of one district and register the composite; the same again adds nothing.

    Raises CompositeUnfit, KeptSceneChanged, and what ``add_scene`` raises.
    """
    sources = in_order([Source(one.name, scene_of(one)) for one in records])
    days = [day for one in sources if (day := one.scene.acquired_on) is not None]
    used = {one.name: one for one in records}
    with workplace(settings.imagery_dir) as aside:
        flat, dates = aside / "composite.tif", aside / "dates.tif"
        compose(sources, how, flat, dates, tell)
        sent = SceneSent(
            open_scene(flat, acquired_on=max(days)),
            records[0].district_code,
            name or _name(how, min(days), max(days)),
            _sensor(records),
            " · ".join(dict.fromkeys(one.notice for one in records if one.notice)),
            source_sha256=_digest(sources, how),
            kind=SceneKind.COMPOSITE,
            first_on=min(days),
            beside=(dates,),
            processing={
                "from": "COMPOSITE",
                "how": how,
                "sources": [
                    {
                        "id": str(used[one.name].id),
                        "name": one.name,
                        "day": str(one.scene.acquired_on),
                        "masked": one.scene.mask is not None,
                    }
                    for one in sources
                ],
            },
        )
        return add_scene(book, settings, sent)


def _name(how: How, first: date, last: date) -> str:
    return f"{how}_{first:%Y%m%d}_{last:%Y%m%d}"


def _sensor(records: Sequence[SceneRecord]) -> str:
    named = list(dict.fromkeys(one.sensor for one in records))
    return " + ".join(named)[:60]


def _digest(sources: Sequence[Source], how: How) -> str:
    said = [f"{one.scene.sha256} {one.scene.mask and one.scene.mask.sha256}" for one in sources]
    return hashlib.sha256("\n".join([how, *said]).encode()).hexdigest()
