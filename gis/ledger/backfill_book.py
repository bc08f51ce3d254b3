"""Verbs on the book of backfill: a load, its counter-entry, and the check against the surveys."""

from dataclasses import asdict
from itertools import pairwise
from uuid import UUID

import sqlalchemy as sa

from gis.domain.backfill.book import (
    BackfillLoad,
    BookCheck,
    LoadSent,
    Tolerance,
    check_book,
    require_load,
)
from gis.domain.backfill.errors import (
    AssessmentUnfit,
    MoreThanLeft,
    PairRefused,
    PileUnweighed,
    PitUnsurveyed,
    ReversedAlready,
    TicketTwice,
)
from gis.domain.backfill.pairs import Judge, PairVerdict
from gis.domain.backfill.parts import BackfillAssessment, PileFacts, PitFacts
from gis.domain.sites.errors import IdReused
from gis.ledger.backfill import require_pit, require_source
from gis.ledger.backfill_ground import assessment_for, pile_of, pit_of
from gis.ledger.book import Book, Entry
from gis.rules import backfill as rules_file
from gis.store import backfill, backfill_book, pit_surveys, register, shape, sites, tables


def book_load(book: Book, sent: LoadSent) -> tuple[BackfillLoad, bool]:
    """Write a load into the book; return it and whether it is new.

    The same id with the same content is the same load. The pair is judged as it stands now; one
    that is not lawful by itself needs an approved assessment. Raises IdReused, NotInRegister,
    TonnesUnfit, LoadIncomplete, DateInFuture, DateTooEarly, PitUnfit, PairRefused, TicketTwice,
    PitUnsurveyed, PileUnweighed, MoreThanLeft, AssessmentUnfit.
    """
    with book.entry() as entry:
        connection = entry.connection
        pit_site = sites.site(connection, sent.pit_code)
        known = backfill_book.find(connection, sent.id)
        if known is not None:
            if known.body_sha256 != sent.content_hash():
                raise IdReused(id=sent.id)
            return known, False
        require_load(sent, register.day_of(entry.now))
        require_pit(pit_site)
        row = register.one(connection, entry.now, sent.pit_code)
        pit = pit_of(connection, row | _no_point(), entry.now)
        pile = _source(entry, sent)
        assessment = _assessment(entry, sent, pile)
        verdict = Judge(rules_file.current().rules).judge(pile, pit, assessment)
        if not verdict.standing.is_open:
            raise _refused(verdict)
        twice = backfill_book.with_ticket(connection, pit_site.district_code, sent.ticket_no)
        if twice is not None:
            raise TicketTwice(ticket=twice.ticket_no, day=twice.tipped_on, pit=twice.pit_code)
        _require_room(sent, pile, pit)
        said = {name: getattr(sent, name) for name in LoadSent.__slots__}
        said |= {
            "waste_class": pile.waste_class,
            "nature": pile.nature,
            "material": pile.material,
            "radioactivity_bq_g": pile.radioactivity_bq_g,
            "mining_area": pile.mining_area,
            "assessment_id": verdict.assessment_id,
        }
        load = BackfillLoad(
            **said,
            recorded_at=entry.now,
            recorded_by=entry.actor,
            body_sha256=sent.content_hash(),
            standing=verdict.standing,
            rule=verdict.reasons[0].rule,
            corrects=None,
            reason="",
            is_demo=pit_site.is_demo,
        )
        shape.insert(connection, tables.backfill_loads, [load])
        entry.log("book_backfill_load", "site", pit_site.code, after=asdict(load))
        return load, True


def _no_point() -> dict[str, float]:
    """A load asks for no distance."""
    return {"lon": 0.0, "lat": 0.0}


def _source(entry: Entry, sent: LoadSent) -> PileFacts:
    """Return the source as the rules see it: a site by the register, a named one as stated."""
    if sent.source_code is not None:
        site = sites.site(entry.connection, sent.source_code)
        if sent.source_code != sent.pit_code:  # the rules say why a pit cannot fill itself
            require_source(site)
        row = register.one(entry.connection, entry.now, sent.source_code)
        return pile_of(entry.connection, row | _no_point(), entry.now)
    assert sent.waste_class is not None and sent.nature is not None and sent.source_name
    return PileFacts(
        code=sent.source_name.strip(),
        name=sent.source_name.strip(),
        kind=None,
        state=None,
        waste_class=sent.waste_class,
        nature=sent.nature,
        material=rules_file.current().material_of(sent.waste_class, sent.material),
        radioactivity_bq_g=sent.radioactivity_bq_g,
        mining_area=sent.mining_area,
        mass_t=None,
        risk_points=None,
        lon=None,
        lat=None,
    )


