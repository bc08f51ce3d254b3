"""A phone's outbox as the phone exports it (web_map/static/js/field/outbox/export.js)."""

import hashlib
import io
import json
import zipfile
from typing import Any
from uuid import uuid4

WAITING = {"state": "KEPT", "sent_bytes": 0, "tries": 0, "place_name": "一号渣堆", "owner": "waiye"}


def check_row(body: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A check's row: its body is the text that was hashed."""
    text = json.dumps(body, ensure_ascii=False)
    row = {
        "id": str(uuid4()),
        "kind": "check",
        "body": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "size_bytes": len(text.encode()),
    }
    return WAITING | row | changes


def photo_row(check_id: str, content: bytes, **changes: Any) -> dict[str, Any]:
    """A photograph's row: its body is what is announced of it."""
    body = {
        "check_id": check_id,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
        "file_name": "IMG_0001.JPG",
        "source": "CAMERA",
        "chosen_at": "2026-11-20T02:00:00Z",
        "fix": None,
        "heading_deg": None,
        "recorded_by": "waiye",
    }
    row = {"id": str(uuid4()), "kind": "photo", "check_id": check_id, "body": body}
    return WAITING | row | {"sha256": body["sha256"], "size_bytes": len(content)} | changes


def outbox_of(
    rows: list[dict[str, Any]],
    photos: dict[str, bytes],
    form: int = zipfile.ZIP_STORED,
    **said: Any,
) -> bytes:
    """The file of these rows, with these photographs' bytes by id."""
    listing = {
        "format": "qingfei-outbox-1",
        "owner": "waiye",
        "device": "Redmi",
        "exported_at": "2026-11-20T02:10:00Z",
        "items": rows,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", form) as archive:
        archive.writestr("outbox.json", json.dumps(listing | said))
        for photo_id, content in photos.items():
            archive.writestr(f"photos/{photo_id}", content)
    return out.getvalue()
