"""What the verbs on projects share: storing versions, refusing sites and projects that are shut."""

from gis.domain.sites.site import Site
from gis.domain.terms import SiteState
from gis.domain.works.errors import ProjectFinished, ProjectOpenAlready, SiteNotOpen
from gis.domain.works.remediation import ProjectStep, ProjectTask, RemediationProject, progress_of
from gis.ledger.book import Entry
from gis.store import shape, site_papers, sites, tables, works


def put_project(
    entry: Entry,
    project: RemediationProject,
    before: RemediationProject | None = None,
    *,
    verb: str = "record_project",
) -> RemediationProject:
    """Store a version of a project."""
    shape.insert(entry.connection, tables.projects, [project])
    entry.log(verb, "site", project.site_code, before=before, after=project)
    return project


def put_task_version(
    entry: Entry, task: ProjectTask, before: ProjectTask | None = None, *, verb: str = "put_task"
) -> ProjectTask:
    """Store a version of a task."""
    shape.insert(entry.connection, tables.project_tasks, [task])
    entry.log(verb, "site", task.site_code, before=before, after=task)
    return task


def put_step(entry: Entry, step: ProjectStep, *, verb: str) -> ProjectStep:
    """Store a step."""
    shape.insert(entry.connection, tables.project_steps, [step])
    entry.log(verb, "site", step.site_code, after=step)
    return step


def require_open(entry: Entry, code: str) -> Site:
    """Return a site whose projects may move. Raises NotInRegister, SiteNotOpen."""
    site = sites.site(entry.connection, code)
    if not site.state.is_on_list:
        heirs = [
            row.to_code
            for row in site_papers.lineage_of(entry.connection, code)
            if row.from_code == code
        ]
        to = "、".join(heirs[:3]) or "—"
        raise _shut(site, f"请在 {to} 上办理", f"go on at {to}")
    return site


def require_not_closed(site: Site) -> None:
    """Refuse to plan work at a site that was closed out. Raises SiteNotOpen."""
    if site.state in {SiteState.CLOSED, SiteState.SUSPECTED}:
        raise _shut(
            site,
            "如有反弹，请先把原项目退回",
            "where it is back, take its project back to an earlier stage",
        )


def _shut(site: Site, zh: str, en: str) -> SiteNotOpen:
    words = {"state_zh": site.state.zh, "state_en": site.state.en}
    return SiteNotOpen(code_=site.code, cure_zh=zh, cure_en=en, **words)


def require_unfinished(project: RemediationProject) -> None:
    """Refuse to change a project that is through. Raises ProjectFinished."""
    if project.stage.is_finished:
        raise ProjectFinished(
            title=project.title, stage_zh=project.stage.zh, stage_en=project.stage.en
        )


def require_only(entry: Entry, project: RemediationProject) -> None:
    """Refuse a second unfinished project of a variant at a site. Raises ProjectOpenAlready."""
    for other in works.projects_of(entry.connection, project.site_code):
        is_same = other.variant is project.variant and other.id != project.id
        if is_same and not other.stage.is_finished:
            raise ProjectOpenAlready(code_=project.site_code, title=other.title)


def follow_tasks(entry: Entry, project: RemediationProject) -> RemediationProject:
    """Store the progress that follows from a project's tasks, where it has changed."""
    progress = progress_of(works.tasks_of(entry.connection, project.id))
    if progress is None or progress == project.progress_percent:
        return project
    after = project.changed(entry.now, entry.actor, progress_percent=progress)
    return put_project(entry, after, project, verb="follow_tasks")
