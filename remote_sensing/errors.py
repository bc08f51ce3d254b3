"""What imagery, models and training material can be refused for.

Classes stand in alphabetical order; each is one of the six kinds of ``gis.errors``.
"""

from gis.errors import BadInput, Conflict, NotFound, Unavailable


class BandsMiscounted(BadInput):
    """The bands named are not as many as the file has. Facts: file, named, present."""

    code = "bands_miscounted"
    zh = "影像 {file} 有 {present} 个波段，却给出了 {named} 个波段名：请逐一写出，用 - 表示跳过。"
    en = "{file} has {present} bands but {named} were named: name each in order, - skips one."


class BandsUnknown(BadInput):
    """The file does not say which band is which. Facts: file, found."""

    code = "bands_unknown"
    zh = "无法识别影像 {file} 的波段（读到：{found}）：请用 --bands 按顺序写明，例如 B02,B03,B04。"
    en = "Cannot tell the bands of {file} (found: {found}): name them with --bands B02,B03,B04."


class CandidatesUnreadable(BadInput):
    """No candidates file, or one that qingfei detect did not write. Facts: file."""

    code = "candidates_unreadable"
    zh = "{file} 不是可读的疑似图斑文件：请给出 qingfei detect 生成的 candidates.geojson。"
    en = "{file} is not a readable candidates file: give a candidates.geojson of qingfei detect."


class CrsDoesNotFit(BadInput):
    """The coordinates are impossible in the CRS that the file names. Facts: file, crs."""

    code = "crs_does_not_fit"
    zh = "影像 {file} 的坐标不在其坐标系 {crs} 的范围内：请核对并改正坐标系。"
    en = "The coordinates of {file} cannot be in its CRS {crs}: check and correct the CRS."


class DaskUnreachable(Unavailable):
    """The Dask cluster does not answer, or lost the work. Facts: address."""

    code = "dask_unreachable"
    zh = "无法使用 Dask 集群 {address}：请启动 dask scheduler 与 dask worker，或改用 --threads。"
    en = "No Dask cluster works at {address}: start dask scheduler and workers, or use --threads."


class DemDoesNotReach(BadInput):
    """An elevation model that does not cover a scene. Facts: file, scene."""

    code = "dem_does_not_reach"
    zh = "高程模型 {file} 未覆盖影像 {scene} 的全部范围：请换用覆盖该影像的高程模型。"
    en = "The elevation model {file} does not cover all of {scene}: use one that does."


class DisplayCopyGone(NotFound):
    """A registered scene whose display copy is not on the disk any more. Facts: file."""

    code = "display_copy_gone"
    zh = "影像文件 {file} 已不在服务器上：请从备份恢复数据目录，或重新登记该影像。"
    en = "The file {file} is no longer on the server: restore the data folder or add it again."


class FieldMissing(BadInput):
    """A vector label file without the class column. Facts: file, field, present."""

    code = "field_missing"
    zh = (
        "标注文件 {file} 没有与图例对应的字段 {field}（现有：{present}）：请在清单中用 field 写明。"
    )
    en = "{file} has no column {field} that fits the legend (present: {present}): set field."


class ImageMissing(BadInput):
    """No such file. Facts: file."""

    code = "image_missing"
    zh = "找不到影像文件 {file}：请检查路径。"
    en = "There is no image file {file}: check the path."


class KeptSceneChanged(Unavailable):
    """A registered scene's own file is not what was registered. Facts: file."""

    code = "kept_scene_changed"
    zh = "已登记影像的文件 {file} 与登记时不同（被改动或磁盘损坏）：请从备份恢复该文件后重试。"
    en = "The file {file} of a registered scene is not what was registered: restore it, then retry."


class LabelOutlineInvalid(BadInput):
    """A label outline that crosses itself and is too large to mend. Facts: file, reason."""

    code = "label_outline_invalid"
    zh = "标注文件 {file} 中有自相交的轮廓（{reason}）：请在 GIS 软件中修复几何后再试。"
    en = "An outline in {file} crosses itself ({reason}): mend its geometry in a GIS first."


