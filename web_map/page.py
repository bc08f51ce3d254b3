"""Whole pages as HTML text: the map, the login, the help of four kinds of people."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from branca.element import Figure
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from gis.domain.terms import Role
from web_map.layers import MapShell
from web_map.sections import OFFICE_PAGES, PART_OF, SECTIONS, OfficePage, bar_of
from web_map.style import as_data
from web_map.text import Language, language_of, words

Person = Literal["field", "analyst", "manager", "keeper"]
PERSONS: tuple[Person, ...] = get_args(Person)

SHARED = ("common", "map")
BESIDES: Mapping[OfficePage, tuple[str, ...]] = {
    "site": ("site", "pit", "checks", "projects", "follow", "closeout"),
    "checks": ("checks", "closeout"),
    "board": ("board", "register"),
    "models": ("models", "runs"),
}
"""Topics of pages that show more than their own: a site's page tells its field checks,
the board is filtered as the list is, the worker trains models as it goes over scenes."""
ON_THE_PHONE = ("common", "field", "area", "outbox", "mylist", "place", "fieldcheck", "photo")


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment


def render(template: str, wish: str, nonce: str, **values: Any) -> str:
    """Return a template filled in, in the language nearest to ``wish``."""
    language = language_of(wish)
    text = words(language)
    return (
        _templates()
        .get_template(template)
        .render(language=language, nonce=nonce, t=text.__getitem__, **values)
    )


def _data(language: Language, *topics: str) -> dict[str, Any]:
    """Return what a page's scripts read: its language, its words, the colours."""
    text = words(language, topics)
    return {"language": language, "text": text, "style": as_data()}


def _shell(nonce: str) -> dict[str, Markup]:
    """Return folium's three blocks; they hold no word that a person typed, hence ``Markup``."""
    figure = cast(Figure, MapShell().get_root())
    for child in figure._children.values():
        child.render()
    figure.header._children.pop("meta_http", None)
    links: str = figure.header.render()
    return {
        "links": Markup(links.replace("<script ", f'<script nonce="{escape(nonce)}" ')),
        "map_html": Markup(figure.html.render()),
        "map_script": Markup(figure.script.render()),
    }


def map_page(language: str, nonce: str, role: Role) -> str:
    """Return a role's map page; ``nonce`` is the Content-Security-Policy's for this answer."""
    data = _data(language_of(language), *SHARED, "checks")
    at = {"here": "map", "within": "map", "bar": bar_of(role)}
    return render("map.html", language, nonce, data=data, **at, **_shell(nonce))


def office_page(name: OfficePage, language: str, nonce: str, role: Role, subject: str = "") -> str:
    """Return a page of the office; ``subject`` is what it is about, such as a site's code."""
    topics = (*SHARED, *BESIDES.get(name, (name,)))
    data = {**_data(language_of(language), *topics), "subject": subject}
    at = {"here": name, "within": PART_OF.get(name, name), "bar": bar_of(role)}
    return render(f"office/{name}.html", language, nonce, data=data, **at)


def field_page(language: str, nonce: str) -> str:
    """Return the phone's page, which works without a net once it was opened."""
    data = _data(language_of(language), *ON_THE_PHONE)
    return render("field.html", language, nonce, data=data, here="field")


def login_page(language: str, nonce: str, subject: str = "") -> str:
    """Return the login page; ``subject`` is "change" for who is in and must change the password."""
    chosen = language_of(language)
    text = words(chosen)
    mine = {key: text[key] for key in text if key.startswith(("login.", "error."))}
    data = {"language": chosen, "text": mine, "style": {}, "subject": subject}
    return render("login.html", language, nonce, data=data)


def help_page(person: str, language: str, nonce: str) -> str:
    """Return the help page of ``person``; raises KeyError for somebody unknown."""
    if person not in PERSONS:
        raise KeyError(person)
    template = f"help/{person}.{language_of(language)}.html"
    data: dict[str, object] = {"language": language_of(language), "text": {}, "style": {}}
    return render(template, language, nonce, person=person, persons=PERSONS, data=data)


__all__ = [
    "OFFICE_PAGES",
    "PERSONS",
    "SECTIONS",
    "OfficePage",
    "Person",
    "field_page",
    "help_page",
    "login_page",
    "map_page",
    "office_page",
    "render",
]
