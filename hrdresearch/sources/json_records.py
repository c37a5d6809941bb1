"""Records of a JSON file as rows of a table: objects within objects, lists of words, lists of objects.

- An object within a record gives dotted columns: ``victim.name``.
- A list of words is one cell, its values separated by "; ".
- A list of objects gives dotted columns too, the values of its objects separated by "; ", with a remark.
- The records are those of the list that holds most of them; lists within records are no rows. What the
  file holds beside that list is not read, with a remark.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hrdresearch.sources.errors import UnreadableFileError

JOINED = "; "
MOST_BESIDE = (
    3  # plain values of an object that only holds a list of records: {"year": 2020, "cases": [...]}
)


def read_json_file(path: Path) -> tuple[bytes, Any]:
    """Content of a JSON file in UTF-8, as bytes and read; UnreadableFileError if it is none."""
    try:
        content = path.read_bytes()
        return content, json.loads(content.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableFileError(f"{path.name}: no valid JSON in UTF-8.") from error


def records_of(loaded: Any) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Flat records of a JSON value (perhaps none), and remarks on what is joined or not read.

    Lists under the same key in several places are taken as one list.

    >>> records_of([{"a": {"b": 1}, "c": ["x", "y"]}])[0]
    [{'a.b': 1, 'c': 'x; y'}]
    """
    by_key: dict[str, list[dict[str, Any]]] = {}
    for key, record in _records(loaded):
        by_key.setdefault(key, []).append(record)
    if not by_key:
        return [], ()
    taken = max(by_key, key=lambda key: len(by_key[key]))
    joined: dict[str, int] = {}
    flat = [_flat(record, joined) for record in by_key[taken]]
    said = [
        f"Column {name!r} is of lists of objects: their values are joined by {JOINED.strip()!r}."
        for name in joined
    ]
    others = {key: len(records) for key, records in by_key.items() if key != taken}
    said += [f"{n} records under {key!r} are not read." for key, n in others.items()]
    return flat, tuple(said)


def flat_record(record: dict[str, Any]) -> dict[str, Any]:
    """Make one record flat, with dotted columns as the module explains."""
    return _flat(record, {})


def _records(loaded: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in a list, with the key of that list; lists inside an object give no records."""
    if isinstance(loaded, dict):
        for inner, value in loaded.items():
            yield from _records(value, str(inner))
    elif isinstance(loaded, list):
        for item in loaded:
            if isinstance(item, dict) and not _holds_records(item):
                yield key, item
            else:
                yield from _records(item, key)


def _holds_records(item: dict[str, Any]) -> bool:
    """Whether an object only holds lists of records, and perhaps a few plain values."""
    lists = [v for v in item.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    return bool(lists) and len(item) - len(lists) <= MOST_BESIDE and _is_wide(lists)


def _is_wide(lists: list[list[Any]]) -> bool:
    """Whether all objects have more columns than objects inside a record usually have."""
    records = [record for of in lists for record in of if isinstance(record, dict)]
    return all(len(record) > MOST_BESIDE for record in records)


def _flat(value: dict[str, Any], joined: dict[str, int], at: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, inner in value.items():
        name = f"{at}{key}"
        if isinstance(inner, dict):
            parts = _flat(inner, joined, f"{name}.")
        elif isinstance(inner, list):
            parts = _of_list(inner, joined, name)
        else:
            parts = {name: inner}
        for column, text in parts.items():  # {"a.b": 1, "a": {"b": 2}}
            found[column] = text if column not in found else _joined([found[column], text])
    return found


def _of_list(values: list[Any], joined: dict[str, int], name: str) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    for value in values:
        if isinstance(value, dict):
            parts = _flat(value, joined, f"{name}.")
            joined.update({column: 1 for column in parts if len(values) > 1})
        else:
            parts = _of_list(value, joined, name) if isinstance(value, list) else {name: value}
        for column, text in parts.items():
            found.setdefault(column, []).append(text)
    return {column: _joined(texts) for column, texts in found.items()}


def _joined(values: list[Any]) -> Any:
    said = [value for value in values if value is not None and value != ""]
    return said[0] if len(said) == 1 else JOINED.join(map(str, said))
