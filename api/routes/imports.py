"""Routes of lists that come in from files."""

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import BaseModel, Field, Json

from api import import_wire as wire
from api import imports
from api.access import Engine, OpenBook, Reader, Writer
from api.uploads import name_of, received
from gis.domain.import_list import Decision
from gis.domain.terms import RowFate
from gis.imports import mapping as mappings
from gis.imports import report
from gis.ledger.auditing import hand_out
from gis.store import imports as stored
from gis.store import places, sites
from gis.store.engine import connecting

router = APIRouter(prefix="/api")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class DecisionBody(BaseModel):
    """What a person says of one row."""

    fate: RowFate
    site_code: Text | None = None


class ImportBody(BaseModel):
    """Whose list it is, how its columns are to be read, and what its rows are."""

    district: Text
    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
    sheet: Text | None = None
    mapping: dict[str, Any] | None = None
    decisions: dict[int, DecisionBody] = Field(default_factory=dict, max_length=50_000)
    others: RowFate | None = None

    def asked(self, path: Path, file_name: str) -> imports.Asked:
        """Return what is asked of the file; raises MappingUnfit."""
        return imports.Asked(
            path=path,
            file_name=file_name,
            district_code=self.district,
            list_name=self.name.strip(),
            sheet=self.sheet,
            mapping=None if self.mapping is None else mappings.from_dict(self.mapping),
            decisions={
                row: Decision(one.fate, one.site_code) for row, one in self.decisions.items()
            },
            others=self.others,
        )


Sent = Annotated[UploadFile, File()]
Options = Annotated[Json[ImportBody], Form()]


@router.post("/imports/check")
def check(file: Sent, options: Options, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Read a file and say what its rows are, what is wrong and what is open; nothing is stored."""
    with received(file) as path:
        return wire.looked(imports.look(book, options.asked(path, name_of(file))))


@router.post("/imports/report")
def download_report(file: Sent, options: Options, user: Writer, book: OpenBook) -> Response:
    """Return the whole check report as a workbook; nothing is stored."""
    with received(file) as path:
        looked = imports.look(book, options.asked(path, name_of(file)))
    content = report.workbook(looked.problems, name_of(file), looked.table.sheet)
    about = {"format": "xlsx", "rows": len(looked.problems), "of": name_of(file)}
    hand_out(book, "import_report", options.district, content, **about)
    name = quote(f"{Path(name_of(file)).stem}-核对报告.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=XLSX, headers=headers)


@router.put("/imports/{import_id}")
def load(
    import_id: UUID, file: Sent, options: Options, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Load a list whole or not at all; the same id again is the same answer."""
    with received(file) as path:
        loaded, is_new = imports.load(book, options.asked(path, name_of(file)), import_id)
    return {**wire.record(loaded), "is_new": is_new}


@router.get("/imports")
def lists(district: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return the lists that a district loaded, newest first."""
    with connecting(engine) as connection:
        places.district(connection, district)
        return {"items": [wire.record(one) for one in stored.lists(connection, district)]}


@router.get("/sites/{code}/imports")
def of_site(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return the rows of imported lists that spoke of a site, as they stood."""
    with connecting(engine) as connection:
        sites.site(connection, code)
        rows = stored.rows_of_site(connection, code)
        lists = {key: stored.one(connection, key) for key in {row.import_id for row in rows}}
    return {"items": [wire.row_of_site(row, lists[row.import_id]) for row in rows]}
