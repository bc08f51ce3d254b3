"""The check on the phone: two minutes, without a net, through crashes, and what can go wrong."""

import contextlib
import json
import math
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Error as PlaywrightError

from api.settings import Settings
from gis.ledger import Book
from gis.store import checks
from gis.store.engine import make_engine
from tests.browser.check_form import (
    DB,
    draft,
    fill_in_waste,
    judge,
    key_of,
    long_open,
    open_check,
    rules_said,
    save,
    saved,
    take_photo,
    tap,
)
from tests.browser.conftest import serving
from tests.browser.field_phone import (
    Phone,
    a_pile,
    file_candidates,
    give,
    open_field_register,
    phone,
)
from tests.browser.test_accessibility import AXE
from tests.pictures import picture

THERE = {"longitude": 109.701, "latitude": 40.701, "accuracy": 8}
MOST_TAPS = 40
MOST_SECONDS = 120
STRICT_AXE = """async () => {
  const how = [["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], ["color-contrast-enhanced"]];
  const told = (v) => `${v.id}: ${v.nodes.slice(0, 4).map((n) => n.target.join(" ")).join(" | ")}`;
  const found = [];
  for (const runOnly of how) found.push(...(await axe.run(document, { runOnly })).violations);
  return found.map(told);
}"""


@dataclass
class Field:
    """A team at a pile, with its phone; ``book`` is the office's register."""

    phone: Phone
    book: Book
    pile: Any

    def open(self) -> None:
        open_check(self.phone, self.pile)

    def move(self, **to: float) -> None:
        self.phone.context.set_geolocation(THERE | to)  # type: ignore[arg-type]
        self.phone.page.wait_for_timeout(120)

    def draft(self) -> Any:
        return draft(self.phone, self.pile)

    def kept(self, condition: str) -> None:
        """Wait until the draft on the phone says so."""
        read = DB.format(code=f"db.get('drafts', '{key_of(self.pile)}')")
        self.phone.wait(f"{read}.then((draft) => Boolean(draft && ({condition})))")


def at_the_pile(
    browser: Browser, database_url: str, tmp_path: Path, language: str = "zh-CN"
) -> Iterator[Field]:
    settings = Settings(database_url=database_url, data_dir=tmp_path)
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    open_field_register(book)
    pile = a_pile(town="昆河镇")
    file_candidates(book, pile)
    give(book, pile)
    with serving(settings) as address, phone(browser, address, language) as found:
        found.context.set_geolocation(THERE)  # type: ignore[arg-type]
        yield Field(found, book, pile)
        found.context.set_offline(True)
        found.page.wait_for_timeout(300)  # what is on its way to the server ends
    engine.dispose()


@pytest.fixture
def team(browser: Browser, database_url: str, tmp_path: Path) -> Iterator[Field]:
    yield from at_the_pile(browser, database_url, tmp_path)


def test_a_pile_is_checked_in_few_taps_and_two_minutes_without_a_net(team: Field):
    page = team.phone.page
    page.evaluate(
        "() => { window.taps = 0; addEventListener('click', () => { taps += 1; }, true); }"
    )
    team.open()
    team.phone.context.set_offline(True)
    start = time.monotonic()
    judge(team.phone, "WASTE")
    take_photo(team.phone)
    take_photo(team.phone)
    fill_in_waste(team.phone)
    page.fill("#fc-dwelling_distance_m", "１５０")
    page.fill("#fc-responsible_party", "昆河铁厂")
    page.fill("#fc-note", "北侧有新倾倒痕迹。")
    long_open(team.phone)
    save(team.phone)
    body = saved(team.phone)
    assert time.monotonic() - start < MOST_SECONDS
    assert page.evaluate("taps") <= MOST_TAPS
    assert team.draft() is None
    assert body["candidate_id"] == str(team.pile.id) and body["seen_version"] == 1
    assert body["recorded_by"] == "zhou" and body["overrides"] == []
    assert {fix["purpose"] for fix in body["fixes"]} == {"OPEN", "VERDICT", "PHOTO"} | (
        {"SAVE"} & {fix["purpose"] for fix in body["fixes"]}
    )
    said = body["answers"]
    assert said["dwelling_distance_m"] == 150 and said["has_dust_control"] is False
    assert said["volume_m3"] == pytest.approx(0.6 * said["area_m2"] * 6)
    assert said["mass_t"] == pytest.approx(said["volume_m3"] * 1.8)
    assert "0.6" in said["mass_formula"] and "1.8" in said["mass_formula"]
    assert len(body["photos"]) == 2


