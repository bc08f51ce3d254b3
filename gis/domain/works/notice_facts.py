"""What a notice states, frozen: the overdue works as of a moment, in one form with one hash."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from gis.domain.place import District
from gis.domain.works.deadline_errors import NothingLags, TooManyWorks, UnitUnknown, WorkNotLagging
from gis.domain.works.notice import MOST_WORKS


class ListVersion(NamedTuple):
    """Which state of the register facts are of: the log's newest entry at that moment."""

    seq: int
    hash: str


class LaggingWork(NamedTuple):
    """An overdue work as a notice lists it; ``original_due_on`` is given where it was put off."""

    key: str
    kind: str
    site_code: str
    site_name: str
    town: str | None
    reach: str | None
    bank: str | None
    title: str
    lead_unit: str
    supporting: tuple[str, ...]
    due_on: date
    original_due_on: date | None
    times_put_off: int
    days_late: int


def chosen(
    lagging: Sequence[LaggingWork],
    units: Sequence[str],
    keys: Sequence[str],
    known_units: Iterable[str],
    day: date,
) -> list[LaggingWork]:
    """Return the overdue works that a notice lists, the latest first.

    ``keys`` empty means all that the units lead. Raises UnitUnknown, WorkNotLagging, NothingLags,
    TooManyWorks; of a circular each unit must have something that lags.
    """
    known = set(known_units)
    for unit in units:
        if unit not in known:
            raise UnitUnknown(unit=unit[:60])
    mine = {one.key: one for one in lagging if one.lead_unit in set(units)}
    for key in keys:
        if key not in mine:
            raise WorkNotLagging(title=key[:80], day=day)
    found = [mine[key] for key in dict.fromkeys(keys)] if keys else list(mine.values())
    idle = [unit for unit in units if unit not in {one.lead_unit for one in found}]
    if idle or not found:
        raise NothingLags(units="、".join(idle or units)[:200], day=day)
    if len(found) > MOST_WORKS:
        raise TooManyWorks(number=len(found), most=MOST_WORKS)
    return sorted(found, key=lambda one: (-one.days_late, one.site_code, one.key))


def facts(
    district: District,
    as_of: datetime,
    day: date,
    version: ListVersion,
    units: Sequence[str],
    works: Sequence[LaggingWork],
) -> dict[str, Any]:
    """Return what a notice states, in values that JSON has."""
    counts = Counter(one.lead_unit for one in works)
    worst = {unit: max(w.days_late for w in works if w.lead_unit == unit) for unit in units}
    return {
        "district": {"code": district.code, "name_zh": district.name_zh},
        "as_of": round(as_of.timestamp() * 1_000_000),
        "day": day.isoformat(),
        "list": {"seq": version.seq, "hash": version.hash},
        "units": [{"unit": u, "works": counts[u], "worst_days": worst[u]} for u in units],
        "works": [_plain(one) for one in works],
    }


def _plain(work: LaggingWork) -> dict[str, Any]:
    said = {**work._asdict(), "supporting": list(work.supporting)}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in said.items()}


def facts_sha256(stated: Mapping[str, Any]) -> str:
    """Return the hash of facts in their one text form.

    >>> facts_sha256({"b": 1, "a": "督"}) == facts_sha256({"a": "督", "b": 1})
    True
    """
    text = json.dumps(stated, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
