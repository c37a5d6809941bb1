"""Reads and writes trained models of the action category: arrays and a word list, no executable code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hrdresearch.coding.action_model import ActionModel, fit_action_model
from hrdresearch.run.errors import RunError

ARRAYS, WORDS = "weights.npz", "model.json"
KIND = "upr-action"


def save_action_model(model: ActionModel, folder: Path) -> None:
    """Write a model of the action category into a folder; the folder is created if needed."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / ARRAYS,
        idf=model.idf.astype("float32"),
        weights=model.weights.astype("float32"),
        bias=model.bias,
    )
    content = {"kind": KIND, "classes": model.classes, "words": model.words}
    (folder / WORDS).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def train_action_model(texts: Sequence[str], labels: Sequence[str]) -> ActionModel:
    """Train a model of the action category; RunError if all labels are the same."""
    if len(set(labels)) < 2:
        raise RunError("Training needs labels of at least two different categories")
    return fit_action_model(texts, labels)


def load_action_model(folder: Path) -> ActionModel:
    """Read a model that ``save_action_model`` wrote; RunError if the folder holds none."""
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
