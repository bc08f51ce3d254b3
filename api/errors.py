"""The doors' own errors, and the HTTP status of every error by its place in the tree."""

from gis.errors import (
    BadInput,
    Conflict,
    DiskFull,
    NotAllowed,
    NotFound,
    NotSignedIn,
    QingfeiError,
    Unavailable,
)

STATUS: dict[type[QingfeiError], int] = {
    DiskFull: 507,
    BadInput: 422,
    NotSignedIn: 401,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    Unavailable: 503,
}


class RequestInvalid(BadInput):
    """A request whose fields do not fit. Facts: fields, fields_zh, fields_en."""

    code = "request_invalid"
    zh = "提交的内容有误（{fields_zh}），请更正后重新提交。"
    en = "The request does not fit ({fields_en}); correct it and send it again."


class BodyUnreadable(BadInput):
    """A body that is no whole JSON in UTF-8, or no whole form with files."""

    code = "body_unreadable"
    zh = "提交的内容无法读取（不完整，或不是 UTF-8 的 JSON 或表单），请重新提交。"
    en = "The body cannot be read (cut short, or no JSON in UTF-8, or no form); send it again."


class LengthMissing(BadInput):
    """A body that does not say how long it is, and so could be of any size."""

    code = "length_missing"
    zh = "提交的内容没有说明长度（Content-Length），已拒绝：请整体提交，不要分块传输。"
    en = "The body does not say its length (Content-Length): send it whole, not in chunks."


class BodyTooLarge(BadInput):
    """More was sent than any door takes; said before it is read. Facts: most_mb."""

    code = "body_too_large"
    zh = "提交的内容超过 {most_mb} MB，请压缩或拆分后再提交。"
    en = "More than {most_mb} MB was sent; compress or split it and send it again."


class PageNotFound(NotFound):
    """No route of that address."""

    code = "page_not_found"
    zh = "没有这个地址，请从首页进入。"
    en = "There is nothing at this address; start from the home page."


class MethodRefused(BadInput):
    """The address exists, the method does not."""

    code = "method_refused"
    zh = "该地址不支持此操作。"
    en = "This address does not take that method."


class InternalError(Unavailable):
    """A fault of ours; the log has the rest."""

    code = "internal_error"
    zh = "服务器内部错误，操作未生效：请稍后重试，仍有问题请联系系统管理员查看日志。"
    en = "The server failed and nothing was stored: try again, or ask the keeper to read the log."


class CrossSite(NotAllowed):
    """A write that did not come from this application's own pages."""

    code = "cross_site"
    zh = (
        "请求未带本系统的标记，已拒绝：请从本系统页面操作，接口调用请加 X-Requested-With: qingfei。"
    )
    en = (
        "The request lacks this application's mark: use its own pages, or send the header "
        "X-Requested-With: qingfei."
    )


def status_of(error: QingfeiError) -> int:
    """Return the HTTP status of an error by its place in the tree."""
    for kind, status in STATUS.items():
        if isinstance(error, kind):
            return status
    return 500
