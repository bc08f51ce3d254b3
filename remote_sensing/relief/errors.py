"""What elevation models can be refused for; each class is one of the six kinds of ``gis.errors``.

Classes stand in alphabetical order.
"""

from gis.errors import BadInput, Unavailable


class HeightsUnlikely(BadInput):
    """Heights that are on no land. Facts: file, low, high."""

    code = "heights_unlikely"
    zh = "{file} 的高程为 {low}～{high}，不是以米计的地面高程：请核对单位（分米、厘米）与无效值。"
    en = "{file} has heights of {low} to {high}, which are no metres of land: check its unit."


class HolesTooLarge(BadInput):
    """Too little of the outline has heights. Facts: file, percent, most_percent."""

    code = "holes_too_large"
    zh = (
        "{file} 在轮廓内有 {percent}% 无高程（多为水面或坑底缺测，坑比模型更深），"
        "超过 {most_percent}%：请换用完整的高程模型，或现场测量坑底。"
    )
    en = (
        "{file} has no heights in {percent} % of the outline, over {most_percent} %: the pit may "
        "be deeper than its model; use a complete one, or measure the bottom in the field."
    )


class LevelAboveRim(BadInput):
    """A level at which the pit would run over. Facts: level, rim."""

    code = "level_above_rim"
    zh = "填至 {level} 米高于坑沿最低处 {rim} 米，会溢出：请取不高于坑沿的高程。"
    en = "A level of {level} m is over the rim's low point of {rim} m: choose one not above it."


class LevelBelowBottom(BadInput):
    """A level under the pit's floor, below which no volume is. Facts: level, bottom."""

    code = "level_below_bottom"
    zh = "填至 {level} 米低于坑底 {bottom} 米，容积将为负：请取坑底与坑沿之间的高程。"
    en = "A level of {level} m is below the bottom of {bottom} m: choose one up to the rim."


class MeasuringBusy(Unavailable):
    """Another model is being measured. Facts: seconds."""

    code = "measuring_busy"
    zh = "服务器正在量算另一个高程模型，等待 {seconds} 秒仍未空闲：请稍后再试。"
    en = "The server measures another model and was not free in {seconds} s: try again shortly."


class NoHollow(BadInput):
    """The ground inside the outline is nowhere below its rim. Facts: rim, bottom."""

    code = "no_hollow"
    zh = (
        "轮廓内最低 {bottom} 米，不低于坑沿 {rim} 米，没有可量的坑：请核对轮廓与高程模型；"
        "一侧敞开的坑请改用坑沿拟合平面。"
    )
    en = (
        "The outline's lowest ground, {bottom} m, is not below its rim, {rim} m: check the "
        "outline; for a pit that is open on one side use the plane of its rim."
    )


class NoStableGround(BadInput):
    """Two models share too little ground outside the outlines. Facts: pixels, least."""

    code = "no_stable_ground"
    zh = (
        "两期高程模型在轮廓以外的共同稳定地面只有 {pixels} 个像元，少于 {least}，无法配准："
        "请提供向轮廓外多延伸一些的模型。"
    )
    en = (
        "The two models share {pixels} pixels of stable ground outside the outlines, fewer than "
        "{least}, and cannot be registered: give models that reach further out."
    )


class NotElevation(BadInput):
    """A raster of more than one band. Facts: file, bands."""

    code = "not_elevation"
    zh = "{file} 有 {bands} 个波段，不是高程模型：请给出单波段、数值为高程（米）的 GeoTIFF。"
    en = "{file} has {bands} bands and is no elevation model: give one band of heights in metres."


class OutlineOffModel(BadInput):
    """The outline does not lie on the model. Facts: file, percent."""

    code = "outline_off_model"
    zh = "轮廓只有 {percent}% 落在 {file} 的范围内：请核对坐标系，或换用覆盖整个轮廓的高程模型。"
    en = "Only {percent} % of the outline lies on {file}: check its CRS or use one that covers it."


class OutlineTooLarge(BadInput):
    """More pixels than one measurement may read. Facts: file, pixels_m, most_m."""

    code = "outline_above_pixels"
    zh = "{file} 在轮廓范围内有 {pixels_m} 百万像元，超过 {most_m} 百万：请先降低分辨率或分块量算。"
    en = "{file} has {pixels_m} M pixels round the outline, over {most_m} M: coarsen or split it."


class OutlineTooSmall(BadInput):
    """An outline of too few pixels to be measured. Facts: file, pixels, least."""

    code = "outline_below_pixels"
    zh = "轮廓在 {file} 上只有 {pixels} 个像元，少于 {least}：请换用更精细的高程模型。"
    en = "The outline has {pixels} pixels on {file}, fewer than {least}: use a finer model."


class SurfacesMixed(BadInput):
    """A terrain model and a surface model were to be compared. Facts: before, after."""

    code = "surfaces_mixed"
    zh = (
        "{before} 与 {after} 一个是地面模型（DEM）、一个是表面模型（DSM，含树木房屋）："
        "请用同类模型对比。"
    )
    en = "Of {before} and {after} one is a terrain, one a surface model: compare two of a kind."


class TooFarApart(BadInput):
    """The two models cannot be brought together. Facts: shift_m, most_m."""

    code = "too_far_apart"
    zh = "两期高程模型水平错位约 {shift_m} 米，超过 {most_m} 米，无法可靠配准：请先核对坐标系。"
    en = "The two models lie {shift_m} m apart, over {most_m} m: check their CRS first."


class UnitNotMetre(BadInput):
    """Heights in another unit than metres. Facts: file, unit."""

    code = "unit_not_metre"
    zh = "{file} 的高程单位是“{unit}”：请先换算为米（英尺乘以 0.3048）再试。"
    en = "The heights of {file} are in {unit}: convert them to metres first (feet x 0.3048)."
