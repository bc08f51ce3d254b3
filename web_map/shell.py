"""The phone's shell: the files its page needs without a net, each by its content's hash.

The list is worked out from what the page links to and what its modules import, so that no file
can be forgotten. The service worker takes all of them in before it serves any.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any

from web_map import page
from web_map.assets import STATIC_DIR
from web_map.text import LANGUAGES, language_of, words

HOME = "/field"
WORKER = STATIC_DIR / "js" / "field" / "worker.js"
LATER = (
    *("/static/vendor/leaflet/leaflet.js", "/static/vendor/leaflet/leaflet.css"),
    *(f"/static/images/field-{size}.png" for size in ("192", "512", "maskable")),
)
"""What the page fetches only once it is needed, and what the home screen shows."""

_IMPORT = re.compile(r'(?:\bfrom\s+|\bimport\s+|\bimport\()"(\.{1,2}/[\w./]+\.js)"')
_URL = re.compile(r'url\(\s*["\']?(?!data:|#)([^"\')]+)')


class _Links(HTMLParser):
    """Collects the addresses of a page's own scripts, styles and pictures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the address of one element."""
        for name, value in attrs:
            if name in ("src", "href") and value and value.startswith("/static/"):
                self.found.append(value)


def _named_in(address: str) -> Iterator[str]:
    """Yield the files that a module imports, or a style sheet shows."""
    folder = PurePosixPath(address).parent
    if address.endswith(".js") and "/vendor/" not in address:
        pattern = _IMPORT
    elif address.endswith(".css"):
        pattern = _URL
    else:
        return
    for name in pattern.findall(_file(address).decode("utf-8")):
        yield _plain(folder / name)


def _plain(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return str(PurePosixPath(*parts))


def _file(address: str) -> bytes:
    return (STATIC_DIR / address.removeprefix("/static/")).read_bytes()


def files() -> dict[str, str]:
    """Return the SHA-256 of every file of the shell by its address."""
    wanted = [*_Links(page.field_page("zh-CN", "")).found, *LATER]
    hashes: dict[str, str] = {}
    while wanted:
        address = wanted.pop()
        if address not in hashes:
            hashes[address] = hashlib.sha256(_file(address)).hexdigest()
            wanted.extend(_named_in(address))
    return dict(sorted(hashes.items()))


def first_scripts() -> dict[str, int]:
    """Return the bytes of every script that opens the page; what a tap asks for is not in it."""
    wanted = [link for link in _Links(page.field_page("zh-CN", "")).found if link.endswith(".js")]
    sizes: dict[str, int] = {}
    while wanted:
        address = wanted.pop()
        if address not in sizes:
            sizes[address] = len(_file(address))
            wanted.extend(_named_in(address))
    return sizes


def _version(hashes: dict[str, str]) -> str:
    pages = [page.field_page(language, "") for language in LANGUAGES]
    manifests = [manifest(language) for language in LANGUAGES]
    whole = json.dumps([hashes, pages, manifests], sort_keys=True).encode()
    return hashlib.sha256(whole + WORKER.read_bytes()).hexdigest()[:16]


def version() -> str:
    """Return what changes whenever anything of the shell does."""
    return _version(files())


def worker() -> str:
    """Return the service worker's script: what to take in, then how to serve it."""
    hashes = files()
    shell = {
        "version": _version(hashes),
        "files": hashes,
        "pages": {language: f"{HOME}?language={language}" for language in LANGUAGES},
        "manifests": [f"/field.webmanifest?language={language}" for language in LANGUAGES],
    }
    return f"const SHELL = {json.dumps(shell)};\n{WORKER.read_text('utf-8')}"


def manifest(language: str) -> dict[str, Any]:
    """Return what a phone needs to put the page on its home screen."""
    text = words(language_of(language), ("field",))
    icons = [
        ("192", "192x192", "any"),
        ("512", "512x512", "any"),
        ("maskable", "512x512", "maskable"),
    ]
    return {
        "id": HOME,
        "name": text["field.title"],
        "short_name": text["field.short"],
        "description": text["field.what"],
        "lang": language_of(language),
        "start_url": HOME,
        "scope": HOME,
        "display": "standalone",
        "orientation": "portrait",
        "theme_color": "#123a5e",
        "background_color": "#ffffff",
        "icons": [
            {
                "src": f"/static/images/field-{name}.png",
                "sizes": sizes,
                "type": "image/png",
                "purpose": purpose,
            }
            for name, sizes, purpose in icons
        ],
    }
