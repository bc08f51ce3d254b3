"""What a test does on a phone's outbox: record as the form does, wait, read what is there."""

import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from playwright.sync_api import Page

FIELD = "/static/js/field"

RECORD = """async ({ id, place, name, body, photoIds }) => {
  const { enqueueCheck } = await import("/static/js/field/outbox/queue.js");
  const { hashOf } = await import("/static/js/field/outbox/sha256.js");
  const files = [...(document.getElementById("made")?.files || [])];
  const photos = [];
  for (const [index, blob] of files.entries()) {
    photos.push({
      id: photoIds[index], sha256: await hashOf(blob), size_bytes: blob.size, file_name: blob.name,
      source: "CHOSEN", chosen_at: new Date().toISOString(), blob,
      fix: body.fixes[0] || null, heading_deg: 12.5,
    });
  }
  const at = new Date().toISOString();
  const said = { opened_at: at, checked_at: at, ...body,
    photos: photos.map(({ id, sha256, size_bytes }) => ({ id, sha256, size_bytes })) };
  const kept = await enqueueCheck({ id, place_key: place, place_name: name, body: said }, photos);
  return Object.fromEntries([kept, ...photos].map((one) => [one.id, one.sha256]));
}"""

PICK = """() => {
  document.getElementById("made")?.remove();
  const input = document.createElement("input");
  input.type = "file"; input.multiple = true; input.id = "made";
  document.body.append(input);
}"""


def body_of(owner: str, candidate: str | UUID, **changes: Any) -> dict[str, Any]:
    """A check as the form writes it: a pile that is gone, seen from 20 m."""
    at = "2026-06-19T04:00:00.000Z"
    fix = {"lon": 109.7001, "lat": 40.7001, "accuracy_m": 8.5, "at": at, "samples": 12}
    return {
        "candidate_id": str(candidate),
        "site_code": None,
        "seen_version": 1,
        "verdict": "GONE",
        "answers": {"note": "现场已清空，只剩碎石。", "height_m": 0.1},
        "outline": None,
        "outline_by": None,
        "fixes": [{**fix, "spread_m": 1.25, "purpose": "SAVE"}],
        "overrides": [],
        "recorded_by": owner,
        **changes,
    }


def record(
    page: Page,
    owner: str,
    candidate: str | UUID,
    pictures: list[Path],
    **changes: Any,
) -> dict[str, str]:
    """Keep a check with photographs in the outbox; returns the SHA-256 of each item by its id."""
    page.evaluate(PICK)
    page.set_input_files("#made", pictures)
    told: dict[str, str] = page.evaluate(
        RECORD,
        {
            "id": str(uuid4()),
            "place": f"candidate:{candidate}",
            "name": "河滩南侧堆场",
            "body": body_of(owner, candidate, **changes),
            "photoIds": [str(uuid4()) for _ in pictures],
        },
    )
    return told


def rows(page: Page) -> dict[str, dict[str, Any]]:
    """Return the outbox's rows by id."""
    got = page.evaluate(
        f"import('{FIELD}/db.js').then((db) => db.all('outbox'))",
    )
    return {row["id"]: row for row in got}


def blobs(page: Page) -> list[str]:
    """Return the ids of the photographs whose bytes are on the phone."""
    got: list[str] = page.evaluate(
        f"import('{FIELD}/db.js').then(({{ transact }}) => transact(['blobs'], 'readonly',"
        " ({ blobs }) => ({ request: blobs.getAllKeys() })))"
    )
    return got


def send(page: Page) -> None:
    """Tap "send now" and wait until the sender rests."""
    page.evaluate(f"import('{FIELD}/outbox/sender.js').then((sender) => sender.sendNow())")


def start_sending(page: Page) -> None:
    """Tap "send now" and go on at once."""
    page.evaluate(f"void import('{FIELD}/outbox/sender.js').then((sender) => sender.sendNow())")


def states(page: Page) -> set[str]:
    """Return the states that the outbox's rows are in."""
    return {row["state"] for row in rows(page).values()}


def until_received(page: Page, seconds: float = 60) -> None:
    """Wait, without a tap, until everything has its receipt."""
    end = time.monotonic() + seconds
    while not states(page) <= {"RECEIVED", "ACCEPTED", "SENT_BACK"}:
        assert time.monotonic() < end, states(page)
        page.wait_for_timeout(200)


def until_sent(page: Page, seconds: float = 60) -> None:
    """Tap "send now" until everything has its receipt."""
    end = time.monotonic() + seconds
    while not states(page) <= {"RECEIVED", "ACCEPTED", "SENT_BACK"}:
        left = {i: (r["state"], r["problem"]) for i, r in rows(page).items() if not r["receipt"]}
        assert time.monotonic() < end, left
        send(page)
        page.wait_for_timeout(100)


def left(page: Page) -> int:
    """Return how many items have no receipt yet."""
    return sum(row["receipt"] is None for row in rows(page).values())
