"""Messages as platforms export them (nested JSON objects), read into the columns of the template.

source.yml says which member of an object becomes which column: ``paths`` (the first that is not
empty), ``is`` (the relation of a message that has the member), ``sums`` (numbers that are added).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_TAG = re.compile(r"<[^>]{0,2000}>")
_LINE = re.compile(r"<(?:br|/p|p)\b[^>]*>", re.IGNORECASE)
LISTS = ("data", "messages", "statuses", "posts", "items", "results")


def messages_in(loaded: Any) -> Iterator[Any]:
    """Messages in a JSON value: a list, a page like ``{"data": [...]}``, or a single message.

    >>> list(messages_in({"data": [{"id": 1}, {"id": 2}]}))
    [{'id': 1}, {'id': 2}]
    """
    if isinstance(loaded, list):
        for member in loaded:
            yield from messages_in(member)
        return
    if isinstance(loaded, dict):
        for name in LISTS:
            inner = loaded.get(name)
            if isinstance(inner, list) or (name == "data" and isinstance(inner, dict)):
                yield from messages_in(inner)
                return
        if isinstance(loaded.get("tweet"), dict):  # a platform's own download wraps each message
            yield loaded["tweet"]
            return
    yield loaded


def message_row(record: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, str]:
    """Columns of the template, as text, from one exported message.

    record: the message. facts: facts of the layout in source.yml (paths, is, sums, platform).
    """
    row = {ours: _first(record, paths) for ours, paths in facts["paths"].items()}
    row["platform"] = str(facts["platform"])
    row["text"] = _plain(row.get("text", "")) if facts.get("is") else row.get("text", "")
    numbers = [_first(record, [path]) for path in facts.get("sums", ())]
    counts = [int(n) for n in numbers if n.isdigit()]
    row["engagement"] = str(sum(counts)) if counts else ""
    row["relation"] = _relation(record, facts)
    row["links"] = " ".join(
        value for path in facts["paths"].get("links", ()) for value in _values(record, path)
    )
    return row


def _relation(record: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    if "relation" in facts:
        return _first(record, facts["relation"]) or "original"
    for relation, paths in facts.get("is", {}).items():
        if any(record.get(path) not in (None, "", {}, []) for path in paths):
            return str(relation)
    return "original"


def _first(record: Mapping[str, Any], paths: Sequence[str]) -> str:
    return next((value for path in paths for value in _values(record, path)), "")


def _values(record: Any, path: str) -> Iterator[str]:
    """Texts at a path such as ``user.screen_name`` or ``entities.urls[].expanded_url``."""
    name, _, rest = path.partition(".")
    inner = record.get(name.removesuffix("[]")) if isinstance(record, Mapping) else None
    several = inner if name.endswith("[]") and isinstance(inner, list | tuple) else [inner]
    for value in several:
        if rest:
            yield from _values(value, rest)
        elif (text := _text(value)) != "":
            yield text


def _text(value: Any) -> str:
    """A plain value as text; a list of parts of a text is joined."""
    if value is None or isinstance(value, bool | Mapping):
        return ""
    if isinstance(value, list):
        parts = (p.get("text", "") if isinstance(p, Mapping) else p for p in value)
        return "".join(str(p) for p in parts)
    return str(value)


def _plain(text: str) -> str:
    """A text without markup, where the platform exports web pages."""
    if "<" not in text and "&" not in text:
        return text
    return html.unescape(_TAG.sub("", _LINE.sub("\n", text))).strip()
