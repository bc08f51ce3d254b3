"""What a team taps on the form of a check, and what the phone then holds."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.browser.field_phone import Phone
from tests.pictures import picture

CHECK = "import('/static/js/field/check/{module}.js').then((m) => ({code}))"
DB = "import('/static/js/field/db.js').then((db) => ({code}))"


def key_of(candidate: Any) -> str:
    return f"candidate:{candidate.id}"


def open_check(phone: Phone, candidate: Any) -> None:
    """Open the form of a place, from the list the phone has."""
    phone.wait(DB.format(code=f"db.get('places', '{key_of(candidate)}')"))
    phone.wait(DB.format(code="db.recall('rules')"))
    phone.open(f"#/check/{key_of(candidate)}")
    phone.page.wait_for_selector(".fc")


def tap(phone: Phone, name: str, value: str) -> None:
    phone.page.tap(f'.fc [data-name="{name}"][value="{value}"]')


def judge(phone: Phone, verdict: str) -> None:
    tap(phone, "verdict", verdict)
    phone.page.wait_for_selector("#fc-note")


def take_photo(phone: Phone, path: Path | None = None, *, name: str = "IMG_1.jpg") -> None:
    """Hand the form a photograph, as the camera does."""
    count = phone.page.locator(".fc-photo").count()
    content: Any = (
        str(path)
        if path
        else {
            "name": name,
            "mimeType": "image/jpeg",
            "buffer": picture(quality=60 + count, comment=uuid4().bytes),
        }
    )
    phone.page.set_input_files("#fc-camera", content)
    phone.wait(f"document.querySelectorAll('.fc-photo').length > {count}")


def fill_in_waste(phone: Phone) -> None:
    """Answer what a pile is asked, as quickly as a team does."""
    tap(phone, "kind", "WASTE_PILE")
    tap(phone, "waste_class", "SW01")
    for control in ("has_dust_control", "has_runoff_control", "has_seepage_control"):
        tap(phone, control, "no")
    for sense in ("has_odour", "has_dust", "has_leachate"):
        tap(phone, sense, "untold")
    tap(phone, "is_dumping_active", "no")
    phone.page.fill("#fc-height_m", "6")
    tap(phone, "height_basis", "ESTIMATED")
    tap(phone, "heap_shape", "FLAT")


def long_open(phone: Phone) -> None:
    """Let the form have been open for some minutes."""
    phone.page.evaluate(
        "() => { const now = Date.now; Date.now = () => now() + 300000;"
        " const Real = Date; window.Date = class extends Real {"
        " constructor(...a) { a.length ? super(...a) : super(Date.now()); } }; }"
    )


def save(phone: Phone) -> None:
    phone.page.tap("#fc-save")


def saved(phone: Phone) -> dict[str, Any]:
    """Return the body of the one check in the outbox, once it is there."""
    phone.page.wait_for_selector("#fc-toast")
    rows = phone.page.evaluate(DB.format(code="db.all('outbox')"))
    [row] = [row for row in rows if row["kind"] == "check"]
    body: dict[str, Any] = json.loads(row["body"])
    return body


def rules_said(phone: Phone) -> list[str]:
    """Return the rules that speak on the form."""
    found: list[str] = phone.page.evaluate(
        "[...document.querySelectorAll('.fc [data-rule]')].map((one) => one.dataset.rule)"
    )
    return sorted(found)


def draft(phone: Phone, candidate: Any) -> Any:
    return phone.page.evaluate(DB.format(code=f"db.get('drafts', '{key_of(candidate)}')"))
