"""A trained coder of the action category, from the words near the verb and the category by rule.

Method: multinomial logistic regression on TF-IDF weights. Category and rule of the published principles
(``coding.action``) are features too, so the model learns where labels differ from the principles.
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


def action_features(text: str) -> list[str]:
    """Return the features of a text: category by rule, words, pairs of words, and words near the verb."""
    action = code_action(text, language_of(text))
    verb = text[action.start : action.end].lower()
    words = [w.lower() for w in _WORD.findall(text)]
    after = [w.lower() for w in _WORD.findall(text[action.end :])]
    return [
        f"rule={action.code}:{action.rule}",
        f"category={action.code}",
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
    """Weights of a trained model, as plain arrays: loading them runs no code.

    classes: action categories. words: features. weights: one row for each class, one column for each feature.
    """

    classes: list[str]
    words: list[str]
    idf: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def predict(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """Return the most probable category of each text, in order, with its probability (0 to 1)."""
        if not texts:
            return []
        vectorizer = _make_vectorizer({word: i for i, word in enumerate(self.words)})
        vectorizer.idf_ = self.idf
        scores = vectorizer.transform(texts) @ self.weights.T + self.bias
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        best = chances.argmax(axis=1)
        return [(self.classes[b], float(chances[i, b])) for i, b in enumerate(best)]


def fit_action_model(texts: Sequence[str], labels: Sequence[str]) -> ActionModel:
    """Train a model on texts and their categories; the same texts give the same model."""
    from sklearn.linear_model import LogisticRegression

    vectorizer = _make_vectorizer(None)
    weighted = vectorizer.fit_transform(texts)
    fitted = LogisticRegression(C=10, max_iter=200, tol=1e-3).fit(weighted, labels)
    return ActionModel(
        [str(c) for c in fitted.classes_],
        list(vectorizer.get_feature_names_out()),
        vectorizer.idf_,
        fitted.coef_,
        fitted.intercept_,
    )


def _make_vectorizer(vocabulary: dict[str, int] | None) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        analyzer=action_features,
        min_df=1 if vocabulary else 2,
        sublinear_tf=True,
        vocabulary=vocabulary,
    )
