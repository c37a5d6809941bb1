"""How far people and machine agree on an archive, and what a reviewer meets in the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Drawing, Finding
from hrdresearch.stats.krippendorff import Alpha, alpha
from hrdresearch.stats.ratio import Ratio, estimate_ratio
from hrdresearch.stats.review_budgets import BUDGETS
from hrdresearch.studies.online_attacks.claims import (
    FEWEST_LABELS,
    GROUPS,
    KINDS,
    THREATS,
    OnlineStudy,
    any_of,
    is_too_wide,
    table_columns,
    too_wide,
)
from hrdresearch.studies.online_attacks.languages import LANGUAGES

QUEUE = "Share of all threats that a reviewer meets, by part of the queue read"


def machine_finding(study: OnlineStudy) -> Finding:
    """Precision and recall of the coder a kind, all languages together, weighted."""
    everywhere = [("all", key, words) for key, (words, _) in KINDS.items()]
    return _agreement(
        study, "machine", "How well the coder agrees with people, by kind", everywhere
    )


def machine_languages_finding(study: OnlineStudy) -> Finding:
    """Precision and recall of the coder a language and kind, weighted."""
    parts = [
        (language, key, f"{name}: {words}")
        for language, name in LANGUAGES.items()
        for key, (words, _) in KINDS.items()
    ]
    title = "How well the coder agrees with people, by language and kind"
    return _agreement(study, "machine_languages", title, parts)


def _agreement(
    study: OnlineStudy, name: str, title: str, parts: Sequence[tuple[str, str, str]]
) -> Finding:
    """Precision and recall of the parts (language, kind, words) that have enough labels."""
    if study.no_share_because:
        return study.unlabelled(name, title)
    labels = study.labels
    claims: list[Claim] = []
    rows, wide = [], []
    for language, key, words in parts:
        own = pd.Series(language == "all", index=labels.index)
        own |= labels["language_code"] == language
        members = KINDS[key][1]
        said = any_of(labels["machine_codes"], members) & own
        true = any_of(labels["kind_codes"], members) & own
        if max(int(said.sum()), int(true.sum())) < FEWEST_LABELS:
            continue
        where = f"machine.{language}.{key}"
        made = [
            *_share(study, f"{where}.precision", f"{words}: precision", true, said,
                    {"machine_codes": list(members)} | _of(language)),
            *_share(study, f"{where}.recall", f"{words}: recall", said, true,
                    {"kind_codes": list(members)} | _of(language)),
        ]  # fmt: skip
        claims += made
        wide += [
            f"{words}, {what}"
            for what, one in (("precision", (true, said)), ("recall", (said, true)))
            if _is_wide(_ratio(study, one[0].to_numpy(dtype=float), one[1]))
        ]
        rows.append([Cell(text=words), *(Cell(claim=c.name) for c in made)])
    return study.finding(
        name,
        title,
        table_columns(
            "Kind" if name == "machine" else "Language and kind",
            precision="Precision, per cent",
            p_low="From",
            p_high="To",
            recall="Recall, per cent",
            r_low="From",
            r_high="To",
        ),
        rows,
        claims,
        sources=study.notes_with("post_labels"),
        notes=(
            "Precision: of what the coder marked, the share that people marked too. Recall: "
            "of what people marked, the share that the coder marked. Weighted by the design; "
            "intervals of 95 per cent, in which messages that may stand unseen in groups of the "
            "sample are allowed for. Not computable: fewer than thirty labelled messages. "
            "Withheld: fewer persons than the smallest cell. Rows with too few labelled messages "
            "for both are not shown: nothing is known of them.",
            *too_wide(wide),
        ),
    )


def queue_finding(study: OnlineStudy) -> Finding:
    """Threats in the first part of the queue, and those missed, from the unqueued sample."""
    if study.no_share_because:
        return study.unlabelled("queue", QUEUE)
    labels = study.labels
    threat = any_of(labels["kind_codes"], THREATS)
    scores = study.posts["score"].to_numpy()
    hidden = study.are_few(labels[threat])
    claims: list[Claim] = []
    rows, wide = [], []
    for budget in BUDGETS:
        percent = round(100 * budget)
        met = met_within(scores, labels["score"].to_numpy(), budget)
        found = _ratio(study, met, threat)
        words = f"First {percent} per cent of the queue"
        made = study.shares(
            f"queue.first_{percent}",
            f"Threats in the first {percent} per cent of the queue",
            _ends(found),
            hidden,
            {"kind_codes": list(THREATS)},
        )
        claims += made
        wide += [words] if _is_wide(found) else []
        rows.append([Cell(text=words), *(Cell(claim=c.name) for c in made)])
    missed = _ratio(study, (labels["band_code"] != "high").to_numpy(dtype=float), threat)
    made = study.shares(
        "queue.not_marked",
        "Threats that the coder did not mark as a threat",
        _ends(missed),
        hidden,
        {"kind_codes": list(THREATS)},
    )
    claims += made
    wide += ["not marked as a threat"] if _is_wide(missed) else []
    rows.append(
        [Cell(text="Not marked as a threat by the coder"), *(Cell(claim=c.name) for c in made)]
    )
    return study.finding(
        "queue",
        QUEUE,
        table_columns("Part read", share="Per cent of threats", low="From", high="To"),
        rows,
        claims,
        sources=study.notes_with("post_labels"),
        drawing=Drawing("intervals", "label", ("share", "low", "high")),
        notes=(
            "Threats that the coder missed are counted too: messages in which nothing was found "
            "are part of the sample. Messages with the same place in the queue are met in an "
            "order of chance. Not computable: fewer than thirty labelled threats.",
            *too_wide(wide),
        ),
    )


def met_within(scores: np.ndarray, own: np.ndarray, budget: float) -> np.ndarray:
    """Chance that each labelled message is in the first part of the queue.

    scores: of the whole archive; own: of the labelled messages. Of messages with the score at
    which the part ends, as many are in it as fit: with rules alone most have the same score.
    """
    most = int(budget * len(scores))
    if not most:
        return np.zeros(len(own))
    limit = np.partition(scores, len(scores) - most)[len(scores) - most]
    above, alike = int((scores > limit).sum()), int((scores == limit).sum())
    return np.where(own > limit, 1.0, np.where(own == limit, (most - above) / alike, 0.0))


def coders_finding(study: OnlineStudy) -> Finding:
    """Krippendorff's alpha of two people who labelled the same messages."""
    table = study.build.table("post_labels").pivot(
        index="post_id", columns="coder", values="kind_codes"
    )
    claims: list[Claim] = []
    rows = []
    if table.shape[1] == 2:
        both = table.dropna()
        for key, (words, members) in GROUPS.items():
            found = alpha(both.apply(lambda c, m=members: any_of(c, m).astype(float)))
            if found.units < FEWEST_LABELS:
                found = Alpha(None, None, None, found.units)
            made = [
                study.ratio(f"coders.{key}", f"Alpha, {words}", found.value),
                study.ratio(f"coders.{key}.low", f"Alpha, {words}: lower end", found.low),
                study.ratio(f"coders.{key}.high", f"Alpha, {words}: upper end", found.high),
                study.plain(
                    f"coders.{key}.messages",
                    "Messages that two people labelled",
                    "message",
                    found.units,
                    table="post_labels",
                    measure="distinct:post_id",
                    filter={"coder": "second"},
                ),
            ]
            claims += made
            rows.append([Cell(text=words), *(Cell(claim=c.name) for c in made)])
    return study.finding(
        "coders",
        "Agreement of two people who labelled the same messages",
        table_columns(
            "Question", alpha="Krippendorff's alpha", low="From", high="To", messages="Messages"
        ),
        rows,
        claims,
        sources=study.notes_with("post_labels"),
        notes=(
            "1: full agreement; 0: as by chance. Intervals of 95 per cent by bootstrap. Not "
            "computable: fewer than thirty messages, or nobody found any; an interval, where the two "
            "differ on fewer than five.",
            "Of all messages that two people read, those of the sample and those of the review "
            "queue: more often attacks than the archive holds, and not weighted.",
        ),
    )


def _share(
    study: OnlineStudy,
    name: str,
    words: str,
    holds: pd.Series,
    among: pd.Series,
    labelled: Mapping[str, Any],
) -> list[Claim]:
    found = _ratio(study, holds.to_numpy(dtype=float), among)
    hidden = study.are_few(study.labels[among]) and bool(among.any())
    return study.shares(name, words, _ends(found), hidden, labelled)


def _of(language: str) -> dict[str, str]:
    return {} if language == "all" else {"language_code": language}


def _ratio(study: OnlineStudy, holds: np.ndarray, among: pd.Series) -> Ratio:
    labels = study.labels
    return estimate_ratio(holds, among.to_numpy(), labels["stratum"], study.sizes)


def _ends(found: Ratio) -> tuple[float | None, float | None, float | None]:
    """Share and interval; none from fewer labelled messages than a share needs."""
    if found.labelled < FEWEST_LABELS:
        return None, None, None
    return found.share, found.low, found.high


def _is_wide(found: Ratio) -> bool:
    return is_too_wide(*_ends(found)[1:])
