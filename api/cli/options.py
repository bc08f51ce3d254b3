"""Options that several commands share."""

import getpass
from typing import Annotated

import typer

from api import database
from api.settings import Settings
from gis.errors import BadInput
from gis.ledger import Book
from gis.store import places

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。 Print JSON for machines.")]
District = Annotated[
    str | None, typer.Option("--district", help="区域代码，如 150203。 Code of the place.")
]


def terminal_book() -> Book:
    """Return the ledger opened in the name of the person at the terminal."""
    return Book(database.open_register(Settings()), f"cli:{getpass.getuser()}")


class WhichDistrict(BadInput):
    """Several places and none named. Facts: known."""

    code = "which_district"
    zh = "请用 --district 指定区域，可选：{known}。"
    en = "Say which place with --district: {known}."


def one_district(book: Book, district: str | None) -> str:
    """Return the place named, or the only one there is; raises WhichDistrict."""
    if district is not None:
        return district
    with book.reading() as connection:
        known = [one.code for one in places.all_districts(connection)]
    if len(known) != 1:
        raise WhichDistrict(known="、".join(known) or "—")
    return known[0]
