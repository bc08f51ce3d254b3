"""Unpacking what somebody sent: only what is asked for, nowhere else, and never more than fits."""

import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from gis.errors import DiskFull
from remote_sensing import safe_files
from remote_sensing.scene_errors import ArchiveDamaged, ArchiveUnsafe

MOST_ENTRIES = 20_000
MOST_BYTES = 16 * 2**30
MOST_RATIO = 250
"""Unpacked to packed; JPEG 2000 hardly shrinks and XML shrinks by 20."""

_PIECE = 1 << 20


def unpack(archive: Path, into: Path, wanted: Callable[[str], bool]) -> None:
    """Write the wanted files of a zip below the folder ``into``, which must be there.

    Names that lead elsewhere, links and bombs are refused before anything is written. Raises
    ArchiveDamaged, ArchiveUnsafe, DiskFull, OutputUnwritable.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            chosen = _checked(opened, archive.name, wanted)
            if sum(info.file_size for info in chosen) > shutil.disk_usage(into).free:
                raise DiskFull(path=into.name)
            for info in chosen:
                _write(opened, info, into / PurePosixPath(info.filename), archive.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ArchiveDamaged(file=archive.name) from error


def _checked(
    archive: zipfile.ZipFile, file: str, wanted: Callable[[str], bool]
) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise _unsafe(file, f"含 {len(infos)} 个文件", f"{len(infos)} entries")
    chosen: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        parts = PurePosixPath(info.filename).parts
        if info.filename.startswith("/") or ".." in parts or "\\" in info.filename:
            raise _unsafe(file, "文件路径越出压缩包", "a path leads out of it")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise _unsafe(file, "含有链接", "it holds a link")
        if info.is_dir() or not wanted(info.filename):
            continue
        if info.filename in chosen:
            raise _unsafe(file, "同名文件重复", "a name stands twice")
        if info.flag_bits & 1:
            raise ArchiveDamaged(file=file)
        if info.file_size > MOST_RATIO * max(info.compress_size, 4_096):
            raise _unsafe(file, "压缩比异常", "implausible compression")
        chosen[info.filename] = info
    total = sum(info.file_size for info in chosen.values())
    if total > MOST_BYTES:
        raise _unsafe(file, f"解压后 {total // 2**30} GiB", f"{total // 2**30} GiB unpacked")
    return list(chosen.values())


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, to: Path, file: str) -> None:
    """Write one entry, counting: a forged size is found out before the disk is full."""
    left = info.file_size
    with safe_files.writing(to):
        to.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(info) as source, to.open("xb") as target:
        while piece := source.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise _unsafe(file, "文件大小与声明不符", "a file is larger than it says")
            with safe_files.writing(to):
                target.write(piece)
    if left:
        raise ArchiveDamaged(file=file)


def _unsafe(file: str, zh: str, en: str) -> ArchiveUnsafe:
    return ArchiveUnsafe(file=file, reason_zh=zh, reason_en=en)
