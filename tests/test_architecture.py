"""The house's rules: layers, names, sizes, and that every error can speak."""

import importlib
import pkgutil
import re
import string
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from api import errors as doors
from gis.errors import NotAllowed, NotSignedIn, QingfeiError

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("gis", "remote_sensing", "api", "web_map")
MOST_LINES = 300


def modules() -> list[str]:
    found = []
    for package in PACKAGES:
        found += [m.name for m in pkgutil.walk_packages([str(ROOT / package)], f"{package}.")]
    return found


def leaves(kind: type[QingfeiError]) -> list[type[QingfeiError]]:
    found = []
    for inner in kind.__subclasses__():
        found += [inner, *leaves(inner)]
    return found


@pytest.fixture(scope="module")
def every_error() -> list[type[QingfeiError]]:
    for module in modules():
        importlib.import_module(module)
    abstract = set(QingfeiError.__subclasses__()) - {NotSignedIn, NotAllowed}
    return [
        kind
        for kind in leaves(QingfeiError)
        if kind not in abstract and kind.__module__.split(".")[0] in PACKAGES
    ]


def test_nothing_points_up():
    ran = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout


def test_no_other_distribution_owns_our_names():
    for distribution in distributions():
        if distribution.metadata["Name"] == "qingfei":
            continue
        for file in distribution.files or []:
            assert file.parts[0] not in PACKAGES, f"{distribution.metadata['Name']}: {file}"


def test_no_module_is_long():
    long = {
        str(path.relative_to(ROOT)): count
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert not long


def test_every_error_says_what_to_do_in_two_languages(every_error):
    codes = [kind.code for kind in every_error]
    assert len(codes) == len(set(codes)), "two errors share a code"
    for kind in every_error:
        assert re.search(r"[\u4e00-\u9fff]", kind.zh), kind
        assert not re.search(r"[\u4e00-\u9fff]", kind.en), kind
        assert kind.zh.endswith("。") and kind.en.endswith("."), kind
        named = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for text in (kind.zh, kind.en)
        ]
        used = named[0] | named[1]
        both = {re.sub(r"_(zh|en)$", "", name) for name in named[0]}
        assert both == {re.sub(r"_(zh|en)$", "", name) for name in named[1]}, kind
        assert kind(**dict.fromkeys(used, "x")).sentence("zh-CN")


def test_every_error_has_a_status(every_error):
    for kind in every_error:
        assert any(issubclass(kind, category) for category in doors.STATUS), kind


def test_user_text_and_file_names_reach_gdal_by_driver_only():
    """RELIABILITY fact 1: a VRT named .tif reads other files unless the driver is named."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            for call in re.finditer(r"rasterio\.open\(", text):
                rest = text[call.end() : call.end() + 200]
                names_driver = "driver=" in rest or '"w", **' in rest  # a write's profile has it
                assert names_driver, f"{path.name}: rasterio.open without driver"
            assert "pickle.load" not in text and "joblib.load" not in text, path.name


def test_no_sql_stands_outside_the_store():
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if (ROOT / "gis" / "store") in path.parents:
                continue
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\bsa\.(select|insert|update|delete|text)\(", text), path.name
