"""More than one phone, more than one account, a wrong clock, a full phone, an outbox as a file."""

import hashlib
import json
import zipfile
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.api.known import PASSWORD
from tests.browser.phone import ready, until
from tests.drills import outbox
from tests.drills.conftest import a_phone

FILL = """async () => {
  const { put, isFull } = await import("/static/js/field/db.js");
  try {
    const body = crypto.getRandomValues(new Uint8Array(60000));
    const url = `/imagery/${crypto.randomUUID()}`;
    const picture = new Blob(Array.from({ length: 20 }, () => body));
    await put("tiles", { url, areas: ["a"], body: picture });
    return false;
  } catch (problem) {
    return isFull(problem);
  }
}"""

FULL = """async () => {
  const { enqueueCheck } = await import("/static/js/field/outbox/queue.js");
  const { isFull } = await import("/static/js/field/db.js");
  const { storeWords } = await import("/static/js/field/outbox/words.js");
  const blob = new Blob([new Uint8Array(8000000)]);
  const photo = { id: "p1", sha256: "0".repeat(64), size_bytes: blob.size, blob };
  const check = { id: "c1", place_key: "candidate:full", place_name: "full" };
  try {
    await enqueueCheck({ ...check, body: { recorded_by: "wang" } }, [photo]);
    return null;
  } catch (problem) {
    return [isFull(problem), storeWords(isFull(problem))];
  }
}"""


def test_two_phones_on_one_site_are_both_kept(phones, office, sites, pictures):
    one, other = phones("wang"), phones("chen")
    recorded = outbox.record(one, "wang", sites[0], pictures(2))
    recorded |= outbox.record(other, "chen", sites[0], pictures(2), verdict="UNREACHABLE")
    for page in (one, other):
        outbox.until_sent(page)
    assert office.holds() == recorded
    assert (office.count("field_checks"), office.count("photos")) == (2, 4)


def test_an_hour_wrong_on_the_phone_harms_nothing(phone, office, link, sites, pictures):
    phone.clock.install(time=datetime.now().timestamp() + 3600)
    phone.reload()
    ready(phone)
    recorded = outbox.record(phone, "wang", sites[0], pictures(1))
    outbox.until_sent(phone)
    phone.clock.set_system_time(datetime.now().timestamp() - 3600)
    recorded |= outbox.record(phone, "wang", sites[1], pictures(1))
    outbox.until_sent(phone)
    assert office.holds() == recorded
    offsets = [row["receipt"].get("clock_offset_s") for row in outbox.rows(phone).values()]
    assert {round(one / 3600) for one in offsets if one is not None} == {-1, 1}


def test_another_accounts_items_wait_for_it(phone, office, link, sites, pictures):
    phone.evaluate("import('/static/js/field/me.js').then((me) => me.signOut())")
    recorded = outbox.record(phone, "wang", sites[0], pictures(1))
    sign_in_as(phone, "chen")
    phone.goto("/field#/outbox")
    expect(phone.locator("[data-owner=wang]")).to_contain_text("2 项在本机")
    outbox.send(phone)
    assert office.holds() == {}
    phone.evaluate("import('/static/js/field/me.js').then((me) => me.signOut())")
    sign_in_as(phone, "wang")
    outbox.until_sent(phone)
    assert office.holds() == recorded


def test_a_session_that_ended_keeps_everything_until_the_next(phone, office, sites, pictures):
    phone.context.clear_cookies()
    recorded = outbox.record(phone, "wang", sites[0], pictures(1))
    outbox.send(phone)
    phone.goto("/field#/outbox")
    expect(phone.locator("#outbox-why")).to_contain_text("登录已失效")
    assert outbox.states(phone) == {"KEPT"}
    assert {row["tries"] for row in outbox.rows(phone).values()} == {0}
    sign_in_as(phone, "wang")
    outbox.until_received(phone)
    assert office.holds() == recorded


def test_another_content_under_a_used_id_is_refused_kept_and_said(phone, office, sites, pictures):
    recorded = outbox.record(phone, "wang", sites[0], [])
    outbox.until_sent(phone)
    phone.evaluate(
        """async (id) => {
          const { change } = await import("/static/js/field/outbox/queue.js");
          const { hashOf } = await import("/static/js/field/outbox/sha256.js");
          const { get } = await import("/static/js/field/db.js");
          const body = (await get("outbox", id)).body.replace("GONE", "PIT");
          const sha256 = await hashOf(body);
          await change(id, () => ({ body, sha256, state: "KEPT", receipt: null }));
        }""",
        next(iter(recorded)),
    )
    outbox.send(phone)
    assert outbox.states(phone) == {"REFUSED"}
    assert office.holds() == recorded
    phone.goto("/field#/outbox")
    card = phone.locator(".out-card")
    expect(card).to_contain_text("没有收下，仍在本机")
    expect(card).to_contain_text("内容不同")
    card.locator("[data-again]").click()
    expect(card).to_contain_text("内容不同")


