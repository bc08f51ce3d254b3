"""The book of backfill: what may be tipped, once, into room that is there, and what surveys say."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gis.domain.backfill.errors import (
    AssessmentSettled,
    AssessmentUnfit,
    LoadIncomplete,
    MoreThanLeft,
    PairRefused,
    PileUnweighed,
    PitUnfit,
    PitUnsurveyed,
    ReversedAlready,
    SamePersonApproves,
    TicketTwice,
    TonnesUnfit,
)
from gis.domain.errors import DateInFuture, NotInRegister
from gis.domain.people.accounts import Sight
from gis.domain.sites.errors import IdReused, ReasonMissing
from gis.domain.terms import (
    AttachmentKind,
    BackfillMaterial,
    BackfillPaper,
    BookFlag,
    PairStanding,
    PitVoid,
    SiteKind,
    SiteState,
    WasteClass,
    WasteNature,
)
from gis.ledger import Book
from gis.ledger.attachments import AttachmentSent, attach
from gis.ledger.backfill import (
    AssessmentSent,
    FactsSent,
    propose_assessment,
    settle_assessment,
    state_facts,
)
from gis.ledger.backfill_book import book_load, checks_of, reverse_load
from gis.ledger.sites import correct_site
from gis.store import backfill_book, log, sight
from tests.makers_backfill import a_load, list_pile, list_pit, survey_pit


@pytest.fixture
def pile(book):
    return list_pile(book)


@pytest.fixture
def pit(book):
    return list_pit(book)


def lines(book, **chosen):
    with book.reading() as connection:
        return backfill_book.loads_of(connection, "150203", **chosen)


def test_a_lawful_load_is_booked_once_by_the_clause_that_allows_it(book, pile, pit):
    sent = a_load(pit, pile)
    first, is_new = book_load(book, sent)
    again, is_again_new = book_load(book, sent)
    assert is_new and not is_again_new and again == first
    assert first.standing is PairStanding.LAWFUL and first.rule == "GB18599-8.1-GANGUE"
    assert first.material is BackfillMaterial.GANGUE and first.nature is WasteNature.CLASS_I
    assert lines(book) == [first]
    with pytest.raises(IdReused):
        book_load(book, replace(sent, tonnes=191.0))
    with book.reading() as connection:
        (sum_,) = backfill_book.sums_of(connection, "150203")
        assert (sum_.tonnes, sum_.loads, sum_.source_code) == (190.0, 1, pile.code)
        assert log.verify(connection).broken_at is None


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"tonnes": 0.0}, TonnesUnfit),
        ({"tonnes": -5.0}, TonnesUnfit),
        ({"tonnes": float("nan")}, TonnesUnfit),
        ({"tonnes": float("inf")}, TonnesUnfit),
        ({"ticket_no": "  "}, LoadIncomplete),
        ({"received_by": ""}, LoadIncomplete),
        ({"source_code": None}, LoadIncomplete),
        ({"source_code": None, "source_name": "某厂"}, LoadIncomplete),
        ({"tipped_on": date(2099, 1, 1)}, DateInFuture),
        ({"tonnes": 1000.5}, MoreThanLeft),
        ({"source_code": "150203-W99999-X"}, NotInRegister),
    ],
)
def test_a_load_that_cannot_be_is_refused_and_nothing_is_written(book, pile, pit, changes, error):
    with pytest.raises(error):
        book_load(book, replace(a_load(pit, pile), **changes))
    assert lines(book) == []


def test_a_pit_is_not_filled_with_itself_and_a_pile_is_no_pit(book, pile, pit):
    with pytest.raises(PairRefused, match="its own waste"):
        book_load(book, a_load(pit, pit))
    with pytest.raises(PitUnfit, match="Abandoned mine pit|abandoned mine pit"):
        book_load(book, a_load(pile, pile))
    other = list_pit(book, name="三号矿坑")
    with pytest.raises(PitUnfit):
        book_load(book, a_load(pit, other))


def test_a_refusal_names_the_clause(book, pit):
    hazardous = list_pile(book, nature=WasteNature.HAZARDOUS, name="危废")
    with pytest.raises(PairRefused, match=r"Hazardous waste.*GB 18599-2020 1、8\.2") as refused:
        book_load(book, a_load(pit, hazardous))
    assert "危险废物不得充填、回填" in refused.value.sentence("zh-CN")
    unknown = list_pile(book, nature=WasteNature.UNIDENTIFIED, name="未鉴别")
    with pytest.raises(PairRefused, match="Identify its nature first"):
        book_load(book, a_load(pit, unknown))


def test_a_closed_pit_takes_nothing(book, pile, pit):
    book.clock.tick()
    state_facts(book, pit.code, FactsSent(None, PitVoid.COAL_PIT, None, False, "已填满"))
    with pytest.raises(PairRefused, match="closed to filling"):
        book_load(book, a_load(pit, pile))
    book.clock.tick()
    state_facts(book, pit.code, FactsSent(None, PitVoid.COAL_PIT, None, True, "恢复接收"))
    book_load(book, a_load(pit, pile))
    correct_site(book, pit.code, state=SiteState.ACCEPTED)
    with pytest.raises(PairRefused, match="accepted, closed out"):
        book_load(book, a_load(pit, pile, ticket_no="T-2"))


def test_a_pit_without_survey_and_a_pile_without_mass_are_to_be_measured_first(book, pile, pit):
    with pytest.raises(PitUnsurveyed):
        book_load(book, a_load(list_pit(book, volume_m3=None, name="四号矿坑"), pile))
    with pytest.raises(PileUnweighed):
        book_load(book, a_load(pit, list_pile(book, mass_t=None, name="五号堆")))


def test_no_more_leaves_the_pile_than_is_left_and_no_more_fits_than_there_is_room(book, pile):
    pit = list_pit(book, volume_m3=400.0)
    book.clock.tick()
    book_load(book, a_load(pit, pile, tonnes=700.0))
    with pytest.raises(MoreThanLeft, match="300 t left at pile"):
        book_load(book, a_load(list_pit(book, name="大坑"), pile, tonnes=301.0, ticket_no="T-2"))
    big = list_pile(book, mass_t=1e6, name="大堆")
    with pytest.raises(MoreThanLeft, match=r"60 t left in pit"):
        book_load(book, a_load(pit, big, tonnes=61.0, ticket_no="T-2"))
    book.clock.tick()
    correct_site(book, pile.code, mass_t=900.0)  # weighed again since
    book_load(book, a_load(list_pit(book, name="大坑2"), pile, tonnes=900.0, ticket_no="T-3"))


def test_a_ticket_stands_once_and_again_after_its_reversal(book, pile, pit):
    first, _ = book_load(book, a_load(pit, pile))
    with pytest.raises(TicketTwice, match="T-0001"):
        book_load(book, a_load(pit, pile, tonnes=5.0))
    counter = uuid4()
    with pytest.raises(LoadIncomplete):
        reverse_load(book, first.id, counter, " ")
    back, is_new = reverse_load(book, first.id, counter, "磅单录错")
    assert is_new and back.tonnes == -190.0 and back.corrects == first.id
    assert reverse_load(book, first.id, counter, "磅单录错") == (back, False)
    for line in (first.id, back.id):
        with pytest.raises(ReversedAlready):
            reverse_load(book, line, uuid4(), "再冲")
    book_load(book, a_load(pit, pile, tonnes=109.0))
    assert sorted(line.tonnes for line in lines(book)) == [-190.0, 109.0, 190.0]


def test_a_named_source_states_what_it_is_and_is_judged_alike(book, pit):
    named = {
        "source_name": "某选煤厂",
        "waste_class": WasteClass.SW04,
        "nature": WasteNature.CLASS_I,
        "radioactivity_bq_g": 0.1,
    }
    booked, _ = book_load(book, a_load(pit, None, **named))
    assert booked.source_code is None and booked.material is BackfillMaterial.GANGUE
    with pytest.raises(PairRefused, match="radioactivity"):
        silent = named | {"radioactivity_bq_g": None}
        book_load(book, a_load(pit, None, ticket_no="T-2", **silent))


def paper(book, tmp_path, code):
    sent = AttachmentSent(uuid4(), code, AttachmentKind.REPORT, "报告", "a.pdf")
    attached, _ = attach(book, tmp_path, sent, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF")
    return attached.id


def assessed(book, tmp_path, pile, pit, **changes):
    papers = {
        kind: paper(book, tmp_path, pit.code)
        for kind in (BackfillPaper.BASELINE, BackfillPaper.RISK, BackfillPaper.MONITORING)
    }
    sent = AssessmentSent(
        id=uuid4(),
        pit_code=pit.code,
        source_code=pile.code,
        source_name=None,
        material=BackfillMaterial.GANGUE,
        papers=papers,
        monitoring_per_year=2,
        document_no="评估〔2026〕1号",
    )
    return replace(sent, **changes)


def test_class_two_needs_its_papers_approved_by_another(book, pit, tmp_path):
    pile = list_pile(book, nature=WasteNature.CLASS_II, name="Ⅱ类矸石")
    with pytest.raises(PairRefused, match="baseline survey"):
        book_load(book, a_load(pit, pile))
    sent = assessed(book, tmp_path, pile, pit)
    with pytest.raises(AssessmentUnfit, match="at least 1 time a year"):
        propose_assessment(book, replace(sent, id=uuid4(), monitoring_per_year=0))
    with pytest.raises(AssessmentUnfit, match="is no paper of pit"):
        propose_assessment(book, replace(sent, id=uuid4(), papers={BackfillPaper.RISK: uuid4()}))
    proposed, is_new = propose_assessment(book, sent)
    assert is_new and propose_assessment(book, sent)[1] is False
    with pytest.raises(PairRefused):
        book_load(book, a_load(pit, pile))
    with pytest.raises(AssessmentUnfit, match="not approved"):
        book_load(book, a_load(pit, pile, assessment_id=proposed.id))
    with pytest.raises(SamePersonApproves):
        settle_assessment(book, proposed.id, True, "")
    other = replace(book, actor="赵科长")
    with pytest.raises(ReasonMissing):
        settle_assessment(other, proposed.id, False, "")
    settle_assessment(other, proposed.id, True, "同意")
    with pytest.raises(AssessmentSettled):
        settle_assessment(other, proposed.id, False, "反悔")
    booked, _ = book_load(book, a_load(pit, pile))
    assert booked.standing is PairStanding.ASSESSED and booked.assessment_id == proposed.id


def test_a_refused_assessment_opens_nothing(book, pit, tmp_path):
    pile = list_pile(book, nature=WasteNature.CLASS_II, name="Ⅱ类矸石")
    proposed, _ = propose_assessment(book, assessed(book, tmp_path, pile, pit))
    settle_assessment(replace(book, actor="赵科长"), proposed.id, False, "本底点位不足")
    with pytest.raises(PairRefused):
        book_load(book, a_load(pit, pile))


def test_the_book_is_held_against_what_two_surveys_measured(book, pile, pit):
    book_load(book, a_load(pit, pile, tonnes=380.0))  # 200 m³ compacted
    survey_pit(book, pit.code, 790.0, date(2026, 6, 15))
    with book.reading() as connection:
        (check,) = checks_of(connection, pit.code)
    assert check.flag is BookFlag.AGREES
    assert (check.booked_m3, check.filled_m3) == (pytest.approx(200.0), pytest.approx(210.0))
    survey_pit(book, pit.code, 500.0, date(2026, 6, 18))
    with book.reading() as connection:
        newest, older = checks_of(connection, pit.code)
    assert newest.flag is BookFlag.BOOKED_LESS and newest.loads == 0
    assert older == check
    survey_pit(book, pit.code, 480.0, date(2026, 6, 19), level_m=1_071.0)
    with book.reading() as connection:
        odd, *_ = checks_of(connection, pit.code)
    assert odd.flag is BookFlag.NOT_COMPARABLE and "different" in odd.why_en


def test_what_is_stated_rests_on_something_and_fits_the_kind(book, pile, pit):
    with pytest.raises(ReasonMissing):
        state_facts(book, pit.code, FactsSent(None, PitVoid.ORE_PIT, None, None, " "))
    with pytest.raises(PitUnfit):
        state_facts(book, pile.code, FactsSent(None, PitVoid.ORE_PIT, None, None, "档案"))
    same = FactsSent(None, PitVoid.COAL_PIT, None, None, "矿山档案")
    assert state_facts(book, pit.code, same)[1] is False


def test_an_account_of_another_town_neither_sees_nor_writes_the_book(book, pile, pit):
    booked, _ = book_load(book, a_load(pit, pile))
    elsewhere = sight.bound(book.engine, Sight(towns=("昆北街道",), units=(), who="他镇"))
    limited = Book(elsewhere, "他镇", book.clock)
    assert lines(limited) == []
    with pytest.raises(NotInRegister):
        book_load(limited, a_load(pit, pile, ticket_no="T-9"))
    with pytest.raises(NotInRegister):
        reverse_load(limited, booked.id, uuid4(), "看不见")
    assert pit.kind is SiteKind.MINE_PIT
