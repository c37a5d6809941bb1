"""A trained coder of the action category: words near the verb, and what the rules say.

Multinomial logistic regression on TF-IDF weights. The features hold the category and rule of the
published principles, so a model starts from them and learns where labels depart from them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hrdresearch.coding.action import code_action
from hrdresearch.coding.recommendations import language_of

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
NEAR = 8


def features(text: str) -> list[str]:
    """Features of one text, as the model uses them."""
    action = code_action(text, language_of(text))
    verb = text[action.start : action.end].lower()
    words = [w.lower() for w in _WORD.findall(text)]
    after = [w.lower() for w in _WORD.findall(text[action.end :])]
    return [
        f"rule={action.category}:{action.rule}",
        f"category={action.category}",
        f"verb={verb}",
        *(f"at{i}={w}" for i, w in enumerate(after[:3])),
        *(f"near={w}" for w in after[:NEAR]),
        *(f"verb_near={verb}_{w}" for w in after[:6]),
        *words,
        *(f"{a}_{b}" for a, b in itertools.pairwise(words)),
        f"tens_of_words={min(len(words) // 10, 5)}",
    ]


@dataclass(frozen=True)
class ActionModel:
    """Weights of a trained model: plain arrays, nothing that runs code when it is loaded."""

    classes: list[str]
    words: list[str]
    idf: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def predict(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """Category and its probability, a text each."""
        if not texts:
            return []
        scores = self._vectorizer().transform(texts) @ self.weights.T + self.bias
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        best = odds.argmax(axis=1)
        return [(self.classes[b], float(odds[i, b])) for i, b in enumerate(best)]

    def _vectorizer(self) -> Any:
        vectorizer = _vectorizer({word: i for i, word in enumerate(self.words)})
        vectorizer.idf_ = self.idf
        return vectorizer


def train(texts: Sequence[str], labels: Sequence[str]) -> ActionModel:
    """Train on labelled texts; deterministic."""
    from sklearn.linear_model import LogisticRegression

    vectorizer = _vectorizer(None)
    weighted = vectorizer.fit_transform(texts)
    fitted = LogisticRegression(C=10, max_iter=200, tol=1e-3).fit(weighted, labels)
    return ActionModel(
        [str(c) for c in fitted.classes_],
        list(vectorizer.get_feature_names_out()),
        vectorizer.idf_,
        fitted.coef_,
        fitted.intercept_,
    )


def _vectorizer(vocabulary: dict[str, int] | None) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    least = 1 if vocabulary else 2
    return TfidfVectorizer(
        analyzer=features, min_df=least, sublinear_tf=True, vocabulary=vocabulary
    )
