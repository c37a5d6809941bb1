"""Texts of a report for the leak scan, each with the part of a file that holds it.

The modules ``texts_in_pages``, ``texts_in_word``, ``texts_in_workbook``, ``texts_in_pdf`` and
``texts_in_images`` take files apart into such texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

BREAK = " | "


class CarriedText(NamedTuple):
    """A text of a report.

    carrier: the kind of file part that holds it ("HTML attribute"). place: where in the file.
    role: text, label (the whole text is a label of a vocabulary), identifier (claim name, anchor),
    font (name of a typeface in Word's own parts: some are given names), number (numbers of JSON, in
    which only identifiers of the lists are looked for), picture (the digest of its pixels), or
    unreadable (a part that could not be taken apart; its text is empty). within: the same text with the
    labels that ``text`` leaves out, or None when it has no labels.
    """

    carrier: str
    place: str
    text: str
    role: str = "text"
    within: str | None = None


def texts_of_run(
    run: list[tuple[str, bool]], carrier: str, place: str, *, spaced_only: bool = False
) -> Iterator[CarriedText]:
    """Texts of a run of pieces: each label by itself, and all pieces joined with and without spaces.

    run: pieces of a text, each with whether it is a label of a vocabulary. In the joined text labels
    become breaks. spaced_only: join the pieces with spaces only.
    """
    for text, is_label in run:
        if is_label and text.strip():
            yield CarriedText(carrier, place, text.strip(), "label")
    glues = (" ",) if spaced_only or len(run) < 2 else ("", " ")
    for glue in glues:
        whole = glue.join(text for text, _ in run)
        if not any(is_label for _, is_label in run):
            yield CarriedText(carrier, place, whole)
        else:
            free = glue.join(BREAK if is_label else text for text, is_label in run)
            yield CarriedText(carrier, place, free, "text", whole)


def decode_bytes(data: bytes) -> str:
    """Bytes as text: UTF-16 where the bytes begin with its mark, else UTF-8, else Latin-1."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
