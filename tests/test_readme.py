"""The README says what is there: its commands, its settings, and the same in both languages."""

import re
from pathlib import Path

import pytest

from api.cli import EVERY
from api.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
BOTH = ("README.md", "README.zh-CN.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BOTH)
def test_every_setting_is_named(name):
    for field in Settings.model_fields:
        assert f"QINGFEI_{field.upper()}" in text(name), field


@pytest.mark.parametrize("name", BOTH)
def test_every_command_it_shows_exists(name):
    shown = set(re.findall(r"^\.venv/bin/qingfei ([a-z-]+)", text(name), re.M))
    assert shown and shown <= set(EVERY)


@pytest.mark.parametrize("name", BOTH)
def test_its_picture_and_pages_exist(name):
    for target in re.findall(r"\]\(([^)]+)\)", text(name)):
        assert (ROOT / target).exists(), target


def test_both_languages_show_the_same_commands():
    blocks = [re.findall(r"```(?:sh)?\n(.*?)```", text(name), re.S) for name in BOTH]
    plain = [[re.sub(r"\s*#.*", "", block) for block in side] for side in blocks]
    assert plain[0] == plain[1]
