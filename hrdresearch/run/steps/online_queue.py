"""Makes the review queue of an archive: its head, the sample, and messages a model would learn most from.

The head holds only one of a group of near-identical messages, with the size of the group, so that a
reviewer need not read a campaign many times. The sample holds every message that was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.coding.attacks.rules import code_message
from hrdresearch.run.archive.loading import Texts
from hrdresearch.run.archive.parts import Parts

HEAD = 10_000  # messages in the head of the queue
SMALL = 1e-6  # smaller than any difference between scores
FIRST_OF_GROUP = 2  # so many sampled messages of each stratum are read before the others
TO_LEARN = 2_000  # messages kept for training: those that the coder is least sure of
COLUMNS = ["post_id", "score", "severity", "band_code", "kind_codes", "language_code"]


@dataclass(frozen=True)
class ChosenMessages:
    """Positions in the archive of messages whose texts are kept.

    sampled: the sample. head: the head of the queue. to_learn: messages for training. named: messages that
    a decision by hand is about.
    """

    sampled: NDArray[np.int64]
    head: NDArray[np.int64]
    to_learn: NDArray[np.int64]
    named: NDArray[np.int64]

    @property
    def places(self) -> NDArray[np.int64]:
        """All positions, each once, sorted."""
        return np.unique(np.concatenate([self.sampled, self.head, self.to_learn, self.named]))


def choose_messages(
    parts: Parts, sampled: NDArray[np.bool_], named: frozenset[str]
) -> ChosenMessages:
    """Choose the messages whose texts the restricted queue holds.

    sampled: whether each message of the archive is in the sample. named: pseudonyms of messages that a
    decision by hand is about.
    """
    view = parts.overview
    free = _first_of_its_group(parts) & ~sampled
    # Messages with the same score are in random order.
    chance = view["record_digest"].to_numpy().view(np.uint64) / 2.0**64 * SMALL
    rows = parts.rows_of(set(named)) if named else pd.DataFrame()
    return ChosenMessages(
        np.flatnonzero(sampled),
        _highest(view["score"].to_numpy() + chance, free, HEAD),
        _least_sure(view, view["unsure"].to_numpy() + chance, free),
        rows["place"].to_numpy(dtype=np.int64) if len(rows) else np.zeros(0, dtype=np.int64),
    )


def queue_sheet(
    about: pd.DataFrame, texts: Texts, chosen: ChosenMessages, parts: Parts, strata: pd.Series
) -> pd.DataFrame:
    """Sheet of the messages that reviewers read, with texts, sorted by score; the sample is marked.

    strata: stratum of each message of the archive. ``order`` is random, but begins with two sampled messages
    of each stratum, so that the first hundred labels cover all strata.
    """
    near = parts.near
    sizes = np.bincount(near[near >= 0]) if (near >= 0).any() else np.zeros(1, dtype=int)
    group = near[about["place"].to_numpy()]
    queue = about[COLUMNS].assign(
        source_row=about["source_row"],
        is_sampled=about["place"].isin(chosen.sampled),
        is_head=about["place"].isin(chosen.head),
        is_to_learn=about["place"].isin(chosen.to_learn),
        unsure=about["unsure"],
        alike=np.where(group >= 0, sizes[np.maximum(group, 0)], 1),
        order=_order(about, chosen, strata),
        text=[texts.texts.get(int(r), "") for r in about["source_row"]],
    )
    # Messages that are too short to compare count as alike only if they are equal.
    again = queue["text"].duplicated()
    queue = queue.assign(
        is_head=queue["is_head"] & ~again,
        is_to_learn=queue["is_to_learn"] & ~again,
        alike=np.maximum(queue["alike"], queue["text"].map(queue["text"].value_counts())),
        evidence=list(map(describe_evidence, queue["text"], queue["language_code"])),
    )
    return queue.sort_values(["score", "order"], ascending=[False, True], ignore_index=True)


def _order(about: pd.DataFrame, chosen: ChosenMessages, strata: pd.Series) -> pd.Series:
    group = strata.iloc[about["place"]].astype(str).to_numpy()
    group = np.where(about["place"].isin(chosen.sampled), group, "")
    in_group = about["record_digest"].groupby(group).rank(method="first")
    is_late = (group == "") | (in_group > FIRST_OF_GROUP)
    place = pd.DataFrame({"is_late": is_late, "digest": about["record_digest"]})
    ranked = place.sort_values(["is_late", "digest"], kind="stable").index
    return pd.Series(np.arange(1, len(about) + 1), index=ranked).reindex(about.index)


def describe_evidence(text: str, language: str) -> str:
    """What the rules found in a message: kind, severity, target, and the words behind each."""
    return "; ".join(
        f'{f.kind} (severity {f.severity}, {f.target}): "{text[f.start : f.end]}"'
        for f in code_message(text, language)
    )


def _first_of_its_group(parts: Parts) -> NDArray[np.bool_]:
    """Whether each message is the first of its near-identical group, or has no similar message."""
    near, kept = parts.near, parts.overview["is_kept"].to_numpy()
    first = np.zeros(len(near), dtype=bool)
    grouped = np.flatnonzero((near >= 0) & kept)
    first[grouped[np.unique(near[grouped], return_index=True)[1]]] = True
    return np.asarray((first | (near < 0)) & kept, dtype=bool)


def _highest(key: NDArray[np.float64], allowed: NDArray[np.bool_], most: int) -> NDArray[np.int64]:
    """Positions with the highest keys, highest first; at most ``most``."""
    places = np.flatnonzero(allowed)
    order = -key[places]
    chosen = np.argpartition(order, most)[:most] if len(order) > most else np.arange(len(order))
    return places[chosen[np.argsort(order[chosen], kind="stable")]]


def _least_sure(
    view: pd.DataFrame, unsure: NDArray[np.float64], free: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Positions of messages that the coder is least sure of; languages take turns."""
    language = view["language_code"].cat.codes.to_numpy()
    by_language = [
        _highest(-unsure, free & (language == number), TO_LEARN)
        for number in np.unique(language[free])
    ]
    if not by_language:
        return np.zeros(0, dtype=np.int64)
    turn = np.concatenate([np.arange(len(places)) for places in by_language])
    return np.concatenate(by_language)[np.argsort(turn, kind="stable")][:TO_LEARN]
