"""What a conclusion may become, by whom, and what it must carry."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from gis.domain.errors import DateInFuture
from gis.domain.identification.conclusion import (
    ConclusionIncomplete,
    ConclusionMoved,
    ConclusionSent,
    OutcomeOpen,
    SamePerson,
    require_complete,
)
from gis.domain.terms import ConclusionBasis, ConclusionState, WasteNature
from tests.makers import NOON, a_conclusion

LATER = NOON + timedelta(hours=1)
CODE = "150203-W00001-D"


def a_draft(**changes):
    draft = a_conclusion(CODE, state=ConclusionState.DRAFT, signed_by=None, signed_at=None)
    return replace(draft, reviewed_by=None, reviewed_at=None, **changes)


def sent(**changes):
    base = ConclusionSent(
        id=UUID(int=1),
        site_code=CODE,
        plan_code=None,
        basis=ConclusionBasis.REPORT,
        nature=WasteNature.CLASS_II,
        waste_class=None,
        concluded_on=date(2026, 6, 1),
        leach_multiple=2.6,
        radioactivity_bq_g=None,
        laboratory="某检测公司",
        report_no="B-7",
        reason="",
        is_solid_waste=None,
        is_listed=None,
        hw_code=None,
        excluded=[],
    )
    return replace(base, **changes)


def test_one_signs_another_passes_and_each_step_is_a_version():
    draft = a_draft()
    signed = draft.signed("wang", LATER, ["HJ298-T3-5"])
    passed = signed.reviewed("li", LATER, True, " 同意 ")
    assert [c.version for c in (draft, signed, passed)] == [1, 2, 3]
    assert (signed.state, passed.state) == (ConclusionState.SIGNED, ConclusionState.IN_FORCE)
    assert passed.unchecked == ["HJ298-T3-5"]
    assert (passed.signed_by, passed.reviewed_by) == ("wang", "li")
    assert passed.review_comment == "同意"
    assert draft.state is ConclusionState.DRAFT, "the draft itself is not edited"


def test_whoever_signed_may_not_pass_it():
    signed = a_draft().signed("wang", LATER, [])
    for accepted in (True, False):
        with pytest.raises(SamePerson, match="wang"):
            signed.reviewed("wang", LATER, accepted, "不行")


def test_a_return_says_why():
    signed = a_draft().signed("wang", LATER, [])
    with pytest.raises(ConclusionIncomplete, match="why it is returned"):
        signed.reviewed("li", LATER, False, "  ")
    assert signed.reviewed("li", LATER, False, "份样数不足").state is ConclusionState.RETURNED


def test_what_decides_nothing_cannot_be_signed():
    finding = {
        "outcome_words": {"name_zh": "待定", "name_en": "Undecided"},
        "missing": [{"text_zh": "缺少放射性检测", "text_en": "radioactivity was not measured"}],
    }
    draft = a_draft(nature=WasteNature.UNIDENTIFIED, finding=finding)
    with pytest.raises(OutcomeOpen) as refused:
        draft.signed("wang", LATER, [])
    assert "缺少放射性检测" in refused.value.sentence("zh-CN")
    assert "radioactivity was not measured" in refused.value.sentence("en")


@pytest.mark.parametrize("state", [s for s in ConclusionState if s is not ConclusionState.DRAFT])
def test_only_a_draft_is_signed(state):
    with pytest.raises(ConclusionMoved):
        a_draft(state=state).signed("wang", LATER, [])


@pytest.mark.parametrize("state", [s for s in ConclusionState if s is not ConclusionState.SIGNED])
def test_only_what_is_signed_is_reviewed(state):
    with pytest.raises(ConclusionMoved):
        a_draft(state=state, signed_by="wang").reviewed("li", LATER, True, "")


def test_a_newer_one_supersedes_and_the_old_says_by_which():
    newer = uuid4()
    old = a_conclusion(CODE).superseded(newer, LATER)
    assert (old.state, old.superseded_by) == (ConclusionState.SUPERSEDED, newer)
    with pytest.raises(ConclusionMoved):
        old.superseded(uuid4(), LATER)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"laboratory": None}, "检测机构"),
        ({"report_no": ""}, "报告编号"),
        ({"concluded_on": None}, "报告日期"),
        ({"nature": WasteNature.UNIDENTIFIED}, "属性"),
        ({"nature": WasteNature.RADIOACTIVE}, "单核素活度"),
        ({"basis": ConclusionBasis.EXPERT, "reason": " "}, "理由"),
    ],
)
def test_a_conclusion_says_what_its_basis_needs(changes, named):
    with pytest.raises(ConclusionIncomplete) as refused:
        require_complete(sent(**changes), date(2026, 6, 19))
    assert named in refused.value.sentence("zh-CN")


def test_a_whole_report_is_taken_and_one_of_tomorrow_is_not():
    require_complete(sent(), date(2026, 6, 1))
    with pytest.raises(DateInFuture):
        require_complete(sent(), date(2026, 5, 31))


def test_the_hash_is_of_all_that_was_sent_but_its_id():
    assert sent().content_hash() == sent(id=uuid4()).content_hash()
    different = [
        sent(nature=WasteNature.CLASS_I),
        sent(leach_multiple=2.7),
        sent(report_no="B-8"),
        sent(concluded_on=date(2026, 6, 2)),
        sent(plan_code=f"{CODE}-P1"),
    ]
    assert len({one.content_hash() for one in [sent(), *different]}) == 6
