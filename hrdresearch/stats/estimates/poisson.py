"""Poisson regressions of many models of one table at once, by Newton's method.

For a log link Newton's steps are those of iteratively reweighted least squares (McCullagh and Nelder 1989,
ch. 2.5). All models of a table share its cells and its design, so that their normal equations are one
product of matrices: a thousand models take a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]

MOST_STEPS, TOLERANCE, FARTHEST, AT_ONCE = 60, 1e-9, 60.0, 2048


@dataclass(frozen=True, eq=False)
class Fits:
    """Fitted models, one a row. coefficients: of each parameter, 0 where it is not in the model.

    fitted: expected persons of each cell. log_likelihood. variance: of the first coefficient (the
    intercept). has_converged: whether the last step changed nothing.
    """

    coefficients: Numbers
    fitted: Numbers
    log_likelihood: Numbers
    variance: Numbers
    has_converged: Flags


def fit_poisson(design: Numbers, counts: Numbers, parameters: Flags, cells: Flags) -> Fits:
    """Fit models to the counts of the cells.

    design: a row a cell, a column a parameter. parameters, cells: a row a model; which of them it uses.
    """
    done = [
        _fit(design, counts, parameters[rows], cells[rows]) for rows in _slices(len(parameters))
    ]
    return Fits(*(np.concatenate(parts) for parts in zip(*done, strict=True)))


def _fit(
    design: Numbers, counts: Numbers, parameters: Flags, cells: Flags
) -> tuple[Numbers, Numbers, Numbers, Numbers, Flags]:
    products = (design[:, :, None] * design[:, None, :]).reshape(len(design), -1)
    unused = np.eye(design.shape[1]) * ~parameters[:, :, None]
    both = parameters[:, :, None] & parameters[:, None, :]

    def information(weights: Numbers) -> Numbers:
        return np.where(both, (weights @ products).reshape(both.shape), 0) + unused

    def fitted(beta: Numbers) -> Numbers:
        return np.asarray(np.exp((beta @ design.T).clip(-FARTHEST, FARTHEST)) * cells)

    def likelihood(beta: Numbers) -> Numbers:
        eta = (beta @ design.T).clip(-FARTHEST, FARTHEST)
        return np.asarray((cells * (counts * eta - np.exp(eta))).sum(axis=1))

    weights = (counts + 0.5) * cells
    right = (weights * np.log(counts + 0.5)) @ design * parameters
    beta = _solve(information(weights), right)
    now = likelihood(beta)
    moving = np.ones(len(beta), dtype=bool)
    for _ in range(MOST_STEPS):
        mu = fitted(beta)
        gradient = ((counts - mu) * cells) @ design * parameters
        step = _solve(information(mu), gradient)
        gain = (gradient * step).sum(axis=1)
        moving = np.abs(gain) > TOLERANCE
        share = np.ones(len(beta))
        for _ in range(20):  # a step that makes the likelihood smaller is halved
            tried = likelihood(beta + share[:, None] * step)
            worse = tried < now - 1e-9
            if not worse.any():
                break
            share = np.where(worse, share / 2, share)
        beta = beta + share[:, None] * step
        now = likelihood(beta)
        if not moving.any():
            break
    mu = fitted(beta)
    first = np.zeros_like(beta)
    first[:, 0] = 1
    variance = _solve(information(mu), first)[:, 0]
    constant = (gammaln(counts + 1) * cells).sum(axis=1)
    return beta, mu, now - constant, variance, ~moving


def _solve(matrix: Numbers, right: Numbers) -> Numbers:
    """Solve the equations of each model; a ridge far below rounding keeps a singular one from failing."""
    scale = 1e-12 * np.einsum("bii->b", matrix) / matrix.shape[1]
    ridge = scale[:, None, None] * np.eye(matrix.shape[1])
    return np.asarray(np.linalg.solve(matrix + ridge, right[:, :, None])[:, :, 0])


def _slices(size: int) -> Iterator[slice]:
    """Parts of the models, small enough to stay in memory."""
    return (slice(i, i + AT_ONCE) for i in range(0, size, AT_ONCE))
