"""Files are whole or not there."""

import errno

import pytest

from gis.errors import DiskFull
from remote_sensing import safe_files
from remote_sensing.errors import OutputBusy, OutputUnwritable


def test_content_appears_under_its_name_and_the_draft_is_gone(tmp_path):
    safe_files.replace_bytes(tmp_path / "a", tmp_path / "a.new", b"content")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"content"


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EIO, OutputUnwritable)],
)
def test_a_failed_write_leaves_the_old_file(tmp_path, number, error):
    (tmp_path / "a").write_bytes(b"old")

    def write(to):
        to.write_bytes(b"half")
        raise OSError(number, "no")

    with pytest.raises(error):
        safe_files.replace(tmp_path / "a", tmp_path / "a.new", write)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"old")]


def test_only_one_writer_at_a_time(tmp_path):
    folder = tmp_path / "made" / "on the way"
    with safe_files.sole_writer(folder), pytest.raises(OutputBusy, match="wait for it"):
        with safe_files.sole_writer(folder):
            raise AssertionError("two writers")
    with safe_files.sole_writer(folder):
        assert list(folder.iterdir()) == []
