"""Words of photographs: where one comes from, how far it has come, what it was judged by."""

from gis.domain.terms.base import Term


class PhotoSource(Term):
    """Whether the picture was taken for the check, or chosen among those the phone held."""

    CAMERA = "CAMERA", "现场拍摄", "Taken on the spot"
    CHOSEN = "CHOSEN", "从相册选取", "Chosen from the album"


class PhotoState(Term):
    """How far a photograph has come; a file that is no picture is kept all the same."""

    WAITING = "WAITING", "等待上传", "Waiting for its pieces"
    RECEIVED = "RECEIVED", "已收到", "Received"
    UNREADABLE = "UNREADABLE", "已收到，无法显示", "Received, cannot be shown"


class TimeBasis(Term):
    """Which clock a picture's time was read from."""

    SATELLITE = "SATELLITE", "卫星时间", "Satellite time"
    ZONED = "ZONED", "相机时间（含时区）", "Camera time with its zone"
    LOCAL = "LOCAL", "相机时间（按北京时间）", "Camera time, taken as Beijing time"


class OutboxFate(Term):
    """What became of one item of a phone's outbox that came as a file."""

    NEW = "NEW", "新收到", "Received"
    KNOWN = "KNOWN", "先前已收到", "Already here"
    REFUSED = "REFUSED", "未接收", "Not received"
