"""YAML that ships with the project, parsed by the parser in C where PyYAML has it."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str) -> Any:
    """Content of a YAML text of the project, as ``yaml.safe_load`` gives it, eight times as fast.

    A file that somebody else wrote is read by ``yaml.safe_load``: the parser in C knows no bound of depth.

    >>> parse_yaml("codes: {female: Women}")
    {'codes': {'female': 'Women'}}
    """
    return yaml.load(text, Loader=_LOADER)
