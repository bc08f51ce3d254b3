"""What the register refuses of a site: its corrections, lineage, papers and tags."""

from gis.errors import BadInput, Conflict, NotFound, Unavailable


class FactUnknown(BadInput):
    """A field that no site has, or that nobody may correct by hand. Facts: field, known."""

    code = "fact_unknown"
    zh = "“{field}”不是可以更正的字段，可更正：{known}。"
    en = "“{field}” is no field that can be corrected; these can: {known}."


class FactUnfit(BadInput):
    """A value that its field cannot hold. Facts: field_zh, field_en, value, fit_zh, fit_en."""

    code = "fact_unfit"
    zh = "“{field_zh}”不能填“{value}”：应为{fit_zh}。"
    en = "“{field_en}” cannot be “{value}”: give {fit_en}."


class SiteStale(Conflict):
    """The site has moved on. Facts: code_, yours, current, by, changed_zh, changed_en."""

    code = "site_stale"
    zh = (
        "点位 {code_} 已由 {by} 更新到第 {current} 版（您看到的是第 {yours} 版），"
        "其间改动：{changed_zh}。请刷新后再更正。"
    )
    en = (
        "Site {code_} is at version {current} by {by}, you saw version {yours}; changed since: "
        "{changed_en}. Reload it and correct again."
    )


class ClosedByDeed(Conflict):
    """A correction that would close a site, reopen it, or date its close-out. Facts: code_."""

    code = "closed_by_deed"
    zh = (
        "点位 {code_} 的销号和反弹不能靠更正写入：销号请在点位页提出并经两人批准，"
        "销号后的情况请按回头看处理。"
    )
    en = (
        "Site {code_} is not closed or reopened by a correction: propose its close-out on its "
        "page for two approvals; after it, record a look-back."
    )


class LineageRefused(BadInput):
    """Sites that cannot be merged or split so. Facts: code_, why_zh, why_en."""

    code = "lineage_refused"
    zh = "点位 {code_} 不能合并或拆分：{why_zh}。请检查点位与边界。"
    en = "Site {code_} cannot be merged or split: it {why_en}. Check the sites and outlines."


class ReasonMissing(BadInput):
    """A deed that must be explained was not."""

    code = "deed_unexplained"
    zh = "请写明合并、拆分或撤下的理由后再提交。"
    en = "Give the reason for the merge, split or withdrawal and send it again."


class TaskUnknown(BadInput):
    """A task that is not in the plan's data. Facts: task, known."""

    code = "task_unknown"
    zh = "没有任务“{task}”，可选：{known}。"
    en = "There is no task “{task}”; choose one of {known}."


class TagAbsent(NotFound):
    """The site does not bear this tag. Facts: code_, task."""

    code = "tag_absent"
    zh = "点位 {code_} 没有任务标签“{task}”，请刷新后查看。"
    en = "Site {code_} bears no tag “{task}”; reload to see its tags."


class IdReused(Conflict):
    """Something else was stored under this client's id. Facts: id."""

    code = "id_reused"
    zh = "编号 {id} 已用于另一份内容：原有内容保持不变，请用新编号重新提交。"
    en = "The id {id} already holds other content, which is kept; send this under a new id."


class FileTooLarge(BadInput):
    """A file over the cap. Facts: most_mb."""

    code = "file_too_large"
    zh = "文件超过 {most_mb} MB，请压缩或拆分后再上传。"
    en = "The file is over {most_mb} MB; compress or split it and send it again."


class FileRefused(BadInput):
    """A file whose content is not what may be attached. Facts: name, why_zh, why_en."""

    code = "file_refused"
    zh = "文件“{name}”不能上传：{why_zh}。请上传 JPG、PNG、PDF、DOCX 或 XLSX 文件。"
    en = "“{name}” cannot be attached: it {why_en}. Send a JPG, PNG, PDF, DOCX or XLSX file."


class FileDamaged(Unavailable):
    """A kept file whose bytes are no longer those that came in. Facts: id."""

    code = "file_damaged"
    zh = "附件 {id} 的文件缺失或已损坏，请系统管理员从备份恢复。"
    en = "The file of attachment {id} is missing or damaged; have the keeper restore it."
