"""Labels of a plan's increments: A4 sheets of fourteen, each with its code as text and as QR."""

from collections.abc import Sequence
from typing import NamedTuple

import segno
from markupsafe import Markup

from gis.domain.sampling.sampling_plan import Increment, SamplingPlan
from web_map.page import render

A_SHEET = 14
"""Two by seven of 99.1 mm by 38.1 mm, the common sheet of labels."""


class Label(NamedTuple):
    """What one label shows."""

    increment: Increment
    qr: Markup


def qr(text: str) -> Markup:
    """Return a text's QR code as SVG; a quarter of it may be soiled (level Q)."""
    code = segno.make(text, error="q", micro=False, boost_error=False)
    return Markup(code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None))


def labels_page(
    plan: SamplingPlan, increments: Sequence[Increment], site_name: str, language: str
) -> str:
    """Return the labels as one page of HTML that needs nothing beside it."""
    labels = [Label(one, qr(one.code)) for one in increments]
    sheets = [labels[start : start + A_SHEET] for start in range(0, len(labels), A_SHEET)]
    return render("labels.html", language, "", plan=plan, site_name=site_name, sheets=sheets)
