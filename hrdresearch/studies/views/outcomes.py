"""What the Committees decided, in all decisions and in those on defenders."""

from __future__ import annotations

from collections.abc import Mapping

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
from hrdresearch.studies.shapes.count_tables import (
    Row,
    Share,
    code_cell,
    column_heads,
    table_of_counts,
)
from hrdresearch.studies.views.subjects import OTHERS, SUBJECTS
from hrdresearch.vocab import codes, label

NOT_READ = "not_recorded"
SAID = {
    "violation": "found a violation",
    "no_violation": "found no violation",
    "inadmissible": "declared the communication inadmissible",
    "admissible": "declared it admissible and left the merits for later",
    "discontinued": "ended the examination without a finding",
}


def outcomes_finding(study: Ledger) -> Finding:
    """Finding: decisions by outcome, all and on defenders, with the share that found a violation."""
    return table_of_counts(
        study,
        "outcomes",
        "Decisions by outcome",
        column_heads("Outcome", **{key: words for key, words, *_ in SUBJECTS}),
        [_row(code) for code in codes("view_outcome")] + [_shares()],
        beside=[share for _, share in _with_shares()],
        empty="drop rows",
        sentence=_said,
        notes=(
            OTHERS,
            "A decision that a removal would be a violation counts as a violation found. The share is over "
            "the decisions on the merits: a violation, or none. What reaches a Committee is no sample of "
            "what happened.",
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
        found = _draft(f"{key}.violation", f"{said}: violation found", where, "violation")
        decided = _draft(
            f"{key}.merits", f"{said}: decided on the merits", where, "violation", "no_violation"
        )
        words = f"{said}: violation found, in per cent of those decided on the merits"
        made.append((decided, Share(found, decided, words, f"outcomes.{key}.share")))
    return made


def _shares() -> Row:
    return "Violation found, per cent of those decided on the merits", *(
        s for _, s in _with_shares()
    )


def _said(p: Population, made: Mapping[str, Claim]) -> list[ListSentences]:
    """What was decided of all decisions, and of those on defenders."""
    told = []
    for key, whole in (
        ("all", f"In the decisions of {p.list_in_prose} the Committees"),
        ("explicit", "In those on defenders they"),
        ("implicit", "In those on journalists, activists, lawyers or trade unionists they"),
    ):
        items = [
            f"{words} in {claim_tag(f'outcomes.{key}.{code}', 'none')}"
            for code, words in SAID.items()
            if is_printed(made.get(f"outcomes.{key}.{code}"))
        ]
        if items:
            told.append(ListSentences(f"{whole} {join_with_and(items)}.", is_key=key != "implicit"))
    if is_printed(made.get(f"outcomes.all.{NOT_READ}")):
        unread = claim_tag(f"outcomes.all.{NOT_READ}", "of:decision")
        told.append(ListSentences(f"The outcome of {unread} was not read in the text."))
    return told
