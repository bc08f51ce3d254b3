"""What a sample of reference points can be refused for; in alphabetical order."""

from gis.errors import BadInput


class MapsOverlap(BadInput):
    """Two class maps of one design lie over the same ground. Facts: one, other."""

    code = "maps_overlap"
    zh = "分类图 {one} 与 {other} 范围重叠，同一地面会被抽到两次：请每处只给一幅。"
    en = "The class maps {one} and {other} overlap and would count ground twice: give one of them."


class NothingMapped(BadInput):
    """The class maps hold no class at all. Facts: files."""

    code = "nothing_mapped"
    zh = "{files} 中没有任何已分类的像元：请给出 qingfei detect 写出的 classes.tif。"
    en = "{files} holds no classified pixel: give a classes.tif that qingfei detect wrote."


class PlanChanged(BadInput):
    """A class map is no longer the one that the design was made for. Facts: file."""

    code = "plan_changed"
    zh = "分类图 {file} 与设计时不同或已不在原处：请用现在的分类图重新运行 evaluate design。"
    en = "The class map {file} is not the one of the design: run evaluate design again on it."


class PlanUnreadable(BadInput):
    """No design or key file of ours. Facts: file."""

    code = "plan_unreadable"
    zh = "{file} 不是可读的抽样设计或答案文件：请给出 qingfei evaluate design / sample 写出的文件。"
    en = "{file} is no design or key that qingfei evaluate design or sample wrote: give that file."


class PointsDoubled(BadInput):
    """Points that stand in the table more than once. Facts: file, points."""

    code = "points_doubled"
    zh = "{file} 中样点 {points} 出现了不止一次：每个样点请只保留一行。"
    en = "{file} has the points {points} more than once: keep one row of each."


class PointsMissing(BadInput):
    """Points without a row or without a class. Facts: file, count, points."""

    code = "points_missing"
    zh = "{file} 中有 {count} 个样点没有判读结果（如 {points}）：请补全；看不清的请填 unsure。"
    en = "{file} has no class for {count} points ({points}): fill them in; write unsure if unclear."


class PointsStrange(BadInput):
    """Points that the sample does not have. Facts: file, points."""

    code = "points_strange"
    zh = "{file} 中的样点 {points} 不属于这次抽样：请核对是否用错了文件。"
    en = "{file} has points that this sample lacks ({points}): check that it is the right file."


class PointsUnreadable(BadInput):
    """A table of points that cannot be read or lacks columns. Facts: file."""

    code = "points_unreadable"
    zh = "无法读取样点表 {file}：需要 GPKG、GeoJSON 或 CSV，且有 point 与 reference 两列。"
    en = "Cannot read the points {file}: GPKG, GeoJSON or CSV with columns point and reference."


class ReferenceUnknown(BadInput):
    """Classes in the table that do not exist. Facts: file, names, known."""

    code = "reference_unknown"
    zh = "{file} 的 reference 列中有未知类别 {names}：请改用 {known}。"
    en = "The reference column of {file} has unknown classes {names}: use one of {known}."
