"""The tables of the standards: every number as it was read or recalled, and where it is from."""

from collections import Counter

import pytest

from gis.domain.sampling.units import CANONICAL
from gis.domain.terms import (
    HAZARDS,
    Comparison,
    IdentificationStep,
    LeachMethod,
    Quantity,
    WasteClass,
    WasteNature,
)
from gis.rules.catalogue import shipped_rows
from gis.rules.standards import FILES, current, hashes

STANDARDS = current()
LIMITS = {limit.id: limit for limit in STANDARDS.limits}
CERTAINTIES = {"read", "memory-high", "memory-medium", "memory-low", "check", "proposal"}

GB_5085_3 = {
    1: ("铜", 100),
    2: ("锌", 100),
    3: ("镉", 1),
    4: ("铅", 5),
    5: ("总铬", 15),
    6: ("六价铬", 5),
    7: ("烷基汞", 0.00001),
    8: ("汞", 0.1),
    9: ("铍", 0.02),
    10: ("钡", 100),
    11: ("镍", 5),
    12: ("总银", 5),
    13: ("砷", 5),
    14: ("硒", 1),
    15: ("氟化物", 100),
    16: ("氰化物（以CN-计）", 5),
    17: ("滴滴涕", 0.1),
    18: ("六六六", 0.5),
    19: ("乐果", 8),
    20: ("对硫磷", 0.3),
    21: ("甲基对硫磷", 0.2),
    22: ("马拉硫磷", 5),
    23: ("氯丹", 2),
    24: ("六氯苯", 5),
    25: ("毒杀芬", 3),
    26: ("灭蚁灵", 0.05),
    27: ("硝基苯", 20),
    28: ("二硝基苯", 20),
    29: ("对硝基氯苯", 5),
    30: ("2,4-二硝基氯苯", 5),
    31: ("五氯酚", 50),
    32: ("苯酚", 3),
    33: ("2,4-二氯苯酚", 6),
    34: ("2,4,6-三氯苯酚", 6),
    35: ("苯并（a）芘", 0.0003),
    36: ("邻苯二甲酸二丁酯", 2),
    37: ("邻苯二甲酸二辛酯", 3),
    38: ("多氯联苯", 0.002),
    39: ("苯", 1),
    40: ("甲苯", 1),
    41: ("乙苯", 4),
    42: ("二甲苯", 4),
    43: ("氯苯", 2),
    44: ("1,2-二氯苯", 4),
    45: ("1,4-二氯苯", 4),
    46: ("丙烯腈", 20),
    47: ("三氯甲烷", 3),
    48: ("四氯化碳", 0.3),
    49: ("三氯乙烯", 3),
    50: ("四氯乙烯", 1),
}
GB_8978_READ = """
hg 0.05, cd 0.1, cr 1.5, cr6 0.5, as 0.5, pb 1.0, ni 1.0, bap 0.00003, be 0.005, ag 0.5,
total_alpha 1, total_beta 10, colour 50, ss 70, bod5 20, cod 100, oil 5, animal_oil 10,
volatile_phenol 0.5, total_cyanide 0.5, sulphide 1.0, ammonia_n 15, fluoride 10,
phosphate_p 0.5, formaldehyde 1.0, anilines 1.0, nitrobenzenes 2.0, las 5.0, cu 0.5,
zn 2.0, mn 2.0, elemental_p 0.1, pcp 5.0, aox 1.0, chloroform 0.3, ccl4 0.03, tce 0.3,
pce 0.1, benzene 0.1, toluene 0.1, ethylbenzene 0.4, o_xylene 0.4, p_xylene 0.4,
m_xylene 0.4, chlorobenzene 0.2, dichlorobenzene_12 0.4, dichlorobenzene_14 0.4,
p_chloronitrobenzene 0.5, dinitrochlorobenzene 0.5, phenol 0.3, m_cresol 0.1,
dichlorophenol 0.6, trichlorophenol 0.6, dbp 0.2, dop 0.3, acrylonitrile 2.0, se 0.1,
toc 20
"""
GB_8978 = {a: float(v) for a, v in (pair.split() for pair in GB_8978_READ.split(","))}
NOT_DETECTED = {"alkyl_hg", "organophosphates", "dimethoate", "parathion", "malathion"} | {
    "methyl_parathion"
}
OTHERS = {
    "GB5085.1-pH-high": (Comparison.AT_LEAST, 12.5),
    "GB5085.1-pH-low": (Comparison.AT_MOST, 2.0),
    "GB5085.1-steel": (Comparison.AT_LEAST, 6.35),
    "GB5085.2-oral-solid": (Comparison.AT_MOST, 200),
    "GB5085.2-oral-liquid": (Comparison.AT_MOST, 500),
    "GB5085.2-dermal": (Comparison.AT_MOST, 1000),
    "GB5085.2-inhalation": (Comparison.AT_MOST, 10),
    "GB5085.4-flash": (Comparison.BELOW, 60),
    "GB5085.5-hcn": (Comparison.AT_LEAST, 250),
    "GB5085.5-h2s": (Comparison.AT_LEAST, 500),
    "GB5085.6-A": (Comparison.AT_LEAST, 1000),
    "GB5085.6-B": (Comparison.AT_LEAST, 30000),
    "GB5085.6-C": (Comparison.AT_LEAST, 1000),
    "GB5085.6-D": (Comparison.AT_LEAST, 1000),
    "GB5085.6-E": (Comparison.AT_LEAST, 5000),
    "GB5085.6-cumulative": (Comparison.AT_LEAST, 1),
    "GB5085.6-F": (Comparison.AT_LEAST, 50),
    "GB5085.6-PCDD": (Comparison.AT_LEAST, 0.015),
    "GB18599-3.6-pH-low": (Comparison.BELOW, 6),
    "GB18599-3.6-pH-high": (Comparison.ABOVE, 9),
    "MEE26-2-u_238": (Comparison.ABOVE, 1),
    "MEE26-2-th_232": (Comparison.ABOVE, 1),
}


