"""The numbers of the follow-up: all there, each with its words, source and how sure it is."""

import tomllib
from datetime import date

import pytest

from gis.rules import follow_up

SAID = tomllib.loads(follow_up.FOLLOW_UP_FILE.read_text(encoding="utf-8"))


def test_every_number_says_what_it_is_and_whence():
    for row in SAID["limit"]:
        assert set(row) == {"id", "value", "unit", "zh", "en", "certainty", "source"}
        assert row["zh"] and row["en"] and row["source"] and row["certainty"] == "proposal"
    ids = [row["id"] for row in SAID["limit"]]
    assert len(set(ids)) == len(ids)


def test_a_changed_file_is_another_version_and_a_lacking_row_is_no_rule_set():
    text = follow_up.FOLLOW_UP_FILE.read_text(encoding="utf-8")
    assert follow_up.parse(text + "\n# seen").sha256 != follow_up.current().sha256
    with pytest.raises(TypeError, match="other"):
        follow_up.parse(text.replace('id = "change_sigmas"', 'id = "other"'))


def test_the_peak_is_that_of_the_district_or_of_all():
    rules = follow_up.current()
    assert rules.peak_of("150203") == (7, 8) and rules.peak_of("STRZEGOM") == (5, 6, 7)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (date(2025, 7, 20), date(2026, 6, 19), True),
        (date(2025, 12, 20), date(2027, 1, 10), True),
        (date(2025, 7, 20), date(2026, 10, 12), False),
    ],
)
def test_seasons_know_no_year(one, other, is_same):
    assert follow_up.current().is_same_season(one, other) is is_same
