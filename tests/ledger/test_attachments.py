"""Papers and pictures: kept once and sealed, attached once, withdrawn but never lost."""

import stat
from dataclasses import replace
from uuid import uuid4

import pytest

from gis.domain.errors import NotInRegister
from gis.domain.sites.errors import FileRefused, IdReused, ReasonMissing
from gis.domain.terms import AttachmentKind
from gis.ledger.attachments import DISPLAY, THUMB, AttachmentSent, attach, withdraw_attachment
from gis.store import files, site_papers
from tests.ledger.looking import everything, verbs
from tests.makers import list_site
from tests.pictures import PDF, photo


@pytest.fixture
def code(book):
    return list_site(book).code


def sent(code, **changes):
    paper = AttachmentSent(uuid4(), code, AttachmentKind.PHOTO, "现场照片", "IMG_0001.JPG")
    return replace(paper, **changes)


def test_a_photo_is_kept_sealed_with_its_copies(book, code, tmp_path):
    paper, is_new = attach(book, tmp_path, sent(code), photo())
    assert is_new
    original = files.place_of(tmp_path, paper.sha256)
    assert original.read_bytes() == photo()
    assert stat.S_IMODE(original.stat().st_mode) & 0o222 == 0
    for copy in (DISPLAY, THUMB):
        assert files.place_of(tmp_path, paper.sha256, copy).read_bytes() != photo()
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".part-")]
    assert verbs(book)[-1] == "attach_paper"


def test_the_same_upload_again_is_the_same_attachment(book, code, tmp_path):
    request = sent(code)
    first, _ = attach(book, tmp_path, request, photo())
    before = everything(book)
    assert attach(book, tmp_path, request, photo()) == (first, False)
    with pytest.raises(IdReused):
        attach(book, tmp_path, request, PDF)
    assert everything(book) == before


def test_an_id_of_another_paper_is_refused(book, code, tmp_path):
    request = sent(code)
    attach(book, tmp_path, request, photo())
    for other in ({"title": "另一张"}, {"kind": AttachmentKind.REPORT}):
        with pytest.raises(IdReused):
            attach(book, tmp_path, replace(request, **other), photo())


def test_one_file_attached_twice_is_kept_once(book, code, tmp_path):
    for _ in range(2):
        attach(book, tmp_path, sent(code, kind=AttachmentKind.REPORT), PDF)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    with book.reading() as connection:
        assert len(site_papers.attachments_of(connection, code)) == 2


def test_a_damaged_file_is_put_right_by_the_same_upload(book, code, tmp_path):
    paper, _ = attach(book, tmp_path, sent(code), PDF)
    place = files.place_of(tmp_path, paper.sha256)
    place.chmod(0o640)
    place.write_bytes(b"bit rot")
    attach(book, tmp_path, sent(code), PDF)
    assert place.read_bytes() == PDF


def test_what_is_refused_leaves_neither_file_nor_record(book, code, tmp_path):
    before = everything(book)
    with pytest.raises(FileRefused):
        attach(book, tmp_path, sent(code), b"<html>")
    with pytest.raises(NotInRegister):
        attach(book, tmp_path, sent("150203-W00009-X"), PDF)
    assert everything(book) == before
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_climbs_is_shown_and_never_used(book, code, tmp_path):
    paper, _ = attach(book, tmp_path, sent(code, file_name="../../etc/passwd"), PDF)
    assert paper.file_name == "../../etc/passwd"
    assert all(tmp_path in path.parents for path in tmp_path.rglob("*"))


def test_withdrawn_is_off_the_page_and_still_known(book, code, tmp_path):
    paper, _ = attach(book, tmp_path, sent(code), PDF)
    then = book.clock()
    book.clock.tick()
    with pytest.raises(ReasonMissing):
        withdraw_attachment(book, code, paper.id, " ")
    withdrawn = withdraw_attachment(book, code, paper.id, "传错点位")
    assert (withdrawn.withdrawn_by, withdrawn.withdrawn_reason) == ("王工", "传错点位")
    assert withdraw_attachment(book, code, paper.id, "再次") == withdrawn
    with book.reading() as connection:
        assert site_papers.attachments_of(connection, code) == []
        assert len(site_papers.attachments_of(connection, code, then)) == 1
    assert files.place_of(tmp_path, paper.sha256).read_bytes() == PDF


def test_an_attachment_is_found_under_its_own_site_only(book, code, tmp_path):
    paper, _ = attach(book, tmp_path, sent(code), PDF)
    with book.reading() as connection, pytest.raises(NotInRegister):
        site_papers.attachment(connection, "150203-W00009-X", paper.id)
