"""Keeps names out of logs, tracebacks and quotes.

``redact_names`` replaces every name of the build in a text; ``NameFilter`` does so in each record of a
logger before a handler sees it.
"""

from __future__ import annotations

from hrdresearch.names.identifiers import likely_identifiers
from hrdresearch.names.spelling import plain_text
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.scan import decoded_texts

WITHHELD = "[name withheld]"
WORDS_OF_MARKS = {"handle": "account"}


def redact_names(text: str, index: NamesIndex | None) -> str:
    """Replace every name of the index in a text by ``[name withheld]``.

    A text without names comes back unchanged, and so does every text when there is no index. A
    text with names also loses invisible characters. A line in which more of a name appears
    after escapes, entities or terminal colours are decoded is replaced as a whole.
    """
    if index is None:
        return text
    if len(decoded_texts(text)) > 1:
        lines = text.split("\n")
        text = "\n".join(WITHHELD if _is_hidden(line, index) else line for line in lines)
    return _without_names(text, index)


def redact_marks(text: str) -> str:
    """The text with addresses, telephone numbers, accounts and exact coordinates withheld.

    >>> redact_marks("Write to zunela@example.org.")
    'Write to [e-mail address withheld].'
    """
    end, found = len(text) + 1, text
    for mark in sorted(likely_identifiers(text), key=lambda m: (-m.start, -m.end)):
        if mark.end <= end:
            words = WORDS_OF_MARKS.get(mark.kind, mark.kind)
            found = f"{found[: mark.start]}[{words} withheld]{found[mark.end :]}"
            end = mark.start
    return found


def _is_hidden(line: str, index: NamesIndex) -> bool:
    """Whether a decoded reading of the line holds a name that the line itself does not show."""
    shown, *decoded = (_names(reading, index) for reading in decoded_texts(line))
    return any(names - shown for names in decoded)


def _names(text: str, index: NamesIndex) -> set[str]:
    plain = plain_text(text)
    return {plain[span.start : span.end] for span in index.find(text)}


def _without_names(text: str, index: NamesIndex) -> str:
    spans = index.find(text)
    if not spans:
        return text
    plain = plain_text(text)
    end = len(plain) + 1
    for span in sorted(spans, key=lambda s: (s.start, -s.end), reverse=True):
        plain = plain[: span.start] + WITHHELD + plain[min(span.end, end) :]
        end = span.start
    return plain
