"""How frequent attacks are in an archive, estimated from the labelled sample, in two ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor

import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Drawing, Finding
from hrdresearch.stats.prevalence import Prevalence, estimate_prevalence
from hrdresearch.stats.ratio import estimate_prevalence_with_machine
from hrdresearch.studies.online_attacks.claims import (
    GROUPS,
    KINDS,
    OnlineStudy,
    any_of,
    is_too_wide,
    table_columns,
    too_wide,
    two_figures,
)

TITLE = "Attacks in the archive by kind, estimated from the labelled sample"
PARTS = (
    ("", "share of messages", "per_cent"),
    (".low", "lower end of the share", "per_cent"),
    (".high", "upper end of the share", "per_cent"),
    (".total", "estimated messages", "message"),
    (".total_low", "estimated messages, at least", "message"),
    (".total_high", "estimated messages, at most", "message"),
)
SUMMARY = (("prevalence.attack", "attacks"), ("prevalence.threat", "threats"))
ASSISTED = "The same shares, assisted by what the coder said of every message"


def prevalence_finding(study: OnlineStudy) -> Finding:
    """Share and number of messages of each kind, by the design of the sample, with intervals."""
    if study.no_share_because:
        return study.unlabelled("prevalence", TITLE)
    labels = study.labels
    claims: list[Claim] = []
    rows, wide = [], []
    for key, (words, members) in KINDS.items():
        holds = any_of(labels["kind_codes"], members)
        found = estimate_prevalence(holds, labels["stratum"], study.sizes)
        wide += [words] if is_too_wide(found.low, found.high) else []
        made = _claims(study, key, words, found, labels[holds])
        claims += made
        rows.append([_kind(key, words), *(Cell(claim=c.name) for c in made)])
    status = {c.name: c.status for c in claims}
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
        statements=tuple(_sentence(*one, status) for one in SUMMARY),
        notes=(
            "Of messages in this archive, and of nothing else. A label is that of the first person who "
            "read the message, where two read it. Intervals of 95 per cent, for a random "
            "sample of single messages within each group; that messages of an account are alike is "
            "in the archive and not in the draw. A message may be of several kinds. Where a part of "
            "the sample is labelled, it counts as a random part of each group, as the review queue "
            "gives it out.",
            "A share of 0.0 means that no labelled message is of this kind; how many there may be "
            "all the same is the upper end. Numbers of messages are rounded to two figures. What "
            "rests on fewer persons than the smallest cell is withheld.",
            *too_wide(wide),
        ),
    )


def assisted_finding(study: OnlineStudy) -> Finding:
    """The same shares with the sample parted by what the coder said, beside the first ones."""
    if study.no_share_because:
        return study.unlabelled("assisted", ASSISTED)
    said = study.build.extras("archive").get("said")
    if said is None:
        return study.unlabelled("assisted", ASSISTED, "the build is of an earlier version")
    claims: list[Claim] = []
    rows, wide = [], []
    for key, (words, _) in KINDS.items():
        made, is_wide = _assisted(study, key, said)
        wide += [words] if is_wide else []
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
            "Each group of the sample is parted once more by whether the coder found the kind, which "
            "is known for every message of the archive (post-stratified estimator). An error of "
            "the coder makes the interval wider and brings no bias. Where the two ways differ "
            "much, the share of the first table is the one to cite.",
            *too_wide(wide),
        ),
    )


def _assisted(
    study: OnlineStudy, key: str, said: Mapping[str, Mapping[str, int]]
) -> tuple[list[Claim], bool]:
    """Claims on one kind, and whether its interval is too wide to be printed."""
    labels, (words, members) = study.labels, KINDS[key]
    holds = any_of(labels["kind_codes"], members)
    marked = any_of(labels["machine_codes"], members)
    found = estimate_prevalence_with_machine(
        holds, marked, labels["stratum"], _said_so(said, members), study.sizes
    )
    plain = estimate_prevalence(holds, labels["stratum"], study.sizes)
    hidden = study.are_few(labels[holds]) and bool(holds.any())
    lineage = {"kind_codes": list(members)}
    shares = study.shares(
        f"assisted.{key}", words, (found.share, found.low, found.high), hidden, lineage
    )
    width = study.estimated(
        f"assisted.{key}.width",
        f"{words}: width of the interval without the coder's help, in points",
        100 * (plain.high - plain.low),
        "per_cent",
        hidden,
        lineage,
    )
    return [*shares, width], is_too_wide(found.low, found.high)


def _said_so(said: Mapping[str, Mapping[str, int]], members: Sequence[str]) -> dict[str, int]:
    """Messages of each stratum in which the coder found one of these kinds."""
    every = sorted({codes for own in said.values() for codes in own})
    holds = dict(zip(every, any_of(pd.Series(every, dtype="object"), members), strict=True))
    return {
        stratum: sum(int(n) for codes, n in own.items() if holds[codes])
        for stratum, own in said.items()
    }


def _sentence(name: str, words: str, status: Mapping[str, str]) -> str:
    if status[name] == "shown":
        return (
            f"An estimated {{{{ {name} }}}} of messages in this archive are {words} (from "
            f"{{{{ {name}.low }}}} to {{{{ {name}.high }}}})."
        )
    why = (
        "it rests on messages by or to too few persons"
        if status[name] == "suppressed"
        else "its interval is wider than fifty points"
    )
    return f"No share of {words} is given: {why}."


def _kind(key: str, words: str) -> Cell:
    return Cell(text=words, vocabulary=None if key in GROUPS else "attack_kind")


def _claims(
    study: OnlineStudy, key: str, words: str, found: Prevalence, positive: pd.DataFrame
) -> list[Claim]:
    name, labelled = f"prevalence.{key}", {"kind_codes": list(KINDS[key][1])}
    hidden = found.positives > 0 and study.are_few(positive)
    low, high = found.total_interval
    numbers: tuple[float | None, ...] = (
        100 * found.share,
        100 * found.low,
        100 * found.high,
        two_figures(found.total),
        two_figures(low, floor),
        two_figures(high, ceil),
    )
    if is_too_wide(found.low, found.high):
        numbers = (None,) * len(PARTS)
    return [
        study.estimated(f"{name}{k}", f"{words}: {d}", v, u, hidden, labelled)
        for (k, d, u), v in zip(PARTS, numbers, strict=True)
    ]
