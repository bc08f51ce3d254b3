"""Cells that gather several facts: years, basis of identification, acceptance, hazardous code."""

from datetime import date

import pytest

from gis.domain.inventory import BY_SHORT
from gis.domain.terms import ConclusionBasis, TailingsRisk, WasteClass
from tests.exports.rows import a_row


@pytest.mark.parametrize(
    ("short", "changes", "zh", "en"),
    [
        ("QZNF", {"stored_from": 1987, "stored_to": 2005}, "1987–2005", "1987–2005"),
        ("QZNF", {"stored_from": 1987}, "1987–？", "1987–？"),
        ("QZNF", {}, None, None),
        ("WKFX", {"tailings_risk": TailingsRisk.MAJOR}, "重大", "Major"),
        ("XHRQ", {"closed_on": date(2026, 6, 1)}, date(2026, 6, 1), date(2026, 6, 1)),
        (
            "YSRQ",
            {"accepted_on": date(2026, 6, 1), "acceptance_no": "昆环验〔2026〕3号"},
            *("2026-06-01 昆环验〔2026〕3号",) * 2,
        ),
        ("YSRQ", {"acceptance_no": "3号"}, "3号", "3号"),
        (
            "FWZL",
            {"waste_class": WasteClass.HW, "hw_code": "HW18"},
            "HW 危险废物 HW18",
            "HW Hazardous waste HW18",
        ),
        (
            "JBYJ",
            {"conclusion_basis": ConclusionBasis.REPORT, "conclusion_report_no": "YS-1"},
            "检测机构报告；YS-1",
            "Report of a laboratory; YS-1",
        ),
        ("ZP", {"photos": 3}, 3, 3),
    ],
)
def test_a_cell_in_both_languages(short, changes, zh, en):
    column = BY_SHORT[short]
    assert (column.cell(a_row(**changes)), column.cell(a_row(**changes), "en")) == (zh, en)
