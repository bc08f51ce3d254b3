"""What a stamped photograph says below the picture: which place, where, when, and who."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from gis.domain.photos.photo import Photo
from gis.domain.photos.picture_record import record_of

BEIJING = timezone(timedelta(hours=8))
WINDS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")
SHOWN_OF_HASH = 8


@dataclass(frozen=True, slots=True)
class PhotoLabel:
    """The lines of a stamp; the first is the heading."""

    lines: tuple[str, ...]


def label_of(photo: Photo, place_name: str, place_code: str, person: str) -> PhotoLabel:
    """Return the stamp of a photograph; what is unknown is said to be unknown."""
    record, judged = record_of(photo.record), photo.judgement or {}
    fix = photo.fix or {}
    if record.lon is not None and record.lat is not None:
        where = f"{_degrees(record.lon, record.lat)}（CGCS2000，照片记录）"
    elif fix:
        where = f"{_degrees(fix['lon'], fix['lat'])}（CGCS2000，手机定位）"
    else:
        where = "未知"
    distance = judged.get("distance_m")
    if distance is not None:
        where += "　　在图斑内" if distance == 0 else f"　　距图斑 {distance:.0f} m"
    return PhotoLabel(
        (
            f"{place_code}　{place_name}".strip("　"),
            f"位置　{where}",
            f"方位　{_bearing(judged.get('bearing_deg'))}　　拍摄　{_moment(record.taken_at)}",
            f"核实人　{person}　　原片 SHA-256 前 8 位　{photo.sha256[:SHOWN_OF_HASH]}",
        )
    )


def _degrees(lon: float, lat: float) -> str:
    east, north = "E" if lon >= 0 else "W", "N" if lat >= 0 else "S"
    return f"{abs(lon):.6f}°{east} {abs(lat):.6f}°{north}"


def _bearing(degrees: float | None) -> str:
    if degrees is None:
        return "未知"
    return f"{WINDS[round(degrees / 45) % 8]} {degrees:.0f}°"


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return "时间未知"
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}（北京时间）"
