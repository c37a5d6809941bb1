"""A piece of text out of a report, with where it stands and how the renderer meant it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

BREAK = " | "


class Piece(NamedTuple):
    """A text, the kind of carrier, the place in it, and how the renderer meant it.

    role: text, label (the whole text is a vocabulary's label), identifier (claim name, anchor),
    font (name of a typeface in Word's own parts: some are given names), or unreadable (a part that
    could not be taken apart; its text is empty).
    joined: other readings of a text with labels in it: ``within`` keeps the labels' text.
    """

    carrier: str
    place: str
    text: str
    role: str = "text"
    within: str | None = None


def readings(
    run: list[tuple[str, bool]], carrier: str, place: str, *, spaced_only: bool = False
) -> Iterator[Piece]:
    """A run of (text, is label) as pieces: labels, and the rest with and without gaps."""
    for text, is_label in run:
        if is_label and text.strip():
            yield Piece(carrier, place, text.strip(), "label")
    glues = (" ",) if spaced_only or len(run) < 2 else ("", " ")
    for glue in glues:
        whole = glue.join(text for text, _ in run)
        if not any(is_label for _, is_label in run):
            yield Piece(carrier, place, whole)
        else:
            free = glue.join(BREAK if is_label else text for text, is_label in run)
            yield Piece(carrier, place, free, "text", whole)


def decoded(data: bytes) -> str:
    """Bytes as text: UTF-16 by its mark, else UTF-8, else Latin-1."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
