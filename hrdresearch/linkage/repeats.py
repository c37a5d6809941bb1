"""Finds repeated recommendations: the same request to the same State in a later cycle.

Texts are compared as weighted words and pairs of words (TF-IDF, cosine). A repeat points to the most
similar recommendation of an earlier cycle; a chain follows these pointers to the first request. A
smaller similarity is enough if both texts were coded as asking the same on the same subject. States
write one request in many ways, so the number of repeats is a lower bound.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

ALIKE = 0.5  # chosen on pairs read by hand: below, texts share a theme but not a request
ALIKE_ON_SUBJECT = 0.2  # where both were coded as asking the same on the same subject


def find_repeats(recommendations: pd.DataFrame) -> pd.DataFrame:
    """For each recommendation, find the earlier one that it repeats.

    recommendations: columns recommendation_id, state_iso3, cycle, text and subject_codes (what is
    asked on the subject of the study, joined by ``|``; "" for other subjects). Returns, on the same
    index, repeat_of (identifier), repeat_similarity (0 to 1) and chain_id (first recommendation of the
    chain); empty where nothing is repeated.
    """
    out = pd.DataFrame(index=recommendations.index)
    out["repeat_of"] = pd.Series([None] * len(out), out.index, dtype="object")
    out["repeat_similarity"] = float("nan")
    out["chain_id"] = pd.Series([None] * len(out), out.index, dtype="object")
    several = recommendations.dropna(subset=["cycle"])
    several = several[several.groupby("state_iso3")["cycle"].transform("nunique") > 1]
    if several.empty:
        return out
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, stop_words="english", min_df=1
    ).fit_transform(several["text"])
    place = pd.Series(range(len(several)), index=several.index)
    for _, own in several.groupby("state_iso3", sort=False):
        for cycle in sorted(own["cycle"].unique())[1:]:
            later, earlier = own[own["cycle"] == cycle], own[own["cycle"] < cycle]
            likeness = (weights[place[later.index]] @ weights[place[earlier.index]].T).toarray()
            likeness[(likeness < ALIKE) & ~_same_subject(later, earlier)] = 0
            best = likeness.argmax(axis=1)
            for i, row in enumerate(later.index):
                if likeness[i, best[i]] >= ALIKE_ON_SUBJECT:
                    first = earlier.index[best[i]]
                    out.at[row, "repeat_of"] = str(recommendations.at[first, "recommendation_id"])
                    out.at[row, "repeat_similarity"] = float(likeness[i, best[i]])
    return _chained(out, recommendations["recommendation_id"])


def _same_subject(later: pd.DataFrame, earlier: pd.DataFrame) -> np.ndarray:
    """Whether each later row shares a subject code with each earlier row (rows by columns)."""
    codes = sorted({c for cell in later["subject_codes"] for c in cell.split("|") if c})
    sides = [
        np.array(
            [[f"|{c}|" in f"|{cell}|" for c in codes] for cell in side["subject_codes"]], float
        )
        for side in (later, earlier)
    ]
    if not codes:
        return np.zeros((len(later), len(earlier)), bool)
    return np.asarray(sides[0] @ sides[1].T > 0)


def _chained(out: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    """Fill chain_id with the first request of each chain."""
    before = dict(zip(ids, out["repeat_of"], strict=True))
    in_chain = set(out["repeat_of"].dropna()) | set(ids[out["repeat_of"].notna()])
    chain: dict[str, str] = {}
    for repeat in in_chain:
        first = repeat
        while before.get(first) is not None:
            first = before[first]
        chain[repeat] = first
    out["chain_id"] = [chain.get(i) for i in ids]
    return out