class LabelsMissing(BadInput):
    """No such label file. Facts: file."""

    code = "labels_missing"
    zh = "找不到标注文件 {file}：请检查清单中的 labels 路径。"
    en = "There is no label file {file}: check the path under labels in the manifest."


class LabelsUnreadable(BadInput):
    """A label file that is no raster or vector of an accepted kind. Facts: file, kinds."""

    code = "labels_unreadable"
    zh = "无法读取标注文件 {file}：请提供 {kinds} 格式的有效文件。"
    en = "Cannot read label file {file}: give a valid file of one of these kinds: {kinds}."


class LegendUnknownClass(BadInput):
    """The legend names a class that does not exist. Facts: name, known."""

    code = "legend_unknown_class"
    zh = "图例中的类别“{name}”不存在：请从下列类别中选用：{known}。"
    en = "The legend names an unknown class {name}: use one of {known}."


class ManifestInvalid(BadInput):
    """A training manifest that breaks the contract. Facts: file, problem_zh, problem_en."""

    code = "manifest_invalid"
    zh = "训练清单 {file} 有误：{problem_zh}。请按说明改正。"
    en = "Training manifest {file} is wrong: {problem_en}; correct it."


class ManifestMissing(BadInput):
    """No such manifest. Facts: file."""

    code = "manifest_missing"
    zh = "找不到训练清单 {file}：请检查路径。"
    en = "There is no training manifest {file}: check the path."


class MirroredRaster(BadInput):
    """Rows run north or columns run west. Facts: file."""

    code = "mirrored_raster"
    zh = "影像 {file} 不是上北左西排列：请先用 gdalwarp 转为正北朝上。"
    en = "{file} is not north-up: turn it with gdalwarp first."


class MissingBands(BadInput):
    """The images of a manifest share too few bands to learn from. Facts: file, shared."""

    code = "missing_bands"
    zh = "训练清单 {file} 中的影像共有波段太少（{shared}）：请使用至少共有三个波段的影像。"
    en = "The images of {file} share too few bands ({shared}): use images that share three."


class ModelLacksBands(BadInput):
    """The scene has not all the bands that the model needs. Facts: file, missing."""

    code = "model_lacks_bands"
    zh = "影像 {file} 缺少模型所需的波段 {missing}：请换用含这些波段的影像，或另训练模型。"
    en = "{file} lacks the bands {missing} that the model needs: use another image or model."


class ModelOfOtherFeatures(BadInput):
    """A model made for another version of the features. Facts: file, theirs, ours."""

    code = "model_of_other_features"
    zh = "模型 {file} 使用第 {theirs} 版特征，本程序为第 {ours} 版：请用 qingfei train 重新训练。"
    en = "Model {file} is of feature version {theirs}, not {ours}: train it again (qingfei train)."


class NoCrs(BadInput):
    """A raster without a CRS or a position. Facts: file."""

    code = "no_crs"
    zh = "影像 {file} 没有坐标系或地理定位：请先写入（如 gdal_edit.py -a_srs EPSG:4546）。"
    en = "{file} has no CRS or position: write one first (e.g. gdal_edit.py -a_srs EPSG:4546)."


class NoTrainingPixels(BadInput):
    """Fewer than two classes have labelled pixels. Facts: file."""

    code = "no_training_pixels"
    zh = "训练清单 {file} 中有标注像元的类别不足两类：请补充与影像重叠的标注。"
    en = "Fewer than two classes of {file} have labelled pixels: add labels on the images."


class NoValidPixels(BadInput):
    """Every pixel is nodata. Facts: file."""

    code = "no_valid_pixels"
    zh = "影像 {file} 全部为无效值：请换一幅影像，或核对其 nodata 值。"
    en = "Every pixel of {file} is nodata: use another image or check its nodata value."


