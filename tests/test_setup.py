"""Set-up keeps its word: commands exist, locks lock, and doing it again costs nothing."""

import json
import re
import subprocess
import time
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = [
    "requirements.txt",
    "requirements-dev.txt",
    "tools/requirements-build.txt",
    "tools/requirements-node.txt",
]
SETUP = ["bash", "tools/setup.sh", "--dev"]


def locked(name: str) -> dict[str, str]:
    """Name → the whole entry (version, marker, hashes) of one lock file."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / name).read_text(), flags=re.M)
    entries = text.replace("\\\n", " ").splitlines()
    return {canonicalize_name(re.split("[=<>~ ;[]", entry)[0]): entry for entry in entries}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))


def test_commands_of_the_readme_are_targets() -> None:
    readme = (ROOT / "README.md").read_text()
    named = set(
        re.findall(r"\bmake ([a-z]+)", " ".join(re.findall(r"`[^`]+`|^ *make.*$", readme, re.M)))
    )
    assert {"demo", "test"} <= named <= targets()


def test_first_lines_of_the_makefile_tell_every_target() -> None:
    told = re.findall(r"^# make ([a-z]+)", (ROOT / "Makefile").read_text(), re.M)
    assert set(told) == targets()


def test_continuous_integration_runs_what_everybody_runs() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(name: str) -> None:
    entries = locked(name)
    assert entries
    for entry in entries.values():
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[0-9a-z.!+]+( ;.*?)? +--hash=", entry), (
            entry
        )
        assert all(
            re.fullmatch("[0-9a-f]{64}", h) for h in re.findall(r"--hash=sha256:(\S*)", entry)
        )


@pytest.mark.parametrize("name", [*LOCKS, "web_map/package-lock.json", "web_map/package.json"])
def test_locks_name_no_place_to_download_from(name: str) -> None:
    text = (ROOT / name).read_text()
    addresses = re.findall(
        r"https?://\S+|file:\S+|--[a-z-]*(?:index|links|host)\S*|\S+ @ \S+", text
    )
    # npm notes where authors ask for donations; nothing is fetched from there.
    assert [a for a in addresses if "funding" not in name_of_line(text, a)] == []


def name_of_line(text: str, part: str) -> str:
    before = text[: text.index(part)]
    return before.rsplit("{", 1)[-2].rsplit("\n", 1)[-1] if before.count("{") > 1 else ""


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": project["dependencies"] + project["optional-dependencies"]["dev"],
    }
    for name, requirements in wanted.items():
        entries = locked(name)
        for requirement in map(Requirement, requirements):
            entry = entries[canonicalize_name(requirement.name)]
            version = re.split("[ ;]", entry.split("==")[1])[0]
            assert requirement.specifier.contains(version), f"{name}: {entry}"


def test_tests_run_with_the_very_versions_that_users_get() -> None:
    developers = locked("requirements-dev.txt")
    for name, entry in locked("requirements.txt").items():
        assert developers[name].split(" ")[0] == entry.split(" ")[0]


def test_page_lock_is_whole_and_names_no_registry() -> None:
    wanted = json.loads((ROOT / "web_map/package.json").read_text())["dependencies"]
    packages = json.loads((ROOT / "web_map/package-lock.json").read_text())["packages"]
    assert packages.pop("")["dependencies"] == wanted
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version
    assert all(p["integrity"].startswith("sha512-") for p in packages.values())
    assert not any("resolved" in p for p in packages.values())


@pytest.mark.parametrize(
    "script", ["tools/setup.sh", "tools/vendor.sh", "tools/lock.sh", ".ci/run"]
)
def test_scripts_are_sound_shell(script: str) -> None:
    assert subprocess.run(["bash", "-n", script], cwd=ROOT, capture_output=True).stderr == b""


def test_page_files_are_there_with_their_licences() -> None:
    vendor = ROOT / "web_map/static/vendor"
    for file in (
        "leaflet/leaflet.js",
        "leaflet/leaflet.css",
        "protomaps-leaflet/protomaps-leaflet.js",
    ):
        assert (vendor / file).stat().st_size > 10_000
        assert (vendor / file).with_name("LICENSE").exists()
        assert "sourceMappingURL" not in (vendor / file).read_text()
    assert len(list((vendor / "leaflet/images").iterdir())) == 5


@pytest.fixture
def is_set_up() -> None:
    """Or these tests would change the environment that they and others run in."""
    present = {file.name for file in stamps()}
    assert {".made-in", ".packages", ".project", ".dev", ".stamp"} <= present, "run: make test"


def test_setting_up_again_costs_nothing_even_two_at_once(is_set_up: None) -> None:
    """One test, not two: set-ups that another worker starts would wait for each other."""
    before = stamps()
    began = time.monotonic()
    again = subprocess.run(
        SETUP, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert time.monotonic() - began < 5

    both = [subprocess.Popen(SETUP, cwd=ROOT, stdin=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait(timeout=30) for one in both] == [0, 0]
    assert stamps() == before


def stamps() -> dict[Path, int]:
    files = [*(ROOT / ".venv").glob(".[a-z]*"), *ROOT.glob("web_map/static/vendor/.stamp")]
    return {file: file.stat().st_mtime_ns for file in files}
