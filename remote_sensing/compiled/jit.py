"""The one way in which this package compiles: without the interpreter's lock, kept on the disk."""

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., object])


def jit(function: Function) -> Function:
    """Compile at the first call; threads run it side by side.

    Index by ``uint64`` in the innermost loops: a signed index costs a test for being negative.
    Functions that call each other stand in one file, for the cache looks at the caller's file only.
    """
    import numba

    njit: Any = numba.njit
    options = {"nogil": True, "error_model": "numpy"}
    try:
        compiled: Function = njit(cache=True, **options)(function)
    except RuntimeError:  # no folder may be written: compile anew in every process
        compiled = njit(**options)(function)
    return compiled
