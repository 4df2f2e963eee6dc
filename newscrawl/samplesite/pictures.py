"""The pictures: abstract stripes drawn from their name, real JPEG and PNG files."""

from __future__ import annotations

import hashlib
import io
import re
from functools import lru_cache

from PIL import Image, ImageDraw

_NAME = re.compile(r"([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?:_\w*?w(\d{2,4})\w*)?\.(jpg|png)")
ORIGINAL_WIDTH = 1023


@lru_cache(maxsize=512)
def picture(name: str) -> bytes | None:
    """Return the file called ``<GUID>.jpg`` (original) or ``<GUID>_…w<width>….jpg``; None for any other name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    width = min(int(match[2] or ORIGINAL_WIDTH), ORIGINAL_WIDTH)
    height = max(width * 9 // 16, 1)
    image = Image.new("RGB", (width, height), _color(match[1], 0))
    draw = ImageDraw.Draw(image)
    for index in range(1, 7):
        left = width * index // 7
        draw.polygon([(left, 0), (width, 0), (left, height)], fill=_color(match[1], index))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG" if match[3] == "jpg" else "PNG", quality=70)
    return buffer.getvalue()


def _color(guid: str, index: int) -> tuple[int, int, int]:
    digest = hashlib.sha256(f"{guid.upper()}/{index}".encode()).digest()
    return digest[0], digest[1], digest[2]
