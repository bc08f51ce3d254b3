"""The interface's words: a folder per language, a flat JSON file per topic, same keys in both."""

import json
from collections.abc import Iterable
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
def topic(language: Language, name: str) -> MappingProxyType[str, str]:
    """Return the sentences of one topic by key."""
    path = LOCALES_DIR / language / f"{name}.json"
    return MappingProxyType(json.loads(path.read_text(encoding="utf-8")))


def words(language: Language, topics: Iterable[str] | None = None) -> dict[str, str]:
    """Return the sentences of some topics by key, of every topic unless told which."""
    names = topics or sorted(path.stem for path in (LOCALES_DIR / language).glob("*.json"))
    return {key: text for name in names for key, text in topic(language, name).items()}
