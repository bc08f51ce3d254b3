"""What labels and runs can be refused for when a map is judged; in alphabetical order."""

from gis.errors import BadInput


class LabelsElsewhere(BadInput):
    """No label lies in the scene that is to be judged. Facts: scene."""

    code = "labels_elsewhere"
    zh = "标注与 {scene} 的范围没有交集：请核对标注文件及其坐标系是否对应这幅影像。"
    en = "No label lies in {scene}: check that the labels and their CRS belong to this image."


class LabelsHaveNoGeometry(BadInput):
    """A vector label file none of whose rows has an outline. Facts: file."""

    code = "labels_have_no_geometry"
    zh = "标注文件 {file} 中没有任何图形：请导出带有多边形的标注。"
    en = "No row of the label file {file} has an outline: export the labels with their polygons."


class RunMissing(BadInput):
    """No finished run of an image in the folder. Facts: image, folder."""

    code = "run_missing"
    zh = "{folder} 中没有影像 {image} 的检测结果：请先运行 qingfei detect，--out 指向该文件夹。"
    en = "{folder} has no run of the image {image}: first run qingfei detect with --out {folder}."
