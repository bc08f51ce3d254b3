"""Notices: drafted from facts that can be drawn again, numbered without gaps, answered, closed."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gis.domain.errors import DateInFuture, NotInRegister
from gis.domain.people.accounts import Sight
from gis.domain.people.sight_errors import WholeDistrictOnly
from gis.domain.sites.errors import FileRefused, IdReused
from gis.domain.terms import AnswerState, DeadlineState, NoticeState
from gis.domain.works.deadline_errors import (
    AnswerEmpty,
    AnswerJudged,
    AnswersMissing,
    AnswerWaits,
    NotAddressed,
    NothingLags,
    NoticeNotDraft,
    NoticeNotOpen,
    NoticeUnits,
    NoticeUnknown,
    OwnAnswer,
    PaperOfAnother,
    ReplyDayPast,
    SendingBackUnexplained,
    UnitUnknown,
    WorkNotLagging,
)
from gis.domain.works.extension import ExtensionSent
from gis.domain.works.notice import standings
from gis.ledger import Book
from gis.ledger.extensions import approve_extension, ask_extension
from gis.ledger.notice_answers import (
    AnswerSent,
    PaperSent,
    accept_answer,
    add_paper,
    answer_notice,
    send_answer_back,
)
from gis.ledger.notices import close_notice, draft_notice, drawn_again, drop_notice, issue_notice
from gis.ledger.sites import put_site
from gis.store import log, notices, sight, sites
from tests.makers import KUNDULUN
from tests.makers_deadlines import EEB, NR, UM, circular, in_days, some_lag, urge

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def codes(book):
    found = some_lag(book)
    book.clock.tick()
    return found


@pytest.fixture
def other(book):
    return replace(book, actor="李工")


def of_unit(book, *units):
    seen = Sight(units=units, who=units[0])
    return Book(sight.bound(book.engine, seen), f"acc-{units[0]}", book.clock)


def issued(book, sent=None):
    drafted, _ = draft_notice(book, sent or urge())
    book.clock.tick()
    return issue_notice(book, drafted.id)


def test_a_draft_states_what_is_overdue_and_the_same_can_be_drawn_again(book, other, codes):
    drafted, is_new = draft_notice(book, urge())
    assert is_new and drafted.state is NoticeState.DRAFT and drafted.symbol is None
    works = drafted.facts["works"]
    assert [(one["title"], one["days_late"]) for one in works] == [("围挡", 10), ("清运", 2)]
    assert drafted.facts["units"] == [{"unit": UM, "works": 2, "worst_days": 10}]
    assert drafted.reply_by == in_days(10)
    assert drafted.title == "关于加快推进2项逾期工作的督办单"
    with book.reading() as connection:
        head = log.head(connection)
    assert drafted.facts["list"]["seq"] == head.seq - 1  # the register before the draft itself
    book.clock.tick(days=1)
    sent = ExtensionSent(uuid4(), works[0]["key"], date(2027, 1, 1), "雨季")
    approve_extension(other, ask_extension(book, sent)[0].id)
    with book.entry() as entry:
        site = sites.site(entry.connection, codes[0])
        renamed = replace(site, version=2, recorded_at=entry.now, name="新名称")
        put_site(entry, renamed, verb="correct_site")
    assert drawn_again(book, drafted.id)  # whatever came after
    later, _ = draft_notice(book, urge())
    assert [one["title"] for one in later.facts["works"]] == ["清运"]
    assert later.facts["works"][0]["site_name"] == "新名称"


def test_a_notice_as_of_a_past_day_states_that_day(book, codes):
    book.clock.tick(days=30)
    of_day, _ = draft_notice(book, urge(day=in_days(1), reply_by=in_days(60)))
    assert [one["days_late"] for one in of_day.facts["works"]] == [11, 3]
    assert of_day.facts["day"] == in_days(1).isoformat()
    assert drawn_again(book, of_day.id)
    now, _ = draft_notice(book, urge())
    assert [one["days_late"] for one in now.facts["works"]] == [40, 32, 10]


def test_a_circular_goes_to_several_units_with_the_figures_of_each(book, codes):
    drafted, _ = draft_notice(book, circular())
    assert [one["unit"] for one in drafted.facts["units"]] == [UM, EEB]
    assert drafted.facts["units"][1] == {"unit": EEB, "works": 1, "worst_days": 901}
    assert drafted.facts["works"][0]["due_on"] == "2023-12-31"  # honest: the latest first


def test_numbers_run_by_district_kind_and_year(book, codes):
    symbols = [issued(book, sent()).symbol for sent in (urge, circular, urge, urge, circular)]
    assert symbols == [
        *("昆督〔2026〕1号", "昆通〔2026〕1号", "昆督〔2026〕2号"),
        *("昆督〔2026〕3号", "昆通〔2026〕2号"),
    ]
    dropped, _ = draft_notice(book, urge())
    assert drop_notice(book, dropped.id).number is None  # a draft takes no number with it
    assert issued(book).symbol == "昆督〔2026〕4号"
    book.clock.tick(days=250)
    assert issued(book).symbol == "昆督〔2027〕1号"


def test_many_at_once_get_distinct_numbers_without_a_gap(book, codes):
    drafts = [draft_notice(book, urge())[0].id for _ in range(8)]
    start = threading.Barrier(8)

    def issue(notice_id):
        start.wait()
        return issue_notice(book, notice_id).number

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(issue, drafts)) == list(range(1, 9))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"units": ("某某局",)}, UnitUnknown),
        ({"units": (NR,)}, NothingLags),
        ({"reach": "没有这一段"}, NothingLags),
        ({"town": "别处镇"}, NothingLags),
        ({"units": (UM, EEB)}, NoticeUnits),
        ({"units": ()}, NoticeUnits),
        ({"works": (f"task:{uuid4()}",)}, WorkNotLagging),
        ({"day": in_days(1)}, DateInFuture),
        ({"day": in_days(-60)}, UnitUnknown),  # nothing was planned then
        ({"reply_by": in_days(-1)}, ReplyDayPast),
    ],
)
def test_a_notice_about_nothing_is_refused_and_nothing_stays(book, codes, changes, error):
    with pytest.raises(error):
        draft_notice(book, urge(**changes))
    with book.reading() as connection:
        assert notices.notices_in(connection, KUNDULUN) == []


def test_a_circular_names_the_unit_that_has_nothing_overdue(book, codes):
    with pytest.raises(NothingLags) as refused:
        draft_notice(book, circular()._replace(units=(UM, NR)))
    assert NR in refused.value.sentence("zh-CN") and UM not in refused.value.sentence("zh-CN")
    with pytest.raises(NoticeUnits):
        draft_notice(book, circular()._replace(units=(UM, UM)))


def test_only_chosen_works_are_listed_and_each_must_lag(book, codes):
    keys = [one["key"] for one in draft_notice(book, urge())[0].facts["works"]]
    only, _ = draft_notice(book, urge(works=(keys[1], keys[1])))
    assert [one["title"] for one in only.facts["works"]] == ["清运"]
    assert drawn_again(book, only.id)


def test_the_same_again_is_the_same_and_other_content_is_refused(book, codes):
    sent = urge()
    first, _ = draft_notice(book, sent)
    book.clock.tick()
    assert draft_notice(book, sent) == (first, False)
    with pytest.raises(IdReused):
        draft_notice(book, sent._replace(remark="另行"))
    again = issue_notice(book, first.id)
    assert issue_notice(book, first.id) == again
    with pytest.raises(NoticeNotDraft):
        issue_notice(replace(book, actor="李工"), first.id)
    with pytest.raises(NoticeNotDraft):
        drop_notice(book, first.id)


def test_a_draft_that_waited_too_long_is_not_issued_with_a_day_that_has_passed(book, codes):
    drafted, _ = draft_notice(book, urge(reply_by=in_days(3)))
    book.clock.tick(days=4)
    with pytest.raises(ReplyDayPast):
        issue_notice(book, drafted.id)


def answer(notice, unit=UM, text="已安排清运，7月底前完成。", papers=()):
    return AnswerSent(uuid4(), notice.id, unit, text, papers)


def test_a_life_from_issue_to_close(book, other, codes, tmp_path):
    notice = issued(book)
    unit = of_unit(book, UM)
    paper, is_new = add_paper(unit, tmp_path, PaperSent(uuid4(), notice.id, "情况说明.pdf"), PDF)
    assert is_new
    first, _ = answer_notice(unit, answer(notice, papers=(paper.id,)))
    with pytest.raises(AnswerWaits):
        answer_notice(unit, answer(notice))
    with pytest.raises(AnswersMissing):
        close_notice(book, notice.id)
    with pytest.raises(SendingBackUnexplained):
        send_answer_back(other, first.id, "  ")
    sent_back = send_answer_back(other, first.id, "请补充完成日期")
    assert send_answer_back(other, first.id, "请补充完成日期") == sent_back
    with pytest.raises(AnswerJudged):
        accept_answer(book, first.id)
    book.clock.tick()
    second, _ = answer_notice(unit, answer(notice, text="7月20日前完成。"))
    assert accept_answer(other, second.id).state is AnswerState.ACCEPTED
    with pytest.raises(AnswerWaits):
        answer_notice(unit, answer(notice))
    closed = close_notice(book, notice.id, "已整改到位")
    assert closed.state is NoticeState.CLOSED and closed.symbol == notice.symbol
    for act in (
        lambda: answer_notice(unit, answer(notice)),
        lambda: add_paper(unit, tmp_path, PaperSent(uuid4(), notice.id, "a.pdf"), PDF),
        lambda: close_notice(other, notice.id),
    ):
        with pytest.raises(NoticeNotOpen):
            act()
    with book.reading() as connection:
        verbs = [entry["verb"] for entry in log.history(connection, str(notice.id))]
    assert verbs == [
        *("draft_notice", "issue_notice", "add_notice_paper", "answer_notice", "send_answer_back"),
        *("answer_notice", "accept_answer", "close_notice"),
    ]


def test_answers_turn_red_when_their_day_has_passed(book, other, codes):
    notice = issued(book, circular())
    first, _ = answer_notice(of_unit(book, UM), answer(notice))

    def told(days):
        with book.reading() as connection:
            found = notices.answers_of(connection, [notice.id])[notice.id]
        return {one.unit: one[1:] for one in standings(notice, found, in_days(days))}

    assert told(10)[EEB] == (AnswerState.MISSING, DeadlineState.ON_TIME, 0)
    assert told(13)[EEB] == (AnswerState.MISSING, DeadlineState.RED, 3)
    assert told(13)[UM] == (AnswerState.WAITING, DeadlineState.DONE, 0)  # the office's turn
    send_answer_back(other, first.id, "请补充")
    assert told(13)[UM] == (AnswerState.SENT_BACK, DeadlineState.RED, 3)


def test_bad_answers_leave_nothing(book, other, codes, tmp_path):
    notice = issued(book)
    draft, _ = draft_notice(book, urge())
    another = issued(book)
    unit = of_unit(book, UM)
    elsewhere, _ = add_paper(unit, tmp_path, PaperSent(uuid4(), another.id, "a.pdf"), PDF)
    for book_, sent, error in [
        (unit, answer(notice, text=" "), AnswerEmpty),
        (unit, answer(notice, unit=EEB), NotAddressed),
        (book, answer(notice, unit=EEB), NotAddressed),
        (unit, answer(notice, papers=(uuid4(),)), PaperOfAnother),
        (unit, answer(notice, papers=(elsewhere.id,)), PaperOfAnother),
        (unit, answer(draft), NoticeUnknown),  # a unit sees no draft
        (book, answer(draft), NoticeNotOpen),
        (of_unit(book, NR), answer(notice), NoticeUnknown),
    ]:
        with pytest.raises(error):
            answer_notice(book_, sent)
    with pytest.raises(FileRefused):
        add_paper(unit, tmp_path, PaperSent(uuid4(), notice.id, "a.exe"), b"MZ" + bytes(200))
    mine, _ = answer_notice(book, answer(notice))
    with pytest.raises(OwnAnswer):
        accept_answer(book, mine.id)
    with pytest.raises(IdReused):
        answer_notice(book, AnswerSent(mine.id, notice.id, UM, "另一份"))
    with pytest.raises(NotInRegister):
        accept_answer(other, uuid4())


def test_a_unit_sees_the_notices_and_answers_that_are_its_own(book, codes, tmp_path):
    both, of_um = issued(book, circular()), issued(book)
    um, eeb = of_unit(book, UM), of_unit(book, EEB)
    paper, _ = add_paper(um, tmp_path, PaperSent(uuid4(), both.id, "说明.pdf"), PDF)
    answer_notice(um, answer(both, papers=(paper.id,)))
    for account, expected, answers in [(um, {both.id, of_um.id}, 1), (eeb, {both.id}, 0)]:
        with account.reading() as connection:
            assert {one.id for one in notices.notices_in(connection, KUNDULUN)} == expected
            assert len(notices.answers_of(connection, [both.id]).get(both.id, [])) == answers
    with eeb.reading() as connection, pytest.raises(NotInRegister):
        notices.paper(connection, both.id, paper.id)
    for act in (
        lambda: draft_notice(um, urge()),
        lambda: issue_notice(um, both.id),
        lambda: close_notice(um, both.id),
        lambda: drawn_again(um, both.id),
    ):
        with pytest.raises(WholeDistrictOnly):
            act()
