"""Which treaty bodies the decisions are of, and of which sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag, is_printed, join_with_and
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import Row, code_cell, column_heads, table_of_counts
from hrdresearch.studies.views.subjects import OTHERS, SUBJECTS
from hrdresearch.vocab import codes, label


def committees_finding(study: Ledger) -> Finding:
    """Finding: decisions by treaty body with its first and last session, all and on defenders.

    For a single treaty body there is a sentence and no table. No share is given, because the documents
    are no sample of the decisions of a Committee.
    """
    finding = table_of_counts(
        study,
        "by_committee",
        "Decisions by treaty body",
        column_heads(
            "Treaty body",
            first="First session",
            last="Last session",
            **{key: words for key, words, *_ in SUBJECTS},
        ),
        [_row(study, code) for code in codes("committee")],
        empty="drop rows",
        sentence=_sentences,
        notes=(OTHERS,),
    )
    return finding if len(finding.rows) > 1 else replace(finding, rows=())


def _row(study: Ledger, code: str) -> Row:
    held = study.register.frame
    sessions = held.loc[held["committee_code"] == code, "session"].dropna()
    return (
        code_cell("committee", code),
        *(
            study.number(
                f"by_committee.{code}.{which}_session",
                None if sessions.empty else int(value),
                "case",
                f"{which} session of the {label('committee', code)}",
                text="" if sessions.empty else str(int(value)),
            )
            for which, value in (("first", sessions.min()), ("last", sessions.max()))
        ),
        *(
            CountDraft(
                f"by_committee.{key}.{code}",
                f"{said}: {label('committee', code)}",
                {**where, "committee_code": code},
                "decision",
            )
            for key, _, said, where in SUBJECTS
        ),
    )


def _sentences(_: Population, made: Mapping[str, Claim]) -> str:
    """How many decisions each treaty body adopted, the largest number first."""
    counts = {c: made[f"by_committee.all.{c}"] for c in codes("committee")}
    held = [c for c, claim in counts.items() if is_printed(claim)]
    held.sort(key=lambda c: -float(counts[c].value or 0))
    items = [f"the {label('committee', c)} adopted {claim_tag(counts[c])}" for c in held]
    if len(held) == 1:
        which = agreement_tag(counts[held[0]], "This decision was", "All of these decisions were")
        return f"{which} adopted by the {label('committee', held[0])}."
    return f"Of these decisions, {join_with_and(items)}." if items else ""
