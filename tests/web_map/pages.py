"""Every page that can be rendered, read as a browser reads it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from gis.domain.terms import Role
from web_map import page
from web_map.text import LANGUAGES

NONCE = "bm9uY2U"


@dataclass
class Reader(HTMLParser):
    """Keeps the tags with their attributes, and the text between tags of one kind."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: dict[str, list[str]] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self.text.setdefault(self._open[-1], []).append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def every_page() -> Iterator[tuple[str, str, str]]:
    """Yield name, language and HTML of every page."""
    for language in LANGUAGES:
        yield "map", language, page.map_page(language, NONCE, Role.ADMINISTRATOR)
        yield "phone", language, page.field_page(language, NONCE)
        yield "login", language, page.login_page(language, NONCE)
        for person in page.PERSONS:
            yield person, language, page.help_page(person, language, NONCE)
