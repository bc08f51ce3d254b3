"""The chains of stages are data: whole, in order, each row with its clause."""

import pytest

from gis.domain.grading.rule_row import CERTAINTIES
from gis.domain.terms import MineFinding, ProjectStage, ProjectVariant, SiteKind, SiteState
from gis.domain.works.gates import Chain
from gis.domain.works.remediation import PLAN_FIELDS
from gis.rules import stages, tasks
from gis.rules.catalogue import shipped_rows

CHAINS = list(stages.chains().values())
ORDER = list(ProjectStage)
GENERAL = stages.chain(ProjectVariant.GENERAL)
each_chain = pytest.mark.parametrize("chain", CHAINS, ids=lambda one: one.variant)


def test_every_variant_has_its_chain_and_every_kind_of_site_one():
    assert set(stages.chains()) == set(ProjectVariant)
    assert {kind for chain in CHAINS for kind in chain.kinds} == set(SiteKind)


def test_the_general_chain_is_that_of_the_plan():
    assert [step.stage for step in GENERAL.steps] == ORDER


@each_chain
def test_a_chain_goes_on_by_the_order_of_stages_and_ends_finished(chain: Chain):
    places = [ORDER.index(step.stage) for step in chain.steps]
    assert places == sorted(set(places)) and places[0] == 0
    assert chain.steps[-1].stage.is_finished
    assert not chain.steps[0].needs


@each_chain
def test_every_row_names_its_clause_its_certainty_and_its_source(chain: Chain):
    for step in chain.steps:
        for row in (step, *step.needs):
            assert row.standard and row.clause and row.source and row.zh and row.en
            assert row.certainty in CERTAINTIES
        for need in step.needs:
            assert set(need.fields) <= set(PLAN_FIELDS)
            assert bool(need.papers) == (need.check == "paper")
            assert bool(need.fields) == (need.check == "stated")
            assert bool(need.fact) == (need.check == "elsewhere")
            assert need.least > 0 and 0 < need.share <= 1


@each_chain
def test_every_step_but_the_first_asks_for_something(chain: Chain):
    for finding in (None, *MineFinding):
        for step in chain.through(finding)[1:]:
            assert step.needs, step.id


@each_chain
def test_a_site_is_closed_by_closing_alone(chain: Chain):
    for step in chain.steps:
        assert (step.site_state is SiteState.CLOSED) <= step.stage.is_finished


def test_what_closes_a_site_asks_for_a_close_out():
    for chain in CHAINS:
        closing = chain.step(ProjectStage.CLOSED)
        assert closing is not None
        if closing.site_state is SiteState.CLOSED:
            assert "close_out" in {need.fact for need in closing.needs}


def test_the_rows_stand_in_the_catalogue_of_rules():
    known = {row.id for row in shipped_rows()}
    assert {"STEP-APPROVED", "TAILINGS_CLOSURE.SELF_CHECK", "LEAD-13"} <= known


def test_a_need_of_no_step_is_refused():
    text = stages.STAGES_FILE.read_text(encoding="utf-8")
    with pytest.raises(KeyError, match="no such step"):
        stages.parse(text.replace('"GENERAL.SURVEY", "QUICK_FIX.WORKS"', '"GENERAL.NOWHERE"', 1))


@pytest.mark.parametrize("kind", SiteKind)
def test_somebody_leads_at_every_site_for_every_task(kind: SiteKind):
    for number in (None, *tasks.numbers()):
        assert tasks.lead_of(kind, number).unit
