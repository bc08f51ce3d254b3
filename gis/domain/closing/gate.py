"""销号的关口: what a close-out lacks; one pure function for verbs, pages and the stage's gate."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gis.domain.closing.before_after import JudgedPhoto
from gis.domain.closing.rules import NEEDS_REASON, PASSES, CloseOutRules, HeadRule
from gis.domain.closing.satellite_check import SatelliteCheck
from gis.domain.terms import AttachmentKind, Head, PhotoSide, Responsibility


@dataclass(frozen=True, slots=True)
class HeadSaid:
    """What a close-out says under one head; ``reason`` is why the head does not apply."""

    papers: tuple[UUID, ...] = ()
    statement: str = ""
    reason: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as plain JSON, as the register keeps it."""
        papers = [str(one) for one in self.papers]
        return {"papers": papers, "statement": self.statement, "reason": self.reason}


def said_of(row: Mapping[str, Any] | None) -> HeadSaid:
    """Return what was kept of a head; nothing where it was left out."""
    if row is None:
        return HeadSaid()
    papers = tuple(UUID(one) for one in row["papers"])
    return HeadSaid(papers, row["statement"], row["reason"])


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a missing satellite check is passed, and the field check that stands in for it.

    ``visited_on`` is the day of that check, None where it is no passed check of this site.
    """

    reason: str
    visited_on: date | None


@dataclass(frozen=True, slots=True)
class WorkLeft:
    """A project that is not done, or a dated task of one."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CloseOutFacts:
    """All that the gate looks at. ``papers`` are the site's standing papers by id."""

    responsibility: Responsibility
    began_on: date | None
    ended_on: date | None
    today: date
    heads: Mapping[Head, HeadSaid]
    papers: Mapping[UUID, AttachmentKind]
    photos: Sequence[JudgedPhoto]
    satellite: SatelliteCheck
    waiver: Waiver | None
    work_left: Sequence[WorkLeft]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One thing that is missing, in words; a waivable one a reviewer may pass with a reason."""

    code: str
    zh: str
    en: str
    is_waivable: bool = False

    def plain(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        waivable = self.is_waivable
        return {"code": self.code, "zh": self.zh, "en": self.en, "is_waivable": waivable}


def missing(facts: CloseOutFacts, rules: CloseOutRules) -> tuple[Shortfall, ...]:
    """Return what a close-out lacks, in the order in which a person works it off."""
    return (
        *_of_work(facts),
        *(lack for rule in rules.heads.values() for lack in _of_head(facts, rule)),
        *_of_photos(facts, rules),
        *_of_satellite(facts, rules),
    )


def _of_work(facts: CloseOutFacts) -> Iterator[Shortfall]:
    for left in facts.work_left:
        yield Shortfall("work_left", left.zh, left.en)
    if facts.began_on is None:
        yield Shortfall("began_on", "施工开始日期", "the day the works began")
    if facts.ended_on is None:
        yield Shortfall("ended_on", "施工结束日期", "the day the works ended")
    elif facts.ended_on > facts.today:
        yield Shortfall(
            "ended_on",
            f"施工结束（{facts.ended_on} 尚未到来）",
            f"the end of the works ({facts.ended_on} has not come yet)",
        )


def _of_head(facts: CloseOutFacts, rule: HeadRule) -> Iterator[Shortfall]:
    said = facts.heads.get(rule.head, HeadSaid())
    who, code = facts.responsibility, f"head_{rule.head.value.lower()}"
    if said.reason.strip():
        if who not in rule.not_applicable:
            yield Shortfall(
                code,
                f"“{rule.head.zh}”的材料（责任主体为“{who.zh}”的点位不得写“不适用”）",
                f"papers of {rule.head.en} (“not applicable” is not for a site that is: {who.en})",
            )
        return
    fit = [one for one in said.papers if facts.papers.get(one) in rule.kinds]
    if len(fit) >= rule.least_papers:
        return
    if said.statement.strip() and who in rule.statement_alone:
        return
    kinds_zh = "、".join(kind.zh for kind in AttachmentKind if kind in rule.kinds)
    kinds_en = ", ".join(kind.en for kind in AttachmentKind if kind in rule.kinds)
    yield Shortfall(
        code,
        f"“{rule.head.zh}”的材料（{kinds_zh}，至少 {rule.least_papers} 件）",
        f"papers of {rule.head.en} ({kinds_en}; {rule.least_papers} or more)",
    )


def _of_photos(facts: CloseOutFacts, rules: CloseOutRules) -> Iterator[Shortfall]:
    for side in PhotoSide:
        mine = [one for one in facts.photos if one.side is side]
        if sum(one.passed for one in mine) >= rules.least_photos:
            continue
        zh, en = _failed(mine)
        yield Shortfall(
            f"photo_{side.value.lower()}",
            f"{side.zh}的合格照片{zh}",
            f"a photograph {side.en.lower()} the works that passes{en}",
        )


def _failed(photos: Iterable[JudgedPhoto]) -> tuple[str, str]:
    rows = [one for one in photos if not one.passed]
    if not rows:
        return "", ""
    zh = "；".join(f"“{one.photo.title}”{one.why[0][0]}" for one in rows)
    en = "; ".join(f"“{one.photo.title}”: {one.why[0][1]}" for one in rows)
    return f"（{zh}）", f" ({en})"


def _of_satellite(facts: CloseOutFacts, rules: CloseOutRules) -> Iterator[Shortfall]:
    check = facts.satellite
    effect = rules.effects[check.result]
    if effect == PASSES:
        return
    why_zh = f"：{check.why_zh}" if check.why_zh else ""
    why_en = f": {check.why_en}" if check.why_en else ""
    day_zh = f"{check.observed_on} 影像" if check.observed_on and not check.why_zh else ""
    if effect != NEEDS_REASON:
        yield Shortfall(
            "satellite",
            f"通过的卫星复核（{day_zh}{check.result.zh}{why_zh}）",
            f"a satellite check that passes ({check.result.en}{why_en})",
        )
        return
    waiver = facts.waiver
    if waiver is None or not waiver.reason.strip():
        yield Shortfall(
            "satellite",
            f"卫星复核（{day_zh}{check.result.zh}{why_zh}）",
            f"the satellite check ({check.result.en}{why_en})",
            is_waivable=True,
        )
    elif waiver.visited_on is None or facts.ended_on is None or waiver.visited_on <= facts.ended_on:
        yield Shortfall(
            "waiver_visit",
            f"施工结束（{facts.ended_on or '日期不明'}）之后到达现场且已审核通过的核实，"
            "用以代替卫星复核",
            "a passed field check on the spot, of a day after the works, in the place of the "
            "satellite check",
            is_waivable=True,
        )
