"""Verbs on laboratory results: a file is filed whole or not at all, and withdrawn whole."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.sampling.lab_batch import BatchIdReused, LabBatch
from gis.domain.sampling.result_problems import Problem, ResultsRefused
from gis.domain.sampling.result_sheet import ResultLine, against, result_id, results_of
from gis.ledger.book import Book
from gis.store import identification, register, sampling, shape, sites, tables


@dataclass(frozen=True, slots=True)
class BatchSent:
    """A results file as it was read; ``id`` was made by who sends it, once.

    ``problems`` is what the reading itself found.
    """

    id: UUID
    plan_code: str
    file_name: str
    file_sha256: str
    rows: int
    lines: tuple[ResultLine, ...]
    problems: tuple[Problem, ...]


def check_results(book: Book, sent: BatchSent) -> list[Problem]:
    """Return all that is wrong with a file, line by line, and store nothing.

    Raises NotInRegister.
    """
    with book.reading() as connection:
        today = book.clock().astimezone(register.CHINA).date()
        known = identification.known_of(connection, sent.plan_code, today)
    return _by_row([*sent.problems, *against(sent.lines, known)])


def filed(connection: sa.Connection, sent: BatchSent) -> LabBatch | None:
    """Return the batch in force that these very results made; another sheet made another batch.

    Raises NotInRegister.
    """
    sampling.plan(connection, sent.plan_code)
    same_file = identification.batches_of_file(connection, sent.plan_code, sent.file_sha256)
    return next((one for one in same_file if _holds(connection, one, sent)), None)


def _holds(connection: sa.Connection, batch: LabBatch, sent: BatchSent) -> bool:
    ids = {result_id(batch.id, line) for line in sent.lines}
    is_whole = not sent.problems and batch.results == len(sent.lines)
    return is_whole and ids == identification.result_ids(connection, batch.id)


def file_results(book: Book, sent: BatchSent) -> tuple[LabBatch, bool]:
    """File all results of a file, or none; return the batch and whether it is new.

    The same results of a file for the same plan are the same batch, whatever its id. Raises
    ResultsRefused, BatchIdReused, NotInRegister.
    """
    with book.entry() as entry:
        connection = entry.connection
        plan = sampling.plan(connection, sent.plan_code)
        known_id = identification.batch(connection, sent.id)
        if known_id is not None:
            about = (known_id.plan_code, known_id.file_sha256)
            is_same = about == (sent.plan_code, sent.file_sha256)
            if not is_same or not _holds(connection, known_id, sent):
                raise BatchIdReused(id=sent.id)
            return known_id, False
        same = filed(connection, sent)
        if same is not None:
            return same, False
        today = entry.now.astimezone(register.CHINA).date()
        known = identification.known_of(connection, sent.plan_code, today)
        problems = _by_row([*sent.problems, *against(sent.lines, known)])
        if problems:
            raise ResultsRefused.of(problems)
        batch = LabBatch(
            id=sent.id,
            recorded_at=entry.now,
            recorded_by=entry.actor,
            site_code=plan.site_code,
            plan_code=plan.code,
            file_name=sent.file_name,
            file_sha256=sent.file_sha256,
            rows=sent.rows,
            results=len(sent.lines),
            withdrawn_at=None,
            withdrawn_by=None,
            withdrawn_reason=None,
            is_demo=sites.site(connection, plan.site_code).is_demo,
        )
        shape.insert(connection, tables.lab_batches, [batch])
        shape.insert(connection, tables.lab_results, results_of(sent.lines, batch, entry.now))
        entry.log("file_results", "site", plan.site_code, after=batch)
        return batch, True


def withdraw_results(book: Book, batch_id: UUID, reason: str) -> LabBatch:
    """Take a batch back with its reason; its rows stay and speak no more.

    Raises NotInRegister, BatchWithdrawn, WithdrawalUnexplained.
    """
    with book.entry() as entry:
        before = identification.batch(entry.connection, batch_id)
        if before is None:
            raise NotInRegister(id=batch_id)
        sites.site(entry.connection, before.site_code)
        after = before.withdrawn(entry.actor, entry.now, reason)
        identification.withdraw(entry.connection, after)
        entry.log("withdraw_results", "site", after.site_code, before=before, after=after)
        return after


def _by_row(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda one: one.row)
