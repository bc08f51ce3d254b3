"""样本: what passed field checks teach the next detection run (A13)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from shapely import MultiPolygon

from gis.domain.checks.answers import Answers
from gis.domain.detection.imagery import SceneRecord
from gis.domain.terms import LeftOut, LookAlike, SiteKind, Verdict, WasteClass

RECORD = "set.json"
"""The file of a frozen set that says what it holds, with the hash of every other."""
OF_KIND = {
    SiteKind.MINE_PIT: "open_pit",
    SiteKind.MINE: "open_pit",
    SiteKind.SAND_PIT: "sand_pit",
    SiteKind.TAILINGS_POND: "tailings",
    SiteKind.CONSTRUCTION_PILE: "construction_waste",
}
OF_WASTE = {
    WasteClass.SW01: "slag_pile",
    WasteClass.SW03: "slag_pile",
    WasteClass.SW02: "ash_pile",
    WasteClass.SW04: "waste_rock",
    WasteClass.SW05: "tailings",
    WasteClass.SW09: "tailings",
    **dict.fromkeys(
        (WasteClass.SW61, WasteClass.SW62, WasteClass.SW63, WasteClass.SW64), "domestic_waste"
    ),
    **dict.fromkeys(
        (WasteClass.SW70, WasteClass.SW71, WasteClass.SW72, WasteClass.SW73, WasteClass.SW74),
        "construction_waste",
    ),
    WasteClass.SW99: "mixed_waste",
}
PILES = frozenset(OF_WASTE.values()) - {"construction_waste"}
"""Classes that a waste pile can be of, where its waste is not known."""
NO_CLASS = {LookAlike.OPERATING_MINE, LookAlike.OTHER}
"""Look-alikes that no class of ground stands for: a licensed mine looks as a pit does."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One place on one day: ``label`` is a class of imagery, None where the check names none.

    ``outline`` is what holds of the place then; ``scene`` the district's image nearest in time;
    ``left_out`` says why it teaches nothing.
    """

    check_id: UUID
    check_version: int
    place_key: str
    district_code: str
    found_on: date
    verdict: Verdict
    label: str | None
    outline: MultiPolygon
    is_redrawn: bool
    scene: SceneRecord | None = None
    left_out: LeftOut | None = None

    @property
    def days_apart(self) -> int | None:
        """Return how many days lie between the visit and the image."""
        if self.scene is None or self.scene.acquired_on is None:
            return None
        return abs((self.scene.acquired_on - self.found_on).days)


def label_of(verdict: Verdict, said: Answers, detected: str | None) -> str | None:
    """Return the class of imagery that a passed check is an example of, or None.

    Where the team names no waste that a class stands for, what was detected holds if it is a pile
    too. A place that is gone, or was not reached, is an example of nothing.

    >>> label_of(Verdict.LOOK_ALIKE, Answers(look_alike=LookAlike.COAL_YARD), "slag_pile")
    'coal_yard'
    """
    if verdict is Verdict.LOOK_ALIKE and said.look_alike is not None:
        return None if said.look_alike in NO_CLASS else said.look_alike.value
    if not verdict.is_confirmed or said.kind is None:
        return None
    if said.kind is not SiteKind.WASTE_PILE:
        return OF_KIND[said.kind]
    named = OF_WASTE.get(said.waste_class) if said.waste_class is not None else None
    return named or (detected if detected in PILES else None)


def on_images(
    samples: Iterable[Sample], scenes: Sequence[SceneRecord], most_days: int
) -> list[Sample]:
    """Return the samples with the image that each shows on, one a place and image.

    The image has to hold the whole outline and to lie within ``most_days`` of the visit. Of
    several checks of a place that meet in one image the newest stands: no place counts twice.
    ``samples`` come in the order in which they were found.
    """
    found: dict[tuple[str, UUID | None], Sample] = {}
    for sample in sorted(samples, key=lambda one: one.found_on):  # of one day, as they come
        seen = [replace(sample, scene=scene) for scene in scenes if _shows(scene, sample)]
        near = [one for one in seen if one.days_apart is not None and one.days_apart <= most_days]
        best = min(near, key=lambda one: (one.days_apart, one.scene.name), default=sample)  # type: ignore[union-attr]
        found[(best.place_key, best.scene.id if best.scene else None)] = best
    return sorted(found.values(), key=lambda one: (one.found_on, str(one.check_id)))


def _shows(scene: SceneRecord, sample: Sample) -> bool:
    same = scene.district_code == sample.district_code
    return same and scene.acquired_on is not None and scene.footprint.covers(sample.outline)
