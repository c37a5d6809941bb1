"""A linear model of labels on words, characters, rules and (where given) sentence vectors.

Two linear models of the text, a logistic regression on weighted features and one on features
scaled by their log-count ratios (Wang and Manning 2012), are added, so that the sum is one array
of weights. Its margin out of fold, the rules and the sentence vectors go into a small logistic
regression, which makes the probabilities calibrated for material like that it was trained on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hrdresearch.coding.attacks.hashing import BITS, Block, features
from hrdresearch.coding.attacks.rules import KINDS, code_message

Floats = NDArray[np.float64]
FOLDS = 4
SEED = 75165
FEWEST_MESSAGES = 2  # of training in which a feature must stand
STRENGTH_PLAIN, STRENGTH_RATIO, STRENGTH_VECTORS, STRENGTH_LAST = 1.0, 3.0, 1.0, 0.3
LABELS_NEEDED = 8  # messages that carry a label, and that do not, to learn it at all


class TooFewLabelsError(ValueError):
    """Too few messages carry a label to learn it."""


@dataclass(frozen=True)
class Head:
    """Weights of one label: text (words, characters), then what is added to the text's margin."""

    words: NDArray[np.float32]
    characters: NDArray[np.float32]
    intercept: float
    vectors: Floats
    vectors_intercept: float
    last: Floats
    last_intercept: float
    threshold: float


@dataclass(frozen=True)
class LinearModel:
    """A trained coder; ``labels`` in the order of its columns.

    is_exclusive: one label a message (the most probable), else each by its own threshold.
    """

    labels: tuple[str, ...]
    is_exclusive: bool
    weights: tuple[NDArray[np.float32], NDArray[np.float32]]
    heads: tuple[Head, ...]
    has_vectors: bool
    about: Mapping[str, Any] = field(default_factory=dict)

    def probabilities(
        self, texts: Sequence[str], rules: Floats | None = None, vectors: Floats | None = None
    ) -> Floats:
        """Calibrated probabilities, one row a message, one column a label."""
        rules = rule_features(texts) if rules is None else rules
        blocks, norms = _weighed(features(texts), self.weights)
        columns = []
        for head in self.heads:
            margin = _margin(blocks, norms, head)
            columns.append(_sigmoid(_stack(margin, rules, self._of_vectors(head, vectors))
                                    @ head.last + head.last_intercept))
        return np.stack(columns, axis=1) if columns else np.zeros((len(texts), 0))

    def decide(self, probabilities: Floats) -> NDArray[np.bool_]:
        """Which labels hold, from the probabilities."""
        limits = np.array([h.threshold for h in self.heads])
        if not self.is_exclusive:
            return np.asarray(probabilities >= limits)
        best = probabilities.argmax(axis=1)
        return np.asarray(np.arange(len(self.labels)) == best[:, None])

    def _of_vectors(self, head: Head, vectors: Floats | None) -> Floats | None:
        if not self.has_vectors:
            return None
        if vectors is None:
            raise ValueError("this model was trained with sentence vectors: give them too")
        return vectors @ head.vectors + head.vectors_intercept


def rule_features(texts: Sequence[str], languages: Sequence[str] | None = None) -> Floats:
    """Severity-free marks of the rules: one column a kind, 1 where it was found."""
    made = np.zeros((len(texts), len(KINDS)))
    for i, text in enumerate(texts):
        for found in code_message(text, languages[i] if languages else None):
            made[i, KINDS.index(found.kind)] = 1.0
    return made


def train(
    texts: Sequence[str], labels: Mapping[str, NDArray[np.bool_]], *, is_exclusive: bool,
    vectors: Floats | None = None, rules: Floats | None = None,
    about: Mapping[str, Any] | None = None,
) -> LinearModel:
    """Train one head a label; TooFewLabelsError when a label can not be learnt."""
    for label, holds in labels.items():
        if min(holds.sum(), (~holds).sum()) < LABELS_NEEDED:
            raise TooFewLabelsError(
                f"{label!r} is carried by {int(holds.sum())} of {len(holds)} messages; at least "
                f"{LABELS_NEEDED} must carry it and {LABELS_NEEDED} must not"
            )
    blocks = features(texts)
    weights = tuple(_rarity(b) for b in blocks)
    matrix, kept = _matrix(blocks, (weights[0], weights[1]))
    rules = rule_features(texts) if rules is None else rules
    rarity = np.concatenate(weights)[kept]
    heads = tuple(_head(matrix, kept, rarity, h, rules, vectors) for h in labels.values())
    return LinearModel(
        tuple(labels), is_exclusive, (weights[0], weights[1]), heads, vectors is not None,
        {"messages": len(texts), **(about or {})},
    )


