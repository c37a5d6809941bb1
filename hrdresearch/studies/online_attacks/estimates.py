"""How frequent attacks are in an archive, estimated from the labelled sample, in two ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor

import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Drawing, Finding
from hrdresearch.stats.krippendorff import RELIABLE, TENTATIVE, krippendorff_alpha
from hrdresearch.stats.prevalence import Prevalence, estimate_prevalence
from hrdresearch.stats.ratio import estimate_prevalence_with_machine
from hrdresearch.studies.online_attacks.claims import GROUPS, KINDS, SAMPLE, OnlineStudy
from hrdresearch.studies.online_attacks.sentences import (
    by_name,
    sentence_on_assisted,
    sentence_on_kind,
    sentence_on_kinds,
    sentence_on_kinds_not_given,
    sentence_on_several_kinds,
)
from hrdresearch.studies.online_attacks.tables import (
    holds_any_code,
    is_too_wide,
    round_to_two_figures,
    table_columns,
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
KEY_KINDS = {
    "attack": "are attacks of any kind",
    "threat": "hold a threat of any kind",
    "threat_life": "hold a threat of death or violence",
    "threat_family": "hold a threat against family or associates",
}
TOLD_FIRST = (*KEY_KINDS, "gendered_abuse")
GENDERED = "hold gendered or sexualized abuse"
NO_SEX = (
    "That is said of the words of the message: the archive records no sex or gender of those "
    "whom messages address, and none is inferred, so nothing is said of how many of them are women."
)
STATED = (
    "Most messages of the archive do not tell whom they address. That these are no fewer persons than the "
    "smallest cell is stated by who made this report."
)
NOT_USED = (
    "It was stated that enough persons are addressed. That is not used, because most messages of the "
    "archive tell whom they address."
)
ASSISTED = "The same shares, assisted by what the coder said of every message"


def prevalence_finding(study: OnlineStudy) -> Finding:
    """Share and number of messages of each kind, by the design of the sample, with intervals."""
    if study.no_share_because:
        return study.finding_without_labels("prevalence", TITLE)
    labels = study.labels
    lines: list[tuple[Cell | str, list[Claim]]] = []
    wide: list[str] = []
    for key, (words, members) in KINDS.items():
        holds = holds_any_code(labels["kind_codes"], members)
        found = estimate_prevalence(holds, labels["stratum"], study.stratum_sizes)
        wide += [words] if is_too_wide(found.low, found.high) else []
        made = _claims(study, key, words, found, labels[holds])
        lines.append((_kind(key, words), made))
    whole = study.whole_and_labels()
    claims = by_name([*whole, *(c for _, made in lines for c in made)])
    return study.finding_of_estimates(
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
        lines,
        (
            "Of messages in this archive, and of nothing else. A label is that of the first person who "
            "read the message, where two read it. Intervals of 95 per cent, for a random "
            "sample of single messages within each group; that messages of an account are alike is "
            "in the archive and not in the draw. A message may be of several kinds. Where a part of "
            "the sample is labelled, it counts as a random part of each group, as the review queue "
            "gives it out.",
            "A share of 0.0 means that no labelled message is of this kind; how many there may be "
            "all the same is the upper end. Numbers of messages are rounded to two figures. What "
            "rests on messages to fewer persons than the smallest cell, or from fewer accounts, is withheld; "
            "with more labels of the sample it may rest on enough.",
            *_on_the_statement(study),
        ),
        wide,
        drawing=Drawing("intervals", "label", ("share", "low", "high")),
        beside=whole,
        statements=_statements(claims),
        key_sentences=tuple(sentence_on_kind(claims, *kind) for kind in KEY_KINDS.items()),
    )


def _on_the_statement(study: OnlineStudy) -> tuple[str, ...]:
    """What the page says of the statement that five persons or more are addressed."""
    if not study.params.get("addresses_five"):
        return ()
    return (STATED if study.is_stated_that_five_are_addressed else NOT_USED,)


def assisted_finding(study: OnlineStudy) -> Finding:
    """The same shares with the sample post-stratified by the codes of the coder, beside the first ones."""
    if study.no_share_because:
        return study.finding_without_labels("assisted", ASSISTED)
    said = study.build.extras("archive").get("said")
    if said is None:
        return study.finding_without_labels(
            "assisted", ASSISTED, "the build is of an earlier version"
        )
    lines: list[tuple[Cell | str, list[Claim]]] = []
    wide: list[str] = []
    for key, (words, _) in KINDS.items():
        made, is_wide = _assisted(study, key, said)
        wide += [words] if is_wide else []
        lines.append((_kind(key, words), made))
    whole = study.whole_and_labels()
    claims = by_name([*whole, *(c for _, made in lines for c in made)])
    return study.finding_of_estimates(
        "assisted",
        ASSISTED,
        table_columns(
            "Kind",
            share="Per cent of messages",
            low="From",
            high="To",
            width="Width of the interval without this help",
            alpha="Krippendorff's alpha of coder and people",
            alpha_low="From",
        ),
        lines,
        (
            "Each group of the sample is parted once more by whether the coder found the kind, which "
            "is known for every message of the archive (post-stratified estimator). An error of "
            "the coder makes the interval wider and brings no bias. Where the two ways differ "
            "much, the share of the first table is the one to cite.",
            "A share is refused (not computable) where coder and people agree too little on the labelled "
            f"messages: where alpha is below {TENTATIVE} at the lower end of its interval of 95 per cent, or "
            f"below {RELIABLE:.3f} where the two differ on fewer than five messages and there is no interval "
            "(Krippendorff 2019). Alpha is that of the labelled messages, which hold more attacks than the "
            "archive, and is not weighted.",
        ),
        wide,
        beside=whole,
        statements=tuple(filter(None, [sentence_on_assisted(claims, GROUPS)])),
    )


def _assisted(
    study: OnlineStudy, key: str, said: Mapping[str, Mapping[str, int]]
) -> tuple[list[Claim], bool]:
    """Claims on one kind, and whether its interval is too wide to be printed."""
    labels, (words, members) = study.labels, KINDS[key]
    holds = holds_any_code(labels["kind_codes"], members)
    marked = holds_any_code(labels["machine_codes"], members)
    found = estimate_prevalence_with_machine(
        holds, marked, labels["stratum"], _messages_marked(said, members), study.stratum_sizes
    )
    plain = estimate_prevalence(holds, labels["stratum"], study.stratum_sizes)
    hidden = study.rests_on_few_persons(labels[holds]) and bool(holds.any())
    lineage = {"kind_codes": list(members)}
    agreement = krippendorff_alpha(pd.DataFrame({"coder": marked, "people": holds}).astype(float))
    is_enough = agreement.is_enough
    values = (found.share, found.low, found.high) if is_enough else (None, None, None)
    shares = study.share_with_interval(f"assisted.{key}", words, values, hidden, lineage)
    width = study.estimate_claim(
        f"assisted.{key}.width",
        f"{words}: width of the interval without the coder's help, in points",
        100 * (plain.high - plain.low),
        "per_cent",
        hidden,
        lineage,
    )
    alphas = [
        study.coefficient_claim(
            f"assisted.{key}.alpha{end}",
            f"{words}: alpha of coder and people{said}",
            None if hidden else value,
            SAMPLE | lineage,
        )
        for end, said, value in (
            ("", "", agreement.value),
            (".low", ", lower end", agreement.low),
        )
    ]
    return [*shares, width, *alphas], is_enough and is_too_wide(found.low, found.high)


def _messages_marked(
    said: Mapping[str, Mapping[str, int]], members: Sequence[str]
) -> dict[str, int]:
    """Messages of each stratum in which the coder found one of these kinds."""
    every = sorted({codes for own in said.values() for codes in own})
    holds = dict(zip(every, holds_any_code(pd.Series(every, dtype="object"), members), strict=True))
    return {
        stratum: sum(int(n) for codes, n in own.items() if holds[codes])
        for stratum, own in said.items()
    }


def _statements(claims: Mapping[str, Claim]) -> tuple[str, ...]:
    """Paragraphs on attacks, threats, families, gendered abuse, all kinds, and what is not given."""
    kinds = {key: words for key, (words, _) in KINDS.items() if key not in GROUPS}
    paragraphs = [
        sentence_on_several_kinds(claims, KEY_KINDS),
        f"{sentence_on_kind(claims, 'gendered_abuse', GENDERED)} {NO_SEX}",
        sentence_on_kinds(claims, {k: kinds[k] for k in kinds if k not in TOLD_FIRST}),
        sentence_on_kinds_not_given(claims, kinds),
    ]
    return tuple(p for p in paragraphs if p)


def _kind(key: str, words: str) -> Cell:
    return Cell(text=words, vocabulary=None if key in GROUPS else "attack_kind")


def _claims(
    study: OnlineStudy, key: str, words: str, found: Prevalence, positive: pd.DataFrame
) -> list[Claim]:
    name, labelled = f"prevalence.{key}", {"kind_codes": list(KINDS[key][1])}
    hidden = found.positives > 0 and study.rests_on_few_persons(positive)
    low, high = found.total_interval
    numbers: tuple[float | None, ...] = (
        100 * found.share,
        100 * found.low,
        100 * found.high,
        round_to_two_figures(found.total),
        round_to_two_figures(low, floor),
        round_to_two_figures(high, ceil),
    )
    if is_too_wide(found.low, found.high):
        numbers = (None,) * len(PARTS)
    return [
        study.estimate_claim(f"{name}{k}", f"{words}: {d}", v, u, hidden, labelled)
        for (k, d, u), v in zip(PARTS, numbers, strict=True)
    ]
