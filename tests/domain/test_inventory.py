"""The control list's columns and cells."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.inventory import BY_SHORT, COLUMNS, dms, numbered
from tests.exports.rows import a_row


@pytest.mark.parametrize(
    ("degrees", "text"),
    [
        (109.8, "109°48′00.00″"),
        (40.0, "40°00′00.00″"),
        (109 + 59 / 60 + 59.994 / 3600, "109°59′59.99″"),
        (109 + 59 / 60 + 59.999 / 3600, "110°00′00.00″"),  # never 60″, never 60′
        (109 + 17 / 60 + 59.999 / 3600, "109°18′00.00″"),
        (0.0, "0°00′00.00″"),
        (-16.5, "-16°30′00.00″"),
        (-0.5, "-0°30′00.00″"),
    ],
)
def test_degrees_minutes_seconds_carry(degrees, text):
    assert dms(degrees) == text


@given(st.floats(-180, 180))
def test_dms_reads_back_to_half_a_hundredth_of_a_second(degrees):
    sign, whole, minutes, seconds = re.fullmatch(
        r"(-?)(\d+)°(\d\d)′(\d\d\.\d\d)″", dms(degrees)
    ).groups()
    assert int(minutes) < 60 and float(seconds) < 60
    size = int(whole) + int(minutes) / 60 + float(seconds) / 3600
    back = -size if sign else size
    assert abs(back - degrees) <= 0.005 / 3600 + 1e-12


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_are_unique(language):
    headings = [getattr(column, language) for column in COLUMNS]
    assert len(set(headings)) == len(headings)


def test_an_english_list_has_no_chinese_of_ours():
    names = ("town", "village", "mass_basis", "source", "reach", "note", "name")
    names += ("project_title", "project_leader_role", "project_lead_unit", "project_measures")
    names += ("project_fund_source", "project_person_in_charge")
    row = a_row(**dict.fromkeys(names), project_supporting_units=None)
    for full in numbered([row]):
        said = [column.cell(full, "en") for column in COLUMNS]
    assert [cell for cell in said if re.search(r"[\u4e00-\u9fff]", str(cell))] == []
    assert BY_SHORT["FXDJ"].cell(full, "en") == "High (provisional)"
    assert BY_SHORT["FXDJ"].cell(full) == "高风险（暂定）"
    assert BY_SHORT["SF"].cell(full, "en").startswith("dust to be checked")


@pytest.mark.parametrize(
    ("short", "row", "zh", "en"),
    [
        ("ZJD", {"measured_town": "卜尔汉图镇"}, "卜尔汉图镇", "卜尔汉图镇"),
        ("ZJD", {"measured_town": None}, "昆河镇", "昆河镇"),
        ("TDQS", {"land_class": "0602 采矿用地"}, "0602 采矿用地", "0602 采矿用地"),
        ("TDQS", {"land_class": "林地", "land_ownership": "国有"}, "国有；林地", "国有；林地"),
        (
            "SFSY",
            {"source_level": "LEVEL_1", "source_zone": "LEVEL_1_2"},
            "一级保护区内",
            "in zone 1",
        ),
        ("SFSY", {"source_zone": None}, "待核实", "to be checked"),
        ("SFHX", {"farmland_distance_m": 0.0}, "是（永久基本农田）", "yes (basic farmland)"),
        ("SFHX", {"protected_land": "INSIDE"}, "是", "yes"),
        (
            "MGMB",
            {"red_line_distance_m": 0.0, "main_stem_distance_m": None},
            "居民点0.80 km；生态保护红线内",
            "dwellings 0.80 km; in red line",
        ),
    ],
)
def test_receptors_and_land_are_said_as_measured(short, row, zh, en):
    (full,) = numbered([a_row(**row)])
    assert BY_SHORT[short].cell(full) == zh
    assert BY_SHORT[short].cell(full, "en") == en


def test_short_names_fit_a_shapefile():
    names = [column.short for column in COLUMNS]
    assert len({name.upper() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch("[A-Z][A-Z0-9_]{0,9}", name), name


def test_a_heading_fits_its_column():
    for column in COLUMNS:
        assert column.width >= len(column.zh) / 2, column.zh  # two lines of Chinese at most
