"""`qingfei backfill`: the book of what was tipped into which pit."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer
from pydantic import ValidationError

from api import wire_backfill as wire
from api.bodies.backfill import LoadBody
from api.cli.match import Id
from api.cli.options import AsJson, District, one_district, terminal_book
from api.cli.output import emit, say, table
from gis.domain.terms import BackfillMaterial, WasteClass, WasteNature
from gis.errors import BadInput
from gis.ledger.backfill_book import book_load, reverse_load
from gis.store import backfill_book
from gis.store.register import day_of

app = typer.Typer(help="回填台账。 The book of backfill.", no_args_is_help=True)
loads = typer.Typer(help="回填记录。 Lines of the book.", no_args_is_help=True)
app.add_typer(loads, name="load")


class LoadUnread(BadInput):
    """A load whose values cannot be read. Facts: field."""

    code = "load_unread"
    zh = "回填记录的“{field}”无法读取，请检查日期（年-月-日）、编号和数值。"
    en = "The load's {field} cannot be read; check its day (YYYY-MM-DD), codes and numbers."


@loads.command("add")
def add(
    pit: Annotated[str, typer.Argument(help="矿坑编号。 Code of the pit.")],
    tonnes: Annotated[float, typer.Option("--tonnes", help="吨数。 Tonnes.")],
    ticket: Annotated[str, typer.Option("--ticket", help="联单号。 Ticket number.")],
    unit: Annotated[str, typer.Option("--unit", help="运输或施工单位。 Unit.")],
    received_by: Annotated[str, typer.Option("--received-by", help="接收人。 Who received it.")],
    day: Annotated[
        datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], help="日期，默认今天。 Day.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="来源点位编号。 Site.")] = None,
    source_name: Annotated[
        str | None, typer.Option("--source-name", help="来源名称（非点位）。 Named source.")
    ] = None,
    waste_class: Annotated[WasteClass | None, typer.Option("--class", help="废物种类。")] = None,
    nature: Annotated[WasteNature | None, typer.Option("--nature", help="属性。 Nature.")] = None,
    material: Annotated[BackfillMaterial | None, typer.Option("--material", help="材料。")] = None,
    activity: Annotated[
        float | None, typer.Option("--activity", help="放射性（Bq/g）。 Activity.")
    ] = None,
    assessment: Annotated[
        UUID | None, typer.Option("--assessment", help="已批准评估的编号。 Assessment.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="备注。 Note.")] = "",
    id: Id = None,
    as_json: AsJson = False,
) -> None:
    """登记一车回填：配对不合法、联单重复、超量的不予登记。 Book a load.

    Example: qingfei backfill load add 150203-M00032-4 --source 150203-W00007-7 --tonnes 28.5
    --ticket LD-001 --unit 运输队 --received-by 李磅房
    """
    book = terminal_book()
    values: dict[str, Any] = {
        "pit_code": pit,
        "source_code": source,
        "source_name": source_name,
        "waste_class": waste_class,
        "nature": nature,
        "material": material,
        "radioactivity_bq_g": activity,
        "tonnes": tonnes,
        "tipped_on": day_of(book.clock()) if day is None else day.date(),
        "ticket_no": ticket,
        "unit": unit,
        "received_by": received_by,
        "assessment_id": assessment,
        "note": note,
    }
    try:
        body = LoadBody.model_validate(values)
    except ValidationError as error:
        raise LoadUnread(field=error.errors()[0]["loc"][0]) from error
    booked, is_new = book_load(book, body.sent(id or uuid4()))
    if as_json:
        emit(wire.load(booked) | {"is_new": is_new})
    else:
        say(
            f"已登记：联单 {booked.ticket_no}，{booked.tonnes:g} t，依据 {booked.rule}。",
            f"Booked: ticket {booked.ticket_no}, {booked.tonnes:g} t, by {booked.rule}.",
        )


@loads.command("reverse")
def reverse(
    load: Annotated[UUID, typer.Argument(help="记录编号。 Id of the line.")],
    reason: Annotated[str, typer.Option("--reason", help="原因。 Why.")],
    id: Id = None,
    as_json: AsJson = False,
) -> None:
    """冲销一条记录：不改原记录，另记一条负数。 Take a line back by a counter-entry.

    Example: qingfei backfill load reverse 6f0c… --reason 磅单录错
    """
    counter, _ = reverse_load(terminal_book(), load, id or uuid4(), reason)
    if as_json:
        emit(wire.load(counter))
    else:
        say(
            f"已冲销联单 {counter.ticket_no}（{counter.tonnes:g} t）。",
            f"Reversed ticket {counter.ticket_no} ({counter.tonnes:g} t).",
        )


@loads.command("list")
def list_(
    pit: Annotated[str | None, typer.Option("--pit", help="矿坑编号。 Pit.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="来源点位编号。 Source.")] = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """列出回填记录，新的在前。 List the book, the newest first.

    Example: qingfei backfill load list --pit 150203-M00032-4
    """
    book = terminal_book()
    code = one_district(book, district)
    with book.reading() as connection:
        found = backfill_book.loads_of(connection, code, pit_code=pit, source_code=source)
    if as_json:
        emit([wire.load(one) for one in found])
        return
    table(
        ["日期", "联单号", "矿坑", "来源", "吨数", "接收人", "编号"],
        [
            [
                *(one.tipped_on, one.ticket_no, one.pit_code, one.source_code or one.source_name),
                *(f"{one.tonnes:g}", one.received_by, one.id),
            ]
            for one in found
        ],
    )


@loads.command("check")
def check(district: District = None, as_json: AsJson = False) -> None:
    """台账与测量核对：吨数÷密度对两次测量的容积变化。 Hold the book against the surveys.

    Example: qingfei backfill load check --district 150203
    """
    book = terminal_book()
    code = one_district(book, district)
    with book.reading() as connection:
        found = wire.checks(connection, code)
    if as_json:
        emit([asdict(one) for one in found])
        return
    table(
        ["矿坑", "自", "至", "台账(m³)", "实测(m³)", "容差(m³)", "结论"],
        [
            [
                *(one.pit_code, one.since, one.until, f"{one.booked_m3:,.0f}"),
                "—" if one.filled_m3 is None else f"{one.filled_m3:,.0f}",
                "—" if one.tolerance_m3 is None else f"{one.tolerance_m3:,.0f}",
                one.flag.zh,
            ]
            for one in found
        ],
    )
