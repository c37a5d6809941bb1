"""Recognizes the pictures that the renderer drew, by their pixels; a report may hold no other picture.

A photograph of a person, or of a page of a list, shows what a scan of texts cannot read.
"""

from __future__ import annotations

import hashlib
import io

from PIL import Image

NOT_DRAWN = "picture that was not drawn for this report"


def picture_digest(data: bytes) -> str:
    """Digest of the pixels of a picture file, the same in a page, a Word file and a PDF file.

    Transparency is left out. Raises OSError (of Pillow) where the data are no picture.
    """
    with Image.open(io.BytesIO(data)) as image:
        return image_digest(image)


def image_digest(image: Image.Image) -> str:
    """Digest of the pixels of an open picture; OSError (of Pillow) where they cannot be read."""
    return pixels_digest(*image.size, image.convert("RGB").tobytes())


def pixels_digest(width: int, height: int, pixels: bytes) -> str:
    """Digest of pixels in red, green and blue, row by row.

    >>> pixels_digest(1, 1, bytes(3)) == pixels_digest(1, 1, bytes([0, 0, 1]))
    False
    """
    return hashlib.sha256(f"{width} {height} ".encode() + pixels).hexdigest()
