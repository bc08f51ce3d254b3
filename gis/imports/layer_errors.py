"""What a reference layer's file is refused for; each names the feature or the option that helps."""

from gis.errors import BadInput


class LayerColumnMissing(BadInput):
    """No such column. Facts: column, known."""

    code = "layer_column_missing"
    zh = "图层没有字段“{column}”，现有字段：{known}，请改用其中之一。"
    en = "The layer has no column “{column}”; choose one of: {known}."


class LayerCrsUnknown(BadInput):
    """The file names no CRS that is known. Facts: name, said."""

    code = "layer_crs_unknown"
    zh = "“{name}”未写明可识别的坐标系（{said}）：请用 --crs 指明，如 --crs 4490 或 --crs 4525。"
    en = "“{name}” names no known coordinate system ({said}): say it with --crs, as --crs 4490."


class LayerElsewhere(BadInput):
    """The layer is not near its district. Facts: name, district, within_km, hint_zh, hint_en."""

    code = "layer_elsewhere"
    zh = "“{name}”不在{district}周边 {within_km} km 以内，坐标系可能有误：{hint_zh}。"
    en = (
        "“{name}” lies farther than {within_km} km from {district}; "
        "its coordinate system may be wrong: {hint_en}."
    )


class LayerLevelAsked(BadInput):
    """A source-zone layer that does not say its levels. Facts: name."""

    code = "layer_level_asked"
    zh = "“{name}”是水源保护区：请用 --level-column 指明级别字段，或用 --level 指明整个图层的级别。"
    en = "“{name}” shows source zones: name their level's column with --level-column, or --level."


class LayerLevelUnread(BadInput):
    """A source zone whose level is no level. Facts: row, value."""

    code = "layer_level_unread"
    zh = "第 {row} 个要素的级别“{value}”无法识别：请改为一级、二级或准保护区。"
    en = "The level “{value}” of feature {row} is not known: write 1, 2 or QUASI."


class LayerShapeKind(BadInput):
    """A shape of a kind that cannot answer what the layer is asked. Facts: row, shape, wanted_*."""

    code = "layer_shape_kind"
    zh = (
        "第 {row} 个要素是 {shape}，此类图层应为{wanted_zh}：请核对图层类型，或拆成单一类型后重试。"
    )
    en = "Feature {row} is a {shape}; this kind takes {wanted_en}: check the kind, or split it."


class LayerShapeMissing(BadInput):
    """A feature without a shape. Facts: row."""

    code = "layer_shape_missing"
    zh = "第 {row} 个要素没有图形：请在 GIS 软件中补画或删除该要素后重新导出。"
    en = "Feature {row} has no shape: draw or delete it in a GIS and export the layer again."


class LayerShapeInvalid(BadInput):
    """A shape that crosses itself, or is no number. Facts: row, reason."""

    code = "layer_shape_invalid"
    zh = "第 {row} 个要素的图形无效（{reason}）：请在 GIS 软件中修复后重新导出，系统不代为修改。"
    en = "The shape of feature {row} is not valid ({reason}): mend it in a GIS and export it again."


class LayerTooDetailed(BadInput):
    """More vertices than are taken. Facts: most."""

    code = "layer_too_detailed"
    zh = "图层顶点超过 {most} 个：请裁剪到本区周边，或分成几个图层。"
    en = "The layer has more than {most} vertices: clip it to the district, or split it."


class LayerTextGarbled(BadInput):
    """Text that was read in the wrong encoding. Facts: value, meant."""

    code = "layer_text_garbled"
    zh = "字段文字疑似乱码（“{value}”似应为“{meant}”）：请用 --encoding 指明编码，如 GBK 或 UTF-8。"
    en = "The text looks garbled (“{value}” for “{meant}”): say its --encoding, as GBK or UTF-8."
