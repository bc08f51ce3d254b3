"""Samples recorded before conclusions were signed are kept as conclusions."""

import pytest
import sqlalchemy as sa

from gis.domain.terms import ConclusionBasis, ConclusionState, WasteNature
from gis.store import identification
from tests.store.moved import add_district, moved

CODE = "150203-W00001-D"
SAMPLES = [
    # id, day, nature, method, multiple
    (1, "2025-03-01", "HAZARDOUS", "HJ/T 299", None),
    (2, "2025-01-01", "CLASS_II", "HJ 557", 2.5),
    (3, "2025-06-01", "UNIDENTIFIED", "HJ/T 299", 9.0),
]


def fill(connection):
    add_district(connection)
    connection.execute(
        sa.text("insert into site_codes values (:code, '150203', 1, '2025-01-01')"),
        {"code": CODE},
    )
    for number, day, nature, method, multiple in SAMPLES:
        connection.execute(
            sa.text(
                "insert into samples values (:id, :at, :code, :day, :nature, :method, "
                ":multiple, '某实验室', '备注', true)"
            ),
            {
                "id": f"00000000-0000-0000-0000-00000000000{number}",
                "at": "2025-07-01",
                "code": CODE,
                "day": day,
                "nature": nature,
                "method": method,
                "multiple": multiple,
            },
        )


@pytest.fixture(scope="module")
def connection(server_url):
    with moved(server_url, "0002", fill) as connection:
        yield connection


def test_the_newest_sample_that_said_something_is_in_force(connection):
    held = identification.in_force(connection, CODE)
    assert held.nature is WasteNature.HAZARDOUS
    assert held.basis is ConclusionBasis.EARLIER
    assert held.leach_multiple == 2.5, "the newest HJ 557 figure up to its day"
    assert (held.laboratory, held.reason) == ("某实验室", "备注")
    assert held.signed_by is None, "nobody signed it, and nobody is said to have"


def test_older_ones_are_superseded_and_what_said_nothing_is_a_draft(connection):
    found = {c.nature: c for c in identification.conclusions_of(connection, CODE)}
    assert found[WasteNature.CLASS_II].state is ConclusionState.SUPERSEDED
    assert found[WasteNature.CLASS_II].superseded_by == found[WasteNature.HAZARDOUS].id
    assert found[WasteNature.UNIDENTIFIED].state is ConclusionState.DRAFT
    assert "samples" not in sa.inspect(connection).get_table_names()
