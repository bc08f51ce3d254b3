"""The outbox's screen: every state in words, large enough, readable, nothing of a comment runs."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone import ready
from tests.browser.test_accessibility import AXE, serious_faults
from tests.browser.test_field_shell import small_targets
from tests.drills.conftest import a_phone, chromium, link, office, sites
from tests.drills.link import Link

__all__ = ["chromium", "link", "office", "sites"]

PIECES = """async () => {
  const found = await axe.run(document, { runOnly: { type: "rule", values: ["color-contrast-enhanced"] } });
  return found.violations.flatMap((v) => v.nodes.map((n) => n.target.join(" ") + n.failureSummary));
}"""  # noqa: E501

HOSTILE = "<img src=x onerror=window.isRun=true>${alert(1)}"

STATES = """async (comment) => {
  const { put } = await import("/static/js/field/db.js");
  const at = "2026-06-19T04:00:00.000Z";
  const receipt = { sha256: "ab".repeat(32), received_at: at, size_bytes: 900000 };
  const body = JSON.stringify({ verdict: "GONE" });
  const problem = { code: "x", zh: comment, en: comment };
  const judgement = { warnings: [{ code: "x", zh: comment, en: comment }] };
  const rows = [
    { state: "KEPT", problem: { code: "stalled" }, next_try_at: Date.now() + 250000, sent_bytes: 300000, tries: 9 },
    { state: "RECEIVED", receipt }, { state: "ACCEPTED", receipt, comment: "" },
    { state: "SENT_BACK", receipt, comment, problems: [problem] }, { state: "REFUSED", problem },
  ].flatMap((values, n) => ["check", "photo"].map((kind) => ({
    id: `${kind}${n}-0000`, kind, check_id: `check${n}-0000`, place_key: "candidate:a", place_name: comment,
    owner: "wang", body, sha256: "ab".repeat(32), size_bytes: 900000, sent_bytes: 0, tries: 0,
    next_try_at: null, problem: null, receipt: null, comment: null, created_at: at, updated_at: new Date().toISOString(),
    judgement, ...values,
  })));
  await put("outbox", ...rows);
}"""  # noqa: E501

MANY = """async () => {
  const { put } = await import("/static/js/field/db.js");
  const at = new Date().toISOString();
  const body = JSON.stringify({ verdict: "GONE", note: "x".repeat(1500) });
  await put("outbox", ...Array.from({ length: 2000 }, (_, n) => ({
    id: `r${n}`, kind: n % 4 ? "photo" : "check", check_id: `r${n - (n % 4)}`, place_key: `site:${n}`,
    place_name: `${n}`, owner: "wang", body, sha256: "ab".repeat(32), size_bytes: 900000, sent_bytes: 900000,
    tries: 0, next_try_at: null, problem: null, receipt: { received_at: at }, comment: null, state: "RECEIVED",
    created_at: at, updated_at: at,
  })));
}"""  # noqa: E501


@pytest.fixture
def phone(chromium, link: Link) -> Iterator[Page]:
    with a_phone(chromium, link, "wang") as context:
        yield context.pages[0]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_state_is_said_and_can_be_read_and_tapped(phone: Page, language: str):
    phone.evaluate(STATES, HOSTILE)
    phone.goto(f"/field?language={language}#/outbox")
    ready(phone)
    phone.wait_for_selector(".out-card")
    for one in phone.locator(".out-card summary").all():
        one.click()
    told = phone.locator("#outbox").inner_text()
    words = {
        "zh-CN": ("在本机，已传 33%", "已送到，待审核", "已审核通过", "已退回", "没有收下"),
        "en": ("On this phone, 33% sent", "At the office", "Accepted", "Sent back", "Not taken"),
    }
    for word in words[language]:
        assert word in told
    assert HOSTILE in told and phone.evaluate("window.isRun") is None
    assert small_targets(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious_faults(phone) == []
    phone.evaluate(AXE.read_text("utf-8"))
    assert phone.evaluate(PIECES) == []


def test_a_summers_work_is_listed_at_once(phone: Page):
    phone.evaluate(MANY)
    session = phone.context.new_cdp_session(phone)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    phone.goto("/field#/list")
    ready(phone)
    began = time.monotonic()
    phone.evaluate("location.hash = '#/outbox'")
    expect(phone.locator(".out-card")).to_have_count(30, timeout=10_000)
    assert time.monotonic() - began < 3, "about a second on a slow phone"
