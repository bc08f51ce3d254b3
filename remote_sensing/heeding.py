"""Whether long work is to go on: asked deep inside it, answered by whoever started it.

Training is a tree of calls that return arrays and know nothing of who waits for them. A question in
every signature would be passed on a dozen times to be asked at a few places; so it is set once,
round the whole, and asked wherever seconds may pass. Nobody asks: nothing ends.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from os import cpu_count
from typing import Any

AT_ONCE = 2
"""Trees that a core grows between two questions: more would be heard late, fewer wait for cores."""

_asked: ContextVar[Callable[[], object]] = ContextVar("asked", default=lambda: None)


@contextmanager
def heeding(ask: Callable[[], object]) -> Iterator[None]:
    """Have ``ask`` called again and again by the work within; what it raises ends the work."""
    token = _asked.set(ask)
    try:
        yield
    finally:
        _asked.reset(token)


def heed() -> None:
    """Ask whether to go on; raises whatever the one who started the work raises to end it."""
    _asked.get()()


def grown(forest: Any, x: Any, target: Any, **options: Any) -> Any:
    """Fit a forest of scikit-learn some trees at a time; they are the trees of fitting it at once.

    (Started warm it draws its seeds as if it had grown all from the first.)
    """
    trees = forest.n_estimators
    step = AT_ONCE * (cpu_count() or 1)
    with warnings.catch_warnings():
        # Of weights by the share of classes in other samples: these are the same each time.
        warnings.filterwarnings("ignore", "class_weight presets", UserWarning)
        for count in range(step, trees + step, step):
            heed()
            forest.set_params(n_estimators=min(count, trees), warm_start=True)
            forest.fit(x, target, **options)
    return forest.set_params(warm_start=False)
