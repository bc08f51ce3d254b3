"""Stamped copies: made when they are first asked for, and anew when what they say has changed."""

import hashlib
from pathlib import Path

import sqlalchemy as sa

from gis.domain.photos.errors import PhotoNotShown
from gis.domain.photos.label import PhotoLabel, label_of
from gis.domain.photos.photo import Photo
from gis.ledger.photos import DISPLAY
from gis.store import candidates, checks, files, people, sites, stamping


def stamped(connection: sa.Connection, kept: Path, photo: Photo) -> Path:
    """Return where a photograph's stamped copy lies, beside its original.

    Raises PhotoNotShown, FontMissing, DiskFull.
    """
    display = files.place_of(kept, photo.sha256, DISPLAY)
    if not photo.is_picture or not display.is_file():
        raise PhotoNotShown(name=photo.file_name)
    label = _label(connection, photo)
    said = hashlib.sha256("\n".join(label.lines).encode()).hexdigest()[:12]
    target = files.place_of(kept, photo.sha256, f"-stamped-{said}.jpg")
    if not target.is_file():
        files.put(target, stamping.stamp(display, label))
    return target


def _label(connection: sa.Connection, photo: Photo) -> PhotoLabel:
    person = people.user_named(connection, photo.recorded_by)
    who = person.display_name if person else photo.recorded_by
    check = checks.filed(connection, photo.check_id)
    if check is None:
        return label_of(photo, "核实记录尚未收到", "", who)
    code = check.site_code
    if code is None and check.candidate_id is not None:
        candidate = candidates.filed(connection, check.candidate_id)
        code = candidate.site_code if candidate else None
    if code is None:
        return label_of(photo, "候选图斑", str(check.candidate_id)[:8], who)
    return label_of(photo, sites.site(connection, code).name, code, who)
