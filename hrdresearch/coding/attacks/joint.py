"""Fits labels to text and sentence vectors together, by kernel ridge regression.

The kernel is the sum of three: a linear one on words and one on characters (both scaled by log-count ratios;
Wang and Manning 2012), and a Gaussian one on sentence vectors. The linear ones become weights of features, so
only the Gaussian one needs the vectors of training messages. Conjugate gradients solve the system without
computing the kernel of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Narrow = NDArray[np.float32]

MOST_MESSAGES = 15_000  # training messages whose vectors are kept: their kernel takes 0.9 GB
TEXT_SHARE, VECTOR_SHARE = 0.5, 1.5  # weights in the kernel: words and characters each; vectors
STEPS, PRECISION = 200, 1e-3  # most steps of the conjugate gradients, and where they stop


@dataclass(frozen=True)
class Space:
    """Sentence vectors of the training messages, standardized; scale: their mean and spread."""

    scale: Floats
    training: Narrow

    def near(self, vectors: Floats) -> Narrow:
        """Return the likeness of messages to the training messages: a row for each message."""
        return likeness(_standardized(vectors, self.scale), self.training)


def make_space(vectors: Floats, narrowness: float) -> Space:
    """Return the space of the vectors of training messages: standardized, with their mean and spread.

    narrowness: of the Gaussian kernel of standardized vectors, divided by their length; with more of it only
    near messages are alike. The spread is divided by its square root.
    """
    spread = (vectors.std(axis=0) + 1e-9) / np.sqrt(narrowness)
    scale = np.stack([vectors.mean(axis=0), spread])
    return Space(scale, _standardized(vectors, scale))


def _standardized(vectors: Floats, scale: Floats) -> Narrow:
    return np.asarray((vectors - scale[0]) / scale[1], dtype=np.float32)


def likeness(first: Narrow, second: Narrow) -> Narrow:
    """Return the Gaussian kernel of two sets of vectors, times ``VECTOR_SHARE``: first by second."""
    squares: Narrow = (first**2).sum(axis=1)[:, None] + (second**2).sum(axis=1)[None, :]
    squares -= 2 * first @ second.T
    np.maximum(squares, 0, out=squares)
    squares /= -first.shape[1]
    np.exp(squares, out=squares)
    squares *= VECTOR_SHARE
    return squares


def fit_label(
    blocks: Sequence[sparse.csr_matrix],
    kernel: Narrow,
    holds: NDArray[np.bool_],
    inside: NDArray[np.bool_],
    smoothing: float,
) -> tuple[Floats, Narrow, float]:
    """Return weights of the features and of the training messages, and a constant, for one label.

    blocks: features of words and of characters, a row for each message. kernel: likeness of all messages to
    all messages. holds: which messages have the label. inside: which messages are used. smoothing: of
    the ridge; with more of it single messages count less.
    """
    from scipy.sparse.linalg import LinearOperator, cg

    scaled = [_scale_by_ratio(b, holds, inside) for b in blocks]
    features = sparse.hstack([b @ sparse.diags(w) for b, w in zip(blocks, scaled, strict=True)])
    features = features.tocsr().astype(np.float32)
    turned = features.T.tocsr()
    mask = inside.astype(np.float32)
    wanted = np.where(holds, 1.0, -1.0).astype(np.float32)
    middle = float(wanted[inside].mean())

    def product(weights: Narrow) -> Narrow:
        masked = weights * mask
        likened = features @ (turned @ masked) + kernel @ masked
        return np.asarray(mask * likened + np.float32(smoothing) * weights)

    operator = LinearOperator((len(holds), len(holds)), matvec=product, dtype=np.float32)
    solved, _ = cg(operator, (wanted - middle) * mask, rtol=PRECISION, maxiter=STEPS)
    weights: Narrow = solved.astype(np.float32)
    return np.concatenate(scaled) * (turned @ weights), weights, middle


def log_ratio(features: sparse.csr_matrix, holds: NDArray[np.bool_]) -> Floats:
    """Return for each feature the logarithm of its share with a label, divided by its share without."""
    sums = (1 + np.asarray(features[rows].sum(axis=0)).ravel() for rows in (holds, ~holds))
    with_it, without = (counts / counts.sum() for counts in sums)
    return np.asarray(np.log(with_it / without))


def _scale_by_ratio(
    block: sparse.csr_matrix, holds: NDArray[np.bool_], inside: NDArray[np.bool_]
) -> Floats:
    """Factor of each feature: its log-count ratio, scaled so that rows have length one on average."""
    ratio = np.abs(log_ratio(block.sign()[inside], holds[inside]))
    squares = block.multiply(block) @ ratio**2
    return np.asarray(ratio * np.sqrt(TEXT_SHARE / max(float(squares[inside].mean()), 1e-9)))
