"""Online attacks: messages are coded while text is there; text and handles leave.

The restricted review queue keeps the text. A probability sample is drawn over bands of the queue,
languages and years; labels of people on it come from source ``post-labels`` and from the decisions
of the review. A model in ``decisions/model`` is used beside the rules.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.linkage.near_texts import near_groups
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.privacy.names import NameEntry
from hrdresearch.run.archive import CHUNK, account_ids, code_frame
from hrdresearch.run.attack_models import load_model
from hrdresearch.run.errors import RunError
from hrdresearch.run.steps import Built
from hrdresearch.sources import Loaded
from hrdresearch.stats.sampling import chance_order, draw
from hrdresearch.tables import TABLES

SAMPLE = 800
SEED = "hrdresearch online-attacks 1"
RARE_LANGUAGE = 0.02  # share of the archive below which languages form one stratum
KEPT = "labels.csv"


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:
    """Tables ``posts``, ``post_labels`` and ``offline_events``; the queue as a restricted sheet."""
    archives = [x for x in loaded if x.facts.table == "posts"]
    if len(archives) != 1:
        raise RunError("A build of online-attacks takes one archive: --source posts=FILE")
    held = archives[0].accepted.reset_index(drop=True)
    folder = decisions / "model"
    model = load_model(folder) if folder.is_dir() else None
    posts = pd.concat(
        [code_frame(held.iloc[i : i + CHUNK], key, model) for i in range(0, len(held), CHUNK)],
        ignore_index=True,
    )
    groups = near_groups(held["text"].tolist())
    posts["near_id"] = [None if pd.isna(g) else pseudonym(key, "near", g) for g in groups]
    posts = posts[list(TABLES["posts"].model.to_schema().columns)]
    strata = _strata(posts)
    order = chance_order(held["record_id"] + "|" + held["source_row"].astype(str), SEED)
    is_sampled = draw(strata, order, SAMPLE)
    labels = _labels(loaded, held, posts, decisions)
    events = pd.concat(
        [_events(x, key) for x in loaded if x.facts.table == "offline_events"] or [_no_events()],
        ignore_index=True,
    )
    return Built(
        tables={
            "posts": posts,
            "post_labels": _with_strata(labels, posts, strata, is_sampled),
            "offline_events": events,
        },
        names=_names(loaded, held),
        extras={"archive": _about(posts, strata, is_sampled, model is not None)},
        restricted={"queue": _queue(held, posts, order, is_sampled)},
    )


def _strata(posts: pd.DataFrame) -> pd.Series:
    language = posts["language_code"]
    frequent = language.map(language.value_counts(normalize=True)) >= RARE_LANGUAGE
    year = posts["post_year"].astype("string").fillna("no year")
    return posts["band_code"] + "|" + language.where(frequent, "other") + "|" + year.astype(str)


def _labels(
    loaded: Sequence[Loaded], held: pd.DataFrame, posts: pd.DataFrame, decisions: Path
) -> pd.DataFrame:
    """Columns post_id, coder, kind_codes; the last label of a coder on a message stands."""
    ids = dict(zip(held["record_id"], posts["post_id"], strict=True))
    given = [
        (ids[r], c, k)
        for x in loaded
        if x.facts.table == "post_labels"
        for r, c, k in zip(
            x.accepted["record_id"], x.accepted["coder"], x.accepted["kind_codes"], strict=True
        )
        if r in ids
    ]
    if (decisions / KEPT).is_file():
        with (decisions / KEPT).open(encoding="utf-8", newline="") as stream:
            known = set(posts["post_id"])
            given += [
                (d["post_id"], d["coder"], d["kinds"])
                for d in csv.DictReader(stream)
                if d["post_id"] in known
            ]
    frame = pd.DataFrame(given, columns=["post_id", "coder", "kind_codes"])
    return frame.drop_duplicates(["post_id", "coder"], keep="last", ignore_index=True)


def _with_strata(
    labels: pd.DataFrame, posts: pd.DataFrame, strata: pd.Series, is_sampled: pd.Series
) -> pd.DataFrame:
    about = posts.assign(
        stratum=strata, stratum_size=strata.map(strata.value_counts()), is_sampled=is_sampled
    ).rename(columns={"kind_codes": "machine_codes"})
    joined = labels.merge(about, on="post_id", how="inner", validate="many_to_one")
    return joined[list(TABLES["post_labels"].model.to_schema().columns)]


def _events(loaded: Loaded, key: Key) -> pd.DataFrame:
    rows = loaded.accepted
    return pd.DataFrame(
        {
            "event_id": [pseudonym(key, "event", r) for r in rows["source_row"]],
            "source": loaded.facts.slug,
            "target_id": account_ids(rows["person"], key),
            "event_date": rows["event_date"],
            "event_year": rows["event_date"].dt.year.astype("Int64"),
            "event_code": rows["event_code"],
        }
    )


def _no_events() -> pd.DataFrame:
    columns = TABLES["offline_events"].model.to_schema().columns
    return pd.DataFrame({c: pd.Series(dtype="object") for c in columns}).astype(
        {"event_date": "datetime64[ns]", "event_year": "Int64"}
    )


def _names(loaded: Sequence[Loaded], held: pd.DataFrame) -> list[NameEntry]:
    """Handles and persons, for the scan of the report."""
    people = [x.accepted["person"] for x in loaded if x.facts.table == "offline_events"]
    every = pd.concat([held["author"], held["target"], *people]).unique()
    return [NameEntry(str(h), True, None) for h in every if len(str(h)) > 3]


def _about(
    posts: pd.DataFrame, strata: pd.Series, is_sampled: pd.Series, has_model: bool
) -> dict[str, object]:
    return {
        "messages": len(posts),
        "coder": "rules and model" if has_model else "rules",
        "strata": {str(s): int(n) for s, n in strata.value_counts().items()},
        "sampled": {str(s): int(n) for s, n in strata[is_sampled].value_counts().items()},
    }


def _queue(
    held: pd.DataFrame, posts: pd.DataFrame, order: pd.Series, is_sampled: pd.Series
) -> pd.DataFrame:
    """What reviewers work on, threats first; the sample is marked and comes with it."""
    queue = posts[["post_id", "score", "severity", "band_code", "kind_codes", "language_code"]]
    queue = queue.assign(is_sampled=is_sampled, order=order.rank().astype(int), text=held["text"])
    return queue.sort_values(["score", "order"], ascending=[False, True], ignore_index=True)
