"""The page's own JavaScript: small modules that fit together and never write HTML."""

import re
from pathlib import Path

import pytest

from web_map.assets import STATIC_DIR

SCRIPTS = STATIC_DIR / "js"
MODULES = sorted(SCRIPTS.rglob("*.js"))
STYLES = sorted((STATIC_DIR / "css").glob("*.css"))
IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"(\.{1,2}/[\w./]+)";', re.M)
EXPORT = re.compile(r"^export (?:async )?(?:function|const|class) (\{[^}]*\}|\w+)", re.M)
MAP_PROGRAMS = {"uri.amap.com", "api.map.baidu.com", "apis.map.qq.com"}
each_module = pytest.mark.parametrize(
    "path", MODULES, ids=[str(p.relative_to(SCRIPTS)) for p in MODULES]
)


def exported(path: Path) -> set[str]:
    return {name.strip(" {}") for name in EXPORT.findall(path.read_text("utf-8"))}


def imported(path: Path) -> list[tuple[str, set[str]]]:
    found = IMPORT.findall(path.read_text("utf-8"))
    return [
        (file, {name.strip() for name in names.split(",") if name.strip()}) for names, file in found
    ]


@each_module
def test_imports_are_exported(path: Path) -> None:
    for file, names in imported(path):
        assert names <= exported(path.parent / file), file


@each_module
def test_imports_are_used(path: Path) -> None:
    code = IMPORT.sub("", path.read_text("utf-8"))
    for _, names in imported(path):
        assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []


@each_module
def test_text_reaches_the_page_as_text_only(path: Path) -> None:
    code = path.read_text("utf-8")
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function"
    assert re.findall(ways, code) == []
    assert re.findall(r"bindPopup|bindTooltip|divIcon|attribution:", code) in ([], ["attribution:"])


@each_module
def test_ids_are_made_where_there_is_no_https_too(path: Path) -> None:
    assert "crypto.randomUUID(" not in path.read_text("utf-8")


@each_module
def test_modules_stay_small_and_say_what_they_are(path: Path) -> None:
    code = path.read_text("utf-8")
    assert code.startswith("/** ")
    assert code.count("\n") < 200
    bare = re.findall(r"(?<!\*/)\n(export (?:async )?function \w+)", code)
    assert bare == []


def test_no_module_is_left_over() -> None:
    named = {(path.parent / file).resolve() for path in MODULES for file, _ in imported(path)}
    left = {path for path in MODULES if path.resolve() not in named}
    alone = {SCRIPTS / "login.js", SCRIPTS / "field" / "worker.js"}
    assert {path for path in left if path.name != "main.js"} == alone


def test_no_code_names_an_outside_host() -> None:
    for path in [*MODULES, *STYLES]:
        found = re.findall(r"https?://[^\"'\s)]+|url\([\"']?//", path.read_text("utf-8"))
        if path.name == "apps.js":  # links that a person taps to be led to a place; nothing loads
            assert {address.split("/")[2] for address in found} == MAP_PROGRAMS
        else:
            assert set(found) <= {"http://www.w3.org/2000/svg"}, path.name


def test_what_styles_refer_to_is_there() -> None:
    for path in STYLES:
        for file in re.findall(r'url\("/static/([^"]+)"\)', path.read_text("utf-8")):
            assert (STATIC_DIR / file).is_file(), file
