"""From rows of the list and saved views to the JSON that the list's page reads."""

from typing import Any

from api import wire
from gis.domain import inventory
from gis.domain.view import View
from gis.store.filtering import SORTABLE

PHOTOS = "ZP"
"""The column of photos, for which the list has to count those of field checks."""


def listed(row: dict[str, Any], columns: list[str], language: str) -> dict[str, Any]:
    """Return a row of the list with the cells of ``columns``; unknown ones are passed over."""
    (full,) = inventory.numbered([row])
    shown = [inventory.BY_SHORT[short] for short in columns if short in inventory.BY_SHORT]
    return {
        **wire.site_item(row),
        "cells": {column.short: column.cell(full, language) for column in shown},
    }


def columns() -> list[dict[str, Any]]:
    """Return the columns that a list can show, in the inventory's order."""
    return [
        {
            "short": column.short,
            "zh": column.zh,
            "en": column.en,
            "width": column.width,
            "is_sortable": column.look.by in SORTABLE,
        }
        for column in inventory.COLUMNS
        if column.short != "XH"  # a page has no first row to number from
    ]


def view(one: View, username: str) -> dict[str, Any]:
    """Return a saved view, and whether it is the asker's own."""
    return {
        **{name: getattr(one, name) for name in ("id", "name", "owner", "is_shared")},
        **{name: getattr(one, name) for name in ("query", "columns", "saved_at")},
        "is_mine": one.owner == username,
    }
