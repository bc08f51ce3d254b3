"""Draws a stamped copy: the picture whole, and below it a bar with what is known of it."""

import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.photos.errors import FontMissing
from gis.domain.photos.label import PhotoLabel
from gis.store import drawing

GROUND, TEXT, HEADING = (18, 30, 40), (235, 240, 244), (255, 255, 255)
LEAST_PX = 18
TAIL = "…"


def stamp(display: Path, label: PhotoLabel) -> bytes:
    """Return the picture of a display copy with its label, as JPEG. Raises FontMissing."""
    from PIL import Image, ImageDraw

    fonts = _font(True), _font(False)
    with drawing.TURN, Image.open(display, formats=["JPEG"]) as picture:
        width, height = picture.size
        size = max(LEAST_PX, min(width, height) // 44)
        heading, plain = _sized(fonts[0], size * 5 // 4), _sized(fonts[1], size)
        lines = _laid_out(label, plain, width - 2 * size)
        step, lead = round(size * 1.6), size // 2
        canvas = Image.new("RGB", (width, height + step * len(lines) + size + lead), GROUND)
        canvas.paste(picture, (0, 0))
        draw = ImageDraw.Draw(canvas)
        for number, line in enumerate(lines):
            font, colour = (heading, HEADING) if number == 0 else (plain, TEXT)
            place = (size, height + lead + number * step + (lead if number else 0))
            draw.text(place, _fitting(line, font, width - 2 * size), font=font, fill=colour)
    return drawing.as_jpeg(canvas)


def _laid_out(label: PhotoLabel, font: Any, room: int) -> list[str]:
    """Return the lines, those too long for the picture broken where two facts meet."""
    lines = [label.lines[0]]
    for line in label.lines[1:]:
        whole = font.getlength(line) <= room
        lines += [line] if whole else [part for part in line.split("　　") if part]
    return lines


def _fitting(line: str, font: Any, room: int) -> str:
    """Return as much of a line as there is room for."""
    if font.getlength(line) <= room:
        return line
    while line and font.getlength(line + TAIL) > room:
        line = line[:-1]
    return line + TAIL


def _sized(font: tuple[str, int], size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(font[0], size, index=font[1])


@cache
def _font(is_bold: bool) -> tuple[str, int]:
    """Return the file and index of a font that has Chinese, as the system knows them."""
    wanted = f"Noto Sans CJK SC:lang=zh-cn{':bold' if is_bold else ''}"
    asked = ["fc-match", "-f", "%{file}\n%{index}\n%{lang}", wanted]
    try:
        found = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=True)
        file, index, languages = found.stdout.split("\n", 2)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise FontMissing() from error
    if "zh-cn" not in languages.split("|"):
        raise FontMissing()
    return file, int(index)
