"""A register of two towns with the same things in each, and where they can be asked for.

West is 昆河镇, with the unit 甲单位; east is 卜尔汉图镇, with 乙单位. What lies in the east bears
words and places that nothing in the west bears, so that any answer can be searched for them.
"""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient
from shapely.geometry import box

from gis.domain.import_list import Draft, ListSent
from gis.domain.place import ReferenceFeature
from gis.domain.sites.site import Site
from gis.domain.terms import (
    FindingState,
    LayerKind,
    LookBackResult,
    OutlineBasis,
    ProjectStage,
    SiteKind,
)
from gis.ledger import Book, places
from gis.ledger.detection import file_candidates
from gis.ledger.imagery import add_scene
from gis.ledger.imports import load_list
from gis.ledger.results import file_results
from gis.ledger.works import put_project
from gis.store import candidates, shape, sites, tables
from tests.makers import KUNDULUN, a_layer, a_project, a_run, a_scene, list_site, square
from tests.makers_check import a_body, send
from tests.makers_close_out import a_close_out, a_look_back
from tests.makers_results import a_batch, a_line, a_plan
from tests.pictures import picture

WEST, EAST = "昆河镇", "卜尔汉图镇"
UNITS = {WEST: "甲单位", EAST: "乙单位"}
WORDS = {WEST: "西风", EAST: "东隅"}
LON = {WEST: 109.65, EAST: 109.85}


@dataclass(frozen=True, slots=True)
class Half:
    """One town's things: a site with all that hangs on it, and a candidate nobody decided."""

    town: str
    site: str
    merged: str
    imported: str
    candidate: str
    check: str
    photo: str
    paper: str
    plan: str
    increment: str
    batch: str
    conclusion: str
    work: str
    selection: str
    notice: str
    notice_paper: str
    unit: str
    close_out: str
    look_back: str
    project: str
    extension: str
    answer: str

    @property
    def marks(self) -> tuple[str, ...]:
        """What would betray this half in an answer: codes, ids, words, degrees."""
        things = (self.site, self.merged, self.imported, self.candidate, self.check, self.photo)
        papers = (self.paper, self.batch, self.conclusion, self.work, self.selection)
        degrees = f"{LON[self.town]:.2f}"
        return (*things, *papers, self.unit, WORDS[self.town], UNITS[self.town], degrees)


def lay_towns(book: Book) -> None:
    """Adopt the layer of the two towns, which meet at 109.75 degrees; the north is no town's."""
    layer, _ = a_layer(LayerKind.TOWN)
    halves = {WEST: box(109.6, 40.6, 109.75, 40.88), EAST: box(109.75, 40.6, 109.9, 40.88)}
    towns = [ReferenceFeature(uuid4(), layer.id, name, name, s) for name, s in halves.items()]
    places.add_layer(book, layer, towns)


def settle(book: Book, client: TestClient, town: str) -> Half:
    """Fill one town; ``client`` may do everything."""
    lon, word, unit = LON[town], WORDS[town], UNITS[town]
    names = {"town": town, "mass_t": 40.0, "height_m": 1.0, "responsible_party": f"{word}公司"}
    site = list_site(book, name=f"{word}渣堆", outline=square(lon, 40.70), **names)
    joined = list_site(book, name=f"{word}旧堆", outline=square(lon, 40.70), **names)
    merge = {"codes": [site.code, joined.code], "survivor": site.code, "reason": "同一处"}
    done(client.put(f"/api/merges/{uuid4()}", json=merge))
    with book.entry() as entry:
        project = a_project(site.code, title=f"{word}治理", lead_unit="区生态环境分局")
        about = {"supporting_units": f"区财政局、{unit}", "stage": ProjectStage.RESERVE}
        put_project(entry, replace(project, **about))
    tag = {"lead_unit": unit, "note": f"{word}任务", "due_on": "2023-12-31"}
    done(client.put(f"/api/sites/{site.code}/tags/5", json=tag))
    paper = str(uuid4())
    sent = {"file": (f"{word}.jpg", picture())}
    about = {"kind": "PHOTO", "title": f"{word}照片"}
    done(client.put(f"/api/sites/{site.code}/attachments/{paper}", files=sent, data=about))
    candidate = file_candidate(book, square(lon, 40.75))
    check = str(uuid4())
    done(send(client, a_body(candidate, verdict="UNREACHABLE", note=f"{word}路断"), check))
    photo = announce_photo(client, check)
    done(send(client, a_body(site.code, seen_version=2, verdict="UNREACHABLE", note=f"{word}路远")))
    draw = {"district_code": KUNDULUN, "by": ["kind"], "size_by": "ALL", "seed": 7}
    selection = str(uuid4())
    draw["allocation"] = "PROPORTIONAL"
    done(client.put(f"/api/sampling/selections/{selection}", json=draw))
    plan, increments = a_plan(book, site.code, number=20, note=f"{word}方案")
    line = a_line(increments[0].code, analyte="fluoride", laboratory=f"{word}实验室")
    batch = str(file_results(book, a_batch(plan.code, line))[0].id)
    conclusion = str(uuid4())
    report = {
        "site_code": site.code,
        "basis": "REPORT",
        "nature": "CLASS_II",
        "concluded_on": "2026-06-01",
        "leach_multiple": 2.6,
        "laboratory": f"{word}实验室",
        "report_no": "B-7",
    }
    done(client.put(f"/api/conclusions/{conclusion}", json=report))
    imported = import_site(book, word, square(lon, 40.80))
    work = str(uuid4())
    what = {"places": [f"site:{site.code}", f"candidate:{candidate}"]}
    given = {"district": KUNDULUN, "to": {"person": "wang"}, "what": what, "note": f"{word}先看"}
    done(client.put(f"/api/assignments/{work}", json=given))
    later = {"work": f"tag:{site.code}:5", "new_due_on": "2099-12-31", "reason": f"{word}延期"}
    extension, answer = str(uuid4()), str(uuid4())
    done(client.put(f"/api/deadlines/extensions/{extension}", json=later))
    notice, notice_paper = str(uuid4()), str(uuid4())
    urge = {"district": KUNDULUN, "kind": "URGE", "units": [unit], "remark": f"{word}督办"}
    done(client.put(f"/api/notices/{notice}", json=urge))
    done(client.put(f"/api/notices/{notice}/issue"))
    file = {"file": (f"{word}.jpg", picture())}
    done(client.put(f"/api/notices/{notice}/papers/{notice_paper}", files=file))
    said = {"unit": unit, "text": f"{word}答复", "papers": []}
    done(client.put(f"/api/notices/{notice}/answers/{answer}", json=said))
    return Half(
        town,
        site.code,
        joined.code,
        imported,
        candidate,
        check,
        photo,
        paper,
        plan.code,
        increments[0].code,
        batch,
        conclusion,
        work,
        selection,
        notice,
        notice_paper,
        _restored(client, word, imported),
        *file_close_out(book, site),
        str(project.id),
        extension,
        answer,
    )


