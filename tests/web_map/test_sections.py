"""The bar offers each role the pages it may open, by groups, each page once."""

import pytest

from gis.domain.terms import Role
from tests.web_map.pages import NONCE, read
from web_map import page
from web_map.sections import BAR, NEEDS, SECTIONS, bar_of, may_open
from web_map.text import LANGUAGES

BY_THE_MENU = {"people", "audit", "account"}
"""Pages that the account's menu leads to."""


def test_every_page_is_in_one_group() -> None:
    listed = [name for group in BAR for name in group.pages]
    assert len(listed) == len(set(listed))
    assert set(listed) == {"map", *SECTIONS} - BY_THE_MENU


def test_every_page_says_who_may_open_it() -> None:
    assert {"map", *SECTIONS} <= NEEDS.keys()


@pytest.mark.parametrize("role", Role)
def test_a_role_is_offered_what_it_may_open_and_no_empty_group(role: Role) -> None:
    for group in bar_of(role):
        assert group.pages
        assert all(may_open(role, name) for name in group.pages)


def test_a_reader_gets_no_menu_of_what_writers_do() -> None:
    assert "checks" not in {name for group in bar_of(Role.READER) for name in group.pages}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bar_has_a_title_for_every_page_and_marks_the_one_that_is_open(language: str) -> None:
    for name in {"map", *SECTIONS} - BY_THE_MENU:
        if name == "map":
            html = page.map_page(language, NONCE, Role.ADMINISTRATOR)
        else:
            html = page.office_page(name, language, NONCE, Role.ADMINISTRATOR)
        here = [a for a in read(html).of("a") if "aria-current" in a]
        assert [a["href"] for a in here] == ["/" if name == "map" else f"/{name}"]


@pytest.mark.parametrize(
    ("name", "group"), [("site", "清单"), ("review", "遥感排查"), ("compare", "遥感排查")]
)
def test_a_page_of_one_thing_is_kept_under_the_group_it_belongs_to(name: str, group: str) -> None:
    html = page.office_page(name, "zh-CN", NONCE, Role.ADMINISTRATOR, "x")
    assert f'<summary class="is-here">{group}</summary>' in html
