"""Texts in the metadata of PNG and JPEG pictures."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import Image, UnidentifiedImageError

from hrdresearch.privacy.pictures import image_digest
from hrdresearch.privacy.text_carriers import CarriedText, decode_bytes

IMAGE_STARTS = (b"\x89PNG", b"\xff\xd8")


def texts_of_image(data: bytes, place: str) -> Iterator[CarriedText]:
    """Texts in the metadata of a PNG or JPEG picture (text chunks, EXIF, XMP, comments)."""
    carrier = "image metadata"
    try:
        if data.startswith(b"\x89PNG"):
            for chunk, body in _png_chunks(data):
                yield CarriedText(carrier, f"{place} {chunk}", decode_bytes(body))
        elif data.startswith(b"\xff\xd8"):
            for body in _jpeg_segments(data):
                yield CarriedText(carrier, place, decode_bytes(body))
        with Image.open(io.BytesIO(data)) as image:
            yield CarriedText("picture", place, image_digest(image), "picture")
            exif = image.getexif()
            blocks: list[dict[Any, Any]] = [dict(exif), dict(image.info)]
            blocks += [dict(exif.get_ifd(ifd)) for ifd in (0x8769, 0x8825, 0x014A) if ifd in exif]
            blocks.append(dict(getattr(image, "text", {})))
            for block in blocks:
                for value in block.values():
                    yield from _texts_of_value(value, carrier, place)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, zlib.error):
        yield CarriedText(carrier, place, "", "unreadable")


def _texts_of_value(value: Any, carrier: str, place: str) -> Iterator[CarriedText]:
    if isinstance(value, bytes):
        yield CarriedText(carrier, place, decode_bytes(value))
        if value.count(b"\x00") > len(value) // 3:
            yield CarriedText(carrier, place, value.decode("utf-16-le", "ignore"))
    elif isinstance(value, str):
        yield CarriedText(carrier, place, value)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts_of_value(inner, carrier, place)


def _png_chunks(data: bytes) -> Iterator[tuple[str, bytes]]:
    position = 8
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        chunk = data[position + 4 : position + 8].decode("latin-1")
        body = data[position + 8 : position + 8 + size]
        position += 12 + size
        if chunk == "IEND":
            break
        if chunk in ("IDAT", "IHDR", "PLTE", "pHYs", "gAMA", "cHRM", "tIME"):
            continue
        yield chunk, body
        parts = body.split(b"\x00", 1)
        if chunk == "zTXt" and len(parts) == 2:
            yield chunk, zlib.decompressobj().decompress(parts[1][1:], 5_000_000)
        if chunk == "iTXt" and len(parts) == 2 and parts[1][:1] == b"\x01":
            packed = parts[1][2:].split(b"\x00", 2)[-1]
            yield chunk, zlib.decompressobj().decompress(packed, 5_000_000)
    if position < len(data):
        yield "after the end", data[position:]


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF and data[position + 1] != 0xDA:
        size = int.from_bytes(data[position + 2 : position + 4], "big")
        yield data[position + 4 : position + 2 + size]
        position += 2 + size
    end = data.rfind(b"\xff\xd9")
    if 0 <= end < len(data) - 2:
        yield data[end + 2 :]