def test_every_row_says_where_it_is_from_and_has_an_id_of_its_own():
    rows = STANDARDS.rows()
    assert max(Counter(row.id for row in rows).values()) == 1
    for row in rows:
        assert row.standard and row.clause and row.source and row.zh and row.en, row.id
        assert row.certainty in CERTAINTIES, row.id


@pytest.mark.parametrize("number", sorted(GB_5085_3))
def test_gb_5085_3_row_by_row(number):
    name, value = GB_5085_3[number]
    limit = LIMITS[f"GB5085.3-{number:02d}"]
    assert (STANDARDS.analytes[limit.analyte].zh, limit.value) == (name, value)
    assert limit.clause == f"表1 第{number}项" and limit.unit == "mg/L"
    assert limit.leach_method is LeachMethod.HJ_T_299
    assert limit.comparison is (Comparison.DETECTED if number == 7 else Comparison.ABOVE)
    assert limit.certainty != "read"


def test_rows_of_memory_alone_are_marked_so():
    recalled = {n for n in GB_5085_3 if LIMITS[f"GB5085.3-{n:02d}"].source.startswith("记忆")}
    assert recalled == {7, *range(17, 27), 28, 38}


def test_gb_8978_row_by_row():
    rows = {row.analyte: row for row in STANDARDS.limits if row.id.startswith("GB8978")}
    assert {a: r.value for a, r in rows.items() if r.comparison is Comparison.ABOVE} == GB_8978
    assert {a for a, r in rows.items() if r.comparison is Comparison.DETECTED} == NOT_DETECTED
    assert {row.certainty for row in rows.values()} == {"read"}
    assert {row.leach_method for row in rows.values()} == {LeachMethod.HJ_557}


def test_the_tenfold_rule_that_supports_the_recalled_limits():
    """STANDARDS 2.4: where GB 8978 has a counterpart, 5085.3 is ten times it, but for six."""
    own = {row.analyte: row.value for row in STANDARDS.limits if row.id.startswith("GB5085.3")}
    checked = [row for row in STANDARDS.limits if row.certainty == "check"]
    odd = {
        analyte
        for analyte in own.keys() & GB_8978.keys()
        if own[analyte] != pytest.approx(10 * GB_8978[analyte])
    }
    assert odd == {"cu", "zn", "pb", "hg", "be", "ni"}
    assert len(checked) >= 28 and not {row.analyte for row in checked} & odd


@pytest.mark.parametrize("row", sorted(OTHERS))
def test_the_other_limits(row):
    assert (LIMITS[row].comparison, LIMITS[row].value) == OTHERS[row]


def test_table_3_and_the_nearest_smaller_number():
    step = IdentificationStep.LEACHING_TOXICITY
    wanted = {5: 2, 8: 3, 13: 4, 20: 6, 32: 8, 50: 11, 80: 15, 100: 22}
    assert {row.n: row.value for row in STANDARDS.counts if row.step is None} == wanted
    assert STANDARDS.count(step, 5).doubt_from == 1
    between = {7: 2, 12: 3, 19: 4, 31: 6, 49: 8, 79: 11, 99: 15, 125: 22, 2000: 22}
    assert {n: STANDARDS.count(step, n).value for n in between} == between
    assert STANDARDS.count(step, None).value == 22 and STANDARDS.count(step, 2).value == 2
    assert STANDARDS.count(IdentificationStep.CLASS, 100).value == 1


