"""Verbs on task tags: which tasks of the district's plan a site answers to."""

from dataclasses import replace
from datetime import date

from gis.domain.sites.errors import TagAbsent
from gis.domain.sites.tags import SiteTag
from gis.domain.works.extension import require_not_put_off
from gis.ledger.book import Book, Entry
from gis.rules import tasks
from gis.store import shape, site_papers, sites, tables
from gis.store.register import day_of


def tag_site(
    book: Book, code: str, task: str, lead_unit: str, due_on: date | None, note: str = ""
) -> tuple[SiteTag, bool]:
    """Give a site a task with its unit and day (None: 持续推进); return the tag and if it is new.

    The same again changes nothing; another unit, day or note ends the old tag and begins one.
    Raises NotInRegister, TaskUnknown, DayHeld.
    """
    tasks.task(task)
    with book.entry() as entry:
        sites.site(entry.connection, code)
        before = _borne(entry, code, task)
        tag = SiteTag(
            site_code=code,
            task=task,
            added_at=entry.now,
            added_by=entry.actor,
            lead_unit=lead_unit,
            due_on=due_on,
            note=note,
            removed_at=None,
            removed_by=None,
        )
        if before is not None:
            if replace(before, added_at=tag.added_at, added_by=tag.added_by) == tag:
                return before, False
            first_set = day_of(site_papers.first_tagged_at(entry.connection, code, task))
            title, today = tasks.task(task).zh, day_of(entry.now)
            require_not_put_off(title, before.due_on, due_on, first_set, today)
            _end(entry, before)
        shape.insert(entry.connection, tables.site_tags, [tag])
        entry.log("tag_site", "site", code, before=before, after=tag)
        return tag, True


def untag_site(book: Book, code: str, task: str) -> None:
    """Take a task from a site. Raises NotInRegister, TagAbsent."""
    with book.entry() as entry:
        sites.site(entry.connection, code)
        before = _borne(entry, code, task)
        if before is None:
            raise TagAbsent(code_=code, task=task[:20])
        entry.log("untag_site", "site", code, before=before, after=_end(entry, before))


def carry_tags(entry: Entry, origin: str, heir: str) -> None:
    """Give ``heir`` the tags of ``origin`` that it does not bear yet: the task goes on there."""
    borne = {tag.task for tag in site_papers.tags_of(entry.connection, heir)}
    for tag in site_papers.tags_of(entry.connection, origin):
        if tag.task not in borne:
            carried = replace(tag, site_code=heir, added_at=entry.now, added_by=entry.actor)
            shape.insert(entry.connection, tables.site_tags, [carried])
            entry.log("tag_site", "site", heir, after=carried)


def _borne(entry: Entry, code: str, task: str) -> SiteTag | None:
    borne = (tag for tag in site_papers.tags_of(entry.connection, code) if tag.task == task)
    return next(borne, None)


def _end(entry: Entry, tag: SiteTag) -> SiteTag:
    ended = replace(tag, removed_at=entry.now, removed_by=entry.actor)
    site_papers.end_tag(entry.connection, ended)
    return ended
