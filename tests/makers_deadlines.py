"""Works with days, as stored: projects with their sub-tasks, and a register in which some lag."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from gis.domain.terms import NoticeKind
from gis.domain.works.notice import NoticeSent
from gis.domain.works.remediation import ProjectTask, RemediationProject
from gis.ledger import Book
from gis.ledger.tags import tag_site
from gis.ledger.works import put_project
from gis.store import shape, tables
from tests.makers import KUNDULUN, a_project, list_site, square

DAY = date(2026, 6, 19)
"""The day of the tests' clock."""
UM, EEB, NR = "区执法局", "区生态环境分局", "区自然资源分局"


def in_days(days: int) -> date:
    return DAY + timedelta(days=days)


def a_task(project: RemediationProject, **changes: Any) -> ProjectTask:
    task = ProjectTask(
        id=uuid4(),
        version=1,
        recorded_at=project.recorded_at,
        project_id=project.id,
        site_code=project.site_code,
        title="清运",
        lead_unit=UM,
        supporting_units="昆河镇、区住建局",
        due_on=in_days(10),
        is_demo=True,
    )
    return replace(task, **changes)


def store(book: Book, project: RemediationProject, *tasks: ProjectTask) -> None:
    """Store a project with its tasks as of now."""
    with book.entry() as entry:
        kept = [replace(task, recorded_at=entry.now) for task in tasks]
        shape.insert(entry.connection, tables.project_tasks, kept)
        put_project(entry, replace(project, recorded_at=entry.now))


def some_lag(book: Book) -> Sequence[str]:
    """List three sites; return their codes.

    UM leads two overdue sub-tasks (2 and 10 days) and one that is amber at the first; EEB a task
    of the plan that was due in 2023 at the second; NR leads nothing that has a day at the third.
    """
    codes = [list_site(book, outline=square(109.61 + 0.01 * n)).code for n in range(3)]
    project = a_project(codes[0])
    store(
        book,
        project,
        a_task(project, title="清运", due_on=in_days(-2)),
        a_task(project, title="围挡", due_on=in_days(-10)),
        a_task(project, title="复绿", due_on=in_days(20)),
    )
    tag_site(book, codes[1], "5", EEB, date(2023, 12, 31))
    tag_site(book, codes[2], "4b", NR, None)
    return codes


def urge(**changes: Any) -> NoticeSent:
    """An order to UM about all that it leads and that is overdue."""
    sent = NoticeSent(uuid4(), KUNDULUN, NoticeKind.URGE, (UM,))
    return sent._replace(**changes)


def circular(**changes: Any) -> NoticeSent:
    return urge(kind=NoticeKind.CIRCULAR, units=(UM, EEB), **changes)
