"""What the rules are asked of: where a check was made, and how surely that is known."""

import pytest

from gis.ledger.checks import record_field_check
from gis.ledger.detection import file_candidates
from gis.store import checks
from tests.ledger.looking import all_candidates
from tests.makers import a_check, a_run, square

AT = "2026-07-01T10:00:00+00:00"
NEAR = {"lon": 109.701, "lat": 40.701, "accuracy_m": 12.0, "at": AT, "samples": 1}
FAR = {"lon": 109.80, "lat": 40.80, "accuracy_m": 3.0, "at": AT, "samples": 1}


@pytest.mark.parametrize(
    ("fixes", "said"),
    [
        ([], set()),
        ([FAR | {"purpose": "OPEN"}], {"far_from_place"}),
        ([FAR | {"purpose": "OPEN"}, NEAR | {"purpose": "SAVE"}], set()),
        ([NEAR | {"purpose": "VERDICT"}, FAR | {"purpose": "SAVE"}], {"far_from_place"}),
        ([NEAR | {"accuracy_m": 3000.0, "purpose": "SAVE"}], {"accuracy_useless"}),
        ([NEAR | {"purpose": "SAVE", "hints": ["constant"]}], set()),
        ([NEAR | {"purpose": "SAVE", "hints": ["constant", "leap"]}], {"position_odd"}),
        (
            [
                NEAR | {"accuracy_m": 3000.0, "purpose": "SAVE"},
                NEAR | {"accuracy_m": 900.0, "purpose": "MAP"},
            ],
            set(),
        ),
    ],
)
def test_a_check_is_judged_by_where_it_was_made(book, scene, fixes, said):
    file_candidates(book, scene.id, a_run(square()))
    book.clock.tick()
    [candidate] = all_candidates(book)
    check, _ = record_field_check(book, a_check(candidate, fixes=fixes), at_once=False)
    about = {
        "far_from_place",
        "accuracy_useless",
        "poor_accuracy",
        "outside_district",
        "position_odd",
    }
    with book.reading() as connection:
        kept = checks.check(connection, check.id)
    assert {one["rule"] for one in kept.problems} & about == said
