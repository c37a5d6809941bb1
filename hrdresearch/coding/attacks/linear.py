"""A linear model that gives labels to messages, by words, characters, rules and, if wanted, sentence vectors.

A model has a judge for the text alone, and one for each encoder of sentence vectors with which it was trained
(``joint``). A model with vectors holds vectors of its training messages, and is as restricted as the
messages. ``training`` makes models.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from hrdresearch.coding.attacks.hashing import Counts, hash_features
from hrdresearch.coding.attacks.joint import Space
from hrdresearch.coding.attacks.rules import KINDS, NOT_ATTACKS, SEVERITY, THREATS, code_message

Floats = NDArray[np.float64]
_IS_ATTACK = np.array([float(kind not in NOT_ATTACKS) for kind in KINDS])
IS_THREAT = np.array([float(kind in THREATS) for kind in KINDS])
_SEVERITY = np.array([float(SEVERITY.get(kind, 0)) for kind in KINDS])
TEXT_ALONE = ""  # in place of an encoder
STARTING = (
    "starting"  # format of the starting coder (run/archive/starting.py), in place of that of labels
)
BATCH = 1_000  # messages whose features are in memory at a time


@dataclass(frozen=True)
class Base:
    """Weights of one label for words, characters and likeness to training messages.

    near: empty if the label is judged from the text alone.
    """

    words: NDArray[np.float32]
    characters: NDArray[np.float32]
    near: NDArray[np.float32]
    intercept: float


@dataclass(frozen=True)
class Head:
    """Weights of one label for the margins of all labels and the rules; its threshold of probability.

    of_language: what is added to the log-odds of messages in a language.
    """

    weights: Floats
    intercept: float
    threshold: float
    of_language: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Judge:
    """All weights that judge a message from its text alone or, with a space, from text and sentence vector.

    bases: weights of each label, which give its margin. heads: weights of each label for the margins of all
    labels and (text alone, and in the starting coder) the rules. space: how vectors are compared.
    read_again: for each label the probability, by the text alone, from which a message is judged again with
    its sentence vector.
    """

    bases: tuple[Base, ...]
    heads: tuple[Head, ...]
    space: Space | None = None
    read_again: tuple[float, ...] = ()

    def thresholds(self) -> Floats:
        """Return the probability from which each label is given."""
        return np.array([head.threshold for head in self.heads])


@dataclass(frozen=True)
class LinearModel:
    """A trained coder of messages; its columns are ``labels``.

    is_exclusive: whether a message has one label, the most probable; else each label is given from its own
    threshold. rarity: inverse frequency of each feature. judges: by the encoder of their sentence vectors;
    that of the text alone has the key ``TEXT_ALONE``. about: facts on the training.
    """

    labels: tuple[str, ...]
    is_exclusive: bool
    rarity: tuple[NDArray[np.float32], NDArray[np.float32]]
    judges: Mapping[str, Judge]
    about: Mapping[str, Any] = field(default_factory=dict)

    def probabilities(
        self,
        texts: Sequence[str],
        rules: Floats | None = None,
        vectors: Floats | None = None,
        encoder: str = TEXT_ALONE,
        languages: Sequence[str] = (),
    ) -> Floats:
        """Return calibrated probabilities: one row for each message, one column for each label.

        rules: of ``rule_features``. vectors: sentence vectors of the messages by this encoder; without them
        the text alone is judged. languages: of the messages; without them a message is of no language.
        """
        rules = rule_features(texts, languages) if rules is None else rules
        judge = self.judges[encoder]
        more = [[h.of_language.get(code, 0.0) for h in judge.heads] for code in languages]
        odds = np.concatenate(
            [
                self._of_batch(
                    judge,
                    texts[i : i + BATCH],
                    rules[i : i + BATCH],
                    None if vectors is None else vectors[i : i + BATCH],
                )
                for i in range(0, len(texts), BATCH)
            ]
            or [np.zeros((0, len(self.labels)))]
        )
        return np.asarray(expit(odds + np.array(more) if more else odds))

    def _of_batch(
        self, judge: Judge, texts: Sequence[str], rules: Floats, vectors: Floats | None
    ) -> Floats:
        blocks = hash_features(texts)
        norms = length_norms(blocks, self.rarity)
        # Margins by the text; the weights already hold the rarity of each feature.
        columns = [
            (blocks[0] @ base.words) * norms[0]
            + (blocks[1] @ base.characters) * norms[1]
            + base.intercept
            for base in judge.bases
        ]
        if vectors is not None and judge.space is not None:
            near = judge.space.near(vectors)
            columns = [
                column + near @ base.near for column, base in zip(columns, judge.bases, strict=True)
            ]
        stacked = np.column_stack([*columns, rules])
        return np.column_stack(
            [stacked[:, : len(h.weights)] @ h.weights + h.intercept for h in judge.heads]
        )

    def judge(
        self,
        texts: Sequence[str],
        rules: Floats,
        encoder: str,
        make_vectors: Callable[[Sequence[str], str], Floats],
        languages: Sequence[str] = (),
    ) -> tuple[Floats, NDArray[np.bool_], Floats]:
        """Return probabilities, labels that hold, and how far each message is from the nearest threshold.

        make_vectors: makes sentence vectors of texts by an encoder. A message for which the text alone makes
        every label unlikely is not judged again, and its vector is not made.
        """
        judged = self._judged(texts, rules, None, TEXT_ALONE, languages)
        if encoder != TEXT_ALONE:
            again = np.flatnonzero((judged[0] >= self.judges[TEXT_ALONE].read_again).any(axis=1))
            read = [texts[int(row)] for row in again]
            spoken = [languages[int(row)] for row in again] if languages else ()
            vectors = make_vectors(read, encoder)
            parts = self._judged(read, rules[again], vectors, encoder, spoken)
            for whole, part in zip(judged, parts, strict=True):
                whole[again] = part
        return judged

    def _judged(
        self,
        texts: Sequence[str],
        rules: Floats,
        vectors: Floats | None,
        encoder: str,
        languages: Sequence[str],
    ) -> tuple[Floats, NDArray[np.bool_], Floats]:
        chances = self.probabilities(texts, rules, vectors, encoder, languages)
        distance = np.abs(chances - self.judges[encoder].thresholds())
        return chances, self.decide(chances, encoder), distance.min(axis=1)

    def decide(self, probabilities: Floats, encoder: str = TEXT_ALONE) -> NDArray[np.bool_]:
        """Return which labels hold, from probabilities by the judge of an encoder."""
        if not self.is_exclusive:
            return np.asarray(probabilities >= self.judges[encoder].thresholds())
        best = probabilities.argmax(axis=1)
        return np.asarray(np.arange(len(self.labels)) == best[:, None])


def rule_features(texts: Sequence[str], languages: Sequence[str] | None = None) -> Floats:
    """Return the kinds that the rules find, as 0 or 1: a row for each message, a column for each kind."""
    marks = np.zeros((len(texts), len(KINDS)))
    for i, text in enumerate(texts):
        for found in code_message(text, languages[i] if languages else None):
            marks[i, KINDS.index(found.kind)] = 1.0
    return marks


def finds_attack(rules: Floats) -> NDArray[np.bool_]:
    """Return whether the rules find an attack in each message; rules: of ``rule_features``."""
    return np.asarray(rules @ _IS_ATTACK > 0)


def finds_threat(rules: Floats) -> NDArray[np.bool_]:
    """Return whether the rules find a threat in each message; rules: of ``rule_features``."""
    return np.asarray(rules @ IS_THREAT > 0)


def rule_severity(rules: Floats) -> Floats:
    """Return the severity (0 to 5) of the most severe kind that the rules find in each message."""
    return np.asarray((rules * _SEVERITY).max(axis=1))


def rule_score(rules: Floats) -> Floats:
    """Return a score that orders messages: threats first, then by severity, then by number of kinds."""
    return np.asarray(finds_threat(rules) * 10 + rule_severity(rules) + rules.sum(axis=1) / 50)


def length_norms(
    blocks: tuple[Counts, Counts], rarity: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> list[Floats]:
    """Return a factor for each message, so that long and short messages have equal weight."""
    return [1 / np.sqrt(np.maximum(b @ w**2, 1e-9)) for b, w in zip(blocks, rarity, strict=True)]
