"""Texts in HTML pages, SVG drawings, JSON and notebooks, and in files embedded in them.

Both the visible text and the text that a browser does not show (attributes, comments, scripts, data
URIs).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree, html  # type: ignore[import-untyped]

from hrdresearch.privacy.text_carriers import CarriedText, decode_bytes
from hrdresearch.privacy.texts_in_blocks import INLINE, line_of, texts_of_block, texts_of_columns
from hrdresearch.privacy.texts_in_images import IMAGE_STARTS, texts_of_image
from hrdresearch.privacy.texts_in_word import texts_of_docx

IDENTIFIER_ATTRIBUTES = frozenset(
    ("id", "for", "name", "headers", "data-claim", "aria-labelledby", "aria-describedby")
)
PICTURES = frozenset(("img", "image", "source", "video", "object", "embed", "iframe"))
IDENTIFIER_KEYS = frozenset(("name", "claim", "id", "known", "of", "key"))
LABEL_KEYS = frozenset(("label", "labels", "filter"))
_DATA_URI = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w=.+-]+)*),([^\s\"')<>]*)")


def texts_of_html(
    source: str | bytes, labels: frozenset[str] = frozenset()
) -> Iterator[CarriedText]:
    """Texts of an HTML page, its inline SVG, scripts and data URIs.

    labels: texts of drawings that are labels of a vocabulary.
    """
    if not source.strip():
        return
    if isinstance(source, bytes):
        source = source.decode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_blank_text=False)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        yield CarriedText("HTML text", "page", source)
        return
    yield from _texts_of_tree(root, labels, "HTML")


def texts_of_svg(
    source: str | bytes, labels: frozenset[str] = frozenset()
) -> Iterator[CarriedText]:
    """Texts of an SVG drawing in a file or data URI of its own; ``labels`` as in an HTML page."""
    data = source.encode("utf-8") if isinstance(source, str) else source
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    root = etree.fromstring(data, parser) if data.strip() else None
    if root is None:
        yield CarriedText("SVG", "drawing", data.decode("utf-8", "replace"))
        return
    yield from _texts_of_tree(root, labels, "SVG")


def texts_of_json(
    value: Any, carrier: str, place: str = "", role: str = "text"
) -> Iterator[CarriedText]:
    """Texts and keys of a JSON value; a ``text`` next to a ``vocabulary`` is a label."""
    if isinstance(value, dict | list | tuple):
        yield from _numbers_of_json(value, carrier, place)
    if isinstance(value, dict):
        for key, inner in value.items():
            where = f"{place}.{key}" if len(str(key)) < 40 and place.count(".") < 6 else place
            yield CarriedText(carrier, f"key in {place or 'top level'}", str(key), "identifier")
            inner_role = role
            if key in LABEL_KEYS or (key == "text" and value.get("vocabulary")):
                inner_role = "label"
            elif key in IDENTIFIER_KEYS and isinstance(inner, str):
                inner_role = "identifier"
            yield from texts_of_json(inner, carrier, _safe_place(where), inner_role)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from texts_of_json(inner, carrier, f"{place}[{number}]", role)
    elif isinstance(value, str):
        yield from _texts_of_string(value, carrier, place, role)


def _numbers_of_json(value: Any, carrier: str, place: str) -> Iterator[CarriedText]:
    """Numbers of one dictionary or list that are long enough for a telephone or a coordinate."""
    held = value.values() if isinstance(value, dict) else value
    numbers = [repr(n) for n in held if isinstance(n, int | float) and not isinstance(n, bool)]
    if any(len(number.lstrip("-")) >= 5 for number in numbers):
        yield CarriedText(carrier, place, ", ".join(numbers), "number")


def texts_of_notebook(book: dict[str, Any]) -> Iterator[CarriedText]:
    """Texts of an executed notebook: sources, outputs, tracebacks, metadata."""
    yield from texts_of_json(book.get("metadata", {}), "notebook metadata")
    for number, cell in enumerate(book.get("cells", []), start=1):
        where = f"cell {number}"
        yield CarriedText("notebook source", where, _joined(cell.get("source", "")))
        yield from texts_of_json(cell.get("metadata", {}), "notebook metadata", where)
        yield from texts_of_json(cell.get("attachments", {}), "notebook attachment", where)
        for output in cell.get("outputs", []):
            yield CarriedText("notebook output", where, _joined(output.get("text", "")))
            traceback = [output.get("ename", ""), output.get("evalue", "")]
            traceback += output.get("traceback", [])
            yield CarriedText("traceback", where, "\n".join(map(str, traceback)))
            yield from texts_of_json(output.get("metadata", {}), "notebook metadata", where)
            for mime, body in output.get("data", {}).items():
                yield from _texts_of_mime(mime, body, where)


def texts_of_bytes(data: bytes, carrier: str, place: str) -> Iterator[CarriedText]:
    """Texts of a file whose kind is recognized by its first bytes."""
    if data.startswith(IMAGE_STARTS):
        yield from texts_of_image(data, place)
    elif data[:4] == b"PK\x03\x04":
        yield from texts_of_docx(data)
    elif b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        yield CarriedText(carrier, place, "", "unreadable")
    else:
        yield from _texts_of_string(decode_bytes(data), carrier, place, "text")


def _texts_of_tree(root: Any, labels: frozenset[str], family: str) -> Iterator[CarriedText]:
    """Attributes, comments, scripts, and text by block: split at tags and joined over them."""
    labelled = {
        inner
        for element in root.iter(etree.Element)
        if _is_label(element, labels)
        for inner in element.iter(etree.Element)
    }
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield CarriedText(f"{family} comment", line_of(element), element.text or "")
            continue
        tag = etree.QName(element).localname.lower()
        in_svg = family == "SVG" or "svg" in (element.tag.lower(), tag)
        for key, value in element.attrib.items():
            role = "identifier" if key in IDENTIFIER_ATTRIBUTES else "text"
            role = "identifier" if key == "href" and value.startswith("#") else role
            yield from _texts_of_string(str(value), f"{family} attribute", line_of(element), role)
            yield CarriedText(f"{family} attribute", line_of(element), str(key), "identifier")
        if tag in PICTURES:
            yield from _linked_pictures(element)
        if tag in ("script", "style"):
            yield from _texts_of_script(element, tag, in_svg)
        elif tag == "tr":
            yield from texts_of_block(element, labelled, "HTML table row", deep=True)
        elif tag == "table":
            yield from texts_of_columns(element, labelled)
        if tag not in INLINE and tag not in ("script", "style"):
            yield from texts_of_block(element, labelled, f"{family} text", deep=False)


def _linked_pictures(element: Any) -> Iterator[CarriedText]:
    """A picture that lies in another file was not drawn for the page."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] in ("src", "href", "data", "srcset") and not value.startswith(
            "data:"
        ):
            yield CarriedText("picture", line_of(element), "", "picture")


