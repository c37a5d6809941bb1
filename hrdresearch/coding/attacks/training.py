"""Trains the linear model that gives labels to messages.

For the text alone two linear models are added, so that their sum is one array of weights: a logistic
regression on weighted features, and one on features scaled by log-count ratios (Wang and Manning 2012). With
sentence vectors a kernel ridge regression on text and vectors (``joint``) is used instead. A second, small
logistic regression on the margins of all labels (out of fold; for the text alone also on the kinds found by
rules) gives the probabilities. They are calibrated only for messages like those of the training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hrdresearch.coding.attacks import joint
from hrdresearch.coding.attacks.hashing import BITS, Counts, hash_features
from hrdresearch.coding.attacks.joint import Space, make_space
from hrdresearch.coding.attacks.linear import (
    TEXT_ALONE,
    Base,
    Floats,
    Head,
    Judge,
    LinearModel,
    length_norms,
    rule_features,
)

FOLDS = 8
SEED = 75165
FEWEST_MESSAGES = 2  # fewest training messages with a feature that counts
STRENGTH_PLAIN, STRENGTH_RATIO, STRENGTH_LAST = 1.0, 3.0, 0.3
AS_GOOD = 0.003  # a difference of macro-F1 below this is chance
SELDOM = 0.1  # share of the messages with a label that need not be judged again with vectors
LABELS_NEEDED = 8  # fewest messages with a label, and without it, to learn it


class TooFewLabelsError(ValueError):
    """Too few messages have a label, or have it not, to learn it."""


def train_model(
    texts: Sequence[str],
    labels: Mapping[str, NDArray[np.bool_]],
    *,
    is_exclusive: bool,
    vectors: Mapping[str, Floats] | None = None,
    rules: Floats | None = None,
    about: Mapping[str, Any] | None = None,
    smoothing: float = 5.0,
    narrowness: float = 1.0,
) -> LinearModel:
    """Train a model that gives labels to messages.

    labels: for each label which messages have it. is_exclusive: whether each message has exactly one.
    vectors: sentence vectors of the messages by encoder; of more than ``joint.MOST_MESSAGES`` a random part
    is used. rules: of ``rule_features``. about: facts that are saved with the model. smoothing,
    narrowness: how little the judgment by sentence vectors follows single messages of the training, and how
    near they must be (``joint``). Raises TooFewLabelsError
    if fewer than ``LABELS_NEEDED`` messages have a label, or have it not.
    """
    for label, holds in labels.items():
        if min(holds.sum(), (~holds).sum()) < LABELS_NEEDED:
            raise TooFewLabelsError(
                f"{label!r} is carried by {int(holds.sum())} of {len(holds)} messages; at least "
                f"{LABELS_NEEDED} must carry it and {LABELS_NEEDED} must not"
            )
    rules = rule_features(texts) if rules is None else rules
    blocks = hash_features(texts)
    rarity = (_rarity(blocks[0]), _rarity(blocks[1]))
    matrix, kept = _matrix(blocks, rarity)
    weight = np.concatenate(rarity)[kept]
    fitted = [_fit_out_of_fold(matrix, holds) for holds in labels.values()]
    nothing = np.zeros(0, np.float32)
    bases = tuple(_base(weights * weight, kept, nothing, at) for weights, at, _ in fitted)
    stacked = np.column_stack([*(margin for *_, margin in fitted), rules])
    heads = [_fit_head(stacked, holds) for holds in labels.values()]
    seldom = tuple(
        float(np.quantile(chances[holds], SELDOM))
        for (_, chances), holds in zip(heads, labels.values(), strict=True)
    )
    judges = {TEXT_ALONE: Judge(bases, tuple(head for head, _ in heads), None, seldom)}
    drawn = np.random.default_rng(SEED).permutation(len(texts))[: joint.MOST_MESSAGES]
    for encoder, held in (vectors or {}).items():
        space = make_space(held[drawn], narrowness)
        near = [
            _fit_with_vectors(matrix[drawn], kept, weight, space, holds[drawn], smoothing)
            for holds in labels.values()
        ]
        stacked = np.column_stack([margin for _, margin in near])
        judges[encoder] = Judge(
            tuple(base for base, _ in near),
            tuple(_fit_head(stacked, holds[drawn])[0] for holds in labels.values()),
            space,
        )
    return LinearModel(
        tuple(labels), is_exclusive, rarity, judges, {"messages": len(texts), **(about or {})}
    )


def _base(
    weights: Floats, kept: NDArray[np.int64], near: NDArray[np.float32], intercept: float
) -> Base:
    full = np.zeros(2 << BITS, dtype=np.float32)
    full[kept] = weights
    return Base(full[: 1 << BITS], full[1 << BITS :], near, intercept)


def _fit_with_vectors(
    matrix: sparse.csr_matrix,
    kept: NDArray[np.int64],
    weight: NDArray[np.float32],
    space: Space,
    holds: NDArray[np.bool_],
    smoothing: float,
) -> tuple[Base, Floats]:
    """Weights of one label for text and vectors, and the margin of each message out of fold."""
    blocks = [matrix[:, kept < 1 << BITS], matrix[:, kept >= 1 << BITS]]
    kernel = joint.likeness(space.training, space.training)
    margin = np.zeros(len(holds))
    for inside, outside in _folds(holds):
        text, near, intercept = joint.fit_label(
            blocks, kernel, holds, np.isin(np.arange(len(holds)), inside), smoothing
        )
        margin[outside] = matrix[outside] @ text + kernel[outside] @ near + intercept
    text, near, intercept = joint.fit_label(
        blocks, kernel, holds, np.ones(len(holds), dtype=bool), smoothing
    )
    return _base(text * weight, kept, near, intercept), margin


def _fit_head(stacked: Floats, holds: NDArray[np.bool_]) -> tuple[Head, Floats]:
    """Weights of one label for the margins, and the probabilities that they give."""
    spread = np.maximum(stacked.std(axis=0), 1e-9)
    last = _logistic(STRENGTH_LAST, None).fit(stacked / spread, holds)
    chances = last.predict_proba(stacked / spread)[:, 1]
    threshold = _best_threshold(chances, holds)
    return Head(last.coef_[0] / spread, float(last.intercept_[0]), threshold), chances


def _folds(holds: NDArray[np.bool_]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    from sklearn.model_selection import StratifiedKFold

    return list(StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(holds, holds))


def _fit_out_of_fold(
    matrix: sparse.csr_matrix, holds: NDArray[np.bool_]
) -> tuple[Floats, float, Floats]:
    """Coefficients from all messages; margins of each message from the other folds."""
    margin = np.zeros(len(holds))
    for inside, outside in _folds(holds):
        coefficients, intercept = _fit_text(matrix[inside], holds[inside])
        margin[outside] = matrix[outside] @ coefficients + intercept
    return *_fit_text(matrix, holds), margin


def _fit_text(matrix: sparse.csr_matrix, holds: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Coefficients of the sum of two linear models of the text."""
    plain = _logistic(STRENGTH_PLAIN, "balanced").fit(matrix, holds)
    ratio = joint.log_ratio(matrix, holds)
    scaled = _logistic(STRENGTH_RATIO, None).fit(matrix @ sparse.diags(ratio), holds)
    return (
        plain.coef_[0] + scaled.coef_[0] * ratio,
        float(plain.intercept_[0] + scaled.intercept_[0]),
    )


