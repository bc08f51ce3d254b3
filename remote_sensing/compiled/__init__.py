"""Loops over pixels that numba turns into machine code.

Only what is slow in numpy stands here, each loop beside its plain meaning elsewhere, to which a
test holds it equal on every pixel. The modules import numba, so they are imported where they are
used. Compiled code is kept in ``__pycache__`` (or in the user's cache where that may not be
written), so that only the first run on a machine waits some seconds for the compiler.
"""
