"""The link fails in every way; afterwards the office holds what the phone recorded."""

import random

import pytest
from playwright.sync_api import expect

from tests.browser.phone import ready, taken_in, until
from tests.drills import outbox

PIECE = 262_144


def test_without_a_net_everything_is_kept_and_goes_by_itself_when_there_is_one(
    phone, office, link, sites, pictures
):
    taken_in(phone)
    phone.context.set_offline(True)
    phone.reload()
    ready(phone)
    recorded = outbox.record(phone, "wang", sites[0], pictures(2))
    phone.goto("/field#/outbox")
    expect(phone.locator("#outbox-whole")).to_have_text("本机有 1 份核实和 2 张照片待传。")
    expect(phone.locator("#outbox-why")).to_have_text("没有信号，有信号后自动上传。")
    phone.reload()
    ready(phone)
    assert {i: row["sha256"] for i, row in outbox.rows(phone).items()} == recorded
    assert office.holds() == {}
    phone.context.set_offline(False)
    expect(phone.locator("#outbox-whole")).to_have_text("全部已送到办公室。", timeout=30_000)
    assert office.holds() == recorded
    assert outbox.blobs(phone) == [], "the office has the originals"


def test_a_link_cut_at_any_byte_sends_each_thing_once(phone, office, link, sites, pictures):
    random.seed(4)
    link.budget = lambda: random.randint(1_000, 2 * PIECE)
    recorded = {}
    for site in sites[:4]:
        recorded |= outbox.record(phone, "wang", site, pictures(3))
    outbox.until_sent(phone, 120)
    assert link.cuts > 5
    assert office.holds() == recorded
    assert (office.count("field_checks"), office.count("photos")) == (4, 12)
    assert "Traceback" not in office.log(), "a cut link is no fault of the server's"


def test_answers_lost_on_the_way_back_make_nothing_twice(phone, office, link, sites, pictures):
    link.losing = 7
    recorded = outbox.record(phone, "wang", sites[0], pictures(2))
    outbox.until_sent(phone)
    assert link.lost == 7
    assert office.holds() == recorded
    assert (office.count("field_checks"), office.count("photos")) == (1, 2)


def test_a_cut_photograph_goes_on_where_it_stopped(phone, office, link, sites, pictures):
    recorded = outbox.record(phone, "wang", sites[0], pictures(1, 2_600_000))
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    photo = next(i for i, row in outbox.rows(phone).items() if row["kind"] == "photo")
    link.rate = 1_500_000
    outbox.start_sending(phone)
    until(phone, row_says(photo, f"row.sent_bytes >= {4 * PIECE}"))
    link.is_down = True
    until(phone, row_says(photo, "row.state === 'KEPT'"))
    row = outbox.rows(phone)[photo]
    assert row["problem"]["code"] == "unreachable"
    assert 4 * PIECE <= row["sent_bytes"] < row["size_bytes"]
    phone.goto("/field#/outbox")
    expect(phone.locator(".out-card")).to_contain_text("照片：1 张，已送到 0 张")
    asked.clear()
    link.is_down, link.rate = False, None
    outbox.until_sent(phone)
    assert office.holds() == recorded
    pieces = sorted(int(url.rsplit("/", 1)[1]) for url in asked if "/pieces/" in url)
    assert pieces[0] >= 4 and len(pieces) == len(set(pieces))


def test_a_network_that_shows_its_own_page_is_not_taken_for_the_office(
    phone, office, link, sites, pictures
):
    phone.goto("/field#/outbox")
    ready(phone)
    link.is_portal = True
    recorded = outbox.record(phone, "wang", sites[0], pictures(1))
    outbox.send(phone)
    assert outbox.states(phone) == {"KEPT"}
    assert office.holds() == {}
    expect(phone.locator("#outbox-whole")).to_have_text("本机有 1 份核实和 1 张照片待传。")
    expect(phone.locator("#outbox-why")).to_contain_text("不是本系统发出的")
    link.is_portal = False
    outbox.until_sent(phone)
    assert office.holds() == recorded


def test_a_receipt_for_something_else_is_no_receipt(phone, office, link, sites, pictures):
    link.is_down = True
    recorded = outbox.record(phone, "wang", sites[0], pictures(1))
    link.twist = {sha256.encode(): b"0" * 64 for sha256 in recorded.values()}
    link.is_down = False
    outbox.send(phone)
    told = {(row["state"], row["problem"]["code"]) for row in outbox.rows(phone).values()}
    assert told == {("KEPT", "receipt")}
    assert len(outbox.blobs(phone)) == 1, "the original stays until its receipt is true"
    link.twist = {}
    outbox.until_sent(phone)
    assert office.holds() == recorded


def test_a_poor_link_is_slow_and_not_given_up(phone, office, link, sites, pictures):
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    poor = {"offline": False, "latency": 400, "downloadThroughput": 30_000}
    session.send("Network.emulateNetworkConditions", {**poor, "uploadThroughput": 60_000})
    recorded = outbox.record(phone, "wang", sites[0], pictures(1, 400_000))
    outbox.until_sent(phone)
    assert office.holds() == recorded


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_link_on_which_nothing_moves_is_left(phone, link, sites, language):
    phone.goto(f"/field?language={language}#/outbox")
    ready(phone)
    phone.clock.install()
    link.is_stuck = True
    outbox.record(phone, "wang", sites[0], [])
    until(phone, "document.getElementById('send-now').disabled")
    phone.clock.fast_forward(61_000)
    told = {"zh-CN": "一分钟没有进展", "en": "Nothing moved for a minute"}[language]
    expect(phone.locator("#outbox-why")).to_contain_text(told)
    assert outbox.states(phone) == {"KEPT"}


def row_says(row: str, what: str) -> str:
    return (
        f"import('{outbox.FIELD}/db.js').then((db) => db.get('outbox', '{row}'))"
        f".then((row) => {what})"
    )
