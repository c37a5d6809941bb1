"""A starting coder of threats, learned from invented cases before anybody has labelled a message.

The cases (``threat_cases.yml``, by maker and language) were written for the project by four makers; no
message of a person is among them. The coder proposes which messages are read first. How much it finds in
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
from hrdresearch.coding.attacks.linear import TEXT_ALONE, Floats, Judge, LinearModel
from hrdresearch.coding.attacks.rules import KINDS
from hrdresearch.coding.attacks.training import train_model
from hrdresearch.run.attack_models import sentence_vectors
from hrdresearch.vocab.yaml_text import parse_yaml

ENCODER = "usem3"
CASES = Path(hrdresearch.coding.attacks.__path__[0]) / "threat_cases.yml"
THRESHOLD = 0.439  # margin from which a message is called a threat (benchmarks/threat_coder.py)


@cache
def read_threat_cases() -> pd.DataFrame:
    """Invented messages: maker, language, text, is_threat; one row for each text."""
    by_maker = parse_yaml(CASES.read_text(encoding="utf-8"))
    return pd.DataFrame(
        [
            (maker, language, text, answer == "threat")
            for maker, languages in by_maker.items()
            for language, answers in languages.items()
            for answer, texts in answers.items()
            for text in texts
        ],
        columns=["maker", "language", "text", "is_threat"],
    )


def train_on_cases(cases: pd.DataFrame, vectors: Floats) -> LinearModel:
    """Coder of threats from cases and their sentence vectors, a row for each case.

    The rules are no feature: they were written with some of these cases in view, so they look better here
    than they are. A build marks what the rules find as well. Every message is read by the encoder; where it
    is not installed, the rules alone mark.
    """
    texts = cases["text"].tolist()
    model = train_model(
        texts,
        {"threat": cases["is_threat"].to_numpy(dtype=bool)},
        is_exclusive=False,
        vectors={ENCODER: vectors},
        rules=np.zeros((len(texts), len(KINDS))),
        about={"format": "starting", "vectors": [ENCODER]},
    )
    text, read = model.judges[TEXT_ALONE], model.judges[ENCODER]
    head = read.heads[0]
    judges = {
        TEXT_ALONE: replace(_with_threshold(text, 1.0), read_again=(0.0,)),
        ENCODER: _with_threshold(read, float(expit(head.weights[0] * THRESHOLD + head.intercept))),
    }
    return replace(model, judges=judges)


def make_starting_coder() -> LinearModel:
    """The starting coder; takes about a minute. ModuleNotFoundError without the encoder."""
    cases = read_threat_cases()
    return train_on_cases(cases, sentence_vectors(cases["text"].tolist(), ENCODER))


def _with_threshold(judge: Judge, threshold: float) -> Judge:
    return replace(judge, heads=tuple(replace(head, threshold=threshold) for head in judge.heads))
