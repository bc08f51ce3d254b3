"""What a file from outside is refused for, before any row of it is judged.

BadInput
├── FormatUnread     a kind of file that is not read
├── OldWorkbook      .xls, .et: to be saved as .xlsx
├── FileTooLarge     more bytes than are taken
├── FileDamaged      cut short, or not what its name says
├── ArchiveUnsafe    unpacks to far more than it holds
├── PartMissing      a Shapefile without one of its files
├── EncodingUnread   text in no encoding that is known here
├── SheetUnknown     no such sheet or layer
├── SheetHidden      there, but hidden
├── SheetEmpty       no rows below a heading
├── HeadingTwice     two columns of one name
├── TooManyRows      more rows than are taken at once
├── TooManyColumns   wider than any list
├── CellTooLong      a cell that holds a book
├── FormulaCells     values that only a spreadsheet can work out
├── BrokenCells      #REF! and its like
├── MergedCells      one cell over several rows
└── GeometryUnread   a shape that cannot be read
"""

from gis.errors import BadInput


class FormatUnread(BadInput):
    """A kind of file that is not read. Facts: name, known."""

    code = "format_unread"
    zh = "无法读取“{name}”：支持的格式为 {known}，请另存后重新上传。"
    en = "“{name}” cannot be read: save it as one of {known} and send it again."


class OldWorkbook(BadInput):
    """A workbook of the format before 2007. Facts: name."""

    code = "old_workbook"
    zh = "“{name}”是旧版表格（.xls/.et）：请在 Excel 或 WPS 中另存为 .xlsx 后重新上传。"
    en = "“{name}” is a workbook of the old kind (.xls, .et): save it as .xlsx and send it again."


class FileTooLarge(BadInput):
    """More bytes than are taken. Facts: name, most_mb."""

    code = "table_too_large"
    zh = "“{name}”超过 {most_mb} MB：请分成几个文件上传。"
    en = "“{name}” is larger than {most_mb} MB: send it in several files."


class FileDamaged(BadInput):
    """Cut short, locked, or not what its name says. Facts: name, reason."""

    code = "table_damaged"
    zh = "“{name}”打不开（{reason}）：文件可能损坏、加密，或扩展名与内容不符，请重新导出。"
    en = "“{name}” does not open ({reason}): it is damaged, locked or misnamed; export it again."


class ArchiveUnsafe(BadInput):
    """An archive that unpacks to far more than it holds. Facts: name, most_mb."""

    code = "archive_unsafe"
    zh = "“{name}”解压后超过 {most_mb} MB 或压缩比异常，已拒绝：请只保留需要的工作表后重新保存。"
    en = "“{name}” unpacks to over {most_mb} MB or far too densely: save only the sheet needed."


class PartMissing(BadInput):
    """A Shapefile without one of its files. Facts: name, part."""

    code = "part_missing"
    zh = "“{name}”缺少 {part}：请把 .shp、.shx、.dbf、.prj、.cpg 放在同一个 zip 中上传。"
    en = "“{name}” lacks {part}: put .shp, .shx, .dbf, .prj and .cpg into one zip."


class EncodingUnread(BadInput):
    """Text in no encoding that is known here. Facts: name."""

    code = "encoding_unread"
    zh = "“{name}”的文字编码无法识别：请另存为 UTF-8 或 GB18030 后重新上传。"
    en = "The encoding of “{name}” is not known: save it as UTF-8 or GB18030 and send it again."


class SheetUnknown(BadInput):
    """No such sheet or layer. Facts: sheet, known."""

    code = "sheet_unknown"
    zh = "文件中没有“{sheet}”，可选：{known}。"
    en = "The file has no “{sheet}”; it has: {known}."


class SheetHidden(BadInput):
    """The sheet is there and hidden. Facts: sheet."""

    code = "sheet_hidden"
    zh = "工作表“{sheet}”是隐藏的：请取消隐藏、核对内容后重新上传。"
    en = "The sheet “{sheet}” is hidden: show it, look it through, and send the file again."


class SheetEmpty(BadInput):
    """No rows below a heading. Facts: sheet."""

    code = "sheet_empty"
    zh = "“{sheet}”中没有数据：需要一行表头，其下至少一行记录。"
    en = "“{sheet}” holds no records: it needs a heading row and at least one row below it."


class HeadingTwice(BadInput):
    """Two columns of one name. Facts: heading, cells."""

    code = "heading_twice"
    zh = "表头“{heading}”出现多次（{cells}）：请改成不同的名称。"
    en = "The heading “{heading}” stands in several cells ({cells}): give each its own name."


class TooManyRows(BadInput):
    """More rows than are taken at once. Facts: most."""

    code = "too_many_rows"
    zh = "记录超过 {most} 行：请分成几个文件上传。"
    en = "There are more than {most} rows: send them in several files."


class TooManyColumns(BadInput):
    """Wider than any list. Facts: most, cell."""

    code = "too_many_columns"
    zh = "表格超过 {most} 列（{cell} 有内容）：请删去多余的列后重新上传。"
    en = "The table is wider than {most} columns ({cell} is filled): remove what is not needed."


class CellTooLong(BadInput):
    """A cell that holds a book. Facts: cell, most."""

    code = "cell_too_long"
    zh = "单元格 {cell} 超过 {most} 个字符：请缩短后重新上传。"
    en = "Cell {cell} holds more than {most} characters: shorten it and send the file again."


class FormulaCells(BadInput):
    """Values that only a spreadsheet can work out. Facts: cells, count."""

    code = "formula_cells"
    zh = "{count} 个单元格是公式（{cells}）：请复制后“选择性粘贴—数值”，再重新上传。"
    en = "{count} cells hold formulas ({cells}): paste them as values and send the file again."


class BrokenCells(BadInput):
    """Cells in which a spreadsheet says that it failed. Facts: cells, count."""

    code = "broken_cells"
    zh = "{count} 个单元格显示错误值（{cells}），如 #REF!：请改正或清空后重新上传。"
    en = "{count} cells show an error such as #REF! ({cells}): correct or empty them."


class MergedCells(BadInput):
    """One cell over several rows or columns of records. Facts: cells, count."""

    code = "merged_cells"
    zh = "数据区有 {count} 处合并单元格（{cells}）：请取消合并并逐行填写后重新上传。"
    en = "{count} ranges among the records are merged ({cells}): unmerge them, fill each row."


class GeometryUnread(BadInput):
    """A shape that cannot be read. Facts: row, reason."""

    code = "geometry_unread"
    zh = "第 {row} 条记录的图形无法读取（{reason}）：请在 GIS 软件中修复后重新导出。"
    en = "The shape of record {row} cannot be read ({reason}): mend it in a GIS and export again."
