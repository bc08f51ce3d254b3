"""What a run took: seconds of each stage, the most memory, as ``run.json`` keeps it."""

import contextlib
import ctypes
import resource
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

Step = Callable[[str, str], None]
"""Told in Chinese and English what comes next; what it raises ends the run where it stands."""


class Timing:
    """The clock of one run; ``step`` hears of each stage before it begins."""

    def __init__(self, step: Step | None = None) -> None:
        self._step = step
        self._began = monotonic()
        self._started_at = datetime.now(UTC).isoformat(timespec="seconds")
        self._seconds: dict[str, float] = {}
        forget_peak()

    @contextlib.contextmanager
    def stage(self, name: str, zh: str, en: str) -> Iterator[None]:
        """Say what comes next, and measure it under ``name``."""
        give_back()
        if self._step is not None:
            self._step(zh, en)
        began = monotonic()
        yield
        self._seconds[name] = self._seconds.get(name, 0.0) + monotonic() - began

    def record(self) -> dict[str, object]:
        """Return what was measured so far."""
        return {
            "started_at": self._started_at,
            "seconds": round(monotonic() - self._began, 2),
            "stages": {name: round(each, 2) for name, each in self._seconds.items()},
            "peak_memory_mb": peak_mb(),
        }


def give_back() -> None:
    """Let the system have the memory that was freed, where the C library keeps it (glibc).

    Else a stage begins with what the threads of the one before no longer need: 400 MB after a scene
    was classified.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def forget_peak() -> None:
    """Let the peak of this process's memory begin anew, where the system can (Linux)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> int:
    """Return the most memory that this process has held, in MB, since the peak was forgotten."""
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/self/status").read_text().splitlines()
        held = next(line for line in lines if line.startswith("VmHWM:"))
        return round(int(held.split()[1]) / 1024)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
