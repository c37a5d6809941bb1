"""Task ``incident``: how well news reports on attacks are coded, compared with two simple baselines.

The coder combines the words of a report (TF-IDF, logistic regression) with the phrases of the vocabulary
``incident`` (extremely randomized trees: Geurts et al. 2006), and reads State and date by rules. It is
trained on ``train.json`` beside the evaluated file; its settings were chosen by cross-validation there.
Baselines: the most frequent answer in the training part, and words alone. Intervals: 95 per cent, by
bootstrap over reports.
"""

from __future__ import annotations

import calendar
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hrdresearch.coding.incident import (
    code_read_incident,
    incident_features,
    read_incident,
    read_incidents,
)
from hrdresearch.run.cases import NO_SPLIT, share_in_words
from hrdresearch.run.errors import RunError
from hrdresearch.stats.review_budgets import wilson_share
from hrdresearch.vocab.states import to_iso3

FORMATS = ("hrdsattack",)
NONE = "none"
SETS_SHARE, ONE_SHARE = 0.6, 0.3  # weight of words, for sets of codes and for the perpetrator
SETS_STRENGTH, ONE_STRENGTH, ONE_STRENGTH_ALONE = 1.0, 10.0, 1.0  # C of logistic regression
DRAWS = 2000  # bootstrap samples
ORDER = ("violations", "perpetrator", "victims", "state")
THRESHOLDS = np.arange(0.3, 0.7, 0.02)
SEED = 75165

View = tuple[Any, Any]  # features of the training reports, and of the new reports


@dataclass(frozen=True)
class Reports:
    """News reports with the annotations of one annotator."""

    texts: list[str]
    violations: list[set[str]]
    perpetrators: np.ndarray
    victims: list[set[str]]
    states: np.ndarray
    published: list[str]
    dates: list[str]


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:  # noqa: ARG001
    """Micro-F1 of violations and victims, and share of right perpetrators and States, with baselines."""
    train, test = _read_reports(file.with_name("train.json")), _read_reports(file)
    read = list(map(code_read_incident, read_incidents(test.texts), test.published))
    given: dict[str, Any] = {name: getattr(test, name) for name in ("violations", "victims")}
    given |= {"perpetrator": test.perpetrators, "state": test.states}
    hits = {
        who: {name: _hits(answers[name], given[name]) for name in ORDER}
        for who, answers in _answers(
            train, test.texts, [r.state_iso3 or NONE for r in read]
        ).items()
    }
    result: dict[str, Any] = {
        "reports": len(test.texts),
        **{who: {k: _score(h) for k, h in by_name.items()} for who, by_name in hits.items()},
        "intervals": {name: _interval(hits["coder"][name]) for name in ORDER},
        "dates": _right_dates([r.date for r in read], test.dates),
    }
    result["report"] = f"English. {NO_SPLIT}\n" + "\n".join(
        f"{k}: coder {result['coder'][k]:.3f} ({low:.2f} to {high:.2f}), "
        f"words alone {result['tfidf'][k]:.3f}, majority {result['majority'][k]:.3f}"
        for k, (low, high) in result["intervals"].items()
    )
    result["report"] += "".join(
        f"\ndate where the annotator gave {kind}, right: {share_in_words(wilson_share(right, of))}"
        for kind, (right, of) in result["dates"].items()
    )
    return result


def _answers(train: Reports, texts: list[str], states: list[str]) -> dict[str, dict[str, Any]]:
    """Answers of the coder and the baselines for new reports; states: as read by the rules."""
    words, phrases = _word_view(train.texts, texts), _phrase_view(train.texts, texts)
    found: dict[str, dict[str, Any]] = {"coder": {"state": states}, "tfidf": {}, "majority": {}}
    for name in ("violations", "victims"):
        known = getattr(train, name)
        found["coder"][name] = _code_sets(known, words, phrases)
        found["tfidf"][name] = _code_sets(known, words)
        found["majority"][name] = [{_most_frequent(k for s in known for k in s)}] * len(texts)
    found["coder"]["perpetrator"] = _code_one(train.perpetrators, words, phrases)
    for name, one in (("perpetrator", train.perpetrators), ("state", train.states)):
        found["tfidf"][name] = _code_one(one, words)
        found["majority"][name] = [_most_frequent(one)] * len(texts)
    return found


def _read_reports(file: Path) -> Reports:
    try:
        records = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise RunError(
            f"{file.name} is missing or not JSON; the set has train.json and dev.json in one folder"
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
        np.array([_state_of(a) for a in annotations]),
        [str(r["sample"]["Input.publish_date"]) for r in records],
        [_date_of(a) for a in annotations],
    )


def _state_of(annotation: Mapping[str, Any]) -> str:
    """State that an annotator gave, in any field and wording: "Addis Ababa" in "Africa" is Ethiopia.

    NONE if no field names a State, or if the first field with a State names several.
    """
    if iso3 := to_iso3(str(annotation["country"])):
        return iso3
    for field in ("country", "region", "city"):
        read = read_incident(f"In {annotation[field]}")
        if named := {span.id_ for span in read.spans["places"]}:
            return named.pop() if len(named) == 1 else NONE
    return NONE


