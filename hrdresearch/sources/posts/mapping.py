"""Messages as platforms export them, objects or tables, read into the columns of the template.

``facts`` of a layout say where each column is; the head of source.yml explains them.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from hrdresearch.sources.posts.columns import COLUMNS

_TAG = re.compile(r"<[^>]{0,2000}>")
_LINE = re.compile(r"<(?:br|/p|p)\b[^>]*>", re.IGNORECASE)
NOTHING = ("", "False", "false", "0")
# Column of the template, and the fact of the layout that it has where a message leaves it empty.
STATED = {"author": "author", "relation": "otherwise", "platform": "platform"}


def message_row(record: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, str]:
    """Columns of the template, as text, from one exported message. facts: those of its layout.

    >>> message_row({"nr": 7, "who": {"name": "a-demo"}}, {"paths": {"id": ["nr"], "author": ["who.name"]}})
    {'id': '7', 'author': 'a-demo'}
    """
    row = {ours: _first(record, places) for ours, places in facts["paths"].items()}
    if record.get("within"):  # numbers of messages begin anew in each chat of an account
        row["id"] = f"{record['within']}/{row['id']}"
    if "text_form" in facts:
        row["text"] = TEXT_FORMS[facts["text_form"]](row["text"])
    if links := facts["paths"].get("links"):
        row["links"] = " ".join(value for place in links for value in values_at(record, place))
    counts = [int(n) for place in facts.get("sums", ()) if (n := _first(record, [place])).isdigit()]
    if counts:
        row["engagement"] = str(sum(counts))
    for relation, places in facts.get("is", {}).items():
        if not row.get("relation") and any(_is_there(record, place) for place in places):
            row["relation"] = str(relation)
    stated = {ours: row.get(ours) or facts.get(fact, "") for ours, fact in STATED.items()}
    return row | {ours: value for ours, value in stated.items() if value}


def message_table(cells: pd.DataFrame, facts: Mapping[str, Any]) -> pd.DataFrame:
    """Columns of the template from a table of text cells. facts: those of its layout."""
    none = pd.Series("", index=cells.index, dtype="object")
    table = {}
    for ours in COLUMNS:
        table[ours] = none
        for place in facts["paths"].get(ours, ()):
            if place in cells:
                table[ours] = table[ours].where(table[ours] != "", cells[place])
    if "text_form" in facts:
        table["text"] = table["text"].map(TEXT_FORMS[facts["text_form"]])
    if summed := [place for place in facts.get("sums", ()) if place in cells]:
        numbers = cells[summed].apply(pd.to_numeric, errors="coerce").sum(axis=1, min_count=1)
        told = numbers.astype("Int64").astype("object")
        table["engagement"] = told.where(numbers.notna(), "").astype(str)
    for relation, places in facts.get("is", {}).items():
        for place in places:
            if place in cells:
                is_such = (table["relation"] == "") & ~cells[place].isin(NOTHING)
                table["relation"] = table["relation"].mask(is_such, relation)
    for ours, fact in STATED.items():
        table[ours] = table[ours].replace("", facts.get(fact, ""))
    return pd.DataFrame(table)


def places_of(facts: Mapping[str, Any]) -> set[str]:
    """All places that a layout reads."""
    lists = (*facts["paths"].values(), *facts.get("is", {}).values(), facts.get("sums", ()))
    return {place for places in lists for place in places}


def reason_aside(record: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """Why a record is no message, by values that the layout names; "" for a message."""
    for place, reasons in facts.get("set_aside", {}).items():
        if reason := reasons.get(_first(record, [place])):
            return str(reason)
    return ""


def values_at(record: Mapping[str, Any], place: str) -> list[str]:
    """Texts at a place such as ``user.screen_name``, ``entities.urls[].expanded_url`` or ``uri ~ ^at://(.+?)/``.

    >>> values_at({"tags": [{"name": "@a"}, {"name": "#b"}]}, "tags[].name ~ ^@(.+)")
    ['a']
    """
    path, steps, pattern = _parsed(place)
    found = [record.get(path)]  # also the column of a table, with its dots
    if found == [None] and (len(steps) > 1 or path.endswith("[]")):
        found = [record]
        for name, is_list in steps:
            found = [inner.get(name) for inner in found if isinstance(inner, dict)]
            if is_list:
                found = [one for inner in found if isinstance(inner, list) for one in inner]
    texts = [text for value in found if (text := _text(value))]
    return [m[1] for text in texts if (m := pattern.search(text))] if pattern else texts


def inner_records(record: Any, place: str) -> list[Any]:
    """The record once for each inner object on the way to a place such as ``posts[].text``.

    >>> inner_records({"nr": 1, "posts": [{"text": "a"}, {"text": "b"}]}, "posts[].text")
    [{'nr': 1, 'posts': [{'text': 'a'}]}, {'nr': 1, 'posts': [{'text': 'b'}]}]
    """
    return list(_narrowed(record, _parsed(place)[1]))


def _narrowed(record: Any, steps: Sequence[tuple[str, bool]]) -> Iterator[Any]:
    if not steps or not isinstance(record, dict) or not any(is_list for _, is_list in steps):
        yield record
        return
    (name, is_list), *rest = steps
    inner = record.get(name)
    if is_list and isinstance(inner, list) and inner:
        for one in inner:
            yield from ({**record, name: [narrow]} for narrow in _narrowed(one, rest))
    elif not is_list and isinstance(inner, dict):
        yield from ({**record, name: narrow} for narrow in _narrowed(inner, rest))
    else:
        yield record


@cache
def _parsed(place: str) -> tuple[str, list[tuple[str, bool]], re.Pattern[str] | None]:
    path, _, pattern = place.partition(" ~ ")
    steps = [(name.removesuffix("[]"), name.endswith("[]")) for name in path.split(".")]
    return path, steps, re.compile(pattern) if pattern else None


def _first(record: Mapping[str, Any], places: Sequence[str]) -> str:
    for place in places:
        if found := values_at(record, place):
            return found[0]
    return ""


def _is_there(record: Mapping[str, Any], place: str) -> bool:
    """Whether a place holds anything but an empty value; an object counts too."""
    _, steps, pattern = _parsed(place)
    inner: Any = record
    for name, _ in steps:
        inner = inner.get(name) if isinstance(inner, dict) else None
    return bool(values_at(record, place)) if pattern else bool(inner) and inner not in NOTHING


def _text(value: Any) -> str:
    """A plain value as text; a list of parts of a text is joined."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(_text(p.get("text") if isinstance(p, dict) else p) for p in value)
    return "" if value is None or value != value or isinstance(value, bool | dict) else str(value)


def _plain(text: str) -> str:
    """A text without markup, where the platform exports web pages."""
    if "<" not in text and "&" not in text:
        return text
    return html.unescape(_TAG.sub("", _LINE.sub("\n", text))).strip()


def _joined_segments(text: str) -> str:
    """Join a text that is exported as JSON parts; any other text is returned as it is.

    >>> _joined_segments('{"text":"one "},{"text":"two"}')
    'one two'
    """
    if not text.startswith("{"):
        return text
    try:
        parts = json.loads(f"[{text}]")
    except (ValueError, RecursionError):
        return text
    return "".join(_text(p.get("takeoutSegments", p.get("text"))) for p in parts)


TEXT_FORMS: Mapping[str, Callable[[str], str]] = {
    "html": _plain,
    "signs": html.unescape,
    "segments": _joined_segments,
}