def _texts_of_script(element: Any, tag: str, in_svg: bool) -> Iterator[CarriedText]:
    body = element.text_content() if hasattr(element, "text_content") else element.text or ""
    kind = element.get("type", "")
    place = line_of(element)
    if tag == "script" and "json" in kind:
        try:
            yield from texts_of_json(json.loads(body), "JSON in page", place)
            return
        except ValueError:
            pass
    carrier = "SVG style" if in_svg and tag == "style" else tag
    yield from _texts_of_string(body, carrier, place, "text")


def _is_label(element: Any, labels: frozenset[str]) -> bool:
    if element.get("data-vocab") is not None:
        tag = etree.QName(element).localname.lower()
        return "label" in (element.get("class") or "").split() or tag in ("text", "tspan")
    if labels and etree.QName(element).localname.lower() in ("text", "tspan"):
        return "".join(element.itertext()).strip() in labels
    return False


def _texts_of_string(text: str, carrier: str, place: str, role: str) -> Iterator[CarriedText]:
    """A text, and the texts inside its data URIs."""
    for match in _DATA_URI.finditer(text):
        yield from _texts_of_data_uri(match, place)
    plain = _DATA_URI.sub(" ", text) if "data:" in text else text
    yield CarriedText(carrier, place, plain, role)
    if "</" in plain and role == "text" and not carrier.startswith(("HTML", "SVG", "script")):
        yield from texts_of_html(plain)


def _texts_of_data_uri(match: re.Match[str], place: str) -> Iterator[CarriedText]:
    mime = (match[1] or "text/plain").lower()
    data = unquote_to_bytes(match[3])
    if ";base64" in match[2].lower():
        try:
            data = base64.b64decode(data + b"=" * (-len(data) % 4))
        except (binascii.Error, ValueError):
            yield CarriedText("data URI", place, "", "unreadable")
            return
    if mime.startswith("font/") or "font" in mime:
        return
    if "svg" in mime:
        yield from texts_of_svg(data)
    elif "html" in mime:
        yield from texts_of_html(data)
    else:
        yield from texts_of_bytes(data, "data URI", place)


def _texts_of_mime(mime: str, body: Any, where: str) -> Iterator[CarriedText]:
    if isinstance(body, list):
        body = _joined(body)
    if mime == "text/html":
        yield from texts_of_html(str(body))
    elif mime == "image/svg+xml":
        yield from texts_of_svg(str(body))
    elif mime.startswith("image/"):
        yield from texts_of_image(base64.b64decode(str(body)), where)
    elif "json" in mime and not isinstance(body, str):
        yield from texts_of_json(body, "notebook output", where)
    else:
        yield CarriedText("notebook output", where, str(body))


def _joined(text: Any) -> str:
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def _safe_place(place: str) -> str:
    """A place never repeats a text of the file: only short plain keys are kept."""
    return re.sub(r"[^a-z0-9_.\[\]]", "", place.lower())
