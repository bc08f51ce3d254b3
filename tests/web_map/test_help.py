"""Help pages name buttons that exist and commands that run."""

import re
from html import unescape

import click
import pytest
import typer

from api.cli import build
from gis.domain.terms import Verdict
from tests.web_map.pages import NONCE
from web_map import page
from web_map.text import LANGUAGES, Language, words

HELP = [(person, language) for person in page.PERSONS for language in LANGUAGES]
each_help = pytest.mark.parametrize(("person", "language"), HELP)
PROMISED = [
    "setup-check", "db start", "db stop", "db status", "db migrate", "db verify-log", "serve",
    "db verify-files",
    "scene add", "scene list", "train", "detect", "evaluate", "runs", "runs start", "runs list",
    "runs show", "runs log", "runs cancel", "runs retry", "runs costs", "grade", "export",
    "user add",
    "import", "sampling plan", "sampling labels", "results import", "identify", "layer add",
    "layer measure", "certificate", "overlaps", "user revoke", "user sessions", "user unlock",
    "user suspend",
    "site correct", "site show", "priority", "rules list", "team add", "team list", "assign",
    "checks import", "checks unfinished",
    "follow-up run", "follow-up show", "samples freeze", "samples list", "samples export",
    "zone add", "zone list", "zone end",
    "retrain", "model list", "model compare", "model publish", "model withdraw",
]  # fmt: skip


def text_of(person: str, language: Language) -> str:
    return page.help_page(person, language, NONCE)


def commands(html: str) -> list[list[str]]:
    blocks = re.findall(r"<code>(.*?)</code>", html, re.S)
    lines = [unescape(line) for block in blocks for line in block.splitlines()]
    return [line.split()[1:] for line in lines if line.startswith("qingfei ")]


def resolve(words_of_command: list[str]) -> tuple[str, click.Command, list[str]]:
    """Walk down the groups; returns the command's name, itself and the words left."""
    command: click.Command = typer.main.get_command(build())
    names = []
    rest = list(words_of_command)
    while hasattr(command, "commands") and rest and not rest[0].startswith("--"):
        name = rest.pop(0)
        assert name in command.commands, " ".join(words_of_command)
        command = command.commands[name]
        names.append(name)
    return " ".join(names), command, rest


@each_help
def test_buttons_have_the_names_that_help_gives_them(person: str, language: Language) -> None:
    buttons = re.findall(r'class="button-name">([^<]*)<', text_of(person, language))
    known = set(words(language).values())
    assert [button for button in buttons if unescape(button) not in known] == []


@each_help
def test_commands_exist_with_their_options(person: str, language: Language) -> None:
    for line in commands(text_of(person, language)):
        _, command, rest = resolve(line)
        options = {name for parameter in command.params for name in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= options, " ".join(line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_promised_command_is_explained(language: Language) -> None:
    every = [line for person in page.PERSONS for line in commands(text_of(person, language))]
    explained = {resolve(line)[0] for line in every}
    assert set(PROMISED) <= explained


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_field_page_explains_every_verdict(language: Language) -> None:
    html = text_of("field", language)
    assert [v for v in Verdict if f"<td>{v.name_in(language)}</td>" not in html] == []


@each_help
def test_the_page_marks_where_one_is(person: str, language: Language) -> None:
    html = text_of(person, language)
    assert re.findall(r'href="/help/(\w+)" aria-current="page"', html) == [person]
    assert html.count("<h1>") == 1
