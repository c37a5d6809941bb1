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
class Ridge:
    """How closely the regression follows single messages of the training.

    smoothing: with more of it they count less. narrowness: of the Gaussian kernel of standardized vectors,
    divided by their length; with more of it only near messages are alike.
    """

    smoothing: float = 5.0
    narrowness: float = 1.0


@dataclass(frozen=True)
class Space:
    """Sentence vectors of the training messages, standardized; scale: their mean and spread."""

    scale: Floats
    training: Narrow

    def near(self, vectors: Floats) -> Narrow:
        """Return the likeness of messages to the training messages: a row for each message."""
        return likeness(_standardized(vectors, self.scale), self.training)


@dataclass(frozen=True)
class Fit:
    """Weights of the features of the text and of the training messages, and a constant."""

    text: Floats
    near: Narrow
    intercept: float


def make_space(vectors: Floats, narrowness: float = 1.0) -> Space:
    """Return the space of the vectors of training messages: standardized, with their mean and spread.

    narrowness: as in ``Ridge``; the spread is divided by its square root.
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
) -> Fit:
    """Fit one label to some of the messages.

    blocks: features of words and of characters, a row for each message. kernel: likeness of all messages to
    all messages. holds: which messages have the label. inside: which messages are used. smoothing: of
    the ridge; with more of it single messages count less.
    """
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

    weights = _solve(product, (wanted - middle) * mask)
    return Fit(np.concatenate(scaled) * (turned @ weights), weights, middle)


def _scale_by_ratio(
    block: sparse.csr_matrix, holds: NDArray[np.bool_], inside: NDArray[np.bool_]
) -> Floats:
    """Factor of each feature: its log-count ratio, scaled so that rows have length one on average."""
    is_there = block.sign()
    yes = 1 + np.asarray(is_there[holds & inside].sum(axis=0)).ravel()
    no = 1 + np.asarray(is_there[~holds & inside].sum(axis=0)).ravel()
    ratio = np.abs(np.log((yes / yes.sum()) / (no / no.sum())))
    squares = block.multiply(block) @ ratio**2
    return np.asarray(ratio * np.sqrt(TEXT_SHARE / max(float(squares[inside].mean()), 1e-9)))


def _solve(product: object, wanted: Narrow) -> Narrow:
    from scipy.sparse.linalg import LinearOperator, cg

    operator = LinearOperator((len(wanted), len(wanted)), matvec=product, dtype=np.float32)
    return np.asarray(cg(operator, wanted, rtol=PRECISION, maxiter=STEPS)[0], dtype=np.float32)
