"""What the register knows of an imported row: the sites that it may speak of, proposed, not taken.

A row that came in before under its number and says the same is settled; all else is for a person.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import sqlalchemy as sa

from gis.domain.import_list import Checked, Draft, Match, differences
from gis.domain.import_problems import RowFault, RowProblem
from gis.domain.place import District
from gis.domain.sites.site import Site
from gis.domain.terms import MatchReason, RowFate
from gis.spatial.crs import GEOD
from gis.spatial.matching import SAME_OVERLAP, Meeting, meetings
from gis.store import imports

MOST = 5
SURE = {MatchReason.CODE, MatchReason.KEY}
WEIGHTS = {MatchReason.OVERLAP: 0.7, MatchReason.NEAR: 0.4, MatchReason.NAME: 0.6}
"""How far each reason speaks for one place by itself; together they speak louder."""

Reasons = dict[str, dict[MatchReason, float]]
"""Site code → why it may be the row's, and how strongly."""


def check(
    connection: sa.Connection, district: District, list_name: str, drafts: Sequence[Draft]
) -> tuple[list[Checked], list[RowProblem]]:
    """Return each row with the sites that it may speak of, and the rows that name a false code."""
    listed = imports.listed(connection, district.code)
    keys = imports.known_keys(connection, district.code, list_name)
    named: dict[str, list[str]] = defaultdict(list)
    for code, name in zip(listed.codes, listed.names, strict=True):
        named[name].append(code)
    outlines = np.empty(len(drafts), dtype=object)
    outlines[:] = [draft.outline for draft in drafts]
    met: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in meetings(outlines, listed.outlines, district.metric_epsg):
        met[meeting.one].append(meeting)
    found = [
        _reasons(draft, keys, named, [(listed.codes[m.other], m) for m in met[k]])
        for k, draft in enumerate(drafts)
    ]
    known = imports.sites_with(connection, {code for reasons in found for code in reasons})
    problems = [
        RowProblem(draft.row, "", "", draft.code, RowFault.CODE_UNKNOWN)
        for draft in drafts
        if draft.code is not None
        and (draft.code not in known or known[draft.code].district_code != district.code)
    ]
    gaps = [{listed.codes[m.other]: m.distance_m for m in met[k]} for k in range(len(drafts))]
    checked = [
        _checked(draft, reasons, known, near)
        for draft, reasons, near in zip(drafts, found, gaps, strict=True)
    ]
    return checked, problems


def _reasons(
    draft: Draft,
    keys: dict[str, str],
    named: dict[str, list[str]],
    met: list[tuple[str, Meeting]],
) -> Reasons:
    found: Reasons = defaultdict(dict)
    if draft.code is not None:
        found[draft.code][MatchReason.CODE] = 1.0
    if draft.key in keys:
        found[keys[draft.key]][MatchReason.KEY] = 1.0
    for code, meeting in met:
        if meeting.overlap >= SAME_OVERLAP:
            weight = WEIGHTS[MatchReason.OVERLAP] + 0.25 * min(meeting.overlap, 1.0)
            found[code][MatchReason.OVERLAP] = weight
        else:
            found[code][MatchReason.NEAR] = WEIGHTS[MatchReason.NEAR]
    for code in named.get(draft.name, [])[:MOST]:
        found[code][MatchReason.NAME] = WEIGHTS[MatchReason.NAME]
    return found


def _checked(
    draft: Draft, reasons: Reasons, known: dict[str, Site], near: dict[str, float]
) -> Checked:
    sure = [code for code, why in reasons.items() if SURE & why.keys() and code in known]
    if sure and not known[sure[0]].state.is_on_list:
        return Checked(draft, (_match(draft, known[sure[0]], reasons, near),), RowFate.UNCHANGED)
    wanted = sure or [code for code in reasons if code in known and known[code].state.is_on_list]
    matches = [_match(draft, known[code], reasons, near) for code in wanted]
    matches = sorted(matches, key=lambda match: (-match.score, match.distance_m))[:MOST]
    checked = Checked(draft, tuple(matches))
    if sure and not matches[0].differences:
        return replace(checked, settled=RowFate.UNCHANGED)
    return checked


def _match(draft: Draft, site: Site, reasons: Reasons, near: dict[str, float]) -> Match:
    why = reasons[site.code]
    doubt = 1.0
    for weight in why.values():
        doubt *= 1 - weight
    metres = near.get(site.code)
    if metres is None:
        here, there = draft.outline.centroid, site.outline.centroid
        metres = round(float(GEOD.inv(here.x, here.y, there.x, there.y)[2]), 1)
    order = tuple(reason for reason in MatchReason if reason in why)
    return Match(site.code, site.name, round(1 - doubt, 2), order, metres, differences(draft, site))
