"""A field check as a phone or the office's map sends it to the server."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient

MOMENT = datetime.now(UTC) - timedelta(minutes=10)
NOW = MOMENT.isoformat()
OPENED = (MOMENT - timedelta(minutes=5)).isoformat()
ANSWERS = ("kind", "waste_class", "look_alike", "note")


def a_body(place: str, **changes: Any) -> dict[str, Any]:
    """A confirmed pit, as the office's map sends it; answers may be given by name."""
    answers = {"kind": "MINE_PIT", "waste_class": "NONE", "look_alike": None, "note": "坑深约 15 m"}
    answers |= changes.pop("answers", {})
    answers |= {name: changes.pop(name) for name in ANSWERS if name in changes}
    is_site = "-" in place and len(place) == len("150203-W00001-D")
    return {
        "candidate_id": None if is_site else place,
        "site_code": place if is_site else None,
        "seen_version": 1,
        "verdict": "PIT",
        "answers": answers,
        "checked_at": NOW,
    } | changes


def a_phones(place: str, **changes: Any) -> dict[str, Any]:
    """A whole check from a phone that stood at the place: no rule of the form is broken."""
    answers = {
        "kind": "WASTE_PILE",
        "waste_class": "SW01",
        "height_m": 6,
        "height_basis": "ESTIMATED",
        "has_dust_control": False,
        "has_runoff_control": False,
        "has_seepage_control": False,
    }
    photo = {"id": str(uuid4()), "sha256": "0" * 64, "size_bytes": 10}
    fix = {
        "lon": 109.701,
        "lat": 40.701,
        "accuracy_m": 6.0,
        "at": NOW,
        "samples": 8,
        "spread_m": 2.5,
        "purpose": "VERDICT",
    }
    whole = {
        "verdict": "WASTE",
        "answers": answers | changes.pop("answers", {}),
        "fixes": [fix],
        "photos": [photo],
        "opened_at": OPENED,
    }
    return a_body(place, **whole | changes)


def send(client: TestClient, body: dict[str, Any], check_id: Any = None, **envelope: Any) -> Any:
    """Send a check the way phones do: its text whole, beside the moment by the phone's clock."""
    text = json.dumps(body, ensure_ascii=False)
    sent = {"check": text, "sent_at": datetime.now(UTC).isoformat()} | envelope
    return client.put(f"/api/field-checks/{check_id or uuid4()}", json=sent)


def hash_of(body: dict[str, Any]) -> str:
    """The hash that the phone keeps of what it sent."""
    return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()