def test_what_the_phone_keeps_reaches_the_register_with_the_phones_own_hash(team: Field):
    team.open()
    judge(team.phone, "WASTE")
    take_photo(team.phone)
    fill_in_waste(team.phone)
    long_open(team.phone)
    save(team.phone)
    body = saved(team.phone)
    read = DB.format(code="db.all('outbox')")
    team.phone.wait(f"{read}.then((all) => all.every((row) => row.state === 'RECEIVED'))", 30)
    [row] = [r for r in team.phone.page.evaluate(read) if r["kind"] == "check"]
    with team.book.reading() as connection:
        kept = checks.check(connection, row["id"])
    assert kept.body_sha256 == row["sha256"] == row["receipt"]["sha256"]
    assert kept.answers["mass_t"] == body["answers"]["mass_t"]
    assert [one["rule"] for one in kept.problems] == []


@pytest.mark.parametrize(
    ("verdict", "answers", "shown", "hidden"),
    [
        ("PIT", {"kind": "SAND_PIT"}, ["height_m"], ["has_dust_control", "mass_t", "waste_class"]),
        ("LOOK_ALIKE", {"look_alike": "coal_yard"}, ["look_alike"], ["kind", "height_m"]),
        ("GONE", {}, ["note"], ["kind", "look_alike", "has_odour"]),
        ("UNREACHABLE", {"unreachable_why": "FENCED"}, ["unreachable_why"], ["kind"]),
    ],
)
def test_each_verdict_asks_only_what_fits_and_is_taken(
    team: Field, verdict: str, answers: dict[str, str], shown: list[str], hidden: list[str]
):
    team.open()
    judge(team.phone, "WASTE")
    fill_in_waste(team.phone)
    judge(team.phone, verdict)
    take_photo(team.phone)
    names = set(
        team.phone.page.evaluate(
            "[...document.querySelectorAll('.fc [data-name]')].map((one) => one.dataset.name)"
        )
    )
    assert set(shown) <= names and not set(hidden) & names
    for name, value in answers.items():
        tap(team.phone, name, value)
    long_open(team.phone)
    save(team.phone)
    body = saved(team.phone)
    assert body["verdict"] == verdict
    for name in hidden:
        assert body["answers"].get(name) is None, (
            "what was answered under another verdict stays out"
        )
    for name, value in answers.items():
        assert body["answers"][name] == value


def test_a_missing_answer_stops_and_is_shown_and_a_warning_takes_a_reason(team: Field):
    page = team.phone.page
    team.move(latitude=40.72, accuracy=55)
    team.open()
    judge(team.phone, "WASTE")
    assert rules_said(team.phone) == [], "nothing is asked for before somebody is done"
    save(team.phone)
    expect(page.locator(".fc-count")).to_contain_text("6")
    assert rules_said(team.phone) == [
        *("controls_unsaid", "far_from_place", "hasty", "no_photo", "poor_accuracy"),
        "waste_class_missing",
    ]
    expect(page.locator('[data-rule="waste_class_missing"]')).to_be_in_viewport()
    tap(team.phone, "waste_class", "SW01")
    tap(team.phone, "has_dust_control", "yes")
    long_open(team.phone)
    take_photo(team.phone)
    save(team.phone)
    assert rules_said(team.phone) == ["far_from_place", "poor_accuracy"]
    page.fill('[data-rule="far_from_place"] .fc-reason', "远")
    save(team.phone)
    assert page.locator("#fc-toast").count() == 0, "one character is no reason"
    page.fill('[data-rule="far_from_place"] .fc-reason', "隔着铁路，只能远看")
    page.tap('[data-rule="poor_accuracy"] .fc-chip >> nth=0')
    save(team.phone)
    assert {one["rule"]: one["reason"] for one in saved(team.phone)["overrides"]} == {
        "far_from_place": "隔着铁路，只能远看",
        "poor_accuracy": "定位信号差，已多次尝试",
    }