def test_a_full_phone_keeps_the_draft_and_says_what_to_do(chromium, link):
    with a_phone(chromium, link, "wang", room=6_000_000) as context:
        phone = context.pages[0]
        link.is_down = True
        phone.evaluate(
            "import('/static/js/field/db.js').then((db) =>"
            " db.put('drafts', { key: 'candidate:full', note: 'x' }))"
        )
        until(phone, f"({FILL})()", 60)
        is_full, told = phone.evaluate(FULL)
        assert is_full and told.startswith("手机空间已满")
        assert outbox.rows(phone) == {} and outbox.blobs(phone) == []
        kept = phone.evaluate(
            "import('/static/js/field/db.js').then((db) => db.get('drafts', 'candidate:full'))"
        )
        assert kept["note"] == "x"


def test_a_photograph_that_is_not_on_the_phone_keeps_the_draft(phone, link):
    link.is_down = True
    phone.evaluate(
        "import('/static/js/field/db.js').then((db) => db.put('drafts', { key: 'candidate:a' }))"
    )
    told = phone.evaluate(
        """import("/static/js/field/outbox/queue.js").then(({ enqueueCheck }) => enqueueCheck(
          { id: "c1", place_key: "candidate:a", place_name: "a", body: { recorded_by: "wang" } },
          [{ id: "p1", sha256: "0".repeat(64), size_bytes: 3 }]))
          .catch((problem) => problem.message)"""
    )
    assert told == "a photograph of the check is not on the phone"
    assert outbox.rows(phone) == {}
    assert phone.evaluate("import('/static/js/field/db.js').then((db) => db.count('drafts'))") == 1


def test_a_lost_or_changed_original_is_said_and_the_rest_goes(phone, office, link, sites, pictures):
    link.is_down = True
    recorded = outbox.record(phone, "wang", sites[0], pictures(3))
    check, gone, changed, whole = recorded
    phone.evaluate(
        """async ([gone, changed]) => {
          const db = await import("/static/js/field/db.js");
          await db.remove("blobs", gone);
          const { blob } = await db.get("blobs", changed);
          const bytes = new Uint8Array(await blob.arrayBuffer());
          bytes[5000] ^= 1;
          await db.put("blobs", { id: changed, blob: new Blob([bytes]) });
        }""",
        [gone, changed],
    )
    link.is_down = False
    outbox.send(phone)
    kept = outbox.rows(phone)
    assert [kept[i]["state"] for i in (gone, changed)] == ["REFUSED", "REFUSED"]
    assert [kept[i]["problem"]["code"] for i in (gone, changed)] == ["lost", "damaged"]
    assert office.holds() == {i: recorded[i] for i in (check, whole)}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_outbox_as_one_file_holds_every_byte(phone, link, sites, pictures, tmp_path, language):
    phone.goto(f"/field?language={language}#/outbox")
    ready(phone)
    link.is_down = True
    files = pictures(3)
    recorded = outbox.record(phone, "wang", sites[0], files)
    phone.click("[data-export=wang]")
    with phone.expect_download() as waiting:
        phone.click("[data-file]")
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name.startswith("qingfei-outbox-wang-")
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        said = json.loads(archive.read("outbox.json"))
        assert (said["format"], said["owner"]) == ("qingfei-outbox-1", "wang")
        assert {item["id"]: item["sha256"] for item in said["items"]} == recorded
        for item in said["items"]:
            if item["kind"] == "check":
                assert hashlib.sha256(item["body"].encode()).hexdigest() == item["sha256"]
            else:
                content = archive.read(f"photos/{item['id']}")
                assert hashlib.sha256(content).hexdigest() == item["sha256"]
        assert len(archive.namelist()) == 1 + len(files)
    safe = "import('/static/js/field/me/storage.js').then((one) => one.isSafeToForget())"
    assert phone.evaluate(safe), "what was written to a file may be forgotten"


def test_the_office_reads_the_file_in_and_the_phone_sends_it_again(
    phone, office, link, sites, pictures, tmp_path
):
    phone.goto("/field#/outbox")
    ready(phone)
    link.is_down = True
    recorded = outbox.record(phone, "wang", sites[0], pictures(2))
    phone.click("[data-export=wang]")
    with phone.expect_download() as waiting:
        phone.click("[data-file]")
    path = tmp_path / "outbox.zip"
    waiting.value.save_as(path)
    office.import_file(path)
    assert office.holds() == recorded
    link.is_down = False
    outbox.until_sent(phone)
    assert office.holds() == recorded
    assert (office.count("field_checks"), office.count("photos")) == (1, 2)


def sign_in_as(page, name: str) -> None:
    page.goto("/field#/me")
    ready(page)
    page.fill("#sign-form [name=username]", name)
    page.fill("#sign-form [name=password]", PASSWORD)
    page.click("#sign-in")
    page.wait_for_selector("#sign-out")
