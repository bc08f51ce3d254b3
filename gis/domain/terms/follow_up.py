"""Words of the satellite follow-up of listed sites."""

from gis.domain.terms.base import Term


class ChangeKind(Term):
    """What made ground new or larger, as a judge of images before and after has it."""

    MINING = "MINING", "采矿", "Mining"
    HUMAN = "HUMAN", "其他人为", "Other human work"
    NATURAL = "NATURAL", "自然变化", "Nature"


class FootprintState(Term):
    """How the disturbed ground of a site stands against the observation before it.

    GONE says that no disturbed ground could be detected, never that the ground is restored; UNSEEN
    that the image does not tell (snow, cloud, bands, size), FIRST that there is nothing before it.
    """

    FIRST = "FIRST", "首次观测", "First observation"
    NEW = "NEW", "新增", "New"
    GROWN = "GROWN", "扩大", "Grown"
    UNCHANGED = "UNCHANGED", "未见变化", "No change detectable"
    SHRUNK = "SHRUNK", "缩小", "Shrunk"
    GONE = "GONE", "未检出", "Not detectable"
    UNSEEN = "UNSEEN", "无法判断", "Insufficient view"


class ReferenceHow(Term):
    """How the patch of undisturbed ground was come by that a site's plants are compared with."""

    GIVEN = "GIVEN", "人工给定", "Given"
    CHOSEN = "CHOSEN", "自动选取", "Chosen automatically"
    KEPT = "KEPT", "沿用上期", "Kept from before"
