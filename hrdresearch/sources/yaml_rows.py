"""Entries of a YAML file as records; the file holds a list of entries, or entries by their key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from hrdresearch.sources.errors import UnreadableFileError

KEY = "code"  # column of the keys, where entries stand by their key


def yaml_records(text: str, file: str) -> list[dict[str, Any]]:
    """Records of a YAML text; a list within an entry becomes one cell, separated by ``;``.

    file: name of the file, for UnreadableFileError, which repeats nothing of the text.

    >>> yaml_records("laws: {label: Laws, phrases: [new law, bill]}", "book.yml")
    [{'code': 'laws', 'label': 'Laws', 'phrases': 'new law; bill'}]
    """
    try:
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f", line {mark.line + 1}" if mark else ""
        raise UnreadableFileError(f"{file}{at}: this is no YAML that can be read.") from None
    if isinstance(loaded, dict):
        loaded = [{KEY: key, **e} if isinstance(e, dict) else e for key, e in loaded.items()]
    if not isinstance(loaded, list) or not all(isinstance(entry, dict) for entry in loaded):
        raise UnreadableFileError(
            f"{file}: expected a list of entries, or entries by their key, each with its fields."
        )
    return [{str(name): _cell(value) for name, value in entry.items()} for entry in loaded]


def _cell(value: Any) -> Any:
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return "; ".join(map(str, value))
    return value
