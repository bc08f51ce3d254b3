"""The log of all acts: searched, opened, proved, handed out."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import Auditor, Engine
from api.log_words import KINDS, kind_zh, said, verb_zh
from api.verbs import VERBS
from gis.domain.log_search import LogAsked, LogCheck, fields_of
from gis.exports import log_file
from gis.ledger import Book
from gis.ledger.auditing import check_log, hand_out
from gis.store import log, log_search, people
from gis.store.engine import connecting
from gis.store.register import CHINA

router = APIRouter(prefix="/api/audit")

MOST = 100_000
"""So many entries one file holds."""
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
}
Text = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
Verbs = Annotated[list[Text], Field(max_length=100)]


class LogWish(BaseModel):
    """A search's address; days are those of the register, both within."""

    model_config = ConfigDict(extra="forbid")

    who: Text = ""
    verb: Verbs = []
    kind: Text = ""
    subject: Text = ""
    since: Annotated[date | None, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))] = None
    until: Annotated[date | None, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))] = None
    text: Text = ""

    def asked(self) -> LogAsked:
        """Return it as the store takes it."""
        return LogAsked(
            who=self.who.strip(),
            verbs=tuple(self.verb),
            kind=self.kind,
            subject=self.subject.strip(),
            since=None if self.since is None else _midnight(self.since),
            until=None if self.until is None else _midnight(self.until) + timedelta(days=1),
            text=self.text.strip(),
        )


class LogPageWish(LogWish):
    """A page of a search, and the entry before which it begins."""

    before: Annotated[int | None, Field(ge=1)] = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class LogFileWish(LogWish):
    """What is found as a file."""

    format: Literal["xlsx", "jsonl"] = "xlsx"


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


@router.get("")
def search(user: Auditor, engine: Engine, wish: Annotated[LogPageWish, Query()]) -> dict[str, Any]:
    """Return the newest entries that fit; ``back_to`` says how far back it has looked so far."""
    with connecting(engine) as connection:
        found = log_search.search(connection, wish.asked(), before=wish.before, limit=wish.limit)
    return {
        "items": [_item(row) for row in found.entries],
        "next": found.next,
        "back_to": found.back_to,
    }


def _item(row: dict[str, Any]) -> dict[str, Any]:
    plain = ("seq", "at", "actor", "subject_id")
    return {
        **{name: row[name] for name in plain},
        "verb": said(VERBS, row["verb"]),
        "kind": said(KINDS, row["subject_kind"]),
    }


@router.get("/choices")
def choices(user: Auditor, engine: Engine) -> dict[str, Any]:
    """Return whom and what one can search for: who ever acted, and every verb and kind."""
    with connecting(engine) as connection:
        actors = log_search.words(connection, "actor")
        verbs = log_search.words(connection, "verb")
        names = {one.username: one.display_name for one in people.all_users(connection)}
    return {
        "people": [{"username": one, "name": names.get(one, "")} for one in actors],
        "verbs": [said(VERBS, one) for one in verbs],
        "kinds": [said(KINDS, one) for one in KINDS],
    }


@router.get("/chain")
def chain(user: Auditor, engine: Engine) -> dict[str, Any]:
    """Return the newest entry's number and hash, and when the whole chain was last proved."""
    with connecting(engine) as connection:
        newest, last = log.head(connection), log_search.last_check(connection)
    return {"head": newest._asdict(), "check": None if last is None else _check(last)}


@router.post("/chain")
def prove(user: Auditor, engine: Engine) -> dict[str, Any]:
    """Walk along the whole chain and say whether an entry was changed, moved or taken out."""
    return {"check": _check(check_log(Book(engine, user.username)))}


def _check(one: LogCheck) -> dict[str, Any]:
    return {name: getattr(one, name) for name in LogCheck.__dataclass_fields__}


@router.get("/export")
def export(user: Auditor, engine: Engine, wish: Annotated[LogFileWish, Query()]) -> Response:
    """Return what is found as a workbook, or as lines that prove themselves; it is logged."""
    asked, form = wish.asked(), wish.format
    book = Book(engine, user.username)
    with tempfile.TemporaryDirectory(prefix="qingfei-") as folder:
        path = Path(folder) / "log"
        with connecting(engine) as connection:
            if log_search.count(connection, asked, MOST) > MOST:
                raise log_file.TooManyEntries(most=MOST)
            rows = log_search.whole(connection, asked)
            if form == "xlsx":
                number = log_file.write_xlsx(path, rows, verb_zh, kind_zh)
            else:
                number = log_file.write_jsonl(path, rows)
        content = path.read_bytes()
    given = wish.model_dump(mode="json", exclude_defaults=True, exclude={"format"})
    hand_out(book, "log", "log", content, format=form, filter=given, rows=number)
    day = datetime.now(UTC).astimezone(CHINA).date()
    headers = {"Content-Disposition": f'attachment; filename="qingfei-log-{day}.{form}"'}
    return Response(content, media_type=TYPES[form], headers=headers)


@router.get("/{seq}")
def one(seq: int, user: Auditor, engine: Engine) -> dict[str, Any]:
    """Return one entry whole: old and new side by side, and its place in the chain."""
    with connecting(engine) as connection:
        row = log_search.entry(connection, seq)
    return {
        **_item(row),
        "hash": row["hash"],
        "fields": [
            {"name": f.name, "before": f.before, "after": f.after, "is_changed": f.is_changed}
            for f in fields_of(row["before"], row["after"])
        ],
        "has_before": row["before"] is not None,
        "has_after": row["after"] is not None,
    }
