"""A controlled word: stored as its value, read in two languages."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A stored word that knows its two names."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str, en: str) -> Self:
        """Make the member ``value`` with its Chinese and English name."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """Return the member stored as ``value``; raises KeyError for a word that is not ours."""
        member = cls._value2member_map_[value]
        assert isinstance(member, cls)
        return member

    def name_in(self, language: str) -> str:
        """Return the name in ``language`` (``zh-CN`` or ``en``)."""
        return self.en if language.startswith("en") else self.zh
