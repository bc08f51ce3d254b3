"""Chinese text that was read in the wrong encoding, and what it was likely meant to say."""

import re

_HAN = re.compile(r"[\u4e00-\u9fff]")
_NEVER = re.compile(r"[\ufffd\ue000-\uf8ff\u0080-\u009f]")
MIXES = (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030"))
"""Pairs of the encoding that a text was taken for and the one that it was written in."""


def meant(text: str) -> str | None:
    """Return what a garbled text was likely meant to say, or None where it reads as it should.

    >>> meant("昆都仑河".encode("gbk").decode("latin-1"))
    '昆都仑河'
    >>> meant("昆都仑河") is None
    True
    """
    if text.isascii():
        return None
    for taken_for, written_in in MIXES:
        try:
            other = text.encode(taken_for).decode(written_in)
        except UnicodeError:
            continue
        is_better = other != text and _HAN.search(other) and not _NEVER.search(other)
        if is_better and (taken_for == "gb18030" or not _HAN.search(text)):
            return other
    return "？" if _NEVER.search(text) else None
