"""The browser that tests drive: the system's own, or the one that set-up brought instead."""

import shutil

PROGRAMS = ("chromium", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Return the system's Chromium for playwright's ``executable_path``.

    None means playwright's own, which set-up brings where the system has none (Ubuntu's is a snap).
    """
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
