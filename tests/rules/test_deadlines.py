"""The deadline rules' file: each number has its clause, certainty and source."""

from datetime import date

import pytest

from gis.rules import catalogue, deadlines

RULES = deadlines.current()
DUE = date(2026, 7, 31)


def test_each_row_stands_in_the_catalogue_with_its_source():
    rows = [row for row in catalogue.shipped_rows() if row.file == "deadlines.toml"]
    assert [row.id for row in rows] == ["DL-AMBER", "DL-AMBER-LONG", "DL-REPLY"]
    for row in rows:
        assert row.standard and row.clause != "—" and row.source != "—"
        assert row.text_zh and row.text_en and row.value and row.certainty == "proposal"


@pytest.mark.parametrize(
    ("starts_on", "amber_on"),
    [
        (None, date(2026, 7, 1)),  # of unknown length: the short span
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2025, 8, 1), date(2026, 7, 1)),  # 364 days
        (date(2025, 7, 31), date(2026, 6, 1)),  # a year: the longer span
        (date(2020, 1, 1), date(2026, 6, 1)),
    ],
)
def test_a_long_work_turns_amber_earlier(starts_on, amber_on):
    assert RULES.amber_on(starts_on, DUE) == amber_on


def test_a_work_without_a_day_is_never_amber():
    assert RULES.amber_on(date(2020, 1, 1), None) is None


def test_a_file_that_leaves_short_works_without_a_span_is_refused():
    text = deadlines.DEADLINES_FILE.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="0 days"):
        deadlines.parse(text.replace("from_days = 0", "from_days = 10"))
