"""What is refused of a photograph on its way; nothing that was received before is harmed."""

from gis.errors import BadInput, NotAllowed, NotFound, Unavailable


class PhotoTooLarge(BadInput):
    """A file over the cap. Facts: name, most_mb."""

    code = "photo_too_large"
    zh = "照片“{name}”超过 {most_mb} MB，不能上传：原片请留在手机上，换一张较小的照片。"
    en = "“{name}” is over {most_mb} MB: keep it on the phone and send a smaller one."


class PhotoNotYours(NotAllowed):
    """Pieces from an account that did not announce the photograph. Facts: id."""

    code = "photo_not_yours"
    zh = "照片 {id} 不是由当前账号登记的：请先用当前账号重新登记，再上传。"
    en = "Photograph {id} was announced by another account: announce it with yours first."


class PieceUnfit(BadInput):
    """A piece that is not there, or not of its length. Facts: number, pieces, size, right_size."""

    code = "piece_unfit"
    zh = "第 {number} 片（共 {pieces} 片）应为 {right_size} 字节，收到 {size}：请重新上传此片。"
    en = "Piece {number} of {pieces} has {right_size} bytes, {size} came; send this piece again."


class PieceDamaged(BadInput):
    """A piece whose bytes are not those that were sent. Facts: number."""

    code = "piece_damaged"
    zh = "第 {number} 片在传输中受损，未保存：请重新上传此片。"
    en = "Piece {number} was damaged on its way and not kept; send this piece again."


class PhotoDiffers(BadInput):
    """All pieces came, and are not the file that was announced. Facts: name."""

    code = "photo_differs"
    zh = "照片“{name}”拼合后与登记的校验值不符，已收到的分片作废：请重新上传整张照片。"
    en = "“{name}” put together is not the file announced; its pieces were dropped, send it again."


class TooMuchUnfinished(BadInput):
    """An account with too much announced and not finished. Facts: most_gb."""

    code = "too_much_unfinished"
    zh = "您登记后尚未传完的照片超过 {most_gb} GB：请先传完这些照片，再登记新的。"
    en = "You announced over {most_gb} GB not yet sent; finish those photographs first."


class FontMissing(Unavailable):
    """No font with Chinese characters, so that a stamp would be empty boxes."""

    code = "font_missing"
    zh = "服务器没有中文字体，无法生成带说明的照片：请安装 fonts-noto-cjk 后重试。"
    en = "The server has no Chinese font to stamp photographs with: install fonts-noto-cjk."


class PhotoNotShown(NotFound):
    """A copy asked of a photograph that has none: not all here, or no picture. Facts: name."""

    code = "photo_not_shown"
    zh = "照片“{name}”尚未传完或不是可显示的图片，请查看它的状态说明。"
    en = "“{name}” is not all here or no picture that can be shown; see what its state says."
