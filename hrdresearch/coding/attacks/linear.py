"""A linear model of labels on words, characters, rules and (where given) sentence vectors.

A message is judged from its text alone, or from text and sentence vector (``joint``): a model with
vectors holds both ways, because an archive of millions is coded from the text alone. Such a model
holds vectors of training messages, so it is as restricted as these. ``training`` makes models.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrdresearch.coding.attacks.hashing import Block, hash_features
from hrdresearch.coding.attacks.joint import Space
from hrdresearch.coding.attacks.rules import KINDS, NOT_ATTACKS, SEVERITY, THREATS, code_message

Floats = NDArray[np.float64]
_IS_ATTACK = np.array([float(kind not in NOT_ATTACKS) for kind in KINDS])
_IS_THREAT = np.array([float(kind in THREATS) for kind in KINDS])
_SEVERITY = np.array([float(SEVERITY.get(kind, 0)) for kind in KINDS])
BATCH = 1_000  # messages whose features are in memory at a time


@dataclass(frozen=True)
class Base:
    """Weights of one label over words, characters and likeness to training messages.

    near: empty where the label is judged from the text alone.
    """

    words: NDArray[np.float32]
    characters: NDArray[np.float32]
    near: NDArray[np.float32]
    intercept: float


@dataclass(frozen=True)
class Head:
    """Weights of one label over the margins and rules, and its threshold of probability."""

    weights: Floats
    intercept: float
    threshold: float


@dataclass(frozen=True)
class LinearModel:
    """A trained coder; ``labels`` in the order of its columns.

    is_exclusive: one label a message (the most probable), else each by its own threshold.
    bases: those of the text alone, then those of text and vectors. plain: what judges a message
    from its text alone; heads: with its sentence vector. space: how vectors are compared.
    """

    labels: tuple[str, ...]
    is_exclusive: bool
    rarity: tuple[NDArray[np.float32], NDArray[np.float32]]
    bases: tuple[Base, ...]
    plain: tuple[Head, ...]
    heads: tuple[Head, ...] = ()
    space: Space | None = None
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_vectors(self) -> bool:
        """Whether the model was trained with sentence vectors, and uses them where given."""
        return self.space is not None

    def thresholds(self, with_vectors: bool = False) -> Floats:
        """Probability from which each label is given."""
        return np.array([h.threshold for h in (self.heads if with_vectors else self.plain)])

    def probabilities(
        self, texts: Sequence[str], rules: Floats | None = None, vectors: Floats | None = None
    ) -> Floats:
        """Calibrated probabilities, one row a message, one column a label.

        vectors: sentence vectors of the messages; without them the text alone is judged.
        """
        rules = rule_features(texts) if rules is None else rules
        return np.concatenate(
            [
                self._of_batch(
                    texts[i : i + BATCH],
                    rules[i : i + BATCH],
                    None if vectors is None else vectors[i : i + BATCH],
                )
                for i in range(0, len(texts), BATCH)
            ]
            or [np.zeros((0, len(self.labels)))]
        )

    def _of_batch(self, texts: Sequence[str], rules: Floats, vectors: Floats | None) -> Floats:
        blocks = hash_features(texts)
        norms = length_norms(blocks, self.rarity)
        if vectors is None or self.space is None:
            heads = self.plain
            columns = [_margin(blocks, norms, b) for b in self.bases if not len(b.near)] + [rules]
        else:
            heads, near = self.heads, self.space.near(vectors)
            columns = [_margin(blocks, norms, b) + near @ b.near for b in self.bases if len(b.near)]
        stacked = np.column_stack(columns)
        return np.column_stack([_sigmoid(stacked @ h.weights + h.intercept) for h in heads])

    def decide(self, probabilities: Floats, with_vectors: bool = False) -> NDArray[np.bool_]:
        """Which labels hold, from the probabilities."""
        if not self.is_exclusive:
            return np.asarray(probabilities >= self.thresholds(with_vectors))
        best = probabilities.argmax(axis=1)
        return np.asarray(np.arange(len(self.labels)) == best[:, None])


def rule_features(texts: Sequence[str], languages: Sequence[str] | None = None) -> Floats:
    """Kinds that the rules find in messages: a row for each, a column for each of ``KINDS``, 0 or 1."""
    marks = np.zeros((len(texts), len(KINDS)))
    for i, text in enumerate(texts):
        for found in code_message(text, languages[i] if languages else None):
            marks[i, KINDS.index(found.kind)] = 1.0
    return marks


def finds_attack(rules: Floats) -> NDArray[np.bool_]:
    """Whether the rules find an attack in each message; rules: as ``rule_features`` gives them."""
    return np.asarray(rules @ _IS_ATTACK > 0)


def finds_threat(rules: Floats) -> NDArray[np.bool_]:
    """Whether the rules find a threat in each message; rules: as ``rule_features`` gives them."""
    return np.asarray(rules @ _IS_THREAT > 0)


def rule_severity(rules: Floats) -> Floats:
    """Severity (0 to 5) of the worst kind that the rules find in each message."""
    return np.asarray((rules * _SEVERITY).max(axis=1))


def rule_score(rules: Floats) -> Floats:
    """Order of the queue by rules alone: threats first, then by severity, then by kinds found."""
    return np.asarray(finds_threat(rules) * 10 + rule_severity(rules) + rules.sum(axis=1) / 50)


def length_norms(
    blocks: tuple[Block, Block], rarity: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> list[Floats]:
    """Factor for each message, so that long and short messages have equal weight."""
    return [
        1 / np.sqrt(np.maximum(b.sums(w**2), 1e-9)) for b, w in zip(blocks, rarity, strict=True)
    ]


def _margin(blocks: tuple[Block, Block], norms: list[Floats], base: Base) -> Floats:
    """Margin of the text; the weights hold the rarity of each feature already."""
    return np.asarray(
        blocks[0].sums(base.words) * norms[0]
        + blocks[1].sums(base.characters) * norms[1]
        + base.intercept
    )


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -40, 40))))