def _assessment(entry: Entry, sent: LoadSent, pile: PileFacts) -> BackfillAssessment | None:
    """Return the assessment that the load names, or the one that speaks for its pair.

    Raises AssessmentUnfit, NotInRegister.
    """
    if sent.assessment_id is None:
        held = backfill.assessments_of(entry.connection, [sent.pit_code])
        return assessment_for(held, pile)
    named = backfill.assessment(entry.connection, sent.assessment_id)
    if named.pit_code != sent.pit_code or assessment_for([named], pile) is None:
        raise AssessmentUnfit(
            why_zh="它未批准，或不是这个矿坑、这个来源、这种废物的评估",
            why_en="it is not approved, or of another pit, source or material",
        )
    return named


def _refused(verdict: PairVerdict) -> PairRefused:
    rules = rules_file.current()
    said: dict[str, list[str]] = {"zh": [], "en": []}
    for reason in verdict.reasons:
        rule = rules.rule(reason.rule)
        by = f"{rule.standard} {rule.clause}".replace(" —", "")
        said["zh"].append(f"{rule.zh if reason.is_known else rule.find_zh}（{by}）")
        said["en"].append(f"{rule.en if reason.is_known else rule.find_en} ({by})")
    return PairRefused(
        standing_zh=verdict.standing.zh,
        standing_en=verdict.standing.en,
        why_zh="；".join(said["zh"]),
        why_en="; ".join(said["en"]),
    )


def _require_room(sent: LoadSent, pile: PileFacts, pit: PitFacts) -> None:
    """Refuse more than the pile has left, or than the pit's survey leaves room for."""
    if pit.free_volume_m3 is None:
        raise PitUnsurveyed(code_=pit.code)
    assert pile.material is not None  # an open pair knows its material
    room_t = pit.free_volume_m3 * rules_file.current().densities[pile.material].compacted_t_m3
    if sent.tonnes > room_t:
        raise MoreThanLeft(
            tonnes=_figure(sent.tonnes),
            left=_figure(room_t),
            what_zh=f"矿坑 {pit.code} ",
            what_en=f"in pit {pit.code}",
        )
    if sent.source_code is None:
        return
    if pile.mass_t is None:
        raise PileUnweighed(code_=pile.code)
    if sent.tonnes > pile.mass_t:
        raise MoreThanLeft(
            tonnes=_figure(sent.tonnes),
            left=_figure(pile.mass_t),
            what_zh=f"堆场 {pile.code} ",
            what_en=f"at pile {pile.code}",
        )


def _figure(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def reverse_load(book: Book, load_id: UUID, new_id: UUID, reason: str) -> tuple[BackfillLoad, bool]:
    """Take a line back by a counter-entry; return that and whether it is new.

    Raises NotInRegister, ReversedAlready, LoadIncomplete, IdReused.
    """
    with book.entry() as entry:
        before = backfill_book.one(entry.connection, load_id)
        known = backfill_book.find(entry.connection, new_id)
        if known is not None:
            if known.corrects != load_id or known.reason != reason.strip():
                raise IdReused(id=new_id)
            return known, False
        if backfill_book.reversal_of(entry.connection, load_id) is not None:
            raise ReversedAlready(ticket=before.ticket_no)
        after = before.reversal(new_id, entry.actor, entry.now, reason)
        shape.insert(entry.connection, tables.backfill_loads, [after])
        entry.log("reverse_backfill_load", "site", before.pit_code, before=before, after=after)
        return after, True


def checks_of(connection: sa.Connection, pit_code: str) -> list[BookCheck]:
    """Hold a pit's book against each two surveys that follow one another, the newest first.

    Raises NotInRegister, DensityZero, VolumeUnfit.
    """
    sites.site(connection, pit_code)
    rules = rules_file.current()
    tolerance = Tolerance(
        rules.numbers["tolerance_sigmas"],
        rules.numbers["density_share"],
        rules.numbers["level_m"],
    )
    every = pit_surveys.of_site(connection, pit_code)
    surveys = [one for one in every if one.free_volume_m3 is not None]
    surveys.sort(key=lambda one: (one.surveyed_on, one.recorded_at))
    found = []
    for before, after in pairwise(surveys):
        lines = backfill_book.between(connection, pit_code, before.surveyed_on, after.surveyed_on)
        loads = [(tonnes, rules.densities[material].compacted_t_m3) for material, tonnes in lines]
        found.append(check_book(pit_code, before, after, loads, tolerance))
    return found[::-1]