def _head(
    matrix: sparse.csr_matrix, kept: NDArray[np.int64], rarity: NDArray[np.float32],
    holds: NDArray[np.bool_], rules: Floats, vectors: Floats | None,
) -> Head:
    from sklearn.model_selection import StratifiedKFold

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    margin = np.zeros(len(holds))
    beside = None if vectors is None else np.zeros(len(holds))
    for fit, held_out in folds.split(matrix, holds):
        coefficients, intercept = _fit_text(matrix[fit], holds[fit])
        margin[held_out] = matrix[held_out] @ coefficients + intercept
        if vectors is not None and beside is not None:
            w, b = _fit_vectors(vectors[fit], holds[fit])
            beside[held_out] = vectors[held_out] @ w + b
    stacked = _stack(margin, rules, beside)
    last = _logistic(STRENGTH_LAST, None).fit(stacked, holds)
    chances = last.predict_proba(stacked)[:, 1]
    coefficients, intercept = _fit_text(matrix, holds)
    w, b = _fit_vectors(vectors, holds) if vectors is not None else (np.zeros(0), 0.0)
    full = np.zeros(2 << BITS, dtype=np.float32)
    full[kept] = coefficients * rarity
    return Head(
        full[: 1 << BITS], full[1 << BITS :], float(intercept), w, b,
        last.coef_[0], float(last.intercept_[0]), _best_threshold(chances, holds),
    )


def _fit_text(matrix: sparse.csr_matrix, holds: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Coefficients of the sum of two linear models of the text."""
    plain = _logistic(STRENGTH_PLAIN, "balanced").fit(matrix, holds)
    with_it = 1 + np.asarray(matrix[holds].sum(axis=0)).ravel()
    without = 1 + np.asarray(matrix[~holds].sum(axis=0)).ravel()
    ratio = np.log((with_it / with_it.sum()) / (without / without.sum()))
    scaled = _logistic(STRENGTH_RATIO, None).fit(matrix @ sparse.diags(ratio), holds)
    return (
        plain.coef_[0] + scaled.coef_[0] * ratio,
        float(plain.intercept_[0] + scaled.intercept_[0]),
    )


def _fit_vectors(vectors: Floats, holds: NDArray[np.bool_]) -> tuple[Floats, float]:
    centre, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-9
    model = _logistic(STRENGTH_VECTORS / 30, "balanced").fit((vectors - centre) / spread, holds)
    scaled = model.coef_[0] / spread
    return scaled, float(model.intercept_[0] - scaled @ centre)


def _logistic(strength: float, class_weight: str | None) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=strength, class_weight=class_weight, solver="liblinear", max_iter=200, tol=1e-3,
        random_state=SEED,
    )


def _best_threshold(chances: Floats, holds: NDArray[np.bool_]) -> float:
    """Threshold with the best mean of the two F1 values, out of fold."""
    order = np.argsort(-chances)
    true = holds[order].astype(float)
    found = np.cumsum(true)
    given = np.arange(1, len(true) + 1)
    f1 = 2 * found / (given + true.sum())
    rest = len(true) - given
    missed = true.sum() - found
    f0 = 2 * (rest - missed) / (rest + (len(true) - true.sum()))
    best = int(np.argmax(f1 + f0))
    following = chances[order][min(best + 1, len(true) - 1)]
    return float((chances[order][best] + following) / 2)


def _rarity(block: Block) -> NDArray[np.float32]:
    """Inverse frequency of each feature; 0 for those in too few messages."""
    counts = block.counts()
    counts.sum_duplicates()
    frequency = np.bincount(counts.indices, minlength=1 << BITS)
    weight = np.log(block.messages / (1 + frequency)) + 1
    return np.where(frequency >= FEWEST_MESSAGES, weight, 0).astype(np.float32)


def _weighed(
    blocks: tuple[Block, Block], weights: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> tuple[tuple[Block, Block], list[Floats]]:
    norms = [1 / np.sqrt(np.maximum(b.sums(w**2), 1e-9))
             for b, w in zip(blocks, weights, strict=True)]
    return blocks, norms


def _margin(blocks: tuple[Block, Block], norms: list[Floats], head: Head) -> Floats:
    """Margin of the text; weights of the heads hold the rarity of each feature already."""
    return (
        blocks[0].sums(head.words) * norms[0] + blocks[1].sums(head.characters) * norms[1]
        + head.intercept
    )


def _matrix(
    blocks: tuple[Block, Block], weights: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> tuple[sparse.csr_matrix, NDArray[np.int64]]:
    """Messages by features that occur; and which features of the two blocks these are."""
    parts = []
    for block, weight, norm in zip(blocks, weights, _weighed(blocks, weights)[1], strict=True):
        parts.append(sparse.diags(norm) @ block.counts() @ sparse.diags(weight))
    whole = sparse.hstack(parts).tocsr()
    whole.sum_duplicates()
    whole.eliminate_zeros()
    kept = np.unique(whole.indices).astype(np.int64)
    return whole[:, kept].tocsr(), kept


def _stack(margin: Floats, rules: Floats, beside: Floats | None) -> Floats:
    columns = [margin[:, None], rules]
    if beside is not None:
        columns.append(beside[:, None])
    return np.hstack(columns)


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -40, 40))))
