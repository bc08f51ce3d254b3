"""What a photograph says of itself against its check: how far, looking where, when, seen before.

It warns and records; it refuses nothing, and a person decides.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gis.domain.photos.picture_record import PictureRecord
from gis.domain.terms import TimeBasis


@dataclass(frozen=True, slots=True)
class PhotoLimits:
    """What a photograph is measured against (`gis.rules.photo_limits`)."""

    distance_m: float
    view_half_deg: float
    compass_deg: float
    declination_deg: float
    minutes: float
    places_apart_m: float
    clocks_minutes: float
    accuracy_m: float
    shift_m: float
    editors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """When a check was made, by the server's clock and by the phone's own."""

    found_at: datetime
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another photograph that is the same file or the same picture, and where it hangs."""

    id: UUID
    is_same_check: bool
    is_same_file: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a photograph once it was measured; None is unknown.

    ``distance_m`` and ``off_axis_deg`` are those of `gis.spatial.looking`; ``apart_m`` is between
    the picture's position and the phone's, ``unshifted_m`` the same with the shift of Chinese web
    maps taken back.
    """

    record: PictureRecord
    position_from: str | None
    accuracy_m: float | None
    bearing_deg: float | None
    distance_m: float | None
    off_axis_deg: float | None
    apart_m: float | None
    unshifted_m: float | None
    visit: Visit | None
    alike: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Warning:
    """One sentence about a photograph; a strong one asks for a look before the check is passed."""

    code: str
    is_strong: bool
    zh: str
    en: str


def judge(seen: Seen, limits: PhotoLimits) -> dict[str, Any]:
    """Return the judgement as the register stores it and phones and pages read it."""
    minutes = minutes_from_visit(seen)
    return {
        "distance_m": _rounded(seen.distance_m),
        "is_looking_at": is_looking_at(seen, limits),
        "off_axis_deg": _rounded(seen.off_axis_deg),
        "bearing_deg": _rounded(seen.bearing_deg),
        "minutes_from_visit": minutes,
        "position_from": seen.position_from,
        "same_as": [str(one.id) for one in seen.alike if not one.is_same_check],
        "same_here": [str(one.id) for one in seen.alike if one.is_same_check],
        "has_position": seen.record.lon is not None,
        "has_bearing": seen.bearing_deg is not None,
        "has_time": seen.record.taken_at is not None,
        "awaits_check": seen.visit is None,
        "warnings": [asdict(one) for one in _warnings(seen, limits, minutes)],
    }


def is_looking_at(seen: Seen, limits: PhotoLimits) -> bool | None:
    """Say whether the place can be in the picture, as far as bearing and position tell."""
    if seen.distance_m == 0:
        return True
    if seen.off_axis_deg is None:
        return None
    return seen.off_axis_deg <= limits.view_half_deg + limits.compass_deg


def minutes_from_visit(seen: Seen) -> float | None:
    """Return the minutes from the visit to the picture, below 0 where the picture is older.

    The satellites' time is compared with the server's; a camera's clock is the phone's own, so it
    errs as the check's does, and is compared with that.
    """
    taken = seen.record.taken_at
    if taken is None or seen.visit is None:
        return None
    is_true = seen.record.time_basis is TimeBasis.SATELLITE
    visit = seen.visit.found_at if is_true else seen.visit.checked_at
    return round((taken - visit).total_seconds() / 60, 1)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _warnings(seen: Seen, limits: PhotoLimits, minutes: float | None) -> Iterator[Warning]:
    yield from _of_place(seen, limits)
    yield from _of_time(seen, limits, minutes)
    yield from _of_origin(seen, limits)


def _of_place(seen: Seen, limits: PhotoLimits) -> Iterator[Warning]:
    if seen.position_from is None:
        yield Warning(
            "no_position",
            False,
            "照片没有拍摄位置，无法核对距离。",
            "The photograph says nowhere where it was taken; its distance cannot be compared.",
        )
    if seen.distance_m is not None and seen.distance_m > limits.distance_m:
        far = _length(seen.distance_m)
        yield Warning(
            "far_from_place",
            True,
            f"拍摄位置距图斑边界 {far}，超过 {limits.distance_m:.0f} m。",
            f"It was taken {far} from the outline, over {limits.distance_m:.0f} m.",
        )
    if is_looking_at(seen, limits) is False:
        yield Warning(
            "looking_away",
            True,
            f"镜头方向偏离图斑 {seen.off_axis_deg:.0f}°，可能没有对着它拍。",
            f"The camera pointed {seen.off_axis_deg:.0f}° past the outline, perhaps not at it.",
        )
    if seen.position_from == "PHONE" and (seen.accuracy_m or 0) > limits.accuracy_m:
        sure = _length(seen.accuracy_m or 0)
        yield Warning(
            "poor_fix",
            False,
            f"照片位置取自手机定位，精度只有 ±{sure}。",
            f"Its position is the phone's, which is sure to ±{sure} only.",
        )
    if seen.apart_m is not None and seen.apart_m > limits.places_apart_m:
        yield _apart(seen, limits, seen.apart_m)


def _apart(seen: Seen, limits: PhotoLimits, metres: float) -> Warning:
    apart = _length(metres)
    if seen.unshifted_m is not None and seen.unshifted_m <= limits.shift_m:
        return Warning(
            "shifted_position",
            False,
            f"照片位置与手机定位相距 {apart}，像是写成了火星坐标（GCJ-02）。",
            f"Its position is {apart} from the phone's, as if written in GCJ-02.",
        )
    return Warning(
        "positions_differ",
        True,
        f"照片记录的位置与手机定位相距 {apart}，两者必有一个不对。",
        f"Its own position and the phone's are {apart} apart; one of them is wrong.",
    )


def _of_time(seen: Seen, limits: PhotoLimits, minutes: float | None) -> Iterator[Warning]:
    if minutes is not None and abs(minutes) > limits.minutes:
        when_zh, when_en = ("早于", "before") if minutes < 0 else ("晚于", "after")
        yield Warning(
            "time_apart",
            True,
            f"拍摄时间{when_zh}核实时间 {_span(minutes, 'zh')}。",
            f"It was taken {_span(minutes, 'en')} {when_en} the visit.",
        )
    record = seen.record
    if record.satellite_at is not None and record.camera_at is not None:
        apart = (record.camera_at - record.satellite_at).total_seconds() / 60
        if abs(apart) > limits.clocks_minutes:
            yield Warning(
                "clocks_differ",
                False,
                f"相机时间与卫星时间相差 {_span(apart, 'zh')}。",
                f"The camera's clock and the satellites' are {_span(apart, 'en')} apart.",
            )


def _of_origin(seen: Seen, limits: PhotoLimits) -> Iterator[Warning]:
    record = seen.record
    elsewhere = [one for one in seen.alike if not one.is_same_check]
    if any(one.is_same_file for one in elsewhere):
        yield Warning(
            "same_file",
            True,
            "同一张照片（同一文件）已用于另一次核实。",
            "The very same file was sent with another check.",
        )
    elif elsewhere:
        yield Warning(
            "same_picture",
            True,
            "画面与另一次核实的照片相同。",
            "It shows the same picture as a photograph of another check.",
        )
    if any(one.is_same_check for one in seen.alike):
        yield Warning(
            "repeated_here",
            False,
            "同一次核实中有画面相同的照片。",
            "The same check holds the same picture twice.",
        )
    if record.lon is None and record.taken_at is None and not record.camera:
        yield Warning(
            "no_record",
            False,
            "照片没有任何拍摄信息，可能是截图或转发的图片。",
            "It holds no record of a camera; perhaps a screenshot, or passed on by a messenger.",
        )
    elif record.taken_at is None:
        yield Warning(
            "no_time",
            False,
            "照片没有拍摄时间，无法核对。",
            "It does not say when it was taken; that cannot be compared.",
        )
    if any(editor in record.software.lower() for editor in limits.editors):
        yield Warning(
            "edited",
            True,
            f"照片经图像软件处理过（{record.software}）。",
            f"The picture was written by an editing program ({record.software}).",
        )
    if _is_round(record):
        yield Warning(
            "round_position",
            True,
            "照片位置恰为整数值，可能是人为填写的。",
            "Its position is a round number, as people write it and satellites do not.",
        )


def _is_round(record: PictureRecord) -> bool:
    """Say whether both coordinates are whole hundredths of a degree (about 1 km): 1 in 10^8."""
    if record.lon is None or record.lat is None:
        return False
    return all(abs(value * 100 - round(value * 100)) < 1e-6 for value in (record.lon, record.lat))


def _length(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 10_000 else f"{metres / 1000:.0f} km"


def _span(minutes: float, language: str) -> str:
    minutes = abs(minutes)
    for most, per, zh, en in ((120, 1, "分钟", "min"), (2880, 60, "小时", "hours")):
        if minutes < most:
            return f"{minutes / per:.0f} {zh if language == 'zh' else en}"
    return f"{minutes / 1440:.0f} {'天' if language == 'zh' else 'days'}"
