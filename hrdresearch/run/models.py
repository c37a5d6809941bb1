"""Trained models of the action category on disk: arrays and a word list, no executable code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hrdresearch.coding.action_model import ActionModel, fit_action_model
from hrdresearch.run.errors import RunError

ARRAYS, WORDS = "weights.npz", "model.json"
KIND = "upr-action"


@dataclass(frozen=True)
class SavedActionModel:
    """A trained model of the action category that can be saved."""

    model: ActionModel

    def save(self, folder: Path) -> None:
        """Write the model to a folder, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / ARRAYS,
            idf=self.model.idf.astype("float32"),
            weights=self.model.weights.astype("float32"),
            bias=self.model.bias,
        )
        content = {"kind": KIND, "classes": self.model.classes, "words": self.model.words}
        (folder / WORDS).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def train_action_model(texts: Sequence[str], labels: Sequence[str]) -> SavedActionModel:
    """Train a model of the action category; RunError when the labels hold one class only."""
    if len(set(labels)) < 2:
        raise RunError("Training needs at least two categories among the labels")
    return SavedActionModel(fit_action_model(texts, labels))


def load_action_model(folder: Path) -> ActionModel:
    """Inverse of ``save``; RunError when the folder holds no such model."""
    try:
        content = json.loads((folder / WORDS).read_text(encoding="utf-8"))
        arrays = np.load(folder / ARRAYS, allow_pickle=False)
    except (OSError, ValueError):
        raise RunError(f"{folder} holds no trained model of {KIND}") from None
    if content.get("kind") != KIND:
        raise RunError(f"{folder} holds a model of {content.get('kind')}, not of {KIND}")
    return ActionModel(
        content["classes"],
        content["words"],
        arrays["idf"].astype(float),
        arrays["weights"].astype(float),
        arrays["bias"],
    )