def _restored(client: TestClient, word: str, code: str) -> str:
    """Make a mine of a site, with a survey and an accepted unit; return the unit's id."""
    kind = {"version": 1, "changes": {"kind": "MINE_PIT"}}
    done(client.patch(f"/api/sites/{code}", json=kind))
    survey = {"surveyed_on": "2024-05-01", "basis": "FIELD", "depth_m": 9, "note": f"{word}坑测"}
    done(client.put(f"/api/sites/{code}/pit/surveys/{uuid4()}", json=survey))
    unit = f"/api/sites/{code}/units/{uuid4()}"
    about = {"direction": "1", "land_aim": "GRASSLAND", "area_ha": 3, "has_waste": False}
    done(client.put(unit, json=about | {"name": f"{word}坡"}))
    for indicator, value in (("AREA", 3), ("FVC_RATIO", 90), ("BARE", 5)):
        measured = {"indicator": indicator, "value": value, "measured_on": "2024-05-01"}
        done(client.put(f"{unit}/values/{uuid4()}", json=measured | {"source": "实测"}))
    done(client.put(f"{unit}/acceptance", json={"accepted_on": "2024-06-01"}))
    return unit.rsplit("/", 1)[1]


def file_close_out(book: Book, site: Site) -> tuple[str, str]:
    """A close-out that waits and a look-back to verify, as they are stored; return their ids."""
    one = a_close_out(site)
    look = a_look_back(site, finding=FindingState.TO_VERIFY, result=LookBackResult.FOUND)
    with book.entry() as entry:
        shape.insert(entry.connection, tables.close_outs, [one])
        shape.insert(entry.connection, tables.look_backs, [look])
    return str(one.id), str(look.id)


def done(answer: Any) -> Any:
    """The answer, which must be a success."""
    assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.text}"
    return answer


def announce_photo(client: TestClient, check: str) -> str:
    """Announce and send a photograph of a check, and return its id."""
    photo, content = str(uuid4()), picture()
    sha256 = hashlib.sha256(content).hexdigest()
    about = {"check_id": check, "sha256": sha256, "size_bytes": len(content), "source": "CHOSEN"}
    done(client.put(f"/api/photos/{photo}", json=about | {"chosen_at": "2026-06-01T01:30:00Z"}))
    mark = {"X-Piece-SHA256": sha256}
    done(client.put(f"/api/photos/{photo}/pieces/0", content=content, headers=mark))
    return photo


def file_candidate(book: Book, outline: Any) -> str:
    """File a candidate and return its id."""
    scene = add_scene(book, a_scene(sha256=uuid4().hex * 2, name=f"s2_{uuid4().hex}"))
    report = a_run(outline, model_sha256=uuid4().hex * 2)
    file_candidates(book, scene.id, report)
    with book.reading() as connection:
        found = [one for one, _ in candidates.near(connection, KUNDULUN, outline)]
    return str(found[0].id)


def import_site(book: Book, word: str, outline: Any) -> str:
    """Load a list of one row and return the code of the site that it became."""
    load_list(book, a_list(word, outline))
    with book.reading() as connection:
        return str(sites.code_named(connection, KUNDULUN, f"{word}外来堆"))


def a_list(word: str, outline: Any) -> ListSent:
    """An imported list of one row."""
    draft = Draft(
        row=2,
        key=f"{word}-2",
        code=None,
        facts={"name": f"{word}外来堆", "kind": SiteKind.WASTE_PILE},
        outline=outline,
        outline_basis=OutlineBasis.IMPORTED,
        stated_position=word,
        stated_crs="LON_LAT:4490 WGS84",
        raw={"名称": f"{word}外来堆"},
    )
    return ListSent(
        id=uuid4(),
        district_code=KUNDULUN,
        name=f"{word}清单",
        file_name=f"{word}.xlsx",
        file_sha256=uuid4().hex * 2,
        sheet="清单",
        mapping={},
        drafts=(draft,),
        decisions={},
    )


def text_of(body: bytes) -> str:
    """All text of an answer: of a workbook or shapefile that of its parts, else its bytes."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return "\n".join(text_of(parts.read(name)) for name in parts.namelist())
    text = body.decode("utf-8", "ignore")
    return text if "\\u" not in text else json.dumps(json.loads(text), ensure_ascii=False)