def test_a_number_that_is_none_stays_as_typed_and_stops(team: Field):
    page = team.phone.page
    team.open()
    judge(team.phone, "WASTE")
    fill_in_waste(team.phone)
    take_photo(team.phone)
    page.fill("#fc-height_m", "约六米<script>")
    expect(page.locator("#fc-height_m-wrong")).to_contain_text("不是数字")
    team.kept("draft.typed.height_m === '约六米<script>'")
    page.reload()
    team.phone.ready()
    page.wait_for_selector("#fc-note")
    assert page.input_value("#fc-height_m") == "约六米<script>"
    long_open(team.phone)
    save(team.phone)
    assert page.locator("#fc-toast").count() == 0
    page.fill("#fc-height_m", "301")
    assert "height_impossible" in rules_said(team.phone), "a value is looked at as it is typed"
    page.fill("#fc-height_m", "6")
    save(team.phone)
    assert saved(team.phone)["answers"]["height_m"] == 6


def test_the_draft_outlives_a_killed_page_with_every_key_and_photo(team: Field):
    page = team.phone.page
    team.open()
    judge(team.phone, "WASTE")
    fill_in_waste(team.phone)
    take_photo(team.phone)
    page.locator("#fc-note").press_sequentially("渗滤液流向北沟")
    page.wait_for_timeout(100)
    with contextlib.suppress(PlaywrightError):  # the page is killed, as a phone short of room does
        page.goto("chrome://crash", timeout=3000)
    page.close()
    team.phone.page = team.phone.context.new_page()
    team.phone.page.goto(f"/field#/check/{key_of(team.pile)}")
    team.phone.ready()
    team.phone.page.wait_for_selector("#fc-note")
    assert team.phone.page.input_value("#fc-note") == "渗滤液流向北沟"
    assert team.phone.page.input_value("#fc-height_m") == "6"
    pressed = team.phone.page.locator('.fc [aria-pressed="true"]')
    assert pressed.count() == 12
    expect(team.phone.page.locator(".fc-photo canvas")).to_have_count(1)
    long_open(team.phone)
    save(team.phone)
    assert len(saved(team.phone)["photos"]) == 1


