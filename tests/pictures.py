"""Files as people send them, and as they should not: made here, none is kept."""

import base64
import io
import zipfile
import zlib

from PIL import Image

CONTENT_TYPES = "[Content_Types].xml"


def picture(width: int = 640, height: int = 480, form: str = "JPEG", **options: object) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), (0, 0, 200))
    image.paste((200, 0, 0), (0, 0, width // 2, height))
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photo(orientation: int = 1) -> bytes:
    """A photograph with its own record: 1 June 2026, by the river in Kundulun."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of 王工"
    exif.get_ifd(0x8769)[0x9003] = "2026:06:01 09:30:00"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (40.0, 42.0, 18.0), "E", (109.0, 42.0, 3.6)
    return picture(exif=exif)


def package(*parts: str, content: bytes = b"<x/>") -> bytes:
    """A zip archive of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(part, content)
    return out.getvalue()


DOCX = package(CONTENT_TYPES, "word/document.xml")
XLSX = package(CONTENT_TYPES, "xl/workbook.xml")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def bomb_png(side: int = 20_000) -> bytes:
    """A small file that claims to be ``side`` by ``side`` pixels."""
    small = bytearray(picture(1, 1, "PNG"))
    small[16:24] = side.to_bytes(4, "big") * 2

    small[29:33] = zlib.crc32(bytes(small[12:29])).to_bytes(4, "big")
    return bytes(small)


HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAA"
    "AAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAABxQABAAAAAAAAAHUAAgAAAAACOgABAAAAAAAAAMgAAAA4aWluZgAA"
    "AAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA4Glwcn"
    "AAAADAaXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroC"
    "QGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2"
    "xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABgAAAAQAAAABBwaXhpAAAAAAMICAgAAAAJaXJvdAMAAAAYaXBtYQAA"
    "AAAAAAABAAEFgQIDBIUAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAUVtZGF0AAAAcSgBrxOAecKTVEf//vqV7/"
    "3Dnn/w2slkKp/9grPvzpNv/Ljedylx8S8TgTurIsD26aMQysTJ3D7VAPyeibSP/Edi9ES3KDHB/7azgxft9Nzv7k94"
    "FFci5mt+EMKz44XyPWlyP7U0gYV8CP013r8CKXrwAAAABkV4aWYAAE1NACoAAAAIAAMBEgADAAAAAQAGAACHaQAEAA"
    "AAAQAAADKIJQAEAAAAAQAAAFgAAAAAAAGQAwACAAAAFAAAAEQAAAAAMjAyNjowNjowMSAwOTozMDowMAAABAABAAIA"
    "AAACTgAAAAACAAUAAAADAAAAjgADAAIAAAACRQAAAAAEAAUAAAADAAAApgAAAAAAAAAoAAAAAQAAACoAAAABAAAAEg"
    "AAAAEAAABtAAAAAQAAACoAAAABAAAAEgAAAAU="
)
"""What `photo` shows, 64 by 96 upright, as a phone of another make writes it (HEIC)."""
