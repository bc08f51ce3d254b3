"""The facts of a site that a person may correct: their names, and what each can hold."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gis.domain import terms
from gis.domain.sites.errors import ClosedByDeed, FactUnfit, FactUnknown
from gis.domain.sites.site import Site

HW_CODE = re.compile(r"HW(0[1-9]|[1-4]\d|50)|\d{3}-\d{3}-(0[1-9]|[1-4]\d|50)")
"""A class of the national list, or an entry of it: HW18, 772-002-18."""
FIRST_YEAR = 1900
"""A day or year before it is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a field can hold: ``read`` takes a wire value, raises ValueError where it is unfit."""

    kind: str
    read: Callable[[Any], Any]
    zh: str
    en: str
    words: type[terms.Term] | None = None
    is_optional: bool = True


def _text(most: int, pattern: re.Pattern[str] | None = None) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or "\x00" in value or len(value.strip()) > most:
            raise ValueError
        value.encode()  # half a character is a UnicodeEncodeError, which is a ValueError
        if pattern is not None and not pattern.fullmatch(value.strip()):
            raise ValueError
        return value.strip()

    return read


def _name(value: Any) -> str:
    if not (text := _text(200)(value)):
        raise ValueError
    return text


def _number(least: float, most: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        number = float(value)
        if isinstance(value, bool) or not least <= number <= most:
            raise ValueError
        return number

    return read


def _year(value: Any) -> int:
    year = int(value)
    if isinstance(value, bool) or year != float(value) or not FIRST_YEAR <= year <= 2100:
        raise ValueError
    return year


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _day(value: Any) -> date:
    day = value if isinstance(value, date) else date.fromisoformat(value)
    if day.year < FIRST_YEAR:
        raise ValueError
    return day


def text(most: int = 200) -> Form:
    """Return a field of free text."""
    return Form(
        "text", _text(most), f"不超过 {most} 字的文字", f"text of at most {most} characters"
    )


def number(least: float, most: float, unit: str) -> Form:
    """Return a field of a number within bounds that only a slip of the pen would pass."""
    span = f"{least:g}–{most:,.0f} {unit}".strip()
    return Form("number", _number(least, most), f"{span} 的数", f"a number of {span}")


def word(vocabulary: type[terms.Term], is_optional: bool = False) -> Form:
    """Return a field of a controlled word."""

    def read(value: Any) -> terms.Term:
        return vocabulary.of(str(value))

    said = ("下列之一：" + "、".join(w.zh for w in vocabulary), "one of the words of the list")
    return Form("word", read, *said, words=vocabulary, is_optional=is_optional)


def some(vocabulary: type[terms.Term]) -> Form:
    """Return a field of a controlled word that may be unknown."""
    return word(vocabulary, is_optional=True)


FLAG = Form("flag", _flag, "是、否或未知", "yes, no or unknown")
DAY = Form("day", _day, "1900 年以后的日期（年-月-日）", "a day from 1900 on (YYYY-MM-DD)")
YEAR = Form("year", _year, "1900–2100 的年份", "a year from 1900 to 2100")
NAME = Form("text", _name, "1–200 字", "1 to 200 characters", is_optional=False)
NOTE = replace(text(4000), is_optional=False)
HW = Form(
    *("text", _text(11, HW_CODE), "HW01–HW50 或 8 位代码（如 772-002-18）"),
    "HW01 to HW50, or eight digits such as 772-002-18",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One field that may be corrected: its column, its names, its group on the page, its form."""

    name: str
    group: str
    zh: str
    en: str
    form: Form


FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("name", "what", "名称", "Name", NAME),
        Fact("kind", "what", "点位类型", "Kind of site", word(terms.SiteKind)),
        Fact("waste_class", "what", "废物种类", "Waste class", word(terms.WasteClass)),
        Fact("hw_code", "what", "危险废物代码", "Hazardous-waste code", HW),
        Fact("town", "where", "镇（街道）", "Town or street", text(60)),
        Fact("village", "where", "村（社区）", "Village", text(60)),
        Fact("stated_ownership", "where", "载明的土地权属", "Land ownership as stated", text()),
        Fact(
            "outline_basis",
            "where",
            "边界依据",
            "What the outline rests on",
            some(terms.OutlineBasis),
        ),
        Fact(
            "responsibility",
            "party",
            "责任主体类型",
            "Responsible party",
            word(terms.Responsibility),
        ),
        Fact("responsible_party", "party", "责任主体名称", "Name of the party", text()),
        Fact(
            "responsibility_evidence",
            "party",
            "责任主体依据",
            "Evidence of responsibility",
            text(2000),
        ),
        Fact("height_m", "size", "堆高（m）", "Height (m)", number(0, 300, "m")),
        Fact("mass_t", "size", "堆存量（t）", "Mass stored (t)", number(0, 1e9, "t")),
        Fact("mass_basis", "size", "堆存量估算方法", "How the mass was estimated", text()),
        Fact("stored_from", "size", "堆存起始年份", "Stored from (year)", YEAR),
        Fact("stored_to", "size", "堆存终止年份", "Stored to (year)", YEAR),
        Fact("has_dust_control", "control", "防扬散", "Dust control", FLAG),
        Fact("has_runoff_control", "control", "防流失", "Run-off control", FLAG),
        Fact("has_seepage_control", "control", "防渗漏", "Seepage control", FLAG),
        Fact(
            "retaining",
            "control",
            "拦挡与截排水",
            "Retaining works and drains",
            some(terms.Completeness),
        ),
        Fact("monitoring", "control", "监测", "Monitoring", some(terms.Completeness)),
        Fact("history", "control", "以往记录", "Past record", some(terms.PastRecord)),
        Fact("is_bare", "control", "裸露", "Bare surface", FLAG),
        Fact("is_steep_or_high", "control", "边坡陡或堆高大", "Steep or high", FLAG),
        Fact("is_dumping_active", "control", "仍在倾倒", "Still dumped on", FLAG),
        Fact("ground", "control", "地基防渗条件", "Ground below", some(terms.Ground)),
        Fact(
            "radioactivity_bq_g",
            "control",
            "放射性活度（Bq/g）",
            "Radioactivity (Bq/g)",
            number(0, 1e6, "Bq/g"),
        ),
        Fact(
            "tailings_risk",
            "control",
            "尾矿库环境风险等级",
            "Tailings-pond risk class",
            some(terms.TailingsRisk),
        ),
        Fact("source", "record", "来源", "How it was found", NAME),
        Fact("found_on", "record", "发现日期", "Found on", DAY),
        Fact("state", "record", "状态", "State", word(terms.SiteState)),
        Fact("accepted_on", "record", "验收日期", "Accepted on", DAY),
        Fact("acceptance_no", "record", "验收文号", "Acceptance paper no.", text()),
        Fact("closed_on", "record", "销号日期", "Closed out on", DAY),
        Fact("note", "record", "备注", "Note", NOTE),
    )
}
"""Field → what it is. Nature changes by a reviewed conclusion, the area by the outline."""


BY_DEED = frozenset({"closed_on"})
"""Facts that a list may bring along, but that no correction sets: two approvals do."""


def read_changes(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return corrections in the form the noun holds; empty means unknown.

    Raises FactUnknown, FactUnfit.
    """
    return {name: _read(name, value) for name, value in sent.items()}


def _read(name: str, value: Any) -> Any:
    fact = FACTS.get(name)
    if fact is None:
        raise FactUnknown(field=name[:60], known="、".join(FACTS))
    if fact.form.is_optional and (value is None or value == ""):
        return None
    try:
        return fact.form.read(value)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise _unfit(fact, value) from error


def _unfit(fact: Fact, value: Any, **fit: str) -> FactUnfit:
    said = {"fit_zh": fact.form.zh, "fit_en": fact.form.en} | fit
    return FactUnfit(field_zh=fact.zh, field_en=fact.en, value=str(value)[:80], **said)


def require_correctable(before: Site, after: Site) -> None:
    """Refuse a correction that does what close-out and look-back are for. Raises ClosedByDeed."""
    by_deed = {terms.SiteState.CLOSED, terms.SiteState.SUSPECTED}
    moved = before.state is not after.state and by_deed & {before.state, after.state}
    if moved or any(getattr(before, name) != getattr(after, name) for name in BY_DEED):
        raise ClosedByDeed(code_=before.code)


def require_sound(site: Site, today: date) -> None:
    """Refuse facts that contradict each other or lie in the future. Raises FactUnfit."""
    if site.hw_code is not None and site.waste_class is not terms.WasteClass.HW:
        raise _unfit(
            FACTS["hw_code"],
            site.hw_code,
            fit_zh="空（废物种类不是危险废物）",
            fit_en="nothing, for the waste class is not hazardous",
        )
    if site.stored_from and site.stored_to and site.stored_from > site.stored_to:
        raise _unfit(
            FACTS["stored_to"],
            site.stored_to,
            fit_zh=f"{site.stored_from} 年或以后",
            fit_en=f"{site.stored_from} or later",
        )
    for name in ("found_on", "accepted_on", "closed_on"):
        day = getattr(site, name)
        if day is not None and day > today:
            raise _unfit(FACTS[name], day, fit_zh="今天或以前", fit_en="today or earlier")
    if not site.state.is_on_list:
        raise _unfit(
            FACTS["state"],
            site.state.zh,
            fit_zh="清单内的状态（合并、拆分另有操作）",
            fit_en="a state on the list; merge and split are deeds of their own",
        )