def test_a_full_phone_says_so_at_once_and_the_check_still_goes_out(team: Field):
    page = team.phone.page
    team.open()
    judge(team.phone, "GONE")
    page.evaluate(
        "() => { const put = IDBObjectStore.prototype.put; window.room = false;"
        " IDBObjectStore.prototype.put = function (...a) { if (!room && this.name !== 'meta')"
        " throw new DOMException('full', 'QuotaExceededError'); return put.apply(this, a); }; }"
    )
    page.fill("#fc-note", "已清空，地面复绿。")
    expect(page.locator(".fc-rescue")).to_contain_text("存储已满")
    page.set_input_files(
        "#fc-camera", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    expect(page.locator('[data-problem="full"]')).to_contain_text("a.jpg")
    with page.expect_download() as file:
        page.tap('[data-problem="full"] .button >> nth=1')
    assert Path(file.value.path()).read_bytes() == picture(), "the untouched bytes"
    with page.expect_download() as file:
        page.tap("#fc-save-file")
    with zipfile.ZipFile(file.value.path()) as saved_file:
        kept = json.loads(saved_file.read("outbox.json"))
    assert kept["format"] == "qingfei-outbox-1"
    assert [(one["kind"], one["owner"]) for one in kept["items"]] == [("check", "zhou")]
    assert json.loads(kept["items"][0]["body"])["answers"]["note"] == "已清空，地面复绿。"
    page.tap("#fc-send-now")
    expect(page.locator(".fc-rescue")).to_contain_text("已上传")
    page.evaluate("window.room = true")
    page.fill("#fc-note", "已清空，地面复绿")
    expect(page.locator(".fc-rescue")).to_have_count(0)
    page.tap('[data-problem="full"] .button >> nth=0')
    expect(page.locator(".fc-photo")).to_have_count(1)


def test_files_that_are_no_photograph_are_kept_or_refused_with_a_sentence(
    team: Field, tmp_path: Path
):
    page = team.phone.page
    team.open()
    judge(team.phone, "GONE")
    heic = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(600)
    for name, content in {"IMG_2.HEIC": heic, "renamed.jpg": b"%PDF-1.7 " + bytes(300)}.items():
        page.set_input_files(
            "#fc-gallery", {"name": name, "mimeType": "image/jpeg", "buffer": content}
        )
        expect(page.locator(".fc-photo", has_text=name)).to_contain_text("可能显示不了")
    page.set_input_files(
        "#fc-gallery", {"name": "none.jpg", "mimeType": "image/jpeg", "buffer": b""}
    )
    expect(page.locator('[data-problem="empty"]')).to_contain_text("none.jpg")
    large = tmp_path / "<img src=x onerror=alert(1)>.jpg"
    with large.open("wb") as file:
        file.truncate(60_000_001)
    page.set_input_files("#fc-gallery", str(large))
    expect(page.locator('[data-problem="large"]')).to_contain_text("60")
    assert page.locator("#screen img").count() == 0
    page.set_input_files(
        "#fc-gallery", {"name": "again.HEIC", "mimeType": "image/heic", "buffer": heic}
    )
    page.wait_for_timeout(300)
    assert page.locator(".fc-photo").count() == 2, "the same bytes twice are one photo"
    page.tap(".fc-photo >> nth=0 >> .button")
    expect(page.locator(".fc-photo >> nth=0")).to_contain_text("照片已删去")
    page.tap(".fc-photo >> nth=0 >> .button")
    page.tap(".fc-photo >> nth=1 >> .button")
    long_open(team.phone)
    save(team.phone)
    body = saved(team.phone)
    assert [photo["size_bytes"] for photo in body["photos"]] == [len(heic)]
    blobs = team.phone.page.evaluate(DB.format(code="db.all('blobs').then((all) => all.length)"))
    assert blobs == 1, "what was taken out is let go of"


def test_without_a_position_the_team_points_itself_out_on_the_map(team: Field):
    page = team.phone.page
    page.add_init_script(
        "window.code = 1; Geolocation.prototype.watchPosition = (ok, fail) => {"
        " setTimeout(() => fail({ code: window.code })); return 1; };"
    )
    page.reload()
    team.phone.ready()
    team.open()
    for code, sentence in ((1, "未允许使用位置"), (2, "给不出位置"), (3, "收不到卫星")):
        page.evaluate(f"window.code = {code}")
        page.tap("#fc-again")
        expect(page.locator(".fc-fix")).to_contain_text(sentence)
    judge(team.phone, "GONE")
    take_photo(team.phone)
    long_open(team.phone)
    save(team.phone)
    assert rules_said(team.phone) == ["no_position"]
    page.tap("#fc-point")
    page.tap("#fc-point-here")
    expect(page.locator(".fc-fix")).to_contain_text("在地图上指定")
    save(team.phone)
    [fix] = saved(team.phone)["fixes"]
    assert fix["purpose"] == "MAP" and fix["accuracy_m"] == 25
    assert fix["lon"] == pytest.approx(109.701, abs=1e-3)


def test_a_fix_of_three_kilometres_or_outside_the_district_does_not_pass(team: Field):
    team.move(accuracy=3000)
    team.open()
    judge(team.phone, "GONE")
    take_photo(team.phone)
    long_open(team.phone)
    save(team.phone)
    assert rules_said(team.phone) == ["accuracy_useless"]
    team.phone.page.tap("#fc-give-up")
    team.phone.page.tap("#fc-give-up-really")
    team.phone.wait("location.hash === '#/list'")
    assert team.draft() is None
    assert team.phone.page.evaluate(DB.format(code="db.count('blobs')")) == 0
    team.move(longitude=113.2, latitude=23.1)
    team.open()
    judge(team.phone, "GONE")
    take_photo(team.phone)
    save(team.phone)
    assert "outside_district" in rules_said(team.phone)


def test_an_averaged_position_is_kept_with_its_spread(team: Field):
    page = team.phone.page
    team.open()
    judge(team.phone, "GONE")
    page.tap("#fc-average")
    for n in range(8):
        team.move(longitude=109.701 + n % 3 * 2e-5)
    expect(page.locator(".fc-fix")).to_contain_text("次平均", timeout=15_000)
    found = [fix for fix in team.draft()["fixes"] if fix["samples"] > 1]
    assert len(found) == 1 and found[0]["spread_m"] > 0


def test_a_position_that_leaps_asks_for_a_reason(team: Field):
    team.open()
    judge(team.phone, "GONE")
    take_photo(team.phone)
    team.move(longitude=109.75)
    team.move()
    long_open(team.phone)
    expect(team.phone.page.locator(".fc-fix-more")).to_contain_text("模拟定位")
    save(team.phone)
    assert rules_said(team.phone) == ["position_odd"]
    team.phone.page.fill(".fc-reason", "手机刚开机，定位跳动")
    save(team.phone)
    assert any(fix["hints"] == ["leap"] for fix in saved(team.phone)["fixes"])


def walk_round(team: Field, start: float, end: float, steps: int = 10) -> None:
    for n in range(steps + 1):
        turn = 2 * math.pi * (start + (end - start) * n / steps)
        team.move(
            longitude=109.701 + 6e-4 * math.cos(turn),
            latitude=40.701 + 5e-4 * math.sin(turn),
            accuracy=4,
        )


def test_an_edge_is_walked_through_a_reload_and_without_a_net(team: Field):
    page = team.phone.page
    team.open()
    judge(team.phone, "WASTE")
    team.move(longitude=109.7016, accuracy=4)
    page.tap("#fc-walk")
    page.wait_for_selector("#fc-walk-done")
    walk_round(team, 0, 0.5)
    team.kept("draft.walk.points.length > 8")
    page.reload()
    team.phone.ready()
    expect(page.locator('[data-anchor="outline"]')).to_contain_text("步测未完")
    page.tap("#fc-walk")
    expect(page.locator("#fc-walk-pause")).to_have_text("继续走")
    page.tap("#fc-walk-pause")
    team.phone.context.set_offline(True)
    walk_round(team, 0.5, 0.97)
    page.tap("#fc-walk-done")
    expect(page.locator('[data-anchor="outline"]')).to_contain_text("±")
    said = team.draft()
    ellipse = math.pi * 6e-4 * 84_500 * 5e-4 * 111_035
    assert said["outline_by"] == "WALKED"
    assert said["area_m2"] == pytest.approx(ellipse, rel=0.08)
    assert said["answers"]["area_m2"] == said["area_m2"], "the mass goes by the new outline"


def test_a_walk_that_crosses_itself_is_refused_and_kept(team: Field):
    page = team.phone.page
    team.open()
    judge(team.phone, "PIT")
    page.tap("#fc-walk")
    page.wait_for_selector("#fc-walk-done")
    for east, north in [(0, 0), (8, 0), (8, 8), (4, 8), (4, -6), (0, -6)]:
        team.move(longitude=109.701 + east * 1e-4, latitude=40.701 + north * 1e-4, accuracy=4)
    page.tap("#fc-walk-done")
    expect(page.locator(".fc-map-line")).to_contain_text("交叉")
    assert len(team.draft()["walk"]["points"]) == 6
    page.tap("#fc-map-leave")
    assert team.draft()["outline"] is None


def test_an_outline_is_drawn_with_a_finger_and_undone(team: Field):
    page = team.phone.page
    team.open()
    judge(team.phone, "WASTE")
    team.phone.wait("navigator.serviceWorker.controller?.state === 'activated'")
    team.phone.context.set_offline(True)
    page.tap("#fc-draw")
    page.wait_for_selector("#fc-draw-done")
    drawn = page.evaluate(
        "[...document.querySelectorAll('.leaflet-marker-icon')].map((one) => one.naturalWidth)"
    )
    assert len(drawn) == 8 and all(drawn), "every handle is there without a net"
    corners = page.locator('.leaflet-marker-icon[alt^="第"]')
    expect(corners).to_have_count(4)
    page.locator('.leaflet-marker-icon[alt="在此加一个角点"] >> nth=0').tap()
    expect(corners).to_have_count(5)
    page.tap("#fc-corner-out")
    expect(corners).to_have_count(4)
    page.tap("#fc-undo")
    expect(corners).to_have_count(5)
    boxes = [corners.nth(n).bounding_box() for n in range(5)]
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)
    a, c = boxes[0], boxes[3]
    assert a and c
    page.mouse.move(a["x"] + 22, a["y"] + 22)
    page.mouse.down()
    page.mouse.move(c["x"] + 60, c["y"] + 10, steps=8)
    page.mouse.up()
    expect(page.locator(".fc-map-line")).to_contain_text("交叉")
    expect(page.locator("#fc-draw-done")).to_be_disabled()
    page.tap("#fc-undo")
    expect(page.locator("#fc-draw-done")).to_be_enabled()
    page.tap("#fc-draw-empty")
    ground = page.locator(".fc-map-ground").bounding_box()
    assert ground
    for x, y in [(100, 150), (280, 150), (280, 330), (100, 330)]:
        page.touchscreen.tap(ground["x"] + x, ground["y"] + y)
        page.wait_for_timeout(350)
    expect(corners).to_have_count(4)
    page.tap("#fc-draw-done")
    expect(page.locator('[data-anchor="outline"]')).to_contain_text("新勾绘")
    assert team.draft()["outline_by"] == "DRAWN"
    page.tap("#fc-outline-old")
    team.kept("draft.outline === null")


