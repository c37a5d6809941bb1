"""What the Committees decided, in all decisions and in those on defenders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    is_printed,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.by_code_sentences import named_above
from hrdresearch.studies.shapes.count_tables import (
    Row,
    Share,
    code_cell,
    column_heads,
    table_of_counts,
)
from hrdresearch.studies.views.subjects import FOUND, OTHERS, SUBJECTS, WITH_A_FINDING
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import short_name

NOT_READ = "not_recorded"
HELD: Sequence[str] = FOUND["view_outcome_code"]
SAID = {
    "violation": "found a violation",
    "would_violate": "found that a removal would be a violation",
    "no_violation": "found no violation",
    "inadmissible": "declared the communication inadmissible",
    "admissible": "declared it admissible and left the merits for later",
    "discontinued": "discontinued the examination",
}

ENDED = {
    "contact_lost": "contact with the author was lost",
    "not_removed": "the author may stay, or can no longer be removed",
    "asked": "the author or counsel asked for it",
    "settled": "a settlement was reached",
}


def outcomes_finding(study: Ledger) -> Finding:
    """Finding: decisions by outcome, all and on defenders, with the share that found a violation."""
    return table_of_counts(
        study,
        "outcomes",
        "Decisions by outcome",
        column_heads("Outcome", **{key: words for key, words, *_ in SUBJECTS}),
        [_row(code) for code in codes("view_outcome")] + [_shares()],
        beside=[
            *(share for _, share in _with_shares()),
            *(CountDraft(f"outcomes.{key}.of", said, where) for key, _, said, where in SUBJECTS),
            *_discontinued(study.register),
            *(
                CountDraft(
                    f"outcomes.ended.{code}",
                    f"discontinued: {label_in_sentence(label('view_ended', code))}",
                    {"view_outcome_code": "discontinued", "view_ended_code": code},
                    "decision",
                )
                for code in (*ENDED, NOT_READ)
            ),
        ],
        empty="drop rows",
        sentence=_sentences,
        notes=(
            OTHERS,
            "Removal: deportation, extradition or return. Where one would be a violation, nothing is said to "
            "have happened. The share is over the decisions on the merits, in which either of these, or no "
            "violation, was found.",
        ),
    )


def _draft(key: str, words: str, within: Mapping[str, object], *wanted: str) -> CountDraft:
    return CountDraft(
        f"outcomes.{key}", words, {**within, "view_outcome_code": list(wanted)}, "decision"
    )


def _row(code: str) -> Row:
    counts = (
        _draft(
            f"{key}.{code}",
            f"{said}: {label_in_sentence(label('view_outcome', code))}",
            where,
            code,
        )
        for key, _, said, where in SUBJECTS
    )
    return code_cell("view_outcome", code), *counts


def _with_shares() -> list[tuple[CountDraft, Share]]:
    made = []
    for key, _, said, where in SUBJECTS:
        found = _draft(f"{key}.found", f"{said}: {WITH_A_FINDING}", where, *HELD)
        decided = _draft(
            f"{key}.merits", f"{said}: decided on the merits", where, *HELD, "no_violation"
        )
        words = f"{said}: {WITH_A_FINDING}, in per cent of those decided on the merits"
        made.append((decided, Share(found, decided, words, f"outcomes.{key}.share")))
    return made


def _shares() -> Row:
    return "Violation found, or would be one: per cent of those decided on the merits", *(
        s for _, s in _with_shares()
    )


def _discontinued(p: Population) -> list[CountDraft]:
    """Counts of the examinations that were discontinued, by State."""
    ended = p.frame.loc[p.frame["view_outcome_code"] == "discontinued", "state_iso3"]
    return [
        CountDraft(
            f"outcomes.discontinued.{iso3.lower()}",
            f"{short_name(iso3)}: discontinued",
            {"view_outcome_code": "discontinued", "state_iso3": iso3},
            "decision",
        )
        for iso3 in sorted(ended.dropna().unique())
    ]


def _sentences(p: Population, made: Mapping[str, Claim]) -> list[ListSentences]:
    """What was decided of all decisions, and of those on defenders."""
    told = []
    for key, whose in (
        ("all", ""),
        ("explicit", " on defenders"),
        ("implicit", " on journalists, activists, lawyers or trade unionists"),
    ):
        held = [code for code in SAID if is_printed(made.get(f"outcomes.{key}.{code}"))]
        items = [f"{claim_tag(f'outcomes.{key}.{code}')} {SAID[code]}" for code in held]
        whole = claim_tag(f"outcomes.{key}.of", "of:decision")
        words = f"Of the {whole}{whose}, {join_with_and(items)}."
        if (
            len(held) == 1
            and made[f"outcomes.{key}.{held[0]}"].value == made[f"outcomes.{key}.of"].value
        ):
            words = f"The {whole}{whose} {SAID[held[0]]}."
        if items:
            told.append(ListSentences(words, is_key=key != "implicit"))
    ended = {
        name.rpartition(".")[2].upper(): claim
        for name, claim in made.items()
        if name.startswith("outcomes.discontinued.")
    }
    if most := named_above(p, "outcomes.discontinued.threshold", ended, short_name):
        threshold, _, names = most
        told.append(
            ListSentences(
                f"The States with {claim_tag(threshold)} or more of those discontinued are, in alphabetical "
                f"order, {names}.",
                (threshold,),
            )
        )
    if is_printed(made["outcomes.all.discontinued"]):
        told.append(ListSentences(_why_ended(made)))
    if is_printed(made.get(f"outcomes.all.{NOT_READ}")):
        unread = claim_tag(f"outcomes.all.{NOT_READ}", "of:decision")
        told.append(ListSentences(f"The outcome of {unread} was not read in the text."))
    return told


def _why_ended(made: Mapping[str, Claim]) -> str:
    """The reasons of the decisions that discontinued an examination, the most frequent first."""
    held = [c for c in ENDED if is_printed(made[f"outcomes.ended.{c}"])]
    held.sort(key=lambda c: -float(made[f"outcomes.ended.{c}"].value or 0))
    items = [f"that {ENDED[c]} in {claim_tag(f'outcomes.ended.{c}')}" for c in held]
    told = [f"the reason given is {join_with_and(items)}"] if items else []
    if is_printed(made[f"outcomes.ended.{NOT_READ}"]):
        told.append(f"the reason is not read in {claim_tag(f'outcomes.ended.{NOT_READ}')}")
    text = f"Of the discontinued examinations, {'; '.join(told)}"
    return f"{text}. That one ended is no finding on what was claimed."
