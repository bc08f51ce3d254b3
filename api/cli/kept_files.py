"""`qingfei db verify-files`: are the files beside the database what they were?"""

from collections import Counter

from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, progress, say, warn
from api.settings import Settings
from gis.errors import Conflict
from gis.store import kept


class FilesDamaged(Conflict):
    """Files on record that are gone or have other bytes; each was named. Facts: number, total."""

    code = "files_damaged"
    zh = "{total} 个文件中有 {number} 个缺失或已改变，见上：请从备份恢复这些文件。"
    en = "{number} of {total} files are gone or changed, see above: restore them from a backup."


def verify_files(as_json: AsJson = False) -> None:
    """逐个校验影像、模型、得分图、样本集、照片和附件的哈希，宜每夜运行。 Check every file kept.

    Example: qingfei db verify-files
    """
    settings = Settings()
    shelves = kept.Shelves(
        settings.photos_dir, settings.attachments_dir, settings.scores_dir, settings.samples_dir
    )
    with terminal_book().reading() as connection:
        every = list(kept.on_record(connection, shelves))
    bad = []
    with progress("校验文件", "Files") as tell:
        for number, (_, found) in enumerate(kept.damage(every), 1):
            tell(number, len(every))
            if found is not None:
                bad.append(found)
    counts = Counter(one.kind for one in every)
    if as_json:
        emit({"files": counts, "damaged": [one._asdict() for one in bad]})
    else:
        for one in bad:
            zh, en = kept.KINDS[one.kind]
            warn(
                f"{zh} {one.name}：文件{'缺失' if one.is_gone else '已改变'}（{one.path}）。",
                f"{en}: {one.name} is {'gone' if one.is_gone else 'changed'} ({one.path}).",
            )
    if bad:
        raise FilesDamaged(number=len(bad), total=len(every))
    if not as_json:
        zh = "、".join(f"{kept.KINDS[kind][0]} {n}" for kind, n in counts.items()) or "0"
        en = ", ".join(f"{n} {kept.KINDS[kind][1]}" for kind, n in counts.items()) or "none"
        say(f"全部文件与登记时一致：{zh}。", f"All files are what they were: {en}.")
