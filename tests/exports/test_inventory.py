"""A file is written whole or not at all, and twice the same rows are twice the same bytes."""

import hashlib
import os
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.exports.inventory import WRITERS, ExportNotWritten, FormatUnknown, Inventory, write
from gis.ledger import places
from gis.ledger.works import put_project
from gis.store import register
from tests.exports.rows import AS_OF, a_row, an_inventory, three_sites
from tests.makers import Clock, a_district, a_project, list_site, open_book

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("format", WRITERS)
def test_a_file_is_written_and_nothing_beside_it(tmp_path, format):
    path = tmp_path / f"清单{WRITERS[format][0]}"
    write(three_sites(), format, path)
    assert path.stat().st_size > 500
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_rows_are_the_same_bytes_a_second_later(tmp_path):
    def digests(when):
        found = {}
        for format in WRITERS:
            write(three_sites(), format, tmp_path / f"{when}.{format}")
            content = (tmp_path / f"{when}.{format}").read_bytes()
            found[format] = hashlib.sha256(content).hexdigest()
        return found

    first = digests("now")
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert digests("later") == first


def test_lists_of_several_days_written_at_once_are_each_of_their_day(tmp_path):
    def digest(number):
        listed = replace(three_sites(), as_of=date(2026, 6, 1 + number % 4))
        write(listed, "gpkg", tmp_path / str(number))
        return hashlib.sha256((tmp_path / str(number)).read_bytes()).hexdigest()

    alone = [digest(number) for number in range(4)]
    assert len(set(alone)) == 4
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(digest, range(16))) == alone * 4


@pytest.mark.parametrize("format", WRITERS)
def test_another_row_is_other_bytes(tmp_path, format):
    write(an_inventory(a_row()), format, tmp_path / "a")
    write(an_inventory(a_row(name="另一堆")), format, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() != (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("format", WRITERS)
def test_an_empty_list_works_in_every_format(tmp_path, format):
    write(an_inventory(), format, tmp_path / "empty")
    assert (tmp_path / "empty").stat().st_size > 0


def test_the_registers_own_rows_can_be_written(tmp_path, database_url):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        site = list_site(book)
        list_site(book, name="无项目")
        with book.entry() as entry:
            put_project(entry, a_project(site.code))
        with book.reading() as connection:
            rows = register.rows(connection, register.end_of(AS_OF))
    for format in WRITERS:
        write(Inventory("昆都仑区", "150203", AS_OF, "r", rows), format, tmp_path / format)
    assert len(rows) == len(list(tmp_path.iterdir())) - 3 == 2


def test_an_unknown_format_is_answered_with_those_there_are(tmp_path):
    with pytest.raises(FormatUnknown, match="geojson") as caught:
        write(three_sites(), "pdf", tmp_path / "x.pdf")
    assert "xlsx" in caught.value.sentence("zh-CN")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", WRITERS)
def test_a_folder_that_is_not_there(tmp_path, format):
    with pytest.raises(ExportNotWritten) as caught:
        write(three_sites(), format, tmp_path / "没有" / "x")
    assert "没有" in caught.value.sentence("zh-CN")


@pytest.mark.parametrize("format", WRITERS)
def test_a_folder_in_the_files_place_is_left_alone(tmp_path, format):
    (tmp_path / "x").mkdir()
    with pytest.raises(ExportNotWritten):
        write(three_sites(), format, tmp_path / "x")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_folder_that_may_not_be_written_to():
    with pytest.raises(ExportNotWritten):  # not even by root
        write(three_sites(), "xlsx", Path("/proc/x.xlsx"))


MANY = an_inventory(*(a_row(note=f"{number:06d}" * 40) for number in range(800)))
IN_A_FULL_PLACE = """
    import resource, sys
    from pathlib import Path

    from gis.exports.inventory import ExportNotWritten, write
    from tests.exports.test_inventory import MANY

    import geopandas, pyogrio, xlsxwriter  # before the limit: their caches are no export
    format, path = sys.argv[1], Path(sys.argv[2])
    for limit in sys.argv[:2:-1]:  # from the highest, for it can only be lowered
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
        try:
            write(MANY, format, path)
        except ExportNotWritten as refused:
            print(refused.sentence("zh-CN"))
"""


def with_little_room(format, path, temporary, *limits):
    """Write MANY in a process whose files may have so many bytes: rising limits, one try each."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(IN_A_FULL_PLACE), format, str(path)]
        + [str(limit) for limit in limits],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("format", WRITERS)
def test_a_full_disk_is_a_sentence_and_the_earlier_file_stays(tmp_path, format):
    full, spare = tmp_path / "full", tmp_path / "spare"
    full.mkdir()
    spare.mkdir()
    path = full / "清单"
    write(MANY, format, path)
    size = path.stat().st_size
    path.write_bytes(b"the list of last month")
    # Full from the start, and full at the very end.
    done = with_little_room(format, path, spare, 20_000, size - 1)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.count("磁盘空间") for line in done.stdout.splitlines()] == [1, 1]
    assert path.read_bytes() == b"the list of last month"
    assert list(full.iterdir()) == [path] and list(spare.iterdir()) == []
