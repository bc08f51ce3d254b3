"""The office's page of checks: read, compare, pass, send back, edit; by mouse, keys and finger."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import APIRequestContext, Browser, Page, expect

from api.settings import Settings
from gis.domain.detection.candidate import Candidate
from gis.domain.terms import Role
from gis.ledger import Book, people
from gis.store.engine import make_engine
from gis.store.tables import users
from tests.api.known import PASSWORD
from tests.browser.conftest import serving
from tests.browser.field_phone import a_pile, file_candidates, open_field_register
from tests.browser.test_accessibility import serious_faults
from tests.makers import KUNDULUN, square
from tests.makers_check import a_body, a_phones
from tests.pictures import photo

MARK = {"X-Requested-With": "qingfei"}
HOSTILE = "<img src=x onerror=\"document.title='run'\">渣堆北侧 {n}"


@dataclass
class Office:
    """A page of the office, the phones of two teams, and the places they went to."""

    page: Page
    team_page: Page
    zhou: APIRequestContext
    wu: APIRequestContext
    places: list[Candidate]

    def send(self, phone: APIRequestContext, body: dict[str, Any], *pictures: bytes) -> str:
        """Send a check and its photographs, as a phone does."""
        check_id = str(uuid4())
        shots = [(str(uuid4()), content) for content in pictures]
        body["photos"] = [
            {"id": shot, "sha256": hashlib.sha256(content).hexdigest(), "size_bytes": len(content)}
            for shot, content in shots
        ]
        envelope = {"check": json.dumps(body), "sent_at": datetime.now(UTC).isoformat()}
        sent = phone.put(f"/api/field-checks/{check_id}", data=envelope, headers=MARK)
        assert sent.status == 201, sent.text()
        for told, (shot, content) in zip(body["photos"], shots, strict=True):
            about = {
                "check_id": check_id,
                "sha256": told["sha256"],
                "size_bytes": len(content),
                "source": "CAMERA",
                "chosen_at": body["checked_at"],
                "file_name": "IMG_1.jpg",
                "fix": {"lon": 109.7005, "lat": 40.6995, "accuracy_m": 5},
                "heading_deg": 20,
            }
            assert phone.put(f"/api/photos/{shot}", data=about, headers=MARK).ok
            head = MARK | {
                "Content-Type": "application/octet-stream",
                "X-Piece-SHA256": hashlib.sha256(content).hexdigest(),
            }
            piece = phone.put(f"/api/photos/{shot}/pieces/0", data=content, headers=head)
            assert piece.ok, piece.text()
        return check_id

    def open(self, check_id: str = "") -> None:
        """Open the page, at one check where it is named."""
        self.page.goto("about:blank")
        self.page.goto(f"/checks?district={KUNDULUN}#{check_id}")
        expect(self.page.locator("html[data-ready=true]")).to_be_attached()

    def explain(self, words: str) -> None:
        """Fill in the dialog and send it."""
        self.page.fill("#review-comment", words)
        self.page.click("#review-send")
        expect(self.page.locator("#dialog")).not_to_be_visible()


@pytest.fixture(params=["desktop", "phone"])
def office(
    browser: Browser, database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Office]:
    settings = Settings(database_url=database_url, data_dir=tmp_path)
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    open_field_register(book)
    for name, called, role in (("fang", "方工", Role.REVIEWER), ("wu", "吴师傅", Role.FIELD)):
        people.add_user(book, name, called, role, PASSWORD)
    with engine.begin() as connection:
        connection.execute(users.update().values(must_change=False))
    places = [a_pile(), a_pile(outline=square(109.75), confidence=0.4)]
    file_candidates(book, *places)
    is_phone = request.param == "phone"
    size = {"width": 390, "height": 844} if is_phone else {"width": 1440, "height": 900}
    with serving(settings) as address:
        contexts = []
        for name in ("fang", "zhou", "wu"):
            context = browser.new_context(
                viewport=size, base_url=address, locale="zh-CN", has_touch=is_phone
            )
            body = {"username": name, "password": PASSWORD}
            assert context.request.post("/api/session", data=body, headers=MARK).ok
            contexts.append(context)
        page, team_page = contexts[0].new_page(), contexts[1].new_page()
        faults: list[str] = []
        for one in (page, team_page):
            one.on("pageerror", lambda fault: faults.append(str(fault)))
        yield Office(page, team_page, contexts[1].request, contexts[2].request, places)
        assert faults == []
        for context in contexts:
            context.close()
    engine.dispose()


def test_a_check_is_opened_and_passed(office: Office):
    answers = {"note": HOSTILE, "height_m": 12.5}
    outline = {
        "type": "Polygon",
        "coordinates": [
            [[109.7, 40.7], [109.7025, 40.7], [109.7025, 40.702], [109.7, 40.702], [109.7, 40.7]]
        ],
    }
    body = a_phones(str(office.places[0].id), answers=answers, outline=outline, outline_by="WALKED")
    office.send(office.zhou, body, photo())
    office.open()
    page = office.page
    expect(page.locator(".check-row")).to_have_count(1)
    page.locator(".check-row").click()
    expect(page.locator("#check-answers")).to_contain_text(HOSTILE)
    expect(page.locator("#check-answers")).to_contain_text("12.5 m")
    expect(page.locator("#check-photos img")).to_be_visible()
    expect(page.locator("#check-photos")).to_contain_text("距点位")
    expect(page.locator("#check-map path").first).to_be_attached()
    assert serious_faults(page) == []
    page.locator("#check-photos .photo-open").click()
    expect(page.locator("#dialog img")).to_be_visible()
    assert page.evaluate("document.querySelector('#dialog img').naturalWidth") > 100
    page.locator("#dialog .button", has_text="关闭").click()
    page.locator("[data-deed=a]").click()
    page.click("#review-send")
    expect(page.locator(".check-head")).to_contain_text("已通过")
    expect(page.locator(".check-head a")).to_contain_text("150203-W00001-D")
    expect(page.locator("#check-history")).to_contain_text("通过")
    assert page.title() != "run"


def test_the_keyboard_is_enough(office: Office):
    ids = [office.send(office.zhou, a_phones(str(one.id))) for one in office.places]
    office.open()
    page = office.page
    page.keyboard.press("j")
    expect(page.locator("#check-history")).to_contain_text(ids[1])
    page.keyboard.press("j")
    expect(page.locator("#check-history")).to_contain_text(ids[0])
    page.keyboard.press("k")
    expect(page.locator("#check-history")).to_contain_text(ids[1])
    page.keyboard.press("i")
    page.click("#review-send")
    expect(page.locator("#dialog .field-error")).to_contain_text("请写明理由")
    page.keyboard.type("ai")
    page.fill("#review-comment", "请补拍近景")
    page.click("#review-send")
    expect(page.locator(".check-head")).to_contain_text("有问题")
    told = office.zhou.get("/api/field-checks/mine").json()["checks"]
    (mine,) = [one for one in told if one["id"] == ids[1]]
    assert (mine["review"], mine["comment"]) == ("HAS_ISSUES", "请补拍近景")


def test_of_two_teams_one_is_chosen(office: Office):
    place = str(office.places[0].id)
    waste = office.send(office.zhou, a_phones(place))
    look = {"verdict": "LOOK_ALIKE", "answers": {"look_alike": "coal_yard", "kind": None}}
    coal = office.send(office.wu, a_body(place, **look))
    office.open(waste)
    page = office.page
    rivals = page.locator("#check-rivals")
    expect(rivals.locator("tr.is-differing", has_text="结论")).to_contain_text("误判")
    expect(page.locator("[data-deed=a]")).to_have_count(0)
    assert serious_faults(page) == []
    rivals.locator(f"[data-settle='{coal}']").click()
    office.explain("照片可见煤堆")
    expect(page.locator(".check-head")).to_contain_text("并存中选用")
    state = office.zhou.get(f"/api/candidates/{place}").json()["state"]
    assert state == "LOOK_ALIKE"
    told = office.zhou.get("/api/field-checks/mine").json()["checks"][0]
    assert (told["standing"], told["comment"]) == ("SET_ASIDE", "照片可见煤堆")


def test_an_edit_shows_what_was_and_what_is(office: Office):
    check = office.send(office.zhou, a_phones(str(office.places[0].id)))
    office.open(check)
    page = office.page
    page.locator("[data-deed=e]").click()
    page.select_option("#edit-waste_class", "SW04")
    page.fill("#edit-height_m", "9.5")
    office.explain("照片上是煤矸石")
    expect(page.locator(".check-head")).to_contain_text("修改后通过")
    expect(page.locator("#check-answers del").first).to_be_attached()
    expect(page.locator("#check-history .changes")).to_contain_text("SW04 煤矸石")
    site = page.request.get("/api/sites/150203-W00001-D").json()
    assert (site["waste_class"], site["height_m"]) == ("SW04", 9.5)


def test_the_queue_is_filtered_and_a_colleague_meanwhile_is_not_overwritten(office: Office):
    check = office.send(office.zhou, a_phones(str(office.places[0].id)))
    office.open(check)
    page = office.page
    done = {"act": "REJECT", "comment": "照片不是这里", "changes": {}, "seen_version": 1}
    address = f"/api/field-checks/{check}/reviews/{uuid4()}"
    assert page.request.put(address, data=done, headers=MARK).ok
    page.locator("[data-deed=a]").click()
    page.click("#review-send")
    expect(page.locator("#dialog .field-error")).to_contain_text("已有新的处理")
    office.open()
    expect(page.locator(".check-row")).to_have_count(0)
    page.locator("[data-tab=rejected]").click()
    expect(page.locator(".check-row")).to_have_count(1)
    page.locator(".check-filter-box summary").click()
    page.select_option("#check-verdict", "GONE")
    expect(page.locator(".check-row")).to_have_count(0)


def test_a_places_page_tells_its_checks_and_leads_to_their_review(office: Office):
    body = a_phones(str(office.places[0].id), answers={"note": HOSTILE, "height_m": 12.5})
    check_id = office.send(office.zhou, body, photo())
    office.open(check_id)
    page = office.page
    page.locator("[data-deed=a]").click()
    office.explain("")
    page.locator(".check-head a").click()
    visits = page.locator("#visits")
    expect(visits.locator(f"[data-check='{check_id}']")).to_contain_text("周师傅")
    expect(visits).to_contain_text(HOSTILE)
    expect(visits).to_contain_text("定位误差 ±6 米")
    expect(visits).to_contain_text("已通过")
    visits.locator(".photo-open").click()
    stamped = page.locator("#dialog img")
    expect(stamped).to_have_attribute("src", re.compile("/stamped$"))
    assert page.evaluate("document.querySelector('#dialog img').decode().then(() => true)")
    expect(page.locator("#dialog a.button")).to_have_attribute("href", re.compile("/original$"))
    page.locator("#dialog .button", has_text="关闭").click()
    assert serious_faults(page) == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert page.viewport_size and width <= page.viewport_size["width"]
    visits.locator(".check-link").click()
    expect(page.locator("#check-history")).to_contain_text(check_id)
    assert page.title() != "run"


def test_a_candidates_panel_tells_its_checks_to_who_cannot_review(office: Office):
    place = office.places[0].id
    office.send(office.wu, a_phones(str(place), answers={"note": HOSTILE}), photo())
    page = office.team_page
    page.goto(f"/#d={KUNDULUN}&c={place}")
    told = page.locator("#place-checks")
    expect(told).to_contain_text("吴师傅")
    expect(told).to_contain_text(HOSTILE)
    expect(told).to_contain_text("已收到，待审核")
    expect(told.locator(".check-link")).to_have_count(0)
    told.locator(".photo-open").click()
    expect(page.locator("#dialog img")).to_be_visible()
    expect(page.locator("#dialog a.button")).to_have_count(0)
    assert page.title() != "run"