def test_a_mass_that_the_team_states_stands_beside_what_is_worked_out(team: Field):
    page = team.phone.page
    team.open()
    judge(team.phone, "WASTE")
    fill_in_waste(team.phone)
    assert page.input_value("#fc-mass_t") == "243000"
    page.fill("#fc-mass_t", "900000")
    page.fill("#fc-height_m", "7")
    assert page.input_value("#fc-mass_t") == "900000"
    assert "mass_differs_more" in rules_said(team.phone)
    team.kept("draft.answers.mass_formula.includes('现场填报')")
    page.tap("#fc-mass-worked")
    assert page.input_value("#fc-mass_t") == "283500"


def test_what_the_office_sends_back_opens_filled_in_with_its_comment(team: Field):
    page = team.phone.page
    team.open()
    judge(team.phone, "WASTE")
    take_photo(team.phone)
    fill_in_waste(team.phone)
    long_open(team.phone)
    save(team.phone)
    first = saved(team.phone)
    [row] = page.evaluate(
        DB.format(code="db.all('outbox').then((a) => a.filter((r) => r.kind === 'check'))")
    )
    comment = "<b>高度</b>请实测"
    said = f"{{id: '{row['id']}', review: 'HAS_ISSUES', comment: '{comment}'}}"
    page.evaluate(DB.format(code=f"db.put('answers', {said})"))
    team.open()
    expect(page.locator(".fc-comment")).to_contain_text(comment)
    assert page.input_value("#fc-height_m") == "6"
    tap(team.phone, "height_basis", "MEASURED")
    again = team.draft()
    assert again["id"] != row["id"] and again["again_of"] == row["id"]
    assert again["answers"]["waste_class"] == first["answers"]["waste_class"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_form_is_large_legible_and_without_faults(
    browser: Browser, database_url: str, tmp_path: Path, language: str
):
    for team in at_the_pile(browser, database_url, tmp_path, language):
        page = team.phone.page
        team.open()
        for verdict in ("WASTE", "PIT", "LOOK_ALIKE", "GONE", "UNREACHABLE"):
            judge(team.phone, verdict)
            save(team.phone)
            page.wait_for_timeout(200)
            page.evaluate(AXE.read_text("utf-8"))
            assert page.evaluate(STRICT_AXE) == [], verdict
            assert small(page) == [], verdict
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
        judge(team.phone, "WASTE")
        for opener, ready in (("#fc-draw", "#fc-draw-done"), ("#fc-point", "#fc-point-here")):
            page.tap(opener)
            page.wait_for_selector(ready)
            page.evaluate(AXE.read_text("utf-8"))
            assert page.evaluate(STRICT_AXE) == [], opener
            page.tap("#fc-map-leave")


def small(page: Any) -> list[str]:
    """Return what is tapped and under 48 px, and words under 14 px, on the form."""
    found: list[str] = page.evaluate(
        """() => [
          ...[...document.querySelectorAll(".fc button, .fc input:not([type=file]), .fc textarea")]
            .map((one) => [one, one.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 48 || box.height < 48))
            .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}x${box.height}`),
          ...[...document.querySelectorAll(".fc *")]
            .filter((one) => one.offsetParent && parseFloat(getComputedStyle(one).fontSize) < 14)
            .map((one) => one.outerHTML.slice(0, 90)),
        ]"""
    )
    return found


def test_a_check_that_was_begun_is_led_to_where_the_phone_is_to_be_cleared(team: Field):
    page = team.phone.page
    team.open()
    judge(team.phone, "WASTE")
    page.fill("#fc-note", "没有填完")
    team.phone.wait(DB.format(code="db.all('drafts').then((all) => all[0]?.answers.note)"))
    team.phone.open("#/outbox")
    expect(page.locator("#unfinished a")).to_contain_text(str(team.pile.id)[:6])
    team.phone.open("#/me")
    page.tap("#forget")
    expect(page.locator("#screen [role=alert]").last).to_contain_text("填完保存或放弃")
    page.tap("#screen [data-unfinished]")
    expect(page.locator("#fc-note")).to_have_value("没有填完")
