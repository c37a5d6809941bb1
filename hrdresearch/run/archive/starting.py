"""A starting coder of threats, learned from invented cases before anybody has labelled a message.

The cases (``threat_cases``, a file a language) were written for the project by several makers; no message
of a person is among them. The coder proposes which messages are read first. How much it finds in
sentences of a maker whom it has not met stands in docs/decisions/0124.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import expit

import hrdresearch.coding.attacks
from hrdresearch.coding.attacks.linear import (
    IS_THREAT,
    STARTING,
    TEXT_ALONE,
    Floats,
    Judge,
    LinearModel,
)
from hrdresearch.coding.attacks.rules import KINDS
from hrdresearch.coding.attacks.training import train_model
from hrdresearch.run.attack_models import sentence_vectors

ENCODER = "usem3"
CASES = Path(hrdresearch.coding.attacks.__path__[0]) / "threat_cases"
# Chosen by benchmarks/threat_coder.py, --choose and --languages (decision 0124).
THRESHOLD = 0.2  # margin from which a message of no language below is called a threat
THRESHOLDS = {"ar": 0.21, "ru": 0.23, "zh": 0.13}  # of their own
RULES_WEIGHT = 0.6  # of the margin, for a message in which the rules find a threat
SMOOTHING, NARROWNESS = 1.0, 2.0  # closer than for labels of people: makers label alike


@cache
def read_threat_cases(folder: Path = CASES) -> pd.DataFrame:
    """Invented messages of a folder with a file a language: language, text, is_threat, kind (and maker)."""
    files = sorted(folder.glob("*.csv"))
    read = [pd.read_csv(f, keep_default_na=False).assign(language=f.stem) for f in files]
    cases = pd.concat(read, ignore_index=True)
    return cases.assign(is_threat=cases["is_threat"].eq(1))


def train_on_cases(cases: pd.DataFrame, vectors: Floats) -> LinearModel:
    """Coder of threats from cases and their sentence vectors, a row for each case.

    What the rules find gets a fixed weight beside what is learned: they were written with some of these
    cases in view, so a learned weight would be too great. Every message is read by the encoder; where it
    is not installed, the rules alone mark.
    """
    texts = cases["text"].tolist()
    model = train_model(
        texts,
        {"threat": cases["is_threat"].to_numpy(dtype=bool)},
        is_exclusive=False,
        vectors={ENCODER: vectors},
        rules=np.zeros((len(texts), len(KINDS))),
        about={"format": STARTING, "vectors": [ENCODER]},
        smoothing=SMOOTHING,
        narrowness=NARROWNESS,
    )
    text, read = model.judges[TEXT_ALONE], model.judges[ENCODER]
    [head] = read.heads
    [scale] = head.weights
    weighed = replace(
        head,
        weights=np.append(head.weights, scale * RULES_WEIGHT * IS_THREAT),
        of_language={code: scale * (THRESHOLD - own) for code, own in THRESHOLDS.items()},
    )
    read = replace(read, heads=(weighed,))
    judges = {
        TEXT_ALONE: replace(_with_threshold(text, 1.0), read_again=(0.0,)),
        ENCODER: _with_threshold(read, float(expit(scale * THRESHOLD + head.intercept))),
    }
    return replace(model, judges=judges)


def make_starting_coder() -> LinearModel:
    """The starting coder; takes about a minute. ModuleNotFoundError without the encoder."""
    cases = read_threat_cases()
    return train_on_cases(cases, sentence_vectors(cases["text"].tolist(), ENCODER))


def _with_threshold(judge: Judge, threshold: float) -> Judge:
    return replace(judge, heads=tuple(replace(head, threshold=threshold) for head in judge.heads))
