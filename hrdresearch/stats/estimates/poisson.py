"""Poisson regressions of many models of one table at once, by Newton's method.

For a log link Newton's steps are those of iteratively reweighted least squares (McCullagh and Nelder 1989,
ch. 2.5). All models of a table share its cells and its design, so that their normal equations are one
product of matrices: a thousand models take a fraction of a second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]

MOST_STEPS, TOLERANCE, FARTHEST, AT_ONCE = 60, 1e-9, 60.0, 2048


@dataclass(frozen=True, eq=False)
class Fits:
    """Fitted models, a row for each.

    coefficients: of each parameter, 0 where it is not in the model. fitted: expected persons of each cell.
    variance: of the first coefficient (the intercept). has_converged: whether the last step changed
    nothing.
    """

    coefficients: Numbers
    fitted: Numbers
    log_likelihood: Numbers
    variance: Numbers
    has_converged: Flags


def fit_poisson(design: Numbers, counts: Numbers, parameters: Flags, cells: Flags) -> Fits:
    """Fit models to the counts of the cells.

    design: a row for each cell, a column for each parameter. parameters, cells: those that each model
    uses, a row for each model.
    """
    done = [
        _Part(design, counts, parameters[i : i + AT_ONCE], cells[i : i + AT_ONCE]).fit()
        for i in range(0, len(parameters), AT_ONCE)
    ]
    return Fits(*(np.concatenate(parts) for parts in zip(*done, strict=True)))


@dataclass(frozen=True, eq=False)
class _Part:
    """Models that are fitted at once, few enough to stay in memory."""

    design: Numbers
    counts: Numbers
    parameters: Flags
    cells: Flags

    def fit(self) -> tuple[Numbers, Numbers, Numbers, Numbers, Flags]:
        """The fields of ``Fits``."""
        weights = (self.counts + 0.5) * self.cells
        right = (weights * np.log(self.counts + 0.5)) @ self.design * self.parameters
        beta = _solve(self.information(weights), right)
        moving = np.ones(len(beta), dtype=bool)
        for _ in range(MOST_STEPS):
            mu = self.fitted(beta)
            gradient = ((self.counts - mu) * self.cells) @ self.design * self.parameters
            step = _solve(self.information(mu), gradient)
            moving = np.abs((gradient * step).sum(axis=1)) > TOLERANCE
            beta = beta + self.share_of_step(beta, step)[:, None] * step
            if not moving.any():
                break
        mu = self.fitted(beta)
        first = np.zeros_like(beta)
        first[:, 0] = 1
        variance = _solve(self.information(mu), first)[:, 0]
        constant = (gammaln(self.counts + 1) * self.cells).sum(axis=1)
        return beta, mu, self.likelihood(beta) - constant, variance, ~moving

    def share_of_step(self, beta: Numbers, step: Numbers) -> Numbers:
        """Part of each model's step to take: halved until the likelihood is not lower than before."""
        share, now = np.ones(len(beta)), self.likelihood(beta)
        for _ in range(20):
            worse = self.likelihood(beta + share[:, None] * step) < now - 1e-9
            if not worse.any():
                break
            share = np.where(worse, share / 2, share)
        return share

    def information(self, weights: Numbers) -> Numbers:
        """Matrix of each model's normal equations; 1 for a parameter that is not in the model."""
        both = self.parameters[:, :, None] & self.parameters[:, None, :]
        products = (self.design[:, :, None] * self.design[:, None, :]).reshape(len(self.design), -1)
        unused = np.eye(self.design.shape[1]) * ~self.parameters[:, :, None]
        return np.where(both, (weights @ products).reshape(both.shape), 0) + unused

    def fitted(self, beta: Numbers) -> Numbers:
        """Expected persons of each cell."""
        return np.asarray(np.exp(self.log_fitted(beta)) * self.cells)

    def likelihood(self, beta: Numbers) -> Numbers:
        """Logarithm of the likelihood of each model, without what does not depend on it."""
        eta = self.log_fitted(beta)
        return np.asarray((self.cells * (self.counts * eta - np.exp(eta))).sum(axis=1))

    def log_fitted(self, beta: Numbers) -> Numbers:
        """Logarithm of the expected persons, kept where an exponential can be taken."""
        return np.asarray((beta @ self.design.T).clip(-FARTHEST, FARTHEST))


def _solve(matrix: Numbers, right: Numbers) -> Numbers:
    """Solve the equations of each model; a ridge far below rounding keeps a singular one from failing."""
    scale = 1e-12 * np.einsum("bii->b", matrix) / matrix.shape[1]
    ridge = scale[:, None, None] * np.eye(matrix.shape[1])
    return np.asarray(np.linalg.solve(matrix + ridge, right[:, :, None])[:, :, 0])
