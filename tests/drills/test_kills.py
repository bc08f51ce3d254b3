"""Servers are killed, pages close in mid-upload: nothing is lost, nothing comes twice."""

from playwright.sync_api import expect

from tests.browser.phone import ready, until
from tests.drills import outbox
from tests.drills.test_cut_links import PIECE, row_says


def test_a_server_killed_in_mid_upload_and_started_again(phone, office, link, sites, pictures):
    recorded = {}
    for site in sites[:3]:
        recorded |= outbox.record(phone, "wang", site, pictures(2, 900_000))
    for _ in range(3):
        link.rate = 2_000_000
        outbox.start_sending(phone)
        phone.wait_for_timeout(700)
        office.kill()
        phone.wait_for_timeout(200)
        link.rate = None
        office.start()
    outbox.until_sent(phone)
    assert office.kills == 3
    assert office.holds() == recorded
    assert (office.count("field_checks"), office.count("photos")) == (3, 6)
    assert not [path for path in office.data_dir.glob("incoming/*/*") if path.is_file()]


def test_a_page_reloaded_in_mid_upload_goes_on(phone, office, link, sites, pictures):
    recorded = outbox.record(phone, "wang", sites[0], pictures(1, 2_600_000))
    photo = list(recorded)[1]
    link.rate = 1_500_000
    until(phone, row_says(photo, f"row.sent_bytes >= {3 * PIECE}"))
    phone.goto("/field#/outbox")
    phone.reload()
    ready(phone)
    expect(phone.locator("#outbox-whole")).to_have_text("全部已送到办公室。", timeout=30_000)
    assert office.holds() == recorded


def test_the_same_item_sent_five_times_is_one_item(phone, office, link, sites, pictures):
    recorded = outbox.record(phone, "wang", sites[0], pictures(1))
    outbox.until_sent(phone)
    kept = outbox.rows(phone)
    for _ in range(4):
        phone.evaluate(
            """async (rows) => {
              const { put } = await import("/static/js/field/db.js");
              const files = [...document.getElementById("made").files];
              for (const row of rows) {
                const anew = { state: "KEPT", receipt: null, sent_bytes: 0, next_try_at: null };
                await put("outbox", { ...row, ...anew });
                if (row.kind === "photo") await put("blobs", { id: row.id, blob: files[0] });
              }
            }""",
            list(kept.values()),
        )
        outbox.until_sent(phone)
    assert office.holds() == recorded
    assert (office.count("field_checks"), office.count("photos")) == (1, 1)
    receipts = {i: row["receipt"]["received_at"] for i, row in outbox.rows(phone).items()}
    assert receipts == {i: row["receipt"]["received_at"] for i, row in kept.items()}


def test_two_tabs_of_a_phone_send_each_thing_once(phone, office, link, sites, pictures):
    other = phone.context.new_page()
    other.goto("/field#/outbox")
    ready(other)
    asked: list[str] = []
    phone.context.on("request", lambda one: asked.append(one.url) if one.method == "PUT" else None)
    recorded = outbox.record(phone, "wang", sites[0], pictures(2))
    for page in (phone, other):
        outbox.start_sending(page)
    outbox.until_sent(phone)
    expect(other.locator("#outbox-whole")).to_have_text("全部已送到办公室。")
    assert office.holds() == recorded
    assert len(asked) == len(set(asked)), "each piece was sent once"
