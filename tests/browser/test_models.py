"""In a real browser: a model is withdrawn with its consequence said, and published again."""

from playwright.sync_api import Page, expect

from api.settings import Settings


def open_models(page: Page, settings: Settings) -> None:
    page.goto("/login")
    page.fill("#username", "demo")
    page.fill("#password", (settings.data_dir / "demo-password").read_text().strip())
    page.click("#login-form button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto("/models?district=STRZEGOM")
    page.wait_for_selector("html[data-ready=true]", timeout=60_000)


def test_the_demo_s_model_is_told_in_plain_words_withdrawn_and_published(
    page: Page, watch, demo_settings: Settings
):
    open_models(page, demo_settings)
    card = page.locator(".model", has_text="演示模型").first
    expect(card).to_contain_text("由 2 景影像训练（2021-06-19, 2022-06-19）")
    expect(card.locator(".badge").first).to_have_text("已发布")
    card.locator("summary").last.click()
    expect(card.locator(".model-class", has_text="露天采坑").first).to_be_visible()
    card.get_by_role("button", name="撤回").click()
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("唯一已发布")
    dialog.get_by_role("button", name="撤回").click()
    expect(dialog.locator(".field-error")).to_contain_text("理由")
    page.fill("#why", "试一试")
    dialog.get_by_role("button", name="撤回").click()
    expect(page.locator(".models > .models-warning")).to_contain_text("现在没有已发布的模型")
    card.get_by_role("button", name="发布").click()
    expect(card.locator(".badge").first).to_have_text("已发布")
    expect(page.locator("#sets-card").get_by_role("button", name="现在固定")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    failed = [line for line in watch.complaints if "422" not in line]
    assert failed == [] and watch.outside == []
