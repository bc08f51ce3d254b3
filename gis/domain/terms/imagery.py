"""Words of scenes: what kind they are, and how it is known which of their pixels show ground."""

from gis.domain.terms.base import Term


class SceneKind(Term):
    """Whether a scene was taken at once, or put together from clear pixels of several dates."""

    IMAGE = "IMAGE", "影像", "Image"
    COMPOSITE = "COMPOSITE", "多期合成", "Composite"


class MaskHow(Term):
    """How cloud, shadow and snow were told from ground; the name says how far to trust it.

    GIVEN by the producer (Sentinel-2 SCL) or the keeper; SPECTRAL with short-wave infrared,
    VISIBLE_NIR without it, BRIGHT from visible light alone, which cannot tell cloud from snow,
    roofs or salt.
    """

    GIVEN = "GIVEN", "随影像提供", "Given with the image"
    SPECTRAL = "SPECTRAL", "光谱判别（含短波红外）", "Spectral, with SWIR"
    VISIBLE_NIR = "VISIBLE_NIR", "光谱判别（可见光与近红外）", "Spectral, visible and NIR"
    BRIGHT = "BRIGHT", "仅按亮白判别", "Very bright and white only"
    MADE = "MADE", "合成时已剔除", "Left out when composed"
