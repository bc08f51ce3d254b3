"""Every word that is drawn has a style, and no style speaks by colour alone."""

import json
import re

import pytest

from gis.domain.terms import CandidateState, DeadlineState, Grade, LayerKind, SiteState, Term
from web_map import style
from web_map.assets import STATIC_DIR

TABLES: list[tuple[type[Term], dict]] = [  # type: ignore[type-arg]
    (Grade, style.GRADES),
    (CandidateState, style.CANDIDATE_STATES),
    (SiteState, style.SITE_STATES),
    (DeadlineState, style.DEADLINES),
    (LayerKind, style.REFERENCE),
]
WORDS = [(term, table[term]) for question, table in TABLES for term in question if term in table]


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("question", "table"), TABLES, ids=[q.__name__ for q, _ in TABLES])
def test_every_word_has_a_style(question: type[Term], table: dict[Term, object]) -> None:
    assert set(table) == set(question)


@pytest.mark.parametrize(("term", "one"), WORDS, ids=[f"{type(t).__name__}-{t}" for t, _ in WORDS])
def test_words_on_their_colour_can_be_read(term: Term, one: style.BadgeStyle) -> None:
    assert contrast(one.colour, one.ink) >= 4.5


def test_grades_differ_without_colour() -> None:
    assert len({one.mark for one in style.GRADES.values()}) == len(Grade)
    assert len({one.hatch for one in style.GRADES.values()}) == len(Grade)


@pytest.mark.parametrize("table", [style.CANDIDATE_STATES, style.SITE_STATES])
def test_states_differ_by_line(table: dict[Term, style.LineStyle]) -> None:
    lines = {(one.width, one.dash) for one in table.values()}
    assert len(lines) == len(table)


def test_javascript_can_draw_every_mark_and_hatch() -> None:
    code = (STATIC_DIR / "js" / "marks.js").read_text("utf-8")
    for one in style.GRADES.values():
        assert re.search(rf"^  {one.mark}: ", code, re.M), one.mark
        assert f'hatch === "{one.hatch}"' in code, one.hatch


def test_data_is_json_keyed_by_stored_words() -> None:
    data = json.loads(json.dumps(style.as_data()))
    assert set(data) == {question.__name__ for question, _ in TABLES}
    for question, _ in TABLES:
        assert set(data[question.__name__]) == {term.value for term in question}
