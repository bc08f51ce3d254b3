"""Pages ask no outside host, keep to the content security policy, and speak one language."""

import json
import re

import pytest

from gis.domain.terms import Role
from tests.web_map.pages import NONCE, every_page, read
from web_map import page
from web_map.assets import STATIC_DIR

PAGES = list(every_page())
IDS = [f"{name}-{language}" for name, language, _ in PAGES]
each_page = pytest.mark.parametrize(("name", "language", "html"), PAGES, ids=IDS)
CHINESE = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")


def addresses(html: str) -> list[str]:
    names = ("src", "href", "action", "srcset", "poster")
    return [a[n] or "" for _, a in read(html).tags for n in names if n in a]


@each_page
def test_everything_comes_from_this_server(name: str, language: str, html: str) -> None:
    found = addresses(html)
    assert found
    assert [a for a in found if not re.match(r"/(?!/)", a)] == []
    assert not re.search(r"https?:|//cdn", html)


@each_page
def test_every_script_carries_the_nonce(name: str, language: str, html: str) -> None:
    scripts = read(html).of("script")
    assert scripts
    assert {a.get("nonce") for a in scripts} == {NONCE}


@each_page
def test_no_handler_stands_in_the_markup(name: str, language: str, html: str) -> None:
    assert [a for _, a in read(html).tags if any(key.startswith("on") for key in a)] == []
    assert "javascript:" not in html


@each_page
def test_the_page_says_its_language(name: str, language: str, html: str) -> None:
    assert read(html).of("html") == [{"lang": language}]


@each_page
def test_what_is_referred_to_is_there(name: str, language: str, html: str) -> None:
    static = [a for a in addresses(html) if a.startswith("/static/")]
    assert static
    ours = [a for a in static if not a.startswith("/static/vendor/")]
    assert [a for a in ours if not (STATIC_DIR / a.removeprefix("/static/")).is_file()] == []


@each_page
def test_ids_are_unique(name: str, language: str, html: str) -> None:
    ids = [a["id"] for _, a in read(html).tags if "id" in a]
    assert len(ids) == len(set(ids))


def test_an_english_page_has_no_chinese_left_but_the_way_back() -> None:
    for name, language, html in PAGES:
        if language != "en":
            continue
        text = [part for tag, parts in read(html).text.items() if tag != "script" for part in parts]
        assert [part for part in text if CHINESE.search(part)] == [], name


def test_another_language_falls_back_to_chinese() -> None:
    assert read(page.login_page("fr", NONCE)).of("html") == [{"lang": "zh-CN"}]


def test_the_nonce_cannot_break_out() -> None:
    hostile = '"><script>alert(1)</script>'
    for html in (
        page.map_page("en", hostile, Role.ADMINISTRATOR),
        page.login_page("en", hostile),
        page.help_page("field", "en", hostile),
    ):
        assert {a.get("nonce") for a in read(html).of("script")} == {hostile}
        assert "<script>alert" not in html


def test_data_for_javascript_cannot_end_its_block(monkeypatch: pytest.MonkeyPatch) -> None:
    evil = "</script><img src=x onerror=alert(1)>"
    monkeypatch.setattr(page, "as_data", lambda: {"Grade": {"HIGH": {"colour": evil}}})
    html = page.map_page("en", NONCE, Role.ADMINISTRATOR)
    assert evil not in html
    assert read(html).of("img") == []


def test_javascript_gets_words_and_styles() -> None:
    html = page.map_page("zh-CN", NONCE, Role.ADMINISTRATOR)
    block = re.search(r'id="page-data">(.*?)</script>', html, re.S)
    assert block
    data = json.loads(block[1])
    assert data["language"] == "zh-CN"
    assert data["text"]["form.submit"] == "提交核实结果"
    assert data["style"]["Grade"]["HIGH"]["mark"] == "triangle"


def test_the_shell_exposes_the_map_and_its_layers() -> None:
    scripts = read(page.map_page("en", NONCE, Role.ADMINISTRATOR)).text["script"]
    shell = next(text for text in scripts if "L.map(" in text)
    assert "window.qingfei = { map: map_main, layers: {} };" in shell
    for layer in ("reference", "candidates", "sites"):
        assert f'"/tiles/{{district}}/{layer}/{{z}}/{{x}}/{{y}}.mvt"' in shell
    assert '"/imagery/{scene}/{view}/{z}/{x}/{y}.webp"' in shell


def test_pages_do_not_grow_with_use() -> None:
    first, second = (page.map_page("en", NONCE, Role.ADMINISTRATOR) for _ in range(2))
    assert len(first) == len(second)


def test_an_unknown_person_has_no_help_page() -> None:
    with pytest.raises(KeyError):
        page.help_page("../login", "en", NONCE)
