"""From works, later days and notices to the JSON that pages read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from gis.domain.works import notice_words
from gis.domain.works.deadlines import DeadlineRules
from gis.domain.works.extension import DueExtension
from gis.domain.works.notice import LaggingNotice, NoticeAnswer, NoticePaper, standings

WORK = (
    *("key", "kind", "site_code", "site_name", "title", "lead_unit", "supporting", "town"),
    *("reach", "bank", "starts_on", "due_on", "amber_on", "done_on", "state", "days_late"),
    *("original_due_on", "times_put_off", "project_id", "is_demo"),
)
EXTENSION = (
    *("id", "site_code", "work", "kind", "title", "lead_unit", "old_due_on", "new_due_on"),
    *("reason", "state", "asked_at", "asked_by", "decided_at", "decided_by", "decision_note"),
)
NOTICE = (
    *("id", "kind", "units", "remark", "reply_by", "as_of", "facts_sha256", "state", "title"),
    *("symbol", "drafted_at", "drafted_by", "year", "number", "issued_at", "issued_by"),
    *("closed_at", "closed_by", "closing_note"),
)
ANSWER = (
    *("id", "unit", "text", "state", "answered_at", "answered_by", "comment", "judged_at"),
    "judged_by",
)


def _plain(noun: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(noun, name) for name in names}


def summary(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a summary by what it counts, the worst first."""
    found: dict[str, list[dict[str, Any]]] = {
        by: [] for by in ("ALL", "UNIT", "HELPER", "TOWN", "REACH")
    }
    for row in rows:
        found[row["by"]].append({name: row[name] for name in row if name != "by"})
    for by in found.values():
        by.sort(key=lambda r: (-r["red"], -r["worst_days"], -r["amber"], r["name"] or "~"))
    every = found.pop("ALL")
    return {"all": every[0] if every else None} | {k.lower(): v for k, v in found.items()}


def rules(one: DeadlineRules) -> list[dict[str, Any]]:
    """Return when works turn amber, with the source of each row."""
    plain = ("id", "from_days", "days", "clause", "certainty", "source")
    return [
        {"name_zh": row.zh, "name_en": row.en, **{name: getattr(row, name) for name in plain}}
        for row in one.spans
    ]


def work(row: dict[str, Any]) -> dict[str, Any]:
    """Return a work."""
    return {name: row[name] for name in WORK}


def extension(one: DueExtension, username: str, may_decide: bool) -> dict[str, Any]:
    """Return a request for a later day, and whether the caller may decide it."""
    is_anothers = one.asked_by != username
    return _plain(one, EXTENSION) | {"may_decide": may_decide and is_anothers}


def notice(
    one: LaggingNotice, answers: Sequence[NoticeAnswer], day: date, units: Sequence[str] | None
) -> dict[str, Any]:
    """Return a notice with how each unit stands with its answer; ``units`` None is all of them."""
    held = standings(one, answers, day)
    return {
        **_plain(one, NOTICE),
        "day": one.facts["day"],
        "works": len(one.facts["works"]),
        "answers": [s._asdict() for s in held if units is None or s.unit in units],
        "overdue_answers": sum(s.days_late > 0 for s in held if units is None or s.unit in units),
    }


def whole_notice(
    one: LaggingNotice,
    answers: Sequence[NoticeAnswer],
    papers: Sequence[NoticePaper],
    day: date,
    units: Sequence[str] | None,
) -> dict[str, Any]:
    """Return a notice with its text, its facts, and every answer with its papers."""
    named = {paper.id: paper for paper in papers}
    return notice(one, answers, day, units) | {
        "sender": notice_words.sender(one),
        "addressees": notice_words.addressees(one),
        "paragraphs": notice_words.paragraphs(one),
        "headings": notice_words.HEADINGS,
        "rows": [notice_words.row(n, w) for n, w in enumerate(one.facts["works"], 1)],
        "sites": [w["site_code"] for w in one.facts["works"]],
        "footnote": notice_words.footnote(one),
        "given": [
            _plain(answer, ANSWER)
            | {"papers": [paper(named[p]) for p in answer.papers if p in named]}
            for answer in reversed(answers)
        ],
    }


def paper(one: NoticePaper) -> dict[str, Any]:
    """Return a paper with the address of its file."""
    plain = ("id", "file_name", "media_type", "size_bytes", "added_at", "added_by")
    address = f"/api/notices/{one.notice_id}/papers/{one.id}"
    return _plain(one, plain) | {"address": address}