def test_units_and_methods_fit_what_they_limit():
    for limit in STANDARDS.limits:
        assert (limit.leach_method is not None) == limit.quantity.needs_leach, limit.id
        if limit.analyte != "toxic_cumulative":
            assert limit.unit == CANONICAL[limit.quantity], limit.id
            assert limit.quantity in STANDARDS.analytes[limit.analyte].quantities, limit.id
    for step in (IdentificationStep.LEACHING_TOXICITY, IdentificationStep.CLASS):
        assert len({row.leach_method for row in STANDARDS.limits_of(step)}) == 1


def test_every_class_is_tested_or_dispensed_for_every_characteristic():
    for waste_class in STANDARDS.classes:
        for step in (IdentificationStep.RADIOACTIVITY, *HAZARDS):
            required = STANDARDS.required_of(step, waste_class)
            dispensed = STANDARDS.dispensation(step, waste_class)
            assert bool(required) != (dispensed is not None), (waste_class, step)
            limits = {limit.analyte for limit in STANDARDS.limits_of(step)}
            assert {row.analyte for row in required} <= limits
        divided = STANDARDS.classes[waste_class].is_divided
        assert bool(STANDARDS.required_of(IdentificationStep.CLASS, waste_class)) is divided
    for waste in ("SW01", "SW05", "SW99", "UNIDENTIFIED"):
        assert STANDARDS.required_of(IdentificationStep.RADIOACTIVITY, WasteClass.of(waste))


def test_the_catalogue_is_the_35_classes_by_the_register_s_names():
    codes = {row.waste_class for row in STANDARDS.classes.values()}
    assert codes == set(WasteClass) - {WasteClass.NONE}
    listed = [row for row in STANDARDS.classes.values() if row.id.startswith("SW")]
    assert len(listed) == 35 and "SW08" not in {row.id for row in listed}
    for row in listed:
        assert (row.waste_class.zh, row.waste_class.en) == (
            f"{row.id} {row.zh}",
            f"{row.id} {row.en}",
        )
    assert STANDARDS.classes[WasteClass.SW72].nature is WasteNature.CONSTRUCTION
    hazardous = set(STANDARDS.hw_codes)
    assert {"HW01", "HW18", "HW31", "HW48", "HW50"} <= hazardous and len(hazardous) == 46


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("Cu", "cu"), ("总铜", "cu"), ("copper", "cu"), ("铬(六价)", "cr6"), ("Ｃｒ６＋", "cr6")),
        *(("苯并[a]芘", "bap"), ("1,2-二氯苯", "dichlorobenzene_12"), ("PH值", "ph")),
        *(("无机氟化物（不包括氟化钙）", "fluoride"), ("Th-232", "th_232"), ("²³²Th", "th_232")),
        *(("六价 铬", "cr6"), ("铬", "cr"), ("氰化物", "cyanide"), ("总氰化物", "total_cyanide")),
    ],
)
def test_sheets_name_analytes_in_many_ways(written, meant):
    found = STANDARDS.analyte_named(written)
    assert found is not None and found.id == meant


def test_a_name_that_is_none_is_not_guessed():
    for name in ("铁", "", "毒性物质累积值"):
        assert STANDARDS.analyte_named(name) is None


def test_cas_numbers_carry_their_check_digit():
    for analyte in STANDARDS.analytes.values():
        if analyte.cas is not None:
            digits = analyte.cas.replace("-", "")
            total = sum(i * int(c) for i, c in enumerate(reversed(digits[:-1]), start=1))
            assert total % 10 == int(digits[-1]), analyte.id
    numbers = Counter(a.cas for a in STANDARDS.analytes.values() if a.cas)
    assert max(numbers.values()) == 1


def test_every_row_is_in_the_catalogue_where_reasons_lead():
    listed = {row.id: row for row in shipped_rows()}
    for row in STANDARDS.rows():
        assert listed[row.id].text_zh and listed[row.id].text_en, row.id
        assert listed[row.id].certainty == row.certainty, row.id


def test_every_file_has_its_hash():
    assert set(hashes()) == set(FILES) and all(len(sha) == 64 for sha in hashes().values())
    assert len(STANDARDS.sha256) == 64


def test_a_leachate_s_quantity_is_told_from_a_content():
    assert {q for q in Quantity if q.needs_leach} == {
        *(Quantity.LEACHATE, Quantity.PH, Quantity.LEACHATE_ACTIVITY, Quantity.COLOUR)
    }
