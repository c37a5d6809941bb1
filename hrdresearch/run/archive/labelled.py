"""Labelled messages: published sets as their makers ship them, and a researcher's own.

Each format says which column is the text, what the classes are, which class is the attack, what
part is held out, and which messages are threats, where the set says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.coding.attacks.language import identify_language
from hrdresearch.coding.attacks.linear import Floats, finds_attack
from hrdresearch.coding.attacks.rules import KINDS, NOT_ATTACKS, THREATS
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import read_filled_sheet

FORMATS = ("edos", "davidson", "osact", "mlma", "posts")
HELD_OUT_EVERY = 5  # a set without a split of its own: every fifth message is held out
COLUMNS = {
    "edos": ("text", "label_sexist", "label_category", "split"),
    "davidson": ("tweet", "class"),
    "osact": ("Tweet", "Offensive", "Violence"),
    "mlma": ("tweet", "sentiment"),
    "posts": ("text", "kinds"),
}


@dataclass(frozen=True)
class Labelled:
    """Labelled messages of one part of a file.

    truth: class of each message. targets: labels a model is trained on.
    """

    format: str
    part: str
    texts: Sequence[str]
    languages: Sequence[str]
    truth: NDArray[Any]
    classes: tuple[str, ...]
    attack_class: str
    other_class: str
    targets: tuple[str, ...]
    is_exclusive: bool
    threats: NDArray[np.bool_] | None = None
    kinds: Sequence[frozenset[str]] | None = None

    def holds(self, target: str) -> NDArray[np.bool_]:
        """Which messages carry a target label."""
        if target == "threat":
            if self.threats is None:
                raise RunError(f"Format {self.format} does not say which messages are threats")
            return self.threats
        return np.asarray(self.truth == target, dtype=bool)

    def classes_from(
        self, labels: Sequence[str], holds: NDArray[np.bool_], chances: Floats
    ) -> NDArray[Any]:
        """Class of each message by a model: from its labels, or the most probable of the classes."""
        if not self.is_exclusive:
            yes = holds[:, list(labels).index(self.attack_class)]
            return np.where(yes, self.attack_class, self.other_class)
        at = [list(labels).index(c) for c in self.classes]
        return np.asarray(np.array(self.classes)[chances[:, at].argmax(axis=1)])

    def classes_by_rules(self, rules: Floats) -> NDArray[Any]:
        """Class of each message by the rules: attack or other."""
        return np.where(finds_attack(rules), self.attack_class, self.other_class)


def read_labelled(file: Path, format_: str, part: str) -> Labelled:
    """Read one part (``train`` or ``test``) of a labelled file; RunError says what is missing."""
    frame = read_filled_sheet(file, COLUMNS[format_], f"format {format_}")
    return _READERS[format_](file, frame, part)


def _edos(file: Path, frame: pd.DataFrame, part: str) -> Labelled:  # noqa: ARG001
    frame = frame[frame["split"] == ("train" if part == "train" else "dev")]
    return Labelled(
        "edos",
        part,
        frame["text"].tolist(),
        ["en"] * len(frame),
        frame["label_sexist"].to_numpy(),
        ("not sexist", "sexist"),
        "sexist",
        "not sexist",
        ("sexist", "threat"),
        False,
        frame["label_category"].str.startswith("1.").to_numpy(),
    )


def _davidson(file: Path, frame: pd.DataFrame, part: str) -> Labelled:  # noqa: ARG001
    names = {"0": "hate_speech", "1": "offensive_language", "2": "neither"}
    frame = _every_fifth(frame, part)
    classes = tuple(names.values())
    return Labelled(
        "davidson",
        part,
        frame["tweet"].tolist(),
        ["en"] * len(frame),
        frame["class"].map(names).to_numpy(),
        classes,
        "offensive_language",
        "neither",
        classes,
        True,
    )


def _osact(file: Path, frame: pd.DataFrame, part: str) -> Labelled:  # noqa: ARG001
    """The set is split into files: the one given is the part."""
    return Labelled(
        "osact",
        part,
        [t.replace("<LF>", " ") for t in frame["Tweet"]],
        ["ar"] * len(frame),
        frame["Offensive"].to_numpy(),
        ("NOT_OFF", "OFF"),
        "OFF",
        "NOT_OFF",
        ("OFF", "threat"),
        False,
        (frame["Violence"] == "VIO").to_numpy(),
    )


def _mlma(file: Path, frame: pd.DataFrame, part: str) -> Labelled:
    frame = _every_fifth(frame, part)
    language = next((c for c in ("ar", "fr", "en") if file.name.startswith(c)), None)
    truth = np.where(frame["sentiment"].str.contains("hateful|offensive|abusive"), "abuse", "other")
    texts = frame["tweet"].tolist()
    languages = [language or identify_language(text) for text in texts]
    return Labelled(
        "mlma",
        part,
        frame["tweet"].tolist(),
        languages,
        truth,
        ("other", "abuse"),
        "abuse",
        "other",
        ("abuse",),
        False,
    )


def _posts(file: Path, frame: pd.DataFrame, part: str) -> Labelled:
    """A researcher's labels: kinds joined by ``|``; column ``split`` (train, test) is optional."""
    if "split" in frame.columns:
        frame = frame[frame["split"].str.startswith("tr") == (part == "train")]
    else:
        frame = _every_fifth(frame, part)
    kinds = [frozenset(cell.split("|")) for cell in frame["kinds"]]
    unknown = sorted(frozenset().union(*kinds) - set(KINDS))
    if unknown:
        raise RunError(f"{file.name}: {', '.join(unknown)}: no kind of vocabulary attack_kind")
    attack = np.array([bool(labels - set(NOT_ATTACKS)) for labels in kinds])
    threats = np.array([bool(labels & set(THREATS)) for labels in kinds])
    languages = (
        frame["language"].tolist()
        if "language" in frame
        else [identify_language(text) for text in frame["text"]]
    )
    return Labelled(
        "posts",
        part,
        frame["text"].tolist(),
        languages,
        np.where(attack, "attack", "none"),
        ("none", "attack"),
        "attack",
        "none",
        ("attack", "threat"),
        False,
        threats,
        kinds,
    )


def _every_fifth(frame: pd.DataFrame, part: str) -> pd.DataFrame:
    held_out = np.arange(len(frame)) % HELD_OUT_EVERY == HELD_OUT_EVERY - 1
    kept: pd.DataFrame = frame.loc[~held_out if part == "train" else held_out]
    return kept


_READERS = {"edos": _edos, "davidson": _davidson, "osact": _osact, "mlma": _mlma, "posts": _posts}
