"""The shelf of the analysts' labels: folders of the data directory, each with a manifest.

A page names a folder of this list and never a path; the keeper puts them there.
"""

from pathlib import Path

from api.settings import Settings
from gis.domain.detection.model_errors import LabelSetUnknown

MANIFEST = "manifest.toml"


def names(settings: Settings) -> list[str]:
    """Return the names of the label sets on the shelf, in order."""
    return sorted(path.parent.name for path in settings.labels_dir.glob(f"*/{MANIFEST}"))


def manifest_of(settings: Settings, name: str) -> Path:
    """Return the manifest of a label set; raises LabelSetUnknown."""
    known = names(settings)
    if name not in known:
        raise LabelSetUnknown(name=name[:60], known="、".join(known) or "—")
    return settings.labels_dir / name / MANIFEST