class NotAModel(BadInput):
    """A file that is no model, or a broken one. Facts: file."""

    code = "not_a_model"
    zh = "{file} 不是完好的模型文件：请使用 qingfei train 生成的文件。"
    en = "{file} is not a whole model file: use one written by qingfei train."


class NotARaster(BadInput):
    """A file that is no GeoTIFF. Facts: file."""

    code = "not_a_raster"
    zh = "{file} 不是可读的 GeoTIFF 影像：请另存为 GeoTIFF 后再试。"
    en = "{file} is not a readable GeoTIFF: save it as GeoTIFF and try again."


class OutputBusy(Conflict):
    """Another process is writing the same output. Facts: directory."""

    code = "output_busy"
    zh = "另一个进程正在写入 {directory}：请等它结束，或换一个输出目录。"
    en = "Another process is writing to {directory}: wait for it, or choose another output."


class OutputOfOtherInputs(Conflict):
    """The output holds results of another image, model or parameters. Facts: directory."""

    code = "output_of_other_inputs"
    zh = "{directory} 中已有其他影像、模型或参数的结果：请换输出目录，或加 --overwrite 覆盖。"
    en = "{directory} holds results of other inputs: choose another output, or use --overwrite."


class OutputUnwritable(Unavailable):
    """The output cannot be written for another reason than room. Facts: file, reason."""

    code = "output_unwritable"
    zh = "无法写入 {file}（{reason}）：请检查输出目录的权限与磁盘后重试。"
    en = "Cannot write {file} ({reason}): check the output's permissions and disk, then retry."


class RadiometryUnclear(BadInput):
    """Bands of one file carry different scales. Facts: file."""

    code = "radiometry_unclear"
    zh = "影像 {file} 各波段的缩放系数不一致：请用 --scale 与 --offset 写明反射率换算。"
    en = "The bands of {file} carry different scales: give --scale and --offset."


class RasterTooLarge(BadInput):
    """Declares more than one machine should open. Facts: file, reason_zh, reason_en."""

    code = "raster_too_large"
    zh = "影像 {file} 过大或异常（{reason_zh}）：请裁剪后再试。"
    en = "{file} is too large or suspicious ({reason_en}): crop it and try again."


class RotatedRaster(BadInput):
    """Rows do not run west to east. Facts: file."""

    code = "rotated_raster"
    zh = "影像 {file} 带有旋转或错切：请先用 gdalwarp 校正为正北朝上。"
    en = "{file} is rotated or sheared: rectify it with gdalwarp first."


class SceneChanged(Conflict):
    """An image or model is not the file it was when the run began. Facts: file."""

    code = "scene_changed"
    zh = "{file} 的内容与开始排查时不同：请恢复原文件，或加 --overwrite 重新运行。"
    en = "{file} is not the file that the run began with: restore it, or run with --overwrite."


class TruncatedRaster(BadInput):
    """A raster whose pixels cannot all be read. Facts: file."""

    code = "truncated_raster"
    zh = "影像 {file} 不完整或已损坏：请重新拷贝或下载。"
    en = "{file} is cut short or damaged: copy or download it again."


class ViewMissing(NotFound):
    """A scene without the bands for a view. Facts: view, present."""

    code = "view_missing"
    zh = "该影像没有 {view} 显示方式：请改用 {present}。"
    en = "This scene has no view {view}: use {present}."


class ZeroPixelSize(BadInput):
    """Pixels without an extent. Facts: file."""

    code = "zero_pixel_size"
    zh = "影像 {file} 的像元大小为零：请改正其地理变换参数。"
    en = "The pixels of {file} have no size: correct its geotransform."


class ZonesUnreadable(BadInput):
    """Ignore zones that are no vector file, or hold no sound polygon. Facts: file."""

    code = "zones_unreadable"
    zh = "{file} 不是可读的忽略区文件：请提供含有效面要素的 GeoJSON、GPKG 或 Shapefile。"
    en = "{file} is no readable file of ignore zones: give GeoJSON, GPKG or Shapefile polygons."
