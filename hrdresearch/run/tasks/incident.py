"""Task ``incident``: how well news reports on attacks are coded, beside two simple baselines.

The coder weighs the phrases of vocabulary ``incident`` beside the words of the report, and reads the
State and the date by rules. It is trained on ``train.json`` beside the file that is evaluated. Baselines: the
most frequent answer of the training part, and words alone (TF-IDF and logistic regression).
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hrdresearch.coding.incident import code_incident, incident_features
from hrdresearch.run.errors import RunError
from hrdresearch.vocab.states import to_iso3

FORMATS = ("hrdsattack",)
NONE = "none"
WORDS_STRENGTH, GROUPS_STRENGTH = 10.0, 0.03  # for the perpetrator; by cross-validation in training
WORDS_SHARE = 0.7  # of the words in the coder; the rest is that of the word groups
THRESHOLDS = np.arange(0.3, 0.7, 0.02)
SEED = 75165


@dataclass(frozen=True)
class Reports:
    """News reports and what one annotator read in each."""

    texts: list[str]
    violations: list[set[str]]
    perpetrators: np.ndarray
    victims: list[set[str]]
    states: np.ndarray
    published: list[str]
    dates: list[str]


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:  # noqa: ARG001
    """Micro-F1 of violations and victims, accuracy of perpetrator and State, with baselines."""
    train, test = _read_reports(file.with_name("train.json")), _read_reports(file)
    words, groups = _word_view(train.texts, test.texts), _group_view(train.texts, test.texts)
    read = [code_incident(t, day) for t, day in zip(test.texts, test.published, strict=True)]
    coder = {
        "violations": _micro_f1(train.violations, test.violations, (words, groups)),
        "perpetrator": _accuracy(train.perpetrators, test.perpetrators, (words, groups)),
        "victims": _micro_f1(train.victims, test.victims, (words, groups)),
        "state": float(
            np.mean(
                np.array([code_incident(t).state_iso3 or NONE for t in test.texts]) == test.states
            )
        ),
    }
    by_words = {
        "violations": _micro_f1(train.violations, test.violations, (words,)),
        "perpetrator": _accuracy(train.perpetrators, test.perpetrators, (words,)),
        "victims": _micro_f1(train.victims, test.victims, (words,)),
        "state": _accuracy(train.states, test.states, (words,)),
    }
    majority = {
        "violations": _micro_f1_of_majority(train.violations, test.violations),
        "perpetrator": _accuracy_of_majority(train.perpetrators, test.perpetrators),
        "victims": _micro_f1_of_majority(train.victims, test.victims),
        "state": _accuracy_of_majority(train.states, test.states),
    }
    result: dict[str, Any] = {
        "reports": len(test.texts),
        "coder": coder,
        "tfidf": by_words,
        "majority": majority,
        "dates": _right_dates([r.date for r in read], test.dates),
    }
    result["report"] = "\n".join(
        f"{k}: coder {coder[k]:.3f}, words alone {by_words[k]:.3f}, majority {majority[k]:.3f}"
        for k in coder
    )
    result["report"] += "".join(
        f"\ndate where the annotator gave {kind}: {right} of {of} right"
        for kind, (right, of) in result["dates"].items()
    )
    return result


def _read_reports(file: Path) -> Reports:
    try:
        records = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise RunError(
            f"{file.name}: not there, or no JSON; the set has train.json and dev.json in one folder"
        ) from wrong
    annotations = [r["annotations"][0]["annotation"] for r in records]
    texts = [
        f"{r['sample']['Input.title']}. "
        + re.sub("<[^>]+>", " ", r["sample"]["Input.article_interface"])
        for r in records
    ]
    return Reports(
        texts,
        [set(a["violation_types"]) for a in annotations],
        np.array([a["perpetrator_type"] or NONE for a in annotations]),
        [{k for v in a["victims"] for k in v["victim_type"]} for a in annotations],
        np.array([to_iso3(str(a["country"])) or NONE for a in annotations]),
        [str(r["sample"]["Input.publish_date"]) for r in records],
        [_date_of(a) for a in annotations],
    )


def _date_of(annotation: Mapping[str, Any]) -> str:
    """Date that an annotator gave: ISO 8601 as long as it goes, or empty."""
    given = "-".join(str(annotation[k]) for k in ("year", "month", "date") if annotation[k])
    parts = re.findall(r"\d+(?=\.0)|\d+|[A-Z][a-z]{2,}", given.replace("None", ""))
    months = [m.lower() for m in calendar.month_name]
    numbers = [str(months.index(p.lower())) if p.lower() in months else p for p in parts]
    date = "-".join(n.zfill(2) for n in numbers if n.isdigit() and n != "0")
    return date if re.match(r"\d{4}", date) or not date else "without a year"


def _right_dates(found: list[str], given: list[str]) -> dict[str, tuple[int, int]]:
    """How many dates are right, and of how many, by what the annotator gave; "" is no date."""
    kinds = {10: "a day", 7: "a month", 4: "a year", 0: "none"}
    return {
        kind: (
            sum(f == g for f, g in zip(found, given, strict=True) if len(g) == length),
            sum(len(g) == length for g in given),
        )
        for length, kind in kinds.items()
    }


def _word_view(train: list[str], test: list[str]) -> tuple[Any, Any, float, float]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 2), stop_words="english")
    return words.fit_transform(train), words.transform(test), 1.0, WORDS_SHARE


def _group_view(train: list[str], test: list[str]) -> tuple[Any, Any, float, float]:
    known, new = incident_features(train), incident_features(test)
    centre, spread = known.mean(axis=0), known.std(axis=0) + 1e-9
    return (known - centre) / spread, (new - centre) / spread, 0.01, 1 - WORDS_SHARE


def _micro_f1(train: list[set[str]], test: list[set[str]], views: tuple[Any, ...]) -> float:
    """Micro-F1 over labels; the threshold of the coder is chosen out of fold in training."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.model_selection import cross_val_predict

    labels = sorted(set().union(*train))
    truth = np.array([[k in s for k in labels] for s in train])
    wanted = np.array([[k in s for k in labels] for s in test])
    out_of_fold, chances = np.zeros(truth.shape), np.zeros(wanted.shape)
    for known, new, strength, share in views:
        for j in range(len(labels)):
            m = LogisticRegression(C=strength, class_weight="balanced", max_iter=2000)
            if len(views) > 1:
                out_of_fold[:, j] += (
                    share
                    * cross_val_predict(m, known, truth[:, j], cv=5, method="predict_proba")[:, 1]
                )
            chances[:, j] += (share if len(views) > 1 else 1) * m.fit(
                known, truth[:, j]
            ).predict_proba(new)[:, 1]
    limit = 0.5
    if len(views) > 1:
        limit = max(THRESHOLDS, key=lambda t: f1_score(truth, out_of_fold > t, average="micro"))
    return float(f1_score(wanted, chances > limit, average="micro"))


def _accuracy(train: np.ndarray, test: np.ndarray, views: tuple[Any, ...]) -> float:
    from sklearn.linear_model import LogisticRegression

    total: Any = 0.0
    for known, new, strength, share in views:
        is_words = share == WORDS_SHARE
        c = (WORDS_STRENGTH if len(views) > 1 else strength) if is_words else GROUPS_STRENGTH
        m = LogisticRegression(C=c, max_iter=2000).fit(known, train)
        total = total + (share if len(views) > 1 else 1) * m.predict_proba(new)
    return float(np.mean(m.classes_[np.argmax(total, axis=1)] == test))


def _accuracy_of_majority(train: np.ndarray, test: np.ndarray) -> float:
    values, counts = np.unique(train, return_counts=True)
    return float(np.mean(values[counts.argmax()] == test))


def _micro_f1_of_majority(train: list[set[str]], test: list[set[str]]) -> float:
    """The most frequent label for every report: micro-F1."""
    every = [k for s in train for k in s]
    best = max(set(every), key=every.count)
    hits = sum(best in s for s in test)
    return 2 * hits / (len(test) + sum(len(s) for s in test))
