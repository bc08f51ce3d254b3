"""整治前后照片: whether a photograph can show a site before its works began, or after they ended.

A photograph taken on the very day counts for either side: nobody photographs by the hour.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.domain.terms import PhotoSide


@dataclass(frozen=True, slots=True)
class SitePhoto:
    """A picture of a site: a paper of its page, or a photograph of a field check that was passed.

    ``ref`` names it ("paper:…", "photo:…"). ``distance_m`` is from the outline to where it was
    taken, None where that is unknown. ``warnings`` are the strong ones of the photo check.
    """

    ref: str
    title: str
    taken_on: date | None
    distance_m: float | None
    warnings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedPhoto:
    """A photograph held against a side; ``why`` is empty where it passed."""

    photo: SitePhoto
    side: PhotoSide
    why: tuple[tuple[str, str], ...]

    @property
    def passed(self) -> bool:
        """Say whether it counts."""
        return not self.why

    def plain(self) -> dict[str, Any]:
        """Return it as plain JSON, as the register keeps it."""
        one = self.photo
        return {
            "ref": one.ref,
            "title": one.title,
            "taken_on": None if one.taken_on is None else one.taken_on.isoformat(),
            "distance_m": None if one.distance_m is None else round(one.distance_m, 1),
            "passed": self.passed,
            "why_zh": "；".join(zh for zh, _ in self.why),
            "why_en": "; ".join(en for _, en in self.why),
        }


def judged(
    photo: SitePhoto,
    side: PhotoSide,
    began_on: date | None,
    ended_on: date | None,
    distance_m: float,
) -> JudgedPhoto:
    """Hold a photograph against its side."""
    why = (*_place(photo, distance_m), *_day(photo, side, began_on, ended_on), *photo.warnings)
    return JudgedPhoto(photo, side, why)


def named(
    refs: Iterable[str],
    known: Mapping[str, SitePhoto],
    side: PhotoSide,
    began_on: date | None,
    ended_on: date | None,
    distance_m: float,
) -> list[JudgedPhoto]:
    """Hold the photographs that a close-out names against their side; one gone is said so."""
    return [
        judged(known[ref], side, began_on, ended_on, distance_m)
        if ref in known
        else JudgedPhoto(SitePhoto(ref, ref, None, None), side, (_GONE,))
        for ref in refs
    ]


_GONE = ("照片不在该点位名下，或已撤下，或所属核实未通过", "it is no standing picture of this site")


def _place(photo: SitePhoto, distance_m: float) -> Iterator[tuple[str, str]]:
    if photo.distance_m is None:
        yield "没有拍摄位置", "it does not say where it was taken"
    elif photo.distance_m > distance_m:
        far = round(photo.distance_m)
        yield (
            f"拍摄位置距边界 {far} m，超过 {distance_m:.0f} m",
            f"it was taken {far} m from the outline, over {distance_m:.0f} m",
        )


def _day(
    photo: SitePhoto, side: PhotoSide, began_on: date | None, ended_on: date | None
) -> Iterator[tuple[str, str]]:
    day = photo.taken_on
    if day is None:
        yield "没有拍摄时间", "it does not say when it was taken"
    elif side is PhotoSide.BEFORE and began_on is not None and day > began_on:
        yield (
            f"拍于 {day}，晚于施工开始（{began_on}）",
            (f"it was taken on {day}, after the works began ({began_on})"),
        )
    elif side is PhotoSide.AFTER and ended_on is not None and day < ended_on:
        yield (
            f"拍于 {day}，早于施工结束（{ended_on}）",
            (f"it was taken on {day}, before the works ended ({ended_on})"),
        )
