"""How frequent attacks are in an archive, estimated from the labelled sample, in two ways."""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Drawing, Finding
from hrdresearch.stats.prevalence import Prevalence, estimate
from hrdresearch.stats.ratio import Ratio, assisted
from hrdresearch.studies.online_claims import (
    GROUPS,
    KINDS,
    OnlineStudy,
    any_of,
    table_columns,
    two_figures,
)

TITLE = "Attacks in the archive by kind, estimated from the labelled sample"
ASSISTED = "The same shares, assisted by what the coder said of every message"


def prevalence_finding(study: OnlineStudy) -> Finding:
    """Share and number of messages of each kind, design-weighted, with intervals."""
    if not study.is_complete():
        return study.unlabelled("prevalence", "Attacks in the archive by kind")
    labels = study.labels
    claims, rows = [], []
    for key, (words, members) in KINDS.items():
        holds = any_of(labels["kind_codes"], members)
        found = estimate(holds, labels["stratum"], labels["author_id"], study.sizes)
        made = _claims(study, key, words, found, labels[holds])
        claims += made
        rows.append([_kind(key, words), *(Cell(claim=c.name) for c in made)])
    return study.finding(
        "prevalence",
        TITLE,
        table_columns(
            "Kind",
            share="Per cent of messages",
            low="From",
            high="To",
            total="Estimated messages",
            total_low="At least",
            total_high="At most",
        ),
        rows,
        claims,
        sources=study.notes_with("post_labels"),
        drawing=Drawing("intervals", "label", ("share", "low", "high")),
        notes=(
            "Weighted by the design of the sample; accounts are clusters; intervals of 95 per "
            "cent. A message may be of several kinds. About this archive only. Where a part of the "
            "sample is labelled, it counts as a random part of each group of the sample, as the "
            "review queue gives it out.",
            "Numbers of messages are rounded to two figures. What rests on fewer persons than the "
            "smallest cell is withheld.",
        ),
    )


def assisted_finding(study: OnlineStudy) -> Finding:
    """The same shares by a regression estimator, beside the design-weighted ones."""
    if not study.is_complete():
        return study.unlabelled("assisted", ASSISTED)
    labels = study.labels
    claims, rows = [], []
    for key, (words, members) in KINDS.items():
        holds = any_of(labels["kind_codes"], members)
        plain = estimate(holds, labels["stratum"], labels["author_id"], study.sizes)
        found = _assisted(study, labels, holds, members)
        hidden = study.are_few(labels[holds]) and bool(holds.any())
        made = [
            *study.shares(
                f"assisted.{key}",
                words,
                (found.share, found.low, found.high),
                hidden,
                {"kind_codes": list(members)},
            ),
            study.estimated(
                f"assisted.{key}.width",
                f"{words}: width of the interval without the coder's help, in points",
                100 * (plain.high - plain.low),
                "per_cent",
                hidden,
                {"kind_codes": list(members)},
            ),
        ]
        claims += made
        rows.append([_kind(key, words), *(Cell(claim=c.name) for c in made)])
    return study.finding(
        "assisted",
        ASSISTED,
        table_columns(
            "Kind",
            share="Per cent of messages",
            low="From",
            high="To",
            width="Width of the interval without this help",
        ),
        rows,
        claims,
        sources=study.notes_with("post_labels"),
        notes=(
            "What people found in the sample is corrected by how far the sample differs from the "
            "archive in what the coder said (regression estimator). An error of the coder makes "
            "the interval wider and brings no bias. Where the two ways differ much, the "
            "design-weighted share is the one to cite.",
        ),
    )


def _assisted(
    study: OnlineStudy, labels: pd.DataFrame, holds: pd.Series, members: tuple[str, ...]
) -> Ratio:
    return assisted(
        holds.to_numpy(dtype=float),
        any_of(labels["machine_codes"], members).to_numpy(dtype=float),
        float(any_of(study.posts["kind_codes"], members).mean()),
        labels["stratum"],
        labels["author_id"],
        study.sizes,
    )


def _kind(key: str, words: str) -> Cell:
    return Cell(text=words, vocabulary=None if key in GROUPS else "attack_kind")


def _claims(
    study: OnlineStudy, key: str, words: str, found: Prevalence, positive: pd.DataFrame
) -> list[Claim]:
    name, labelled = f"prevalence.{key}", {"kind_codes": list(KINDS[key][1])}
    hidden = found.positives > 0 and study.are_few(positive)
    low, high = found.total_interval
    values = (
        ("", "share of messages", 100 * found.share, "per_cent"),
        (".low", "lower end of the share", 100 * found.low, "per_cent"),
        (".high", "upper end of the share", 100 * found.high, "per_cent"),
        (".total", "estimated messages", two_figures(found.total), "message"),
        (".total_low", "estimated messages, at least", two_figures(low), "message"),
        (".total_high", "estimated messages, at most", two_figures(high), "message"),
    )
    return [
        study.estimated(f"{name}{k}", f"{words}: {d}", v, u, hidden, labelled)
        for k, d, v, u in values
    ]
