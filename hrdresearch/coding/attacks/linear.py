"""A linear model of labels on words, characters, rules and (where given) sentence vectors.

Two linear models of the text, a logistic regression on weighted features and one on features
scaled by their log-count ratios (Wang and Manning 2012), are added, so that the sum is one array
of weights. Sentence vectors are compared with those of some training messages (Nyström; Williams
and Seeger 2001), so a model with vectors is as restricted as its training messages. The margins out
of fold of every label and of finer labels beside them, and the marks of the rules, go into a small
logistic regression, which makes the probabilities calibrated for material like that it was trained
on, and for no other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
STRENGTH_PLAIN, STRENGTH_RATIO, STRENGTH_VECTORS, STRENGTH_LAST = 1.0, 3.0, 3.0, 0.3
LANDMARKS = 1500  # training messages that others are compared with, by their vectors
NARROWNESS = 0.5  # of the comparison, over standardized vectors and divided by their length
BATCH = 1_000  # messages whose features are in memory at a time
LABELS_NEEDED = 8  # messages that carry a label, and that do not, to learn it at all


class TooFewLabelsError(ValueError):
    """Too few messages carry a label to learn it."""


@dataclass(frozen=True)
class Base:
    """Weights of one label over the text (words, characters) and over the nearness to landmarks."""

    words: NDArray[np.float32]
    characters: NDArray[np.float32]
    intercept: float
    near: Floats
    near_intercept: float


@dataclass(frozen=True)
class Space:
    """Mean and spread of sentence vectors, the landmarks, and the root of their likeness."""

    scale: Floats
    landmarks: Floats
    root: Floats

    def near(self, vectors: Floats) -> Floats:
        """Nearness of messages to the landmarks, whitened: one row a message."""
        return _likeness((vectors - self.scale[0]) / self.scale[1], self.landmarks) @ self.root


@dataclass(frozen=True)
class Head:
    """What one label makes of all margins and of the rules, and from which probability it holds."""

    weights: Floats
    intercept: float
    threshold: float


@dataclass(frozen=True)
class LinearModel:
    """A trained coder; ``labels`` in the order of its columns.

    is_exclusive: one label a message (the most probable), else each by its own threshold.
    space: how sentence vectors are compared; None without them.
    """

    labels: tuple[str, ...]
    is_exclusive: bool
    rarity: tuple[NDArray[np.float32], NDArray[np.float32]]
    bases: tuple[Base, ...]
    heads: tuple[Head, ...]
    space: Space | None
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_vectors(self) -> bool:
        """Whether the model was trained with sentence vectors, and needs them."""
        return self.space is not None

    def probabilities(
        self, texts: Sequence[str], rules: Floats | None = None, vectors: Floats | None = None
    ) -> Floats:
        """Calibrated probabilities, one row a message, one column a label."""
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
        blocks = features(texts)
        norms = _norms(blocks, self.rarity)
        columns = [_margin(blocks, norms, base) for base in self.bases]
        if self.space is not None:
            if vectors is None:
                raise ValueError("this model was trained with sentence vectors: give them too")
            near = self.space.near(vectors)
            columns += [near @ b.near + b.near_intercept for b in self.bases]
        stacked = np.column_stack([*columns, rules])
        return np.column_stack([_sigmoid(stacked @ h.weights + h.intercept) for h in self.heads])

    def decide(self, probabilities: Floats) -> NDArray[np.bool_]:
        """Which labels hold, from the probabilities."""
        limits = np.array([h.threshold for h in self.heads])
        if not self.is_exclusive:
            return np.asarray(probabilities >= limits)
        best = probabilities.argmax(axis=1)
        return np.asarray(np.arange(len(self.labels)) == best[:, None])


def rule_features(texts: Sequence[str], languages: Sequence[str] | None = None) -> Floats:
    """Marks of the rules: one column a kind, 1 where it was found."""
    made = np.zeros((len(texts), len(KINDS)))
    for i, text in enumerate(texts):
        for found in code_message(text, languages[i] if languages else None):
            made[i, KINDS.index(found.kind)] = 1.0
    return made


def train(
    texts: Sequence[str],
    labels: Mapping[str, NDArray[np.bool_]],
    *,
    is_exclusive: bool,
    finer: Mapping[str, NDArray[np.bool_]] | None = None,
    vectors: Floats | None = None,
    rules: Floats | None = None,
    about: Mapping[str, Any] | None = None,
) -> LinearModel:
    """Train a model; TooFewLabelsError when a label can not be learnt.

    finer: labels that are not asked for but help (parts of a label); those with too few messages
    are left out.
    """
    for label, holds in labels.items():
        if _rarer(holds) < LABELS_NEEDED:
            raise TooFewLabelsError(
                f"{label!r} is carried by {int(holds.sum())} of {len(holds)} messages; at least "
                f"{LABELS_NEEDED} must carry it and {LABELS_NEEDED} must not"
            )
    rules = rule_features(texts) if rules is None else rules
    blocks = features(texts)
    rarity = (_rarity(blocks[0]), _rarity(blocks[1]))
    matrix, kept = _matrix(blocks, rarity)
    weight = np.concatenate(rarity)[kept]
    space = None if vectors is None else _space(vectors)
    near = None if space is None or vectors is None else space.near(vectors)
    wanted = [*labels.values(), *(h for h in (finer or {}).values() if _rarer(h) >= 4 * FOLDS)]
    bases, margins, beside = [], [], []
    for holds in wanted:
        coefficients, intercept, margin = _out_of_fold(matrix, holds, _fit_text)
        full = np.zeros(2 << BITS, dtype=np.float32)
        full[kept] = coefficients * weight
        w, b = np.zeros(0), 0.0
        if near is not None:
            w, b, near_margin = _out_of_fold(near, holds, _fit_near)
            beside.append(near_margin)
        margins.append(margin)
        bases.append(Base(full[: 1 << BITS], full[1 << BITS :], intercept, w, b))
    stacked = np.column_stack([*margins, *beside, rules])
    heads = tuple(_head(stacked, holds) for holds in labels.values())
    return LinearModel(
        tuple(labels),
        is_exclusive,
        rarity,
        tuple(bases),
        heads,
        space,
        {"messages": len(texts), **(about or {})},
    )


def _rarer(holds: NDArray[np.bool_]) -> int:
    return int(min(holds.sum(), (~holds).sum()))


def _head(stacked: Floats, holds: NDArray[np.bool_]) -> Head:
    last = _logistic(STRENGTH_LAST, None).fit(stacked, holds)
    chances = last.predict_proba(stacked)[:, 1]
    return Head(last.coef_[0], float(last.intercept_[0]), _best_threshold(chances, holds))


def _out_of_fold(
    matrix: Any,
    holds: NDArray[np.bool_],
    fit: Callable[[Any, NDArray[np.bool_]], tuple[Floats, float]],
) -> tuple[Floats, float, Floats]:
    """Coefficients from all messages; margins of each message from the other folds."""
    from sklearn.model_selection import StratifiedKFold

    margin = np.zeros(len(holds))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    for inside, outside in folds.split(margin, holds):
        coefficients, intercept = fit(matrix[inside], holds[inside])
        margin[outside] = matrix[outside] @ coefficients + intercept
    coefficients, intercept = fit(matrix, holds)
    return coefficients, intercept, margin


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


def _fit_near(near: Floats, holds: NDArray[np.bool_]) -> tuple[Floats, float]:
    model = _logistic(STRENGTH_VECTORS, "balanced", "lbfgs").fit(near, holds)
    return model.coef_[0], float(model.intercept_[0])


def _space(vectors: Floats) -> Space:
    scale = np.stack([vectors.mean(axis=0), vectors.std(axis=0) + 1e-9])
    chosen = np.random.default_rng(0).permutation(len(vectors))[:LANDMARKS]
    landmarks = (vectors[chosen] - scale[0]) / scale[1]
    values, directions = np.linalg.eigh(_likeness(landmarks, landmarks))
    return Space(scale, landmarks, directions / np.sqrt(np.maximum(values, 1e-9)))


def _likeness(one: Floats, other: Floats) -> Floats:
    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None, :] - 2 * one @ other.T
    return np.asarray(np.exp(-NARROWNESS / one.shape[1] * np.maximum(squares, 0)))


def _logistic(strength: float, class_weight: str | None, solver: str = "liblinear") -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=strength,
        class_weight=class_weight,
        solver=solver,
        max_iter=200,
        tol=1e-3,
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


def _norms(
    blocks: tuple[Block, Block], rarity: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> list[Floats]:
    """What each message is multiplied by, so that long and short ones weigh the same."""
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


def _matrix(
    blocks: tuple[Block, Block], weights: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> tuple[sparse.csr_matrix, NDArray[np.int64]]:
    """Messages by features that occur; and which features of the two blocks these are."""
    parts = []
    for block, weight, norm in zip(blocks, weights, _norms(blocks, weights), strict=True):
        parts.append(sparse.diags(norm) @ block.counts() @ sparse.diags(weight))
    whole = sparse.hstack(parts).tocsr()
    whole.sum_duplicates()
    whole.eliminate_zeros()
    kept = np.unique(whole.indices).astype(np.int64)
    return whole[:, kept].tocsr(), kept


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -40, 40))))
