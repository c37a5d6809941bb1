"""Reads labelled messages: published sets in their own format, and a researcher's own labels.

``label_formats.yml`` says which columns and classes each set has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.coding.attacks.language import identify_language
from hrdresearch.coding.attacks.linear import Floats
from hrdresearch.run.archive.own_labels import OWN_CLASSES, part_of_own, read_own_labels
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import read_filled_sheet
from hrdresearch.vocab.reference import parse_yaml

_FORMATS = parse_yaml((files(__package__) / "label_formats.yml").read_text(encoding="utf-8"))
PUBLISHED: Mapping[str, Any] = _FORMATS["published"]
FORMATS = (*PUBLISHED, "posts")
HELD_OUT_EVERY = 5  # in a set without a split of its own, every fifth text is held out


@dataclass(frozen=True)
class Labelled:
    """Labelled messages of one part of a file.

    truth: class of each message. is_exclusive: every class is trained as a label of its own.
    threats, kinds: None if the labels do not say them. said: sentences on rows left out and on how far
    persons agree.
    """

    format: str
    part: str
    texts: Sequence[str]
    languages: Sequence[str]
    truth: NDArray[Any]
    classes: tuple[str, ...]
    attack_class: str
    other_class: str
    is_exclusive: bool = False
    threats: NDArray[np.bool_] | None = None
    kinds: Sequence[frozenset[str]] | None = None
    said: tuple[str, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """Labels that a model is trained on."""
        if self.is_exclusive:
            return self.classes
        return (self.attack_class,) if self.threats is None else (self.attack_class, "threat")

    def holds(self, target: str) -> NDArray[np.bool_]:
        """Which messages carry a target label."""
        if target == "threat" and self.threats is not None:
            return self.threats
        return np.asarray(self.truth == target, dtype=bool)

    def classes_from(
        self, labels: Sequence[str], holds: NDArray[np.bool_], chances: Floats
    ) -> NDArray[Any]:
        """Class of each message by a model: attack or other, or the most probable of the classes."""
        if not self.is_exclusive:
            yes = holds[:, list(labels).index(self.attack_class)]
            return np.where(yes, self.attack_class, self.other_class)
        at = [list(labels).index(c) for c in self.classes]
        return np.asarray(np.array(self.classes)[chances[:, at].argmax(axis=1)])

    def attacks_as_classes(self, is_attack: NDArray[np.bool_]) -> NDArray[Any]:
        """Class of each message: attack or other."""
        return np.where(is_attack, self.attack_class, self.other_class)


def read_labelled(file: Path, format_: str, part: str) -> Labelled:
    """Read one part (``train`` or ``test``) of a labelled file; RunError says what is missing."""
    return (_own if format_ == "posts" else _published)(file, format_, part)


def _published(file: Path, format_: str, part: str) -> Labelled:
    facts = PUBLISHED[format_]
    parts, threat = facts.get("parts", {}), facts.get("threat", {})
    by_column = parts if isinstance(parts, dict) else {}
    needed = (facts["text"], facts["label"], *threat, *by_column)
    frame = read_filled_sheet(file, needed, f"format {format_}")
    for column, values in by_column.items():
        frame = frame[frame[column] == values[part == "test"]]
    if not parts:
        frame = frame[_is_in_part(np.arange(len(frame)), part)]
    _refuse_empty(file, frame, part, *by_column)
    label, texts = frame[facts["label"]], frame[facts["text"]]
    for old, new in facts.get("replace", {}).items():
        texts = texts.str.replace(old, new, regex=False)
    told = facts["language"]
    if isinstance(told, dict):
        told = next((code for code in told["by_name"] if file.name.startswith(code)), None)
    return Labelled(
        format_,
        part,
        texts.tolist(),
        [told or identify_language(text) for text in texts],
        np.select(
            [label.str.contains(pattern) for pattern in facts["classes"].values()],
            list(facts["classes"]),
            facts["other"],
        ),
        tuple(facts["classes"]),
        facts["attack"],
        facts["other"],
        facts.get("is_exclusive", False),
        next((frame[c].str.contains(pattern).to_numpy() for c, pattern in threat.items()), None),
    )


def _own(file: Path, format_: str, part: str) -> Labelled:
    frame, said = read_own_labels(file, _FORMATS["own"])
    has_parts = "split" in frame
    is_in = (
        part_of_own(file, frame["split"], _FORMATS["own"]["parts"]) == part
        if has_parts
        else _is_in_part(pd.factorize(frame["text"])[0], part)  # a text is never in both
    )
    frame = frame[is_in]
    _refuse_empty(file, frame, part, *(["split"] if has_parts else []))
    languages = frame["language"] if "language" in frame else pd.Series("", index=frame.index)
    told = {text: code for text, code in zip(frame["text"], languages, strict=True) if code}
    return Labelled(
        format_,
        part,
        frame["text"].tolist(),
        [told.get(text) or identify_language(text) for text in frame["text"]],
        np.where(frame["is_attack"], "attack", "none"),
        OWN_CLASSES,
        "attack",
        "none",
        threats=frame["is_threat"].to_numpy() if "is_threat" in frame else None,
        kinds=frame["kinds"].tolist() if "kinds" in frame else None,
        said=said,
    )


def _refuse_empty(file: Path, frame: pd.DataFrame, part: str, column: str = "") -> None:
    if frame.empty:
        by = f"column {column} has no message of it" if column else "there are too few messages"
        raise RunError(
            f"{file.name}: nothing for the {'training' if part == 'train' else 'held-out'} part, because "
            f"{by}. For labels of your own, write train or test into a column split, or leave that column "
            f"out: then every {HELD_OUT_EVERY}th text is held out"
        )


def _is_in_part(numbers: NDArray[np.int64], part: str) -> NDArray[np.bool_]:
    held_out = numbers % HELD_OUT_EVERY == HELD_OUT_EVERY - 1
    return np.asarray(~held_out if part == "train" else held_out)