def _date_of(annotation: Mapping[str, Any]) -> str:
    """Date that an annotator gave, in ISO 8601 (2021-03-08, 2021-03 or 2021), or ""."""
    given = "-".join(str(annotation[k]) for k in ("year", "month", "date") if annotation[k])
    parts = re.findall(r"\d+(?=\.0)|\d+|[A-Z][a-z]{2,}", given.replace("None", ""))
    months = [m.lower() for m in calendar.month_name]
    numbers = [str(months.index(p.lower())) if p.lower() in months else p for p in parts]
    date = "-".join(n.zfill(2) for n in numbers if n.isdigit() and n != "0")
    return date if re.match(r"\d{4}", date) or not date else "without a year"


def _right_dates(found: list[str], given: list[str]) -> dict[str, tuple[int, int]]:
    """Right dates and all dates, by the precision that the annotator gave ("none": no date)."""
    kinds = {10: "a day", 7: "a month", 4: "a year", 0: "none"}
    return {
        kind: (
            sum(f == g for f, g in zip(found, given, strict=True) if len(g) == length),
            sum(len(g) == length for g in given),
        )
        for length, kind in kinds.items()
    }


def _word_view(train: list[str], test: list[str]) -> View:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 2), stop_words="english")
    return words.fit_transform(train), words.transform(test)


def _phrase_view(train: list[str], test: list[str]) -> View:
    return incident_features(train), incident_features(test)


def _trees() -> Any:
    from sklearn.ensemble import ExtraTreesClassifier

    return ExtraTreesClassifier(400, min_samples_leaf=2, max_features=0.3, random_state=SEED)


def _code_sets(train: list[set[str]], words: View, phrases: View | None = None) -> list[set[str]]:
    """Codes of each new report; with phrases, the threshold is the best in cross-validation."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.model_selection import cross_val_predict
    from sklearn.multiclass import OneVsRestClassifier

    labels = sorted(set().union(*train))
    truth = np.array([[k in s for k in labels] for s in train])
    one = LogisticRegression(C=SETS_STRENGTH, class_weight="balanced", max_iter=2000)
    line = OneVsRestClassifier(one)
    chances, limit = line.fit(words[0], truth).predict_proba(words[1]), 0.5
    if phrases is not None:
        trees = _trees().fit(phrases[0], truth)
        chances = _mix(chances, trees.predict_proba(phrases[1]))
        folds = (
            cross_val_predict(model, known, truth, cv=5, method="predict_proba")
            for model, known in ((line, words[0]), (trees, phrases[0]))
        )
        known = _mix(*folds)
        limit = max(THRESHOLDS, key=lambda t: f1_score(truth, known > t, average="micro"))
    return [{k for k, c in zip(labels, row, strict=True) if c > limit} for row in chances]


def _mix(by_words: np.ndarray, by_trees: Sequence[np.ndarray]) -> np.ndarray:
    """Mixed probabilities of labels; by_trees: for each label, the probabilities of no and yes."""
    mixed: np.ndarray = SETS_SHARE * by_words + (1 - SETS_SHARE) * np.array(by_trees)[:, :, 1].T
    return mixed


def _code_one(train: np.ndarray, words: View, phrases: View | None = None) -> list[str]:
    """The most probable answer for each new report."""
    from sklearn.linear_model import LogisticRegression

    strength = ONE_STRENGTH_ALONE if phrases is None else ONE_STRENGTH
    model = LogisticRegression(C=strength, max_iter=2000).fit(words[0], train)
    chances = model.predict_proba(words[1])
    if phrases is not None:
        trees = _trees().fit(phrases[0], train)
        chances = ONE_SHARE * chances + (1 - ONE_SHARE) * trees.predict_proba(phrases[1])
    return [str(answer) for answer in model.classes_[chances.argmax(axis=1)]]


def _most_frequent(answers: Iterable[str]) -> str:
    return Counter(sorted(answers)).most_common(1)[0][0]


def _hits(found: Sequence[Any], given: Sequence[Any]) -> np.ndarray:
    """For each report: number of right codes, and number of found codes plus given codes."""
    pairs = [
        (set(f), set(g)) if isinstance(f, set) else ({str(f)}, {str(g)})
        for f, g in zip(found, given, strict=True)
    ]
    return np.array([(len(f & g), len(f) + len(g)) for f, g in pairs])


def _score(hits: np.ndarray) -> float:
    """Micro-F1; if each report has one answer, it is the share of right answers."""
    return float(2 * hits[:, 0].sum() / hits[:, 1].sum())


def _interval(hits: np.ndarray) -> tuple[float, float]:
    drawn = np.random.default_rng(SEED).integers(len(hits), size=(DRAWS, len(hits)))
    low, high = np.quantile([_score(hits[rows]) for rows in drawn], (0.025, 0.975))
    return float(low), float(high)
