"""The report on a sample of points: Olofsson's figures, where the points lie, and bad tables."""

import re

import numpy as np
import pytest

from remote_sensing.reference import files, places
from remote_sensing.reference.design import Stratum
from remote_sensing.reference.estimate import estimate
from remote_sensing.report import sample_figures, sample_page, sample_tables, tables
from remote_sensing.report.words import Words
from tests.remote_sensing.test_report import Outside

# Olofsson et al. 2014, table 8: mapped deforestation, forest gain, stable forest, stable
# non-forest; here our names stand for theirs.
NAMES = ("open_pit", "sand_pit", "forest", "grassland")
PIXELS = (200_000, 150_000, 3_200_000, 6_450_000)
COUNTS = ((66, 0, 5, 4), (0, 55, 8, 12), (1, 0, 153, 11), (2, 1, 9, 313))
STRATA = tuple(Stratum(n, pixels, pixels * 900.0) for n, pixels in zip(NAMES, PIXELS, strict=True))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The paper's 640 points with made-up places, and a further one that nobody could tell."""
    folder = tmp_path_factory.mktemp("sample")
    pairs = [
        (mapped, seen)
        for mapped, row in zip(NAMES, COUNTS, strict=True)
        for seen, n in zip(NAMES, row, strict=True)
        for _ in range(n)
    ]
    mapped = {f"P{n:03d}": one for n, (one, _) in enumerate([*pairs, ("forest", None)], 1)}
    answers = {f"P{n:03d}": seen for n, (_, seen) in enumerate(pairs, 1)}
    answers[f"P{len(pairs) + 1:03d}"] = None
    table, key = folder / "<points>.csv", folder / "points.key.json"
    rows = [f"{n},{109 + i / 1e4:.5f},{40 + i % 25 / 1e3:.5f}" for i, n in enumerate(answers)]
    table.write_text("point,lon,lat\n" + "\n".join(rows) + "\n")
    key.write_text("{}")
    known = files.Key(STRATA, mapped, seed=7)
    return known, answers, estimate(known, answers), (table, key)


def page(sample, language):
    known, answers, found, read = sample
    where = places.places_of(read[0])
    return sample_page.html(known, answers, found, where, read, language).decode()


@pytest.fixture(scope="module")
def pages(sample):
    return {language: page(sample, language) for language in ("zh-CN", "en")}


def test_it_says_the_papers_figures(pages, sample):
    text = pages["en"]
    assert "0.947 ± 0.018" in text  # overall accuracy
    assert "0.880 ± 0.074" in text  # user's accuracy of deforestation
    assert "21157.8" in text  # its area in hectares: 235,086 pixels of 900 m²
    assert "640 were interpreted, 1 unsure" in text
    cells = sample_tables.proportions(sample[2])
    assert cells.sum() == pytest.approx(1) and cells[0].sum() == pytest.approx(0.02)
    assert cells[0, 0] == pytest.approx(0.0176, abs=5e-5)  # table 9 of the paper
    assert cells.sum(axis=0) == pytest.approx([0.0235, 0.0130, 0.3175, 0.6459], abs=2e-4)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_it_stands_alone_and_is_whole(pages, language):
    parser = Outside()
    parser.feed(re.sub(r"<(rect|circle) ([^>]*)/>", "", pages[language]))
    assert (parser.fetched, parser.open) == ([], [])
    bare = re.sub(r"<style>.*?</style>", "", pages[language], flags=re.S)
    assert "nan" not in bare.lower() and "{" not in bare and "&lt;points&gt;" in bare
    assert bool(re.search(r"[一-鿿]", bare)) == (language == "zh-CN")


def test_every_point_has_its_place_and_the_wrong_ones_a_row(pages, sample):
    text = pages["en"]
    assert text.count('<circle class="right"') == 66 + 55 + 153 + 313
    assert text.count('<path class="cross"') == 53 and text.count('class="unsure"') == 1
    assert text.count("<title>P") == 641
    known, answers, found, _ = sample
    wrong, left_out = sample_tables.wrong(known.mapped, answers, {}, Words("en"))
    assert (len(wrong.rows), left_out) == (53, 0) and wrong.rows[0][1] == "–"


def test_the_same_input_gives_the_same_bytes(pages, sample):
    assert page(sample, "en") == pages["en"]


def test_a_table_without_places_has_no_map_and_strange_places_are_left_out(sample, tmp_path):
    known, answers, found, read = sample
    text = sample_page.html(known, answers, found, {}, read, "en").decode()
    assert "no map is drawn" in text and "21157.8" in text
    table = tmp_path / "p.csv"
    for lines, count in (
        ("point,reference\nP001,forest\n", 0),
        ("point,lon,lat\nP001,abc,1\nP002,nan,1\nP003,900,1\nP004,,\n,1,2\nP005,109.5,40\n", 1),
        ("nothing", 0),
    ):
        table.write_text(lines)
        assert len(places.places_of(table)) == count
    assert places.places_of(tmp_path / "none.csv") == {}
    assert places.places_of(tmp_path / "none.gpkg") == {}


def test_classes_that_were_hardly_drawn_are_named_and_their_ground_is_not_covered(tmp_path):
    strata = (Stratum("open_pit", 10, 900.0), Stratum("forest", 90, 8100.0))
    known = files.Key(strata, {"P1": "open_pit", "P2": "forest", "P3": "forest"}, seed=0)
    answers = {"P1": "open_pit", "P2": "forest", "P3": "forest"}
    found = estimate(known, answers)
    for name in ("t.csv", "k.json"):
        (tmp_path / name).write_text("")
    read = (tmp_path / "t.csv", tmp_path / "k.json")
    text = sample_page.html(known, answers, found, {"P1": (1, 2)}, read, "en").decode()
    assert "not covered by any estimate: Open pit" in text
    assert "nan" not in re.sub(r"<style>.*?</style>", "", text, flags=re.S).lower()
    none = estimate(known, dict.fromkeys(answers))
    text = sample_page.html(known, dict.fromkeys(answers), none, {}, read, "en").decode()
    assert "nan" not in re.sub(r"<style>.*?</style>", "", text, flags=re.S).lower()


def test_points_of_one_place_are_a_map_too():
    assert sample_figures.sample_map([]) == ""
    drawn = sample_figures.sample_map([(109.0, 40.0, "right", "<a>")])
    assert "nan" not in drawn and "&lt;a&gt;" in drawn and drawn.count("<circle") == 1
    assert tables.number(float("nan")) == "–" and np.isfinite(sample_figures.HECTARE_M2)
