"""Collects people's labels of messages: labels of the sample for estimates, others for training only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from hrdresearch.run.archive.loading import Texts
from hrdresearch.run.archive.parts import Parts
from hrdresearch.run.filled_sheets import read_kept_rows
from hrdresearch.sources import Loaded
from hrdresearch.tables import TABLES

KEPT, TRAINING = "labels.csv", "training.csv"
NOT_THERE = "The archive holds no message with this identifier."


def labelled_record_ids(loaded: Sequence[Loaded]) -> frozenset[str]:
    """The archive's own identifiers of the messages that the source ``post-labels`` labels."""
    return frozenset(
        str(r) for x in loaded if x.facts.table == "post_labels" for r in x.accepted["record_id"]
    )


def ids_labelled_for_training(decisions: Path) -> frozenset[str]:
    """Pseudonyms of messages that were labelled for training."""
    return frozenset(row["post_id"] for row in read_kept_rows(decisions / TRAINING))


def labels_without_message(loaded: Sequence[Loaded], texts: Texts) -> pd.DataFrame:
    """Rows of label lists whose message is not in the archive, with the reason to set them aside."""
    rows = [
        (x.path.name, int(row), NOT_THERE)
        for x in loaded
        if x.facts.table == "post_labels"
        for record, row in zip(x.accepted["record_id"], x.accepted["source_row"], strict=True)
        if record not in texts.post_ids
    ]
    return pd.DataFrame(rows, columns=["file", "row", "reason"])


def labels_table(
    loaded: Sequence[Loaded],
    decisions: Path,
    parts: Parts,
    texts: Texts,
    strata: pd.Series,
    sampled: np.ndarray,
) -> pd.DataFrame:
    """Make the table ``post_labels``; the last label of a coder for a message counts."""
    ids = texts.post_ids
    given = [
        (ids[r], c, k)
        for x in loaded
        if x.facts.table == "post_labels"
        for r, c, k in zip(
            x.accepted["record_id"], x.accepted["coder"], x.accepted["kind_codes"], strict=True
        )
        if r in ids
    ]
    given += [(d["post_id"], d["coder"], d["kinds"]) for d in read_kept_rows(decisions / KEPT)]
    labels = pd.DataFrame(given, columns=["post_id", "coder", "kind_codes"])
    labels = labels.drop_duplicates(["post_id", "coder"], keep="last", ignore_index=True)
    return _add_strata(labels, parts, strata, sampled)


def _add_strata(
    labels: pd.DataFrame, parts: Parts, strata: pd.Series, sampled: np.ndarray
) -> pd.DataFrame:
    columns = TABLES["post_labels"].columns
    posts = parts.rows_of(set(labels["post_id"]))
    if posts.empty:
        return pd.DataFrame({c: pd.Series(dtype="object") for c in columns})
    kept = parts.overview["is_kept"].to_numpy()
    posts = posts[kept[posts["place"].to_numpy()]]
    at = posts["place"].to_numpy()
    stratum = strata.iloc[at].astype(str)
    sizes = strata[kept].value_counts()
    posts = posts.assign(
        stratum=stratum.to_numpy(),
        stratum_size=stratum.map(sizes).to_numpy(dtype=int),
        is_sampled=sampled[at],
    ).rename(columns={"kind_codes": "machine_codes"})
    return labels.merge(posts, on="post_id", how="inner", validate="many_to_one")[columns]
