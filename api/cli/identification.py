"""`qingfei results` and `qingfei identify`: results in, a conclusion drawn and signed."""

from pathlib import Path
from typing import Annotated
from uuid import uuid4

import sqlalchemy as sa
import typer

from api import evidence, lab_files
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say
from api.settings import Settings
from gis.domain.identification import as_record
from gis.domain.identification.conclusion import ConclusionSent
from gis.domain.sampling.result_problems import ResultsRefused
from gis.domain.sampling.sampling_plan import SamplingPlan
from gis.domain.terms import ConclusionBasis, IdentificationStep, LeachMethod, WasteNature
from gis.errors import BadInput
from gis.exports.inventory import write_whole
from gis.ledger.auditing import hand_out
from gis.ledger.identification import finding_of, propose, sign
from gis.ledger.results import check_results, file_results, filed
from gis.rules import standards
from gis.store import sampling, sites

app = typer.Typer(help="检测结果的核对与录入。 Laboratory results.", no_args_is_help=True)

Site = Annotated[str | None, typer.Option("--site", help="点位编号。 Code of the site.")]
Plan = Annotated[str | None, typer.Option("--plan", help="抽样方案编号。 Code of the plan.")]


class WhichPlan(BadInput):
    """No plan named, and not exactly one to take. Facts: known."""

    code = "which_plan"
    zh = "请用 --plan 指定抽样方案，可选：{known}。"
    en = "Say which plan with --plan: {known}."


def _plan(connection: sa.Connection, site: str | None, plan: str | None) -> SamplingPlan:
    """Return the plan named, or the only one of the site that has not ended."""
    if plan is not None:
        return sampling.plan(connection, plan)
    plans = [] if site is None else sampling.plans_of(connection, site)
    open_ = [one for one in plans if one.ended_at is None]
    if len(open_) != 1:
        raise WhichPlan(known="、".join(one.code for one in plans) or "—")
    return open_[0]


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="结果文件（.xlsx、.csv）。 File of results.")],
    site: Site = None,
    plan: Plan = None,
    leach_method: Annotated[
        LeachMethod | None,
        typer.Option("--leach-method", help="整个文件的浸出方法。 Leaching method of all."),
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="工作表名。 Sheet.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只核对，不录入。 Check only, store nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """逐行核对实验室结果文件，无误时整批录入。 Check a file of results; file all of it or nothing.

    Example: qingfei results import report.xlsx --plan 150203-W00001-D-P1
    """
    book = terminal_book()
    with book.reading() as connection:
        code = _plan(connection, site, plan).code
    sent = lab_files.read_batch(file, file.name, uuid4(), code, sheet, leach_method)
    with book.reading() as connection:
        known = filed(connection, sent)
    problems = [] if known else check_results(book, sent)
    report = lab_files.report(sent, problems)
    if problems:
        _tell(report, as_json)
        raise ResultsRefused.of(problems)
    if known is None and not dry_run:
        known, _ = file_results(book, sent)
    if as_json:
        emit({**report, "batch": None if known is None else evidence.batch(known)})
    elif dry_run and known is None:
        say(
            f"核对通过：{report['rows']} 行、{report['results']} 个结果，未录入。",
            f"All is well: {report['rows']} rows, {report['results']} results; nothing stored.",
        )
    else:
        say(
            f"已录入 {code} 的 {report['results']} 个检测结果。",
            f"{report['results']} results of {code} are on record.",
        )


def _tell(report: dict[str, object], as_json: bool) -> None:
    if as_json:
        emit(report)
        return
    text = "text_en" if Settings().language.startswith("en") else "text_zh"
    problems = report["problems"]
    assert isinstance(problems, list)
    for one in problems:
        print(f"{one['cell']} {one['column']}: {one[text]}")


@app.command()
def template(
    plan: Annotated[str, typer.Option("--plan", help="抽样方案编号。 Code of the plan.")],
    out: Annotated[Path, typer.Option("--out", help="写出的文件。 File to write.")],
) -> None:
    """写出一份待填的结果表，列出方案应做的全部检测。 Write an empty results sheet of a plan.

    Example: qingfei results template --plan 150203-W00001-D-P1 --out results.xlsx
    """
    book = terminal_book()
    content = lab_files.template(book.engine, plan)

    def write(path: Path) -> None:
        path.write_bytes(content)

    write_whole(out, ".xlsx", write)
    hand_out(book, "results_sheet", plan, content, format="xlsx")
    say(f"已写出 {out}。", f"Wrote {out}.")


def identify(
    site: Annotated[str, typer.Option("--site", help="点位编号。 Code of the site.")],
    plan: Plan = None,
    is_listed: Annotated[
        bool | None,
        typer.Option("--listed/--not-listed", help="是否列入国家危险废物名录。 On the list?"),
    ] = None,
    hw_code: Annotated[
        str | None, typer.Option("--hw-code", help="名录类别，如 HW48。 Its class on the list.")
    ] = None,
    exclude: Annotated[
        list[IdentificationStep] | None,
        typer.Option("--exclude", help="按来源排除的特性，可多次。 Excluded by origin; repeat."),
    ] = None,
    activity: Annotated[
        float | None, typer.Option("--activity", min=0, help="最高单核素活度 Bq/g。 Activity.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="说明。 Note.")] = "",
    signing: Annotated[
        bool, typer.Option("--sign", help="起草并签发结论。 Draw the conclusion and sign it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """按标准逐步鉴别一个点位的废物；加 --sign 时起草并签发。 Identify a site's waste, step by step.

    Example: qingfei identify --site 150203-W00001-D --not-listed --sign
    """
    book = terminal_book()
    with book.reading() as connection:
        about = sites.site(connection, site)
        chosen = _plan(connection, site, plan)
        sent = ConclusionSent(
            id=uuid4(),
            site_code=about.code,
            plan_code=chosen.code,
            basis=ConclusionBasis.IDENTIFICATION,
            nature=WasteNature.UNIDENTIFIED,
            waste_class=None,
            concluded_on=None,
            leach_multiple=None,
            radioactivity_bq_g=activity,
            laboratory=None,
            report_no=None,
            reason=reason,
            is_solid_waste=True,
            is_listed=is_listed,
            hw_code=hw_code,
            excluded=[step.value for step in exclude or []],
        )
        record = as_record(finding_of(connection, about, sent), standards.current())
        checked = evidence.checked_rows(connection)
    if signing:
        draft, _ = propose(book, sent)
        signed = sign(book, draft.id)
        if as_json:
            emit(evidence.conclusion(signed, checked))
            return
    elif as_json:
        emit(evidence.finding(record, checked))
        return
    _say(record)
    if signing:
        say("结论已签发，须由另一人审核后生效。", "Signed; somebody else has to review it.")


def _say(record: dict[str, object]) -> None:
    """Print a finding step by step."""
    is_english = Settings().language.startswith("en")
    text, name = ("text_en", "name_en") if is_english else ("text_zh", "name_zh")
    steps, words, missing = record["steps"], record["outcome_words"], record["missing"]
    assert isinstance(steps, list) and isinstance(words, dict) and isinstance(missing, list)
    for number, step in enumerate(steps, start=1):
        print(f"{number}. {step[text]}")
    say(f"鉴别结果：{words[name]}", f"Outcome: {words[name]}")
    for lack in missing:
        print(f"- {lack[text]}")
