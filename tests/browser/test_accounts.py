"""Accounts as people meet them: a first log-in, a lost phone, the administrator's desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from api.settings import Settings
from gis.domain.terms import Role
from gis.ledger import Book, people, places
from gis.store.engine import make_engine
from tests.api.known import PASSWORD
from tests.browser.conftest import serving
from tests.makers import a_district

OWN = "Baotou-2027-x"


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    places.add_district(book, a_district())
    people.add_user(book, "wang", "王工", Role.ADMINISTRATOR, PASSWORD)
    yield book
    engine.dispose()


@pytest.fixture
def address(book: Book, database_url: str, tmp_path) -> Iterator[str]:
    with serving(Settings(database_url=database_url, data_dir=tmp_path)) as address:
        yield address


@contextmanager
def opened(browser: Browser, address: str, is_phone: bool = False) -> Iterator[Page]:
    size = {"width": 390, "height": 844} if is_phone else {"width": 1440, "height": 900}
    context = browser.new_context(
        viewport=size, has_touch=is_phone, is_mobile=is_phone, locale="zh-CN", base_url=address
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def sign_in(page: Page, username: str, password: str = PASSWORD, to: str = "/account") -> None:
    page.goto(f"/login?next={to}")
    page.fill("#username", username)
    page.fill("#password", password)
    page.click("#login-form button[type=submit]")


def ready(page: Page, path: str) -> None:
    page.wait_for_url(lambda url: urlsplit(url).path == path)
    page.wait_for_selector("html[data-ready=true]", state="attached")


def test_a_one_time_password_leads_to_ones_own_and_on_to_the_page(browser, address, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD, must_change=True)
    with opened(browser, address, is_phone=True) as page:
        sign_in(page, "li")
        page.wait_for_selector("#password-form")
        assert page.is_hidden("#old-password")
        page.fill("#new-password", OWN)
        page.fill("#new-again", OWN + "y")
        page.click("#change-password")
        assert "不一致" in page.inner_text("#password-form .field-error")
        for wrong, said in ((PASSWORD, "最近 3 次"), ("short", "至少 10 位")):
            page.fill("#new-password", wrong)
            page.fill("#new-again", wrong)
            page.click("#change-password")
            page.wait_for_selector(f"#password-form .field-error:has-text('{said}')")
        page.goto("/account")  # leaving does not lead past it
        page.wait_for_url("**/login?next=/account")
        page.wait_for_selector("#old-password")
        page.fill("#old-password", PASSWORD)
        page.fill("#new-password", OWN)
        page.fill("#new-again", OWN)
        page.press("#new-again", "Enter")
        ready(page, "/account")
        assert "李工" in page.inner_text("#desk")


def test_a_one_time_password_on_the_phones_page_leads_to_ones_own_and_back(browser, address, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD, must_change=True)
    with opened(browser, address, is_phone=True) as page:
        page.goto("/field#/me")
        page.fill("#sign-form [name=username]", "li")
        page.fill("#sign-form [name=password]", PASSWORD)
        page.click("#sign-in")
        page.fill("#old-password", PASSWORD)
        page.fill("#new-password", OWN)
        page.fill("#new-again", OWN)
        page.click("#change-password")
        page.wait_for_url(lambda url: "/login" not in url)
        answer = page.request.get("/api/session").json()
        assert (answer["session"]["kind"], answer["user"]["must_change"]) == ("DEVICE", False)


def test_each_role_comes_to_its_own_page(browser, address, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD)
    people.add_user(book, "shen", "审计", Role.AUDITOR, PASSWORD)
    for name, where in (("shen", "/audit"), ("wang", "/")):
        with opened(browser, address) as page:
            sign_in(page, name, to="/")
            ready(page, where)
    with opened(browser, address, is_phone=True) as page:
        page.goto("/login?next=/field")
        assert page.is_checked("#device")
        sign_in(page, "li", to="/field")
        page.wait_for_url(lambda url: "/login" not in url)
        answer = page.request.get("/api/session").json()
        assert (answer["session"]["kind"], answer["user"]["rights"]) == (
            "DEVICE",
            ["READ", "CHECK"],
        )


def test_the_administrator_opens_changes_and_shuts_an_account(browser, address, book):
    with opened(browser, address) as page, opened(browser, address, is_phone=True) as phone:
        sign_in(page, "wang", to="/people")
        ready(page, "/people")
        page.click("#people-new")
        page.fill("#person-username", "wang")
        page.click("dialog .button.primary")
        page.wait_for_selector("dialog .field-error:has-text('已存在')")
        page.fill("#person-username", "li")
        page.fill("#person-name", "李工")
        page.fill("#person-towns", "卜尔汉图镇\n\n 昆河镇 ")
        page.click("dialog .button.primary")
        password = page.inner_text("#one-time")
        assert len(password) == 19
        page.keyboard.press("Escape")
        page.wait_for_selector("td:has-text('卜尔汉图镇、昆河镇')")
        assert "待修改密码" in page.inner_text(".grid")

        sign_in(phone, "li", password)
        phone.fill("#new-password", OWN)
        phone.fill("#new-again", OWN)
        phone.click("#change-password")
        ready(phone, "/account")

        page.reload()
        ready(page, "/people")
        page.click("[aria-label='更改 李工 的账号']")
        page.wait_for_selector("dialog td:has-text('办公电脑')")
        page.click("dialog button:has-text('停用账号')")
        page.wait_for_selector("td:has-text('已停用')")
        assert phone.request.get("/api/session").status == 401
        page.click("[aria-label='更改 王工 的账号']")
        page.click("dialog button:has-text('停用账号')")
        page.wait_for_selector("dialog .field-error:has-text('唯一在用')")


def test_a_lost_phone_is_signed_out_from_ones_own_page(browser, address, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD)
    with opened(browser, address) as page, opened(browser, address, is_phone=True) as phone:
        sign_in(phone, "li", to="/field")
        phone.wait_for_url(lambda url: "/login" not in url)
        sign_in(page, "li")
        ready(page, "/account")
        row = page.locator(".account-sessions tbody tr", has_text="外业手机")
        row.locator("button").click()
        row.wait_for(state="detached")
        assert phone.request.get("/api/session").status == 401
        assert page.request.get("/api/session").status == 200


def test_a_locked_name_is_shown_and_unlocked(browser, address, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD)
    with opened(browser, address) as page, opened(browser, address, is_phone=True) as phone:
        for _ in range(5):
            sign_in(phone, "li", "Wrong-horse-77")
            phone.wait_for_selector("#login-error:visible")
        sign_in(phone, "li")
        phone.wait_for_selector("#login-error:has-text('管理员解除锁定')")
        sign_in(page, "wang", to="/people")
        ready(page, "/people")
        page.click("button:has-text('解除锁定')")
        page.wait_for_selector(".people-locks", state="detached")
        sign_in(phone, "li")
        ready(phone, "/account")


@pytest.mark.parametrize("path", ["/people", "/account"])
def test_on_a_phone_nothing_runs_off_and_buttons_are_large_enough(browser, address, book, path):
    with opened(browser, address, is_phone=True) as page:
        sign_in(page, "wang", to=path)
        ready(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        small = page.eval_on_selector_all(
            ".desk button, .desk input, .desk select",
            """found => found.filter((one) => one.checkVisibility())
                .map((one) => [one.textContent, one.getBoundingClientRect().height])
                .filter(([, height]) => height < 44)""",
        )
        assert small == []
