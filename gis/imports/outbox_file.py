"""Reads a phone's outbox that was carried here as one file: its rows, and its photographs' bytes.

The file is a ZIP whose parts are stored, not packed; names in it are looked up, never used as
paths. What a row says is not believed here: each is received like what a phone sends by the net.
"""

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from gis.errors import BadInput

FORMAT = "qingfei-outbox-1"
LISTING = "outbox.json"
MOST_LISTING = 64_000_000
MOST_ITEMS = 20_000
MOST_PARTS = 20_001


class OutboxUnread(BadInput):
    """A file that is no outbox of a phone. Facts: name, why_zh, why_en."""

    code = "outbox_unread"
    zh = "无法读取“{name}”：{why_zh}。请在手机“待发箱”中重新导出后再导入。"
    en = "“{name}” cannot be read: {why_en}. Export it anew from the phone's outbox."


class PhotoAbsent(BadInput):
    """A photograph that the file names and does not hold, or holds damaged. Facts: id."""

    code = "photo_absent"
    zh = "导出文件中没有照片 {id} 的完整内容：请在手机上保留该照片，有网络时直接上传。"
    en = (
        "The file does not hold photograph {id} whole: keep it on the phone and send it from there."
    )


@dataclass(frozen=True, slots=True)
class OutboxFile:
    """An opened outbox: who filled it, on what, when, and its rows as they stand there."""

    owner: str
    device: str
    exported_at: str
    items: list[dict[str, Any]]
    archive: zipfile.ZipFile

    @contextmanager
    def photo(self, photo_id: UUID, size_bytes: int) -> Iterator[IO[bytes]]:
        """Yield a photograph's bytes as a stream; raises PhotoAbsent."""
        try:
            part = self.archive.getinfo(f"photos/{photo_id}")
        except KeyError:
            raise PhotoAbsent(id=photo_id) from None
        if part.compress_type != zipfile.ZIP_STORED or part.file_size != size_bytes:
            raise PhotoAbsent(id=photo_id)
        try:
            stream = self.archive.open(part)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:  # or encrypted
            raise PhotoAbsent(id=photo_id) from error
        with stream:
            try:
                yield stream
            except (zipfile.BadZipFile, EOFError) as error:
                raise PhotoAbsent(id=photo_id) from error


@contextmanager
def opened(path: Path, name: str) -> Iterator[OutboxFile]:
    """Yield what a phone's exported file holds; raises OutboxUnread."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _unread(
            name, "不是待发箱导出文件，或未传完", "it is no outbox, or cut short"
        ) from error
    with archive:
        if len(archive.infolist()) > MOST_PARTS:
            raise _unread(name, "内容过多", "it holds far too much")
        whole = sum(part.file_size for part in archive.infolist())
        if whole > path.stat().st_size:
            raise _unread(name, "内容经过压缩或重叠", "its parts are packed or overlap")
        said = _listing(archive, name)
        items = said.get("items")
        if said.get("format") != FORMAT or not isinstance(items, list):
            raise _unread(name, "不是本系统的待发箱格式", "it is of another format")
        if len(items) > MOST_ITEMS or not all(isinstance(item, dict) for item in items):
            raise _unread(name, "记录清单有误", "its list of records is not sound")
        owner, device, at = (plain(said.get(key)) for key in _ABOUT)
        yield OutboxFile(owner, device, at, items, archive)


def plain(said: object) -> str:
    """Return what a file says in a word or a line, without what no answer could repeat."""
    return str(said or "")[:200].encode("utf-8", "replace").decode().replace("\x00", "")


_ABOUT = ("owner", "device", "exported_at")


def _listing(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    try:
        part = archive.getinfo(LISTING)
        if part.compress_type != zipfile.ZIP_STORED or part.file_size > MOST_LISTING:
            raise _unread(name, "记录清单过大或经过压缩", "its list is packed or too large")
        said = json.loads(archive.read(part))
    except KeyError as error:
        raise _unread(name, "缺少记录清单", "it holds no list of records") from error
    except (
        *(zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError),
        *(ValueError, RecursionError),
    ) as error:
        raise _unread(name, "记录清单已损坏", "its list of records is damaged") from error
    if not isinstance(said, dict):
        raise _unread(name, "记录清单已损坏", "its list of records is damaged")
    return said


def _unread(name: str, zh: str, en: str) -> OutboxUnread:
    return OutboxUnread(name=name[:120], why_zh=zh, why_en=en)
