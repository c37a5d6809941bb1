"""Task ``incident``: how well texts on attacks are coded, by split and question.

Formats: ``hrdsattack`` (``train.json``: read by the makers of the rules; ``dev.json``: held out),
``tracker`` (an export of the U.S. Press Freedom Tracker; the narratives of one half were read, by a hash of
``slug``), ``csv`` (cases of ``tests/cases/narratives``). Sets of codes: micro-F1, its interval by bootstrap
over texts; one answer: share of right ones, Wilson's interval; both of 95 per cent.

The codes of ``dev.json`` are given a second time by a coder that is fitted on ``train.json``: words (TF-IDF,
logistic regression) and phrases of the vocabulary (extremely randomized trees: Geurts et al. 2006). It is not
shipped: it holds words of reports, and such weights do not carry over to texts of one incident (decision 64).
"""

from __future__ import annotations

import calendar
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hrdresearch.coding.incident import (
    UNTOLD,
    Incident,
    code_read_incident,
    incident_features,
    read_incident,
    read_incidents,
)
from hrdresearch.run.cases import SPLITS, read_cases, share_in_words
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import read_filled_sheet
from hrdresearch.stats.review_budgets import wilson_share
from hrdresearch.vocab.states import to_iso3

NONE = "none"
DRAWS = 2000  # bootstrap samples
SETS_SHARE, ONE_SHARE = 0.6, 0.3  # weight of words, for sets of codes and for the perpetrator
SETS_STRENGTH, ONE_STRENGTH = 1.0, 10.0  # C of logistic regression
THRESHOLDS = np.arange(0.3, 0.7, 0.02)
SEED = 75165
PRECISIONS = {10: "a day", 7: "a month", 4: "a year", 0: "none"}
TRACKED = ("slug", "title", "body", "first_published_at", "date", "exact_date_unknown", "city",
           "state", "categories", "arrest_status", "status_of_charges")  # fmt: skip
ACTS = {
    "physical_attack": ("categories", "Physical Attack"),
    "equipment_damage": ("categories", "Equipment Damage"),
    "equipment_search": ("categories", "Equipment Search"),
    "arrest": ("arrest_status", "arrested|detained"),
    "charge": ("status_of_charges", "dropped|pending|convicted|acquitted"),
}
ENDED = {"charge": ("charges_dropped", "acquittal")}  # acts that tell of a charge, too
# Words of HRDsAttack for codes of vocabulary ``incident``; an empty field tells nothing.
WORDS = {"": UNTOLD, "insufficient_info": UNTOLD, "other_non-state_actors": "other_non_state"}
WORDS |= {f"other_actors_{w}_permissions": f"actors_{w}_permissions" for w in ("with", "without")}

View = tuple[Any, Any]  # features of the training reports, and of the new reports


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:  # noqa: ARG001
    """Figures by split (``seen``, ``unseen``) and question, with intervals; ``report`` is their text."""
    rows = FORMATS[format_ or "hrdsattack"](file)
    read = map(code_read_incident, read_incidents(rows["text"]), rows["published"])
    rows["read"] = pd.Series(list(read), index=rows.index, dtype=object)
    by_split = {
        split: {name: _measure(pairs) for name, pairs in _questions(of).items()}
        for split in SPLITS
        if not (of := rows[rows["split"] == split]).empty
    }
    if file.name == "dev.json":
        by_split["unseen"] |= _measure_fitted(_read_hrdsattack(file.with_name("train.json")), rows)
    lines = ["English texts on attacks (intervals of 95 per cent):"]
    for split, found in by_split.items():
        lines += [f"  {SPLITS[split]}", *(f"    {name}: {f['said']}" for name, f in found.items())]
    return {"by_split": by_split, "report": "\n".join(lines)}


