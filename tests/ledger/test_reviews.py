"""What a reviewer does with checks: nothing is lost, nothing takes effect twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest

from gis.domain.checks.errors import (
    CheckDecided,
    CheckIncomplete,
    CheckStale,
    EditUnfit,
    NothingToSettle,
    OwnCheck,
    ReviewIdReused,
    ReviewReasonMissing,
    SettleFirst,
)
from gis.domain.terms import CandidateState, ReviewAct, ReviewState, Role, Standing, Verdict
from gis.ledger import people
from gis.ledger.checks import record_field_check
from gis.ledger.detection import file_candidates
from gis.ledger.lineage import Merge, Split, merge_sites, split_site
from gis.ledger.reviews import ReviewAsked, review_check
from gis.ledger.sites import correct_site
from gis.store import checks, sites
from tests.ledger.looking import all_candidates, everything, rows, verbs
from tests.makers import a_check, a_look_alike, a_run, list_site, square


@pytest.fixture
def candidate(book, scene):
    file_candidates(book, scene.id, a_run(square()))
    book.clock.tick()
    return all_candidates(book)[0]


def receive(book, place, by="甲", make=a_check, **changes):
    check, _ = record_field_check(book, make(place, recorded_by=by, **changes), at_once=False)
    book.clock.tick()
    return check


def now(book, check):
    with book.reading() as connection:
        return checks.check(connection, check.id)


def review(book, check, act, comment="", **changes):
    asked = ReviewAsked(uuid4(), check.id, act, comment, changes, now(book, check).version)
    done = review_check(book, asked)
    book.clock.tick()
    return done


def steps(book, check):
    with book.reading() as connection:
        return checks.reviews_of(connection, check.id)


def test_a_passed_check_lists_its_site(book, candidate):
    check = receive(book, candidate, height_m=6.0, height_basis="MEASURED")
    done = review(book, check, ReviewAct.APPROVE)
    assert (done.review, done.standing) == (ReviewState.APPROVED, Standing.PLAIN)
    (judged,) = all_candidates(book)
    assert judged.state is CandidateState.CONFIRMED
    with book.reading() as connection:
        site = sites.site(connection, judged.site_code)
    assert (site.height_m, site.candidate_id) == (6.0, candidate.id)
    assert done.effects == {f"site:{site.code}": 1, f"candidate:{candidate.id}": 2}
    assert [step.act for step in steps(book, check)] == ["RECEIVE", "APPROVE"]


def test_the_same_step_five_times_at_once_is_one(book, candidate):
    check = receive(book, candidate)
    asked = ReviewAsked(uuid4(), check.id, ReviewAct.APPROVE, "", {}, check.version)
    with ThreadPoolExecutor(5) as pool:
        done = list(pool.map(lambda _: review_check(book, asked), range(5)))
    assert {one.version for one in done} == {2}
    assert rows(book, "sites", "check_reviews") == {"sites": 1, "check_reviews": 2}
    with pytest.raises(ReviewIdReused):
        review_check(book, replace(asked, comment="另一说法"))


def test_two_reviewers_at_once_do_not_both_decide(book, candidate):
    check = receive(book, candidate)
    acts = [(ReviewAct.APPROVE, ""), (ReviewAct.REJECT, "照片不是这里")]
    asked = [ReviewAsked(uuid4(), check.id, act, said, {}, check.version) for act, said in acts]

    def decide(one):
        try:
            return review_check(book, one).review
        except CheckStale as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(decide, asked))
    assert said.count("check_stale") == 1
    assert rows(book, "check_reviews") == {"check_reviews": 2}


def test_issues_go_back_with_their_comment_and_can_be_passed_later(book, candidate):
    check = receive(book, candidate)
    back = review(book, check, ReviewAct.FIND_ISSUES, "请补拍近景")
    assert (back.review, back.effects) == (ReviewState.HAS_ISSUES, None)
    assert steps(book, check)[-1].comment == "请补拍近景"
    assert all_candidates(book) == [candidate]
    assert review(book, check, ReviewAct.APPROVE).review is ReviewState.APPROVED


def test_what_is_rejected_changes_nothing_and_stays_to_be_read(book, candidate):
    check = receive(book, candidate)
    done = review(book, check, ReviewAct.REJECT, "照片与点位不符")
    assert (done.review, done.effects, done.answers) == (
        ReviewState.REJECTED,
        None,
        check.answers,
    )
    assert all_candidates(book) == [candidate]
    with pytest.raises(CheckDecided):
        review(book, check, ReviewAct.APPROVE)


def test_an_edit_keeps_what_was_sent_and_passes_what_was_meant(book, candidate):
    check = receive(book, candidate)
    said = {"verdict": "PIT", "kind": "SAND_PIT", "waste_class": "NONE"}
    done = review(book, check, ReviewAct.EDIT, "照片上是砂坑", **said)
    assert (done.review, done.verdict, done.final_verdict) == ("EDITED", "WASTE", "PIT")
    assert (done.answers, done.body) == (check.answers, check.body)
    with book.reading() as connection:
        (code,) = sites.codes(connection)
        assert sites.site(connection, code).kind == "SAND_PIT"
    assert steps(book, check)[-1].changes == {
        "verdict": ["WASTE", "PIT"],
        "kind": ["WASTE_PILE", "SAND_PIT"],
        "waste_class": ["SW01", "NONE"],
    }


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"castle": 1},
        {"kind": "CASTLE"},
        {"verdict": "MAYBE"},
        {"height_m": "6 米"},
        {"has_dust": 1},
    ],
)
def test_an_edit_that_no_answer_can_hold_leaves_nothing(book, candidate, changes):
    check = receive(book, candidate)
    before = everything(book)
    with pytest.raises(EditUnfit):
        review(book, check, ReviewAct.EDIT, "更正内容", **changes)
    assert everything(book) == before


@pytest.mark.parametrize(
    "act", [ReviewAct.FIND_ISSUES, ReviewAct.REJECT, ReviewAct.EDIT, ReviewAct.TAKE_UP]
)
@pytest.mark.parametrize("comment", ["", "   ", "不行"])
def test_a_step_that_somebody_has_to_understand_is_explained(book, candidate, act, comment):
    check = receive(book, candidate)
    with pytest.raises(ReviewReasonMissing):
        review(book, check, act, comment, note="另")
    assert now(book, check) == check


def test_a_check_without_what_it_needs_is_not_passed_but_edited(book, candidate):
    check = receive(book, candidate, kind=None)
    assert check.review is ReviewState.HAS_ISSUES
    with pytest.raises(CheckIncomplete):
        review(book, check, ReviewAct.APPROVE)
    assert all_candidates(book) == [candidate]
    done = review(book, check, ReviewAct.EDIT, "照片上是渣堆", kind="WASTE_PILE")
    assert done.review is ReviewState.EDITED


def test_nobody_passes_a_check_of_their_own_while_others_could(book, candidate):
    mine = receive(book, candidate, by=book.actor)
    people.add_user(book, "li", "李工", Role.REVIEWER, "Correct-horse-7")
    with pytest.raises(OwnCheck):
        review(book, mine, ReviewAct.APPROVE)
    assert review(book, mine, ReviewAct.FIND_ISSUES, "我再去一次").review == "HAS_ISSUES"


def test_the_only_reviewer_may(book, candidate):
    people.add_user(book, book.actor, "王工", Role.REVIEWER, "Correct-horse-7")
    mine = receive(book, candidate, by=book.actor)
    assert review(book, mine, ReviewAct.APPROVE).effects


def test_of_two_teams_one_is_chosen_and_the_other_stays_beside_it(book, candidate):
    waste, coal = receive(book, candidate), receive(book, candidate, "乙", a_look_alike)
    with pytest.raises(SettleFirst, match="2"):
        review(book, waste, ReviewAct.APPROVE)
    done = review(book, waste, ReviewAct.SETTLE, "照片可见矿渣")
    assert (done.review, done.standing) == (ReviewState.APPROVED, Standing.CHOSEN)
    other = now(book, coal)
    assert (other.review, other.standing, other.effects) == ("REJECTED", "SET_ASIDE", None)
    assert other.answers == coal.answers
    assert steps(book, coal)[-1].comment == "照片可见矿渣"
    assert [one.state for one in all_candidates(book)] == [CandidateState.CONFIRMED]


def test_a_check_in_force_gives_way_to_the_one_that_is_chosen(book, candidate):
    first, _ = record_field_check(book, a_look_alike(candidate), at_once=True)
    book.clock.tick()
    late = receive(book, candidate)
    assert late.standing is Standing.PARALLEL
    review(book, late, ReviewAct.SETTLE, "现场可见矿渣")
    assert now(book, first).standing is Standing.SET_ASIDE
    assert [one.state for one in all_candidates(book)] == [CandidateState.CONFIRMED]


def test_the_check_in_force_may_be_the_one_that_is_chosen(book, candidate):
    first, _ = record_field_check(book, a_check(candidate), at_once=True)
    book.clock.tick()
    late = receive(book, candidate, "乙", a_look_alike)
    done = review(book, first, ReviewAct.SETTLE, "照片可见矿渣")
    assert (done.standing, done.effects) == (Standing.CHOSEN, first.effects)
    assert now(book, late).standing is Standing.SET_ASIDE
    assert rows(book, "sites") == {"sites": 1}


def test_where_the_rival_was_turned_down_the_other_stands_alone(book, candidate):
    waste, coal = receive(book, candidate), receive(book, candidate, "乙", a_look_alike)
    review(book, coal, ReviewAct.REJECT, "走错了地方")
    assert now(book, waste).standing is Standing.PLAIN
    assert review(book, waste, ReviewAct.APPROVE).effects


def test_a_check_that_stands_alone_has_nothing_to_settle(book, candidate):
    check = receive(book, candidate)
    with pytest.raises(NothingToSettle):
        review(book, check, ReviewAct.SETTLE, "只有这一份")


def test_a_check_of_a_merged_site_is_taken_up_by_the_whole(book):
    gone = list_site(book)
    whole = list_site(book, outline=square(109.702, 40.70))
    book.clock.tick()
    merge_sites(book, Merge(uuid4(), (gone.code, whole.code), whole.code, None, "同一堆场"))
    book.clock.tick()
    check = receive(book, gone, height_m=7.0, height_basis="MEASURED")
    assert check.standing is Standing.PROPOSAL
    with pytest.raises(ReviewReasonMissing):
        review(book, check, ReviewAct.APPROVE)
    done = review(book, check, ReviewAct.TAKE_UP, "两处本是一堆")
    assert set(done.effects) == {f"site:{whole.code}"}
    with book.reading() as connection:
        assert sites.site(connection, whole.code).height_m == 7.0
        assert sites.site(connection, gone.code).height_m is None


def test_a_check_of_a_split_site_is_taken_up_by_the_part_that_was_looked_at(book):
    before = list_site(book)
    west, east = square(109.70, size=0.001), square(109.701, size=0.001)
    asked = Split(uuid4(), before.code, (("西堆", west), ("东堆", east)), "分属两家")
    codes = split_site(book, asked)
    book.clock.tick()
    check = receive(book, before, outline=square(109.7012, size=0.0007), outline_by="DRAWN")
    assert check.standing is Standing.PROPOSAL
    done = review(book, check, ReviewAct.TAKE_UP, "看的是东堆")
    assert set(done.effects) == {f"site:{codes[1]}"}


def test_a_place_found_empty_is_a_proposal_and_takes_no_site_from_the_list(book):
    site = list_site(book)
    check = receive(book, site, make=a_look_alike, verdict=Verdict.GONE)
    assert check.standing is Standing.PROPOSAL
    done = review(book, check, ReviewAct.TAKE_UP, "已清运，转销号")
    assert (done.review, done.effects) == (ReviewState.APPROVED, {})
    with book.reading() as connection:
        assert sites.site(connection, site.code) == site
    assert "find_no_waste" in verbs(book)


def test_a_proposal_may_be_turned_down(book):
    site = list_site(book)
    correct_site(book, site.code, note="道路已修通")
    check = receive(book, site)
    done = review(book, check, ReviewAct.REJECT, "按新版为准")
    assert (done.review, done.standing) == (ReviewState.REJECTED, Standing.SET_ASIDE)


def test_a_site_that_changes_while_its_check_waits_needs_a_reason(book):
    site = list_site(book)
    check = receive(book, site, height_m=5.0, height_basis="MEASURED")
    assert check.standing is Standing.PLAIN
    correct_site(book, site.code, note="道路已修通")
    with pytest.raises(ReviewReasonMissing):
        review(book, check, ReviewAct.APPROVE)
    assert review(book, check, ReviewAct.APPROVE, "改动无关").effects == {f"site:{site.code}": 3}


def test_every_step_is_in_the_log_with_old_and_new(book, candidate):
    check = receive(book, candidate)
    review(book, check, ReviewAct.REJECT, "照片与点位不符")
    assert verbs(book)[-2:] == ["review_check", "add_check_step"]
