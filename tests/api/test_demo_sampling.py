"""The demo's made-up plan: sampled, at the laboratory, with results; again it adds nothing."""

from api.demo.job import DEMO_DATA
from api.places import open_place
from gis.domain.sampling.sampling_plan import state_of
from gis.domain.terms import PlanState
from gis.ledger import Book
from gis.store import identification, log, sampling


def test_a_place_opens_with_one_plan_of_results_and_again_adds_nothing(book: Book):
    open_place(book, DEMO_DATA / "kundulun")
    with book.reading() as connection:
        before = log.head(connection)
        (plan,) = sampling.plans_of(connection, "150203-W00019-U")
        reached = sampling.progress(connection, [plan.code])[plan.code]
        (batch,) = identification.batches_of_plan(connection, plan.code)
    assert (plan.n_planned, plan.is_demo) == (20, True)
    assert state_of(plan, reached) is PlanState.RECEIVED
    assert batch.results == batch.rows > 20
    open_place(book, DEMO_DATA / "kundulun")
    with book.reading() as connection:
        assert log.head(connection) == before
