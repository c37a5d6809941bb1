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
from hrdresearch.privacy.name_key import name_key
from hrdresearch.privacy.names import NameEntry
from hrdresearch.sources import Loaded


@dataclass(frozen=True)
class Built:
    """What the steps of a study make.

    tables: by name, columns as the table's model. names: for the names index. extras: JSON files
    beside the tables, public. restricted: sheets that never leave the work folder (``persons``:
    person and name_digest, by which a person can be withdrawn). files: file name of each source.
    set_aside: rows that the steps set aside themselves.
    """

    tables: Mapping[str, pd.DataFrame]
    names: Sequence[NameEntry] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)
    restricted: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    set_aside: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["file", "row", "reason"])
    )


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


def persons_sheet(persons: pd.Series, loaded: Sequence[Loaded], key: Key) -> pd.DataFrame:
    """Person and keyed digest of the name, a row each in the order of the loaded rows.

    It lets a person be withdrawn by name, and tells nothing without the key.
    """
    names = pd.concat([x.accepted["name_as_published"] for x in loaded], ignore_index=True)
    digests = [name_key(str(name), key) for name in names]
    return pd.DataFrame({"person": persons.to_numpy(), "name_digest": digests})
