"""A draw that anybody can make again: by the order of hashes, not by a library's generator."""

import hashlib
from collections.abc import Iterable
from typing import TypeVar

K = TypeVar("K")


def shuffled(seed: int, keys: Iterable[K]) -> list[K]:
    """Return ``keys`` in the order of SHA-256("seed/key"), which is random to all who knew neither.

    >>> shuffled(7, [1, 2, 3, 4, 5])
    [2, 5, 4, 3, 1]
    """
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}/{key}".encode()).digest())
