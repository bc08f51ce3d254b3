"""Teams, and work that is given out: what it means, who holds it, how far it is."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from shapely.geometry import LineString

from gis.domain.errors import NotInRegister, SameName
from gis.domain.people.accounts import Sight
from gis.domain.people.assignment import (
    AssigneeMissing,
    CandidateWish,
    NothingToGive,
    PlaceRef,
    PlaceUnfit,
    TooManyToGive,
    WorkReasonMissing,
    WorkSent,
    WorkWithdrawn,
)
from gis.domain.people.team import MemberUnknown, TeamBusy, TeamEmpty, TeamEnded
from gis.domain.sites.errors import IdReused
from gis.domain.terms import CandidateState, LayerKind, NamedBy, Role, TeachReason, WorkState
from gis.ledger import field_work as verbs
from gis.ledger import people, places
from gis.ledger.field_work import give_work, withdraw_work
from gis.ledger.teams import TeamSent, end_team, save_team
from gis.store import field_work, log, shape, sight, tables, teaching, teams
from gis.store.engine import connecting
from tests.field_work import some_checks, that_check
from tests.makers import KUNDULUN, a_candidate, a_layer, list_site, square

PASSWORD = "Correct-horse-7"


@pytest.fixture
def crew(book):
    """周师傅 and 吴师傅 of the field, 何工 of the office, 郑某 who only reads."""
    for name, role in [("zhou", "FIELD"), ("wu", "FIELD"), ("he", "ANALYST"), ("zheng", "READER")]:
        people.add_user(book, name, name, Role(role), PASSWORD)


def a_team(**changes):
    sent = TeamSent(uuid4(), KUNDULUN, "一组", "zhou", ["zhou", "wu"])
    return replace(sent, **changes)


def work(**changes):
    sent = WorkSent(uuid4(), KUNDULUN, None, "zhou", date(2026, 7, 1), "先看坡脚")
    return replace(sent, **changes)


def file(book, *candidates):
    with book.entry() as entry:
        shape.insert(entry.connection, tables.candidates, list(candidates))
    return candidates


def states(book, **wish):
    with book.reading() as connection:
        rows = field_work.places_of(connection, KUNDULUN)
    return {
        row["place"]: row["work"]
        for row in rows
        if all(row[name] == value for name, value in wish.items())
    }


def test_a_team_is_made_changed_and_dissolved_and_the_log_says_so(book, crew):
    sent = a_team()
    team, is_new = save_team(book, sent)
    assert is_new and team.members == ("zhou", "wu") and team.lead == "zhou"
    assert save_team(book, sent) == (team, False)
    changed, is_new = save_team(book, replace(sent, lead="wu", members=["wu", "he"]))
    assert not is_new and changed.members == ("wu", "he") and changed.made_at == team.made_at
    end_team(book, sent.id)
    end_team(book, sent.id)
    with book.reading() as connection:
        assert teams.teams_in(connection, KUNDULUN) == []
        verbs_told = [entry["verb"] for entry in log.history(connection, str(sent.id))]
    assert verbs_told == ["make_team", "change_team", "end_team"]
    with pytest.raises(TeamEnded):
        save_team(book, sent)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"members": []}, TeamEmpty),
        ({"lead": "he"}, TeamEmpty),
        ({"name": " "}, TeamEmpty),
        ({"members": ["zhou", "nobody"]}, MemberUnknown),
        ({"members": ["zhou", "zheng"]}, MemberUnknown),
    ],
)
def test_a_team_that_could_not_go_out_is_refused(book, crew, change, refusal):
    with pytest.raises(refusal):
        save_team(book, a_team(**change))
    with book.reading() as connection:
        assert teams.teams_in(connection, KUNDULUN) == []


def test_a_teams_name_is_taken_once_while_it_stands(book, crew):
    first = a_team()
    save_team(book, first)
    with pytest.raises(SameName):
        save_team(book, a_team())
    end_team(book, first.id)
    save_team(book, a_team())


def test_places_are_given_and_a_second_sending_changes_nothing(book, crew):
    (candidate,) = file(book, a_candidate())
    site = list_site(book)
    refs = (PlaceRef(candidate.id, None), PlaceRef(None, site.code), PlaceRef(candidate.id, None))
    sent = work(places=refs)
    given = give_work(book, sent)
    assert given.is_new and given.passed_on == 0
    assert (given.assignment.places, given.assignment.named_by) == (2, NamedBy.PLACES)
    again = give_work(book, sent)
    assert again.assignment == given.assignment and not again.is_new
    with pytest.raises(IdReused):
        give_work(book, replace(sent, note="另一份"))
    assert states(book) == dict.fromkeys(
        [f"candidate:{candidate.id}", f"site:{site.code}"], WorkState.TO_DO
    )


def test_a_candidate_that_became_a_site_is_given_as_the_site(book, crew):
    site = list_site(book)
    (candidate,) = file(
        book, a_candidate(site_code=site.code, state=CandidateState.CONFIRMED, version=2)
    )
    give_work(book, work(places=(PlaceRef(candidate.id, None),)))
    assert list(states(book)) == [f"site:{site.code}"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"username": None}, AssigneeMissing),
        ({"team_id": uuid4()}, AssigneeMissing),
        ({"username": None, "team_id": uuid4()}, NotInRegister),
        ({"username": "zheng"}, MemberUnknown),
        ({"places": ()}, NothingToGive),
        ({"town": "没有的镇", "places": ()}, NothingToGive),
        ({"reach": "黄河 0–5 km", "places": ()}, NothingToGive),
        ({"places": (PlaceRef(uuid4(), None),)}, PlaceUnfit),
        ({"places": (PlaceRef(None, "150203-W99999-0"),)}, PlaceUnfit),
    ],
)
def test_work_that_nobody_could_do_is_refused_whole(book, crew, change, refusal):
    (candidate,) = file(book, a_candidate())
    with pytest.raises(refusal):
        give_work(book, work(**{"places": (PlaceRef(candidate.id, None),)} | change))
    assert states(book) == {}


def test_more_places_than_a_list_holds_are_refused(book, crew, monkeypatch):
    monkeypatch.setattr(verbs, "MOST_PLACES", 1)
    two = file(book, a_candidate(), a_candidate(outline=square(lon=109.75)))
    with pytest.raises(TooManyToGive):
        give_work(book, work(places=tuple(PlaceRef(one.id, None) for one in two)))


def test_a_filter_means_the_candidates_that_wait_now(book, crew):
    sure, unsure, seen, other = file(
        book,
        a_candidate(confidence=0.9),
        a_candidate(confidence=0.3),
        a_candidate(confidence=0.95, state=CandidateState.LOOK_ALIKE),
        a_candidate(confidence=0.9, class_name="open_pit"),
    )
    given = give_work(book, work(wish=CandidateWish(0.5, "slag_pile")))
    assert given.assignment.named_by is NamedBy.CANDIDATES
    assert list(states(book)) == [f"candidate:{sure.id}"]
    assert given.assignment.subject == "≥ 50% · slag_pile"


def test_a_town_means_its_sites_and_its_candidates(book, crew):
    here, _ = file(book, a_candidate(town="甲镇"), a_candidate(town="乙镇"))
    site = list_site(book, town="甲镇", outline=square(lon=109.72))
    list_site(book, town="乙镇", outline=square(lon=109.75))
    given = give_work(book, work(town="甲镇"))
    assert given.assignment.named_by is NamedBy.TOWN and given.assignment.subject == "甲镇"
    assert set(states(book)) == {f"candidate:{here.id}", f"site:{site.code}"}


def test_a_reach_means_its_sites_and_the_candidates_nearest_to_it(book, crew):
    places.add_layer(
        book, *a_layer(LayerKind.MAIN_STEM, LineString([(109.60, 40.65), (109.90, 40.65)]))
    )
    near, far = file(book, a_candidate(), a_candidate(outline=square(lon=109.85)))
    site = list_site(book, outline=square(lon=109.705))
    with book.reading() as connection:
        from gis.store import register

        reach = register.one(connection, book.clock(), site.code)["reach"]
    given = give_work(book, work(reach=reach))
    assert given.assignment.named_by is NamedBy.REACH and given.assignment.subject == reach
    assert set(states(book)) == {f"candidate:{near.id}", f"site:{site.code}"}


def test_a_place_given_again_passes_on_and_comes_back_when_that_is_withdrawn(book, crew):
    (candidate,) = file(book, a_candidate())
    save_team(book, sent := a_team())
    key, refs = f"candidate:{candidate.id}", (PlaceRef(candidate.id, None),)
    give_work(book, work(places=refs))
    book.clock.tick()
    second = give_work(book, work(places=refs, username=None, team_id=sent.id))
    assert second.passed_on == 1
    assert states(book, username="zhou") == {key: WorkState.PASSED_ON}
    assert states(book, team_id=sent.id) == {key: WorkState.TO_DO}
    withdraw_work(book, second.assignment.id, "本周停工")
    assert states(book) == {key: WorkState.TO_DO}


def test_withdrawing_says_why_once(book, crew):
    (candidate,) = file(book, a_candidate())
    given = give_work(book, work(places=(PlaceRef(candidate.id, None),)))
    with pytest.raises(WorkReasonMissing):
        withdraw_work(book, given.assignment.id, "  ")
    first = withdraw_work(book, given.assignment.id, "改派")
    assert withdraw_work(book, given.assignment.id, "改派") == first
    with pytest.raises(WorkWithdrawn):
        withdraw_work(book, given.assignment.id, "别的原因")
    with pytest.raises(NotInRegister):
        withdraw_work(book, uuid4(), "改派")
    with book.reading() as connection:
        told = [entry["verb"] for entry in log.history(connection, str(given.assignment.id))]
    assert told == ["give_work", "withdraw_work"]


@pytest.mark.parametrize(
    ("review", "standing", "state"),
    [
        ("RECEIVED", "PLAIN", WorkState.WAITING),
        ("HAS_ISSUES", "PLAIN", WorkState.SENT_BACK),
        ("APPROVED", "PLAIN", WorkState.DONE),
        ("EDITED", "CHOSEN", WorkState.DONE),
        ("REJECTED", "PLAIN", WorkState.TO_DO),
        ("APPROVED", "SET_ASIDE", WorkState.TO_DO),
    ],
)
def test_a_place_stands_as_the_office_left_its_check(book, crew, review, standing, state):
    (candidate,) = file(book, a_candidate())
    give_work(book, work(places=(PlaceRef(candidate.id, None),)))
    book.clock.tick()
    some_checks(book, that_check(candidate, review=review, standing=standing))
    assert states(book) == {f"candidate:{candidate.id}": state}


def test_a_check_from_before_the_work_does_not_count(book, crew):
    (candidate,) = file(book, a_candidate())
    some_checks(book, that_check(candidate, review="APPROVED"))
    book.clock.tick()
    give_work(book, work(places=(PlaceRef(candidate.id, None),)))
    assert states(book) == {f"candidate:{candidate.id}": WorkState.TO_DO}


def test_progress_counts_what_is_left_and_late(book, crew):
    two = file(book, a_candidate(), a_candidate(outline=square(lon=109.75)))
    give_work(book, work(places=tuple(PlaceRef(one.id, None) for one in two)))
    book.clock.tick()
    some_checks(book, that_check(two[0], review="RECEIVED"))
    with book.reading() as connection:
        rows = field_work.places_of(connection, KUNDULUN)
    on_time = field_work.progress(rows, date(2026, 7, 1))
    late = field_work.progress(rows, date(2026, 7, 2))
    assert (on_time["places"], on_time["left"], on_time["overdue"]) == (2, 1, 0)
    assert late["overdue"] == 1 and late["by_state"]["WAITING"] == 1
    assert late["last_check_at"] == book.clock()


def test_a_team_with_work_left_is_not_dissolved(book, crew):
    (candidate,) = file(book, a_candidate())
    save_team(book, sent := a_team())
    given = give_work(
        book, work(username=None, team_id=sent.id, places=(PlaceRef(candidate.id, None),))
    )
    with pytest.raises(TeamBusy):
        end_team(book, sent.id)
    book.clock.tick()
    withdraw_work(book, given.assignment.id, "改派")
    end_team(book, sent.id)
    with pytest.raises(TeamEnded):
        give_work(book, work(username=None, team_id=sent.id, places=given.assignment and ()))


def test_five_hundred_places_are_given_in_one_go(book, crew):
    many = file(
        book,
        *(a_candidate(outline=square(lon=109.61 + 0.0005 * n, size=0.0003)) for n in range(500)),
    )
    from time import perf_counter

    began = perf_counter()
    given = give_work(book, work(places=tuple(PlaceRef(one.id, None) for one in many)))
    assert given.assignment.places == 500
    assert perf_counter() - began < 2
    assert len(states(book)) == 500
    assert given.assignment.due_on - timedelta(days=1) == date(2026, 6, 30)


def test_the_candidates_that_teach_most_are_added_with_the_reason(book, crew):
    sure = [a_candidate(confidence=0.9, outline=square(109.70 + n / 100)) for n in range(4)]
    torn = a_candidate(confidence=0.52, outline=square(109.75))
    strange = a_candidate(confidence=0.9, area_m2=9e6, outline=square(109.76))
    held, done = a_candidate(confidence=0.5), a_candidate(confidence=0.5, state="LOOK_ALIKE")
    file(book, *sure, torn, strange, held, done)
    give_work(book, work(username="wu", places=(PlaceRef(held.id, None),)))
    book.clock.tick()
    sent = work(places=(PlaceRef(sure[0].id, None),), teach=2)
    given = give_work(book, sent)
    assert given.assignment.places == 3 and given.passed_on == 0
    with book.reading() as connection:
        rows = field_work.places_of(connection, KUNDULUN, [sent.id])
    assert {row["place"]: row["teaches"] for row in rows} == {
        f"candidate:{sure[0].id}": None,
        f"candidate:{torn.id}": TeachReason.DOUBT,
        f"candidate:{strange.id}": TeachReason.DIFFERENCE,
    }
    assert give_work(book, sent) == (given.assignment, False, 0)
    more = give_work(book, work(teach=50))  # nothing else was named
    assert more.assignment.places == 3, "neither what is held nor what was checked"
    with pytest.raises(NothingToGive):
        give_work(book, work(teach=5))


def test_of_those_that_teach_an_account_is_told_of_its_own_town_only(book, crew):
    mine, theirs = a_candidate(town="甲镇"), a_candidate(town="乙镇", outline=square(109.75))
    file(book, mine, theirs)
    with connecting(sight.bound(book.engine, Sight(towns=("甲镇",)))) as connection:
        assert [one.key for one in teaching.lessons(connection, KUNDULUN, 9)] == [str(mine.id)]
    with book.reading() as connection:
        assert len(teaching.lessons(connection, KUNDULUN, 9)) == 2
