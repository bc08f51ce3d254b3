"""What river lines and lists of reaches are refused for; each names the river and the place."""

from gis.errors import BadInput, NotFound


class RiverCrossesItself(BadInput):
    """A river's line that crosses or touches itself. Facts: river, lon, lat."""

    code = "river_crosses_itself"
    zh = "“{river}”的河线在（{lon}, {lat}）处与自身相交：请在 GIS 软件中改正后重新导出。"
    en = "The line of “{river}” crosses itself at ({lon}, {lat}): mend it in a GIS first."


class RiverGap(BadInput):
    """A river in pieces too far apart to be bridged. Facts: river, km, lon, lat, most_m."""

    code = "river_gap"
    zh = (
        "“{river}”在（{lon}, {lat}）处断开 {km} km，超过可自动连接的 {most_m} m："
        "请补画缺失的河段；若是同名的两条河，请分别命名。"
    )
    en = (
        "“{river}” is broken at ({lon}, {lat}) for {km} km, more than the "
        "{most_m} m that are bridged: draw what is missing, or name two rivers differently."
    )


class RiverDirectionOpen(BadInput):
    """A river whose pieces do not say which way it flows. Facts: river, with_km, against_km."""

    code = "river_direction_open"
    zh = (
        "无法判断“{river}”的流向：{with_km} km 画向一端，{against_km} km 画向另一端；"
        "请统一线段方向，或用 --flows-towards 说明流向（如 E、SE）。"
    )
    en = (
        "Which way “{river}” flows is open: {with_km} km are drawn one way, "
        "{against_km} km the other; draw them alike, or say it with --flows-towards (as E, SE)."
    )


class RiverClosed(BadInput):
    """A river drawn as a closed ring. Facts: river, lon, lat."""

    code = "river_closed"
    zh = "“{river}”在（{lon}, {lat}）处首尾相接成环，没有上下游：请断开后重新导出。"
    en = "The line of “{river}” is a closed ring at ({lon}, {lat}): open it in a GIS first."


class QuarterUnknown(BadInput):
    """A direction of flow that is no quarter of the compass. Facts: word."""

    code = "quarter_unknown"
    zh = "“{word}”不是方位：请填 N、NE、E、SE、S、SW、W、NW 之一。"
    en = "“{word}” is no quarter of the compass: write N, NE, E, SE, S, SW, W or NW."


class RiversMissing(BadInput):
    """No line of any river in a district's layers in force. Facts: district."""

    code = "rivers_missing"
    zh = "{district}没有现行的河流线图层：请先用 qingfei layer add 采用干流或支流线。"
    en = "{district} has no river lines in force: adopt some with qingfei layer add first."


class RiverUnknown(BadInput):
    """A river that the network does not have. Facts: river, known, row."""

    code = "river_unknown"
    zh = "第 {row} 行：河网中没有“{river}”，现有：{known}。"
    en = "Row {row}: the network has no river “{river}”; it has: {known}."


class ReachUnknown(NotFound):
    """No such river or reach in force then. Facts: code."""

    code = "reach_unknown"
    zh = "没有河段 {code}（或在该日期未生效）：请从河段清单中选择。"
    en = "There is no reach {code} (or none on that day): choose one of the list."


class ReachListColumn(BadInput):
    """A list of reaches without a column that it needs. Facts: column, known."""

    code = "reach_list_column"
    zh = "河段清单缺少“{column}”一列（现有：{known}）：须有河流、起点里程、终点里程、河段名称。"
    en = "The list has no “{column}” (only: {known}): it needs river, from_m, to_m and name."


class ReachListNumber(BadInput):
    """A chainage that is no number. Facts: row, column, value."""

    code = "reach_list_number"
    zh = "第 {row} 行的{column}“{value}”不是里程：请填米（如 12500）或写明 km（如 12.5 km）。"
    en = "Row {row}: the {column} “{value}” is no chainage: write metres (12500) or 12.5 km."


class ReachSpanWrong(BadInput):
    """A reach that ends before it begins, or beyond its river. Facts: row, name, length_km."""

    code = "reach_span_wrong"
    zh = "第 {row} 行“{name}”的起止里程有误：起点须小于终点，且都在 0–{length_km} km 之内。"
    en = "Row {row}: “{name}” must begin before it ends, both within 0–{length_km} km."


class ReachesOverlap(BadInput):
    """Two reaches of a river that share a stretch. Facts: row, one, other, at_km."""

    code = "reaches_overlap"
    zh = "第 {row} 行“{other}”与“{one}”在 {at_km} km 处重叠：每一里程只能属于一个河段。"
    en = "Row {row}: “{other}” overlaps “{one}” at {at_km} km: a chainage is of one reach only."


class ReachesApart(BadInput):
    """A stretch between two listed reaches that is of none. Facts: river, from_km, to_km."""

    code = "reaches_apart"
    zh = "“{river}” {from_km}–{to_km} km 不属于任何河段：请把这一段也列入名录。"
    en = "“{river}” {from_km}–{to_km} km is of no reach: list that stretch too."


class ReachNameTwice(BadInput):
    """Two reaches of one name, or one without any. Facts: row, name."""

    code = "reach_name_twice"
    zh = "第 {row} 行的河段名称“{name}”为空或与另一河段相同：各点位以名称归段，请另取名称。"
    en = "Row {row}: the name “{name}” is empty or another reach's; sites go by it: choose another."
