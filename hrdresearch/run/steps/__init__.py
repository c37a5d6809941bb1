"""From cleaned rows with names to the tables of a study without them: one module a study.

A module defines ``steps(loaded, key, decisions) -> Built``: text is coded and persons are linked
while names are still there; then names, free text and exact places leave. ``decisions`` is the
folder of decisions by hand (``WORK/<study>/decisions``); it may be absent.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.names import NameEntry
from hrdresearch.sources import Loaded


@dataclass(frozen=True)
class Built:
    """What the steps of a study make.

    tables: by name, columns as the table's model. names: for the names index. extras: JSON files
    beside the tables, public. restricted: sheets that never leave the work folder.
    """

    tables: Mapping[str, pd.DataFrame]
    names: Sequence[NameEntry] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)
    restricted: Mapping[str, pd.DataFrame] = field(default_factory=dict)


Steps: TypeAlias = Callable[[Sequence[Loaded], Key, Path], Built]


def steps_of(study: str) -> Steps:
    """Steps of a study, by its slug."""
    module = importlib.import_module(f"{__package__}.{study.replace('-', '_')}")
    steps: Steps = module.steps
    return steps


def names_in(loaded: Sequence[Loaded]) -> list[NameEntry]:
    """Entries of the names index from the columns in which every source of persons gives names."""
    return [
        NameEntry(str(name), bool(is_person), None)
        for x in loaded
        for name, is_person in zip(
            x.accepted["name_as_published"], x.accepted["name_is_person"], strict=True
        )
        if str(name).strip()
    ]
