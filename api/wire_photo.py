"""From photographs to the JSON that phones and pages read."""

from typing import Any

from gis.domain.photos.photo import Photo
from gis.domain.terms import PhotoState


def status(one: Photo, have: list[int]) -> dict[str, Any]:
    """Return how far a photograph has come, and the receipt once all of it is here."""
    zh, en = sentence(one)
    return {
        "id": one.id,
        "check_id": one.check_id,
        "state": one.state.value,
        "have": have if one.state is PhotoState.WAITING else list(range(one.pieces)),
        "pieces": one.pieces,
        "receipt": receipt(one),
        "judgement": one.judgement,
        "sentence_zh": zh,
        "sentence_en": en,
    }


def receipt(one: Photo) -> dict[str, Any] | None:
    """Return what proves that the whole file is here: its hash as the server worked it out."""
    if one.state is PhotoState.WAITING:
        return None
    return {"sha256": one.sha256, "size_bytes": one.size_bytes, "received_at": one.received_at}


def sentence(one: Photo) -> tuple[str, str]:
    """Return what is to be said of a photograph, or nothing."""
    if one.state is not PhotoState.UNREADABLE:
        return "", ""
    return (
        f"“{one.file_name}”已原样保存，但{one.fault_zh}，无法显示：请另拍一张 JPG 照片。",
        f"“{one.file_name}” is kept as it came, but {one.fault_en}; take another one as a JPG.",
    )


def photo(one: Photo) -> dict[str, Any]:
    """Return a photograph as a check's page shows it."""
    zh, en = sentence(one)
    return {
        "id": one.id,
        "check_id": one.check_id,
        "state": one.state.value,
        "file_name": one.file_name,
        "source": one.source.value,
        "sha256": one.sha256,
        "size_bytes": one.size_bytes,
        "chosen_at": one.chosen_at,
        "received_at": one.received_at,
        "recorded_by": one.recorded_by,
        "media_type": one.media_type,
        "width": one.width,
        "height": one.height,
        "fix": one.fix,
        "heading_deg": one.heading_deg,
        "record": one.record,
        "judgement": one.judgement,
        "sentence_zh": zh,
        "sentence_en": en,
        "address": f"/api/photos/{one.id}",
    }