def _logistic(strength: float, class_weight: str | None) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=strength,
        class_weight=class_weight,
        solver="liblinear",
        max_iter=200,
        tol=1e-3,
        random_state=SEED,
    )


def _best_threshold(chances: Floats, holds: NDArray[np.bool_]) -> float:
    """The lowest threshold whose macro-F1, the mean of the two F1 values, is within AS_GOOD of the best.

    The lowest, because an attack that is missed costs more than a message that is read in vain.
    """
    order = np.argsort(-chances)
    found, given, carry = np.cumsum(holds[order]), np.arange(1, len(holds) + 1), holds.sum()
    rest, without = len(holds) - given, len(holds) - carry
    mean = found / (given + carry) + (rest - (carry - found)) / (rest + without)
    best = int(np.flatnonzero(mean >= mean.max() - AS_GOOD)[-1])
    return float(chances[order[best : best + 2]].mean())


def _rarity(block: Counts) -> NDArray[np.float32]:
    """Inverse frequency of each feature; 0 for those in too few messages."""
    frequency = block.tocsr().count_nonzero(axis=0)
    weight = np.log(block.shape[0] / (1 + frequency)) + 1
    return np.where(frequency >= FEWEST_MESSAGES, weight, 0).astype(np.float32)


def _matrix(
    blocks: tuple[Counts, Counts], weights: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> tuple[sparse.csr_matrix, NDArray[np.int64]]:
    """Matrix of messages by features that occur, and the numbers of these features in the two blocks."""
    norms = length_norms(blocks, weights)
    parts = [
        sparse.diags(norm) @ block.tocsr() @ sparse.diags(weight)
        for block, weight, norm in zip(blocks, weights, norms, strict=True)
    ]
    whole = sparse.hstack(parts).tocsr()
    whole.sum_duplicates()
    whole.eliminate_zeros()
    kept = np.unique(whole.indices).astype(np.int64)
    return whole[:, kept].tocsr(), kept