def _measure_fitted(known: pd.DataFrame, rows: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Figures of a coder that is fitted on known reports."""
    old, new = known["text"].tolist(), rows["text"].tolist()
    words, phrases = _word_view(old, new), (incident_features(old), incident_features(new))
    found = {n: _code_sets(known[n].tolist(), words, phrases) for n in ("violations", "victims")}
    found["perpetrator"] = _code_one(known["perpetrator"].map(max).to_numpy(), words, phrases)
    return {
        f"{name}, fitted": _measure(list(zip(answers, rows[name], strict=True)))
        for name, answers in found.items()
    }


def _word_view(train: list[str], test: list[str]) -> View:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 2), stop_words="english")
    return words.fit_transform(train), words.transform(test)


def _trees() -> Any:
    from sklearn.ensemble import ExtraTreesClassifier

    return ExtraTreesClassifier(400, min_samples_leaf=2, max_features=0.3, random_state=SEED)


def _code_sets(train: list[set[str]], words: View, phrases: View) -> list[set[str]]:
    """Codes of each new report; the threshold is the best in cross-validation."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.model_selection import cross_val_predict
    from sklearn.multiclass import OneVsRestClassifier

    labels = sorted(set().union(*train))
    truth = np.array([[k in s for k in labels] for s in train])
    one = LogisticRegression(C=SETS_STRENGTH, class_weight="balanced", max_iter=2000)
    line = OneVsRestClassifier(one)
    trees = _trees().fit(phrases[0], truth)
    chances = _mix(
        line.fit(words[0], truth).predict_proba(words[1]), trees.predict_proba(phrases[1])
    )
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


def _code_one(train: np.ndarray, words: View, phrases: View) -> list[set[str]]:
    """The most probable answer for each new report."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=ONE_STRENGTH, max_iter=2000).fit(words[0], train)
    trees = _trees().fit(phrases[0], train)
    by_words, by_trees = model.predict_proba(words[1]), trees.predict_proba(phrases[1])
    chances = ONE_SHARE * by_words + (1 - ONE_SHARE) * by_trees
    return [{str(answer)} for answer in model.classes_[chances.argmax(axis=1)]]


def _questions(rows: pd.DataFrame) -> dict[str, list[tuple[set[str], set[str]]]]:
    """For each question the codes that were found and those that a person gave, where one was asked."""
    asked: dict[str, list[tuple[set[str], set[str]]]] = {}
    for _, row in rows.iterrows():
        for name, found, given in _answers(row["read"], dict(row.items())):
            asked.setdefault(name, []).append((found, given))
    return asked


def _answers(read: Incident, row: Mapping[Any, Any]) -> Iterator[tuple[str, set[str], set[str]]]:
    found = {"violations": set(read.violations), "victims": set(read.victims)}
    found |= {"perpetrator": {read.perpetrator}, "place": {read.place}}
    found |= {"state": {read.state_iso3 or NONE}, "acts": set(read.acts)}
    for name, one in found.items():
        if name in row and row[name] is not None and name != "acts":
            yield name, one, row[name]
    if isinstance(row["date"], str):
        kind = PRECISIONS.get(len(row["date"]), "no year")
        yield f"date where the person gave {kind}", {read.date}, {row["date"]}
    for act in ACTS if "acts" in row else ():
        is_told = found["acts"] & {act, *ENDED.get(act, ())}
        yield f"act {act}", {act} if is_told else set(), row["acts"] & {act}


def _measure(pairs: list[tuple[set[str], set[str]]]) -> dict[str, Any]:
    """Share of right answers, or micro-F1 where a text can have none or several."""
    hits = np.array([(len(f & g), len(f) + len(g)) for f, g in pairs])
    if (hits[:, 1] == 2).all():
        share = wilson_share(int(hits[:, 0].sum()), len(hits))
        return {**vars(share), "said": share_in_words(share)}
    drawn = np.random.default_rng(SEED).integers(len(hits), size=(DRAWS, len(hits)))
    low, high = np.quantile([_f1(hits[rows]) for rows in drawn], (0.025, 0.975))
    value = _f1(hits)
    said = f"F1 {value:.2f} ({low:.2f} to {high:.2f}), {len(hits)} texts"
    return {"value": value, "low": float(low), "high": float(high), "said": said}


def _f1(hits: np.ndarray) -> float:
    return float(2 * hits[:, 0].sum() / max(1, hits[:, 1].sum()))


def _read_hrdsattack(file: Path) -> pd.DataFrame:
    try:
        records = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise RunError(
            f"{file.name} is missing or not JSON; expected train.json or dev.json"
        ) from wrong
    return pd.DataFrame(
        {
            "split": "seen" if file.stem == "train" else "unseen",
            "text": _without_tags(
                f"{r['sample']['Input.title']}. {r['sample']['Input.article_interface']}"
            ),
            "published": str(r["sample"]["Input.publish_date"]),
            "violations": _codes(a["violation_types"]),
            "perpetrator": _codes([a["perpetrator_type"] or ""]),
            "victims": _codes(k for v in a["victims"] for k in v["victim_type"]),
            "state": {_state_of(a)},
            "date": _date_of(a),
        }
        for r in records
        for a in [r["annotations"][0]["annotation"]]
    )


def _read_tracker(file: Path) -> pd.DataFrame:
    rows = read_filled_sheet(file, TRACKED, "an export of the U.S. Press Freedom Tracker")
    is_read = rows["slug"].map(lambda slug: hashlib.md5(slug.encode()).digest()[0] % 2 == 0)
    holds = {act: rows[column].str.contains(words) for act, (column, words) in ACTS.items()}
    return pd.DataFrame(
        {
            "split": is_read.map({True: "seen", False: "unseen"}),
            "text": (rows["title"] + ". " + rows["body"]).map(_without_tags),
            "published": rows["first_published_at"],
            "state": [{"USA"} if state != "None" else None for state in rows["state"]],
            "place": [{city} if city != "None" else None for city in rows["city"]],
            "date": rows["date"].str[:10].where(rows["exact_date_unknown"] != "True", None),
            "acts": [{act for act in ACTS if holds[act][at]} for at in rows.index],
        }
    )


def _read_cases(file: Path) -> pd.DataFrame:
    columns = ("date", "published", "state_iso3", "place", "violations", "perpetrators", "victims")
    rows = read_cases(file, columns)
    sets = {c: rows[c].map(lambda cell: set(cell.split(";"))) for c in columns[2:]}
    names = {"state_iso3": "state", "perpetrators": "perpetrator"}
    dates = rows["date"].replace(NONE, "")
    return rows[["split", "text", "published"]].assign(date=dates, **sets).rename(columns=names)


FORMATS = {"hrdsattack": _read_hrdsattack, "tracker": _read_tracker, "csv": _read_cases}


def _without_tags(text: str) -> str:
    return re.sub("<[^>]+>", " ", text)


def _codes(words: Any) -> set[str]:
    """Codes of vocabulary ``incident`` for the words of an annotator."""
    written = (word.replace(" ", "_") for word in words)
    return {WORDS.get(word, word) for word in written}


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
