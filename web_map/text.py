"""The interface's words: one flat JSON file per language, with the same keys."""

import json
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

Language = Literal["zh-CN", "en"]
DEFAULT: Language = "zh-CN"
LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")
LOCALES_DIR = Path(__file__).parent / "locales"


def language_of(wish: str | None) -> Language:
    """Return the interface language nearest to ``wish`` (a cookie's value, or none).

    >>> language_of("en-GB"), language_of(None), language_of("fr")
    ('en', 'zh-CN', 'zh-CN')
    """
    return "en" if wish and wish.lower().startswith("en") else DEFAULT


@cache
def words(language: Language) -> MappingProxyType[str, str]:
    """Return every sentence of the interface by key."""
    path = LOCALES_DIR / f"{language}.json"
    return MappingProxyType(json.loads(path.read_text(encoding="utf-8")))
