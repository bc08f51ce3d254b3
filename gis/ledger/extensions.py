"""Verbs on later days: ask for one, approve or refuse it; the first day is always kept."""

from dataclasses import replace
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.sites.errors import IdReused
from gis.domain.terms import ExtensionState, WorkKind
from gis.domain.works.deadline_errors import ExtensionStale, ExtensionWaits, WorkUnknown
from gis.domain.works.deadlines import Work
from gis.domain.works.extension import DueExtension, ExtensionSent, day_to_extend
from gis.ledger.book import Book, Entry
from gis.ledger.works import put_project, put_task_version
from gis.store import deadlines, extensions, shape, site_papers, sites, tables, works


def ask_extension(book: Book, sent: ExtensionSent) -> tuple[DueExtension, bool]:
    """Ask for a later day for a work; the same again is the same request.

    Raises WorkUnknown, IdReused, ExtensionWaits, and what `day_to_extend` raises.
    """
    digest = sha256_of(*sent)
    with book.entry() as entry:
        known = extensions.filed(entry.connection, sent.id)
        if known is not None:
            if known.body_sha256 != digest or known.asked_by != entry.actor:
                raise IdReused(id=sent.id)
            return known, False
        work = deadlines.work(entry.connection, sent.work)
        old_due_on = day_to_extend(work, sent)
        other = extensions.waiting(entry.connection, work.key)
        if other is not None:
            raise ExtensionWaits(by=other.asked_by, new=other.new_due_on)
        asked = DueExtension(
            id=sent.id,
            district_code=sites.site(entry.connection, work.site_code).district_code,
            site_code=work.site_code,
            work=work.key,
            kind=work.kind,
            title=work.title,
            lead_unit=work.lead_unit,
            old_due_on=old_due_on,
            new_due_on=sent.new_due_on,
            reason=sent.reason.strip(),
            body_sha256=digest,
            state=ExtensionState.ASKED,
            asked_at=entry.now,
            asked_by=entry.actor,
            decided_at=None,
            decided_by=None,
            decision_note="",
        )
        shape.insert(entry.connection, tables.due_extensions, [asked])
        entry.log("ask_extension", "site", asked.site_code, after=asked)
        return asked, True


def approve_extension(book: Book, extension_id: UUID, note: str = "") -> DueExtension:
    """Give the work its later day, in a new version of it.

    Raises NotInRegister, ExtensionDecided, OwnExtension, ExtensionStale.
    """
    with book.entry() as entry:
        before = extensions.extension(entry.connection, extension_id)
        if _is_same(before, ExtensionState.APPROVED, entry.actor, note):
            return before
        after = before.decided(ExtensionState.APPROVED, entry.actor, entry.now, note)
        _require_fresh(entry, before)
        _put_off(entry, before)
        return _store(entry, before, after, "approve_extension")


def refuse_extension(book: Book, extension_id: UUID, note: str) -> DueExtension:
    """Leave the work its day, with the reason.

    Raises NotInRegister, ExtensionDecided, OwnExtension, RefusalUnexplained.
    """
    with book.entry() as entry:
        before = extensions.extension(entry.connection, extension_id)
        if _is_same(before, ExtensionState.REFUSED, entry.actor, note):
            return before
        after = before.decided(ExtensionState.REFUSED, entry.actor, entry.now, note)
        return _store(entry, before, after, "refuse_extension")


def _is_same(before: DueExtension, state: ExtensionState, by: str, note: str) -> bool:
    """Say whether the decision came before, from the same person: sent twice, it is one."""
    return (before.state, before.decided_by, before.decision_note) == (state, by, note.strip())


def _store(entry: Entry, before: DueExtension, after: DueExtension, verb: str) -> DueExtension:
    shape.replace(entry.connection, tables.due_extensions, after)
    entry.log(verb, "site", after.site_code, before=before, after=after)
    return after


def _require_fresh(entry: Entry, asked: DueExtension) -> Work:
    try:
        work = deadlines.work(entry.connection, asked.work)
    except WorkUnknown:
        raise ExtensionStale(old=asked.old_due_on, now="—") from None
    if work.is_done or work.due_on != asked.old_due_on:
        raise ExtensionStale(old=asked.old_due_on, now=work.done_on or work.due_on or "—")
    return work


def _put_off(entry: Entry, asked: DueExtension) -> None:
    """Store the work's next version, which has the later day."""
    changes = {"due_on": asked.new_due_on}
    if asked.kind is WorkKind.TAG:
        _, code, task = asked.work.split(":")
        (tag,) = (one for one in site_papers.tags_of(entry.connection, code) if one.task == task)
        ended = replace(tag, removed_at=entry.now, removed_by=entry.actor)
        site_papers.end_tag(entry.connection, ended)
        begun = replace(tag, added_at=entry.now, added_by=entry.actor, due_on=asked.new_due_on)
        shape.insert(entry.connection, tables.site_tags, [begun])
        entry.log("tag_site", "site", code, before=tag, after=begun)
        return
    found = UUID(asked.work.partition(":")[2])
    if asked.kind is WorkKind.TASK:
        task_ = works.task(entry.connection, found)
        assert task_ is not None
        later = task_.changed(entry.now, entry.actor, **changes)
        put_task_version(entry, later, task_, verb="extend_task")
    else:
        project = works.project(entry.connection, found)
        after = project.changed(entry.now, entry.actor, **changes)
        put_project(entry, after, project, verb="extend_project")
