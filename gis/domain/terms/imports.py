"""Words of imported lists: what their coordinates are in, and where each row went."""

from gis.domain.terms.base import Term


class Datum(Term):
    """What degrees of longitude and latitude refer to; no number tells, so it is asked.

    CGCS2000 and WGS 84 differ by centimetres, GCJ-02 by some 500 m here, BD-09 by 1.3 km. The two
    old national systems need the survey office's parameters, which are not public.
    """

    CGCS2000 = "CGCS2000", "2000国家大地坐标系（CGCS2000）", "CGCS2000"
    WGS84 = "WGS84", "WGS84（GPS、手持机）", "WGS 84 (GPS)"
    GCJ02 = "GCJ02", "火星坐标 GCJ-02（高德、腾讯）", "GCJ-02 (Gaode, Tencent)"
    BD09 = "BD09", "百度坐标 BD-09", "BD-09 (Baidu)"
    XIAN80 = "XIAN80", "1980西安坐标系（需参数转换）", "Xi'an 1980 (needs parameters)"
    BEIJING54 = "BEIJING54", "1954北京坐标系（需参数转换）", "Beijing 1954 (needs parameters)"


class Axes(Term):
    """In which order a pair of coordinates stands, and whether in degrees or metres."""

    LON_LAT = "LON_LAT", "经度、纬度", "longitude, latitude"
    LAT_LON = "LAT_LON", "纬度、经度（次序颠倒）", "latitude, longitude (swapped)"
    EAST_NORTH = "EAST_NORTH", "横坐标（东）、纵坐标（北）", "easting, northing"
    NORTH_EAST = "NORTH_EAST", "纵坐标 X（北）、横坐标 Y（东）", "northing, easting"


class RowFate(Term):
    """What became of a row of an imported list."""

    LISTED = "LISTED", "新列入", "Newly listed"
    UPDATED = "UPDATED", "更新已有点位", "Listed site updated"
    LINKED = "LINKED", "关联已有点位", "Linked to a listed site"
    UNCHANGED = "UNCHANGED", "未变化", "Unchanged"
    PASSED_OVER = "PASSED_OVER", "不导入", "Passed over"


class MatchReason(Term):
    """Why a row seems to speak of a site that is listed already."""

    CODE = "CODE", "点位编号相同", "same site code"
    KEY = "KEY", "同一清单中的同一编号", "same number in the same list"
    OVERLAP = "OVERLAP", "边界重叠不少于30%", "outlines overlap by 30 % or more"
    NEAR = "NEAR", "相距不足50 m", "less than 50 m apart"
    NAME = "NAME", "名称相同", "same name"
