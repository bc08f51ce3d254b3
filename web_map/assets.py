"""Where the page's own files stand; the door serves this folder as ``/static``."""

from pathlib import Path

STATIC_DIR = Path(__file__).parent / "static"
