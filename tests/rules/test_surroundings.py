"""How far "near" reaches is data, each row with its source."""

from gis.domain.sites.surroundings import Nearness
from gis.rules.surroundings import nearness, rows


def test_the_distances_of_the_scheme():
    assert nearness() == Nearness(protected_m=500, source_m=1_000)


def test_every_row_says_where_it_comes_from():
    for row in rows():
        assert row["standard"] and row["clause"] and row["source"] and row["unit"] == "m"
        assert row["certainty"] == "proposal"
