"""What taking a scene in, masking it or composing it can be refused for."""

from gis.errors import BadInput, Conflict


class AllHidden(BadInput):
    """Cloud and its shadow leave next to nothing of a scene. Facts: file, percent."""

    code = "all_hidden"
    zh = "影像 {file} 的有效像元有 {percent} % 被云或云影遮挡：请换一期影像，或加 --no-mask。"
    en = "Cloud or its shadow hides {percent} % of {file}: use another date, or add --no-mask."


class ArchiveDamaged(BadInput):
    """A zip that is none, is cut short or locked. Facts: file."""

    code = "scene_archive_damaged"
    zh = "压缩包 {file} 不完整、已加密或已损坏：请重新拷贝或下载。"
    en = "The archive {file} is cut short, locked or damaged: copy or download it again."


class ArchiveUnsafe(BadInput):
    """A zip that would write elsewhere or fill the disk. Facts: file, reason_zh, reason_en."""

    code = "scene_archive_unsafe"
    zh = "压缩包 {file} 不安全（{reason_zh}），未解压：请向提供方索取原始产品。"
    en = "The archive {file} is unsafe ({reason_en}) and was not unpacked: ask for the original."


class BandsDisagree(BadInput):
    """Bands of one product with unlike grids. Facts: file, band, against."""

    code = "bands_disagree"
    zh = "影像 {file} 的波段 {band} 与 {against} 范围或分辨率不一致：请重新下载完整的同一景产品。"
    en = "Band {band} of {file} has another footprint or resolution than {against}: download again."


class CompositeUnfit(BadInput):
    """Scenes that cannot be composed. Facts: reason_zh, reason_en."""

    code = "composite_unfit"
    zh = "所选影像无法合成：{reason_zh}。"
    en = "These scenes cannot be composed: {reason_en}."


class MaskImpossible(BadInput):
    """A scene whose bands say nothing of cloud. Facts: file."""

    code = "mask_impossible"
    zh = "影像 {file} 缺少蓝、绿、红波段，或为低空航片，无法判别云：请改用 --no-mask。"
    en = (
        "{file} lacks blue, green or red, or is of low flight: cloud cannot be told; use --no-mask."
    )


class MaskUnfit(BadInput):
    """A mask that is no raster of codes over the scene. Facts: file, scene."""

    code = "mask_unfit"
    zh = "掩膜 {file} 与影像 {scene} 的格网不一致或编码有误：请用 qingfei scene mask 生成。"
    en = "{file} lies on another grid than {scene} or has other codes: use qingfei scene mask."


class SafeIncomplete(BadInput):
    """A Sentinel-2 product without a band file. Facts: file, missing."""

    code = "safe_incomplete"
    zh = "Sentinel-2 产品 {file} 缺少 {missing}：请重新下载，或用 --bands 只取现有波段。"
    en = "The Sentinel-2 product {file} lacks {missing}: download it again, or name --bands it has."


class SafeNotL2A(BadInput):
    """A folder or archive that is no Level-2A product. Facts: file."""

    code = "safe_not_l2a"
    zh = "{file} 不是 Sentinel-2 L2A 产品（其中没有 MTD_MSIL2A.xml）：请下载 L2A 级产品。"
    en = "{file} is no Sentinel-2 L2A product (it has no MTD_MSIL2A.xml): download Level-2A."


class SafeUnreadable(BadInput):
    """Metadata that cannot be read. Facts: file, problem."""

    code = "safe_unreadable"
    zh = "Sentinel-2 产品 {file} 的元数据无法读取（{problem}）：请重新下载该产品。"
    en = "The metadata of {file} cannot be read ({problem}): download the product again."


class SceneAlreadyThere(Conflict):
    """The same file under another name. Facts: name, known."""

    code = "scene_already_there"
    zh = "影像“{name}”已以“{known}”登记：请直接使用，无需重复登记。"
    en = "The scene “{name}” is registered already as “{known}”: use that one."


class SceneToConvert(BadInput):
    """A folder or an archive where one GeoTIFF is needed. Facts: file."""

    code = "scene_to_convert"
    zh = "{file} 不是单个 GeoTIFF：请先运行 qingfei scene convert 转换，或用 scene add 登记。"
    en = "{file} is not one GeoTIFF: run qingfei scene convert first, or register it (scene add)."
