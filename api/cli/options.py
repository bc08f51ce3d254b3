"""Options that several commands share."""

import getpass
from typing import Annotated

import typer

from api import database
from api.settings import Settings
from gis.ledger import Book

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。 Print JSON for machines.")]
District = Annotated[
    str | None, typer.Option("--district", help="区域代码，如 150203。 Code of the place.")
]


def terminal_book() -> Book:
    """Return the ledger opened in the name of the person at the terminal."""
    return Book(database.open_register(Settings()), f"cli:{getpass.getuser()}")
