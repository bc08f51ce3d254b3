"""What the register refuses, in the field's own words."""

from gis.errors import BadInput, Conflict, NotFound, QingfeiError

__all__ = [
    "DateInFuture",
    "DateTooEarly",
    "DistrictUnknown",
    "GeometryInvalid",
    "LayerEnded",
    "LayerOlder",
    "MetricCrsUnfit",
    "NotInRegister",
    "OutsideDistrict",
    "PasswordTooWeak",
    "QingfeiError",
    "SameName",
]


class DateInFuture(BadInput):
    """A day that has not come yet. Facts: day."""

    code = "date_in_future"
    zh = "日期 {day} 尚未到来，请检查日期（或设备时钟）。"
    en = "The day {day} has not come yet; check the date (or the device's clock)."


class DateTooEarly(BadInput):
    """A day before any that a record of this work can be of. Facts: day, first."""

    code = "date_too_early"
    zh = "日期 {day} 早于 {first}，请检查年份（或设备时钟）。"
    en = "The day {day} is before {first}; check the year (or the device's clock)."


class DistrictUnknown(NotFound):
    """No such district or demo place. Facts: district, known."""

    code = "district_unknown"
    zh = "没有代码为 {district} 的区域；已有：{known}。"
    en = "There is no place with code {district}; known are: {known}."


class GeometryInvalid(BadInput):
    """An outline that crosses itself or is empty. Facts: name, reason."""

    code = "geometry_invalid"
    zh = "“{name}”的边界无效（{reason}），请重新勾绘后再提交。"
    en = "The outline of “{name}” is not valid ({reason}); draw it again and resend."


class LayerEnded(Conflict):
    """An edition of a layer that is no longer in force. Facts: title, moment."""

    code = "layer_ended"
    zh = "图层“{title}”已于 {moment} 停用，请核对图层编号。"
    en = "The layer “{title}” ended on {moment} already; check the layer's id."


class LayerOlder(Conflict):
    """An edition older than the one in force. Facts: title, theirs, yours."""

    code = "layer_older"
    zh = "现行图层“{title}”的日期为 {theirs}，新于所提交的 {yours}：请核对日期，或先停用现行图层。"
    en = (
        "The layer in force, “{title}”, is of {theirs}, later than yours of {yours}: "
        "check the date, or withdraw the layer in force first."
    )


class MetricCrsUnfit(BadInput):
    """The place's metric CRS distorts its areas too much. Facts: epsg, error_percent."""

    code = "metric_crs_unfit"
    zh = "EPSG:{epsg} 在此处的面积误差达 {error_percent} %，请为该区域改用合适的投影带。"
    en = "EPSG:{epsg} distorts areas here by {error_percent} %; give the place a fitting zone."


class NotInRegister(NotFound):
    """A candidate, site, scene or run that the register does not hold. Facts: id."""

    code = "not_in_register"
    zh = "台账中没有 {id}，请核对编号。"
    en = "The register holds no {id}; check the identifier."


class OutsideDistrict(BadInput):
    """A geometry that lies wholly outside its place. Facts: name, district."""

    code = "outside_district"
    zh = "“{name}”不在{district}范围内：请检查坐标系与经纬度顺序，或另选区域。"
    en = (
        "“{name}” lies outside {district}: check its coordinate system and axis order, "
        "or choose another place."
    )


class PasswordTooWeak(BadInput):
    """A password below the policy of GB/T 22239-2019 level 2 (RELIABILITY fact 12)."""

    code = "password_too_weak"
    zh = "密码至少 10 位，且含大写、小写、数字、符号中的三类，并且不含用户名，请重设。"
    en = (
        "A password needs 10 characters or more, three of upper case, lower case, digits and "
        "signs, and not the user name; choose another."
    )


class SameName(Conflict):
    """The name is taken. Facts: name."""

    code = "same_name"
    zh = "“{name}”已存在，请换一个名称。"
    en = "“{name}” exists already; choose another name."
