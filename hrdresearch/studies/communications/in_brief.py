"""Letters in a brief on one State or region: sent, replied to, and the replies that are owed."""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.communications.schedules import owing_letters
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.shapes.glance import glance_finding

MOST_LETTERS = 8  # listed one by one
OWED_SHOWN = ("State", "Followed up")


def glance(study: Letters, told: Finding) -> Finding:
    """The register with its letters to the State; at the top how many had a reply.

    told: finding ``to_state``.
    """
    row = (
        study.register.title,
        "letters to the State",
        study.period(),
        told.by_name["extent.letters"],
    )
    return glance_finding(study, [row], told.claims, key_sentences=told.statements[:1])


def to_state(study: Letters, *parts: Finding) -> Finding:
    """Letters sent, replied to, in substance and not; the public letters to which a reply is owed.

    parts: the findings on letters, replies, their substance, and what is owed. The table has the letters
    without a reply where there are few.
    """
    owed = owing_letters(study)
    made = {claim.name: claim for part in (*parts, owed) for claim in part.claims}
    sent, received = made["extent.letters"], made["replies.received"]
    by = day_in_words(study.cut_off)
    first = (
        f"From {day_in_words(study.start)} to {by}, the register holds {claim_tag(sent, 'of:letter')}; "
        f"{claim_tag(received, 'none')} {agreement_tag(received, 'had', 'had')} been replied to by that day"
    )
    if study.has_substance:
        first += f", {claim_tag('substantive.replies.received', 'none')} in substance"
    due, without = made["owing.due"], made.get("owing.letters")
    second = ""
    if due.value:
        second = (
            f"Of {claim_tag(due, 'of:letter')} that {agreement_tag(due, 'is', 'are')} public and "
            "past the deadline, "
        )
        second += (
            f"{claim_tag(without)} {agreement_tag(without, 'was', 'were')} without a reply; the "
            "oldest was due by "
            f"{claim_tag('owing.since')}."
            if without is not None
            else "none was without a reply."
        )
    kept = [i for i, column in enumerate(owed.columns) if column.label not in OWED_SHOWN]
    rows = [tuple(row[i] for i in kept) for row in owed.rows]
    return replace(
        owed,
        name="to_state",
        title="Public letters without a reply",
        columns=tuple(owed.columns[i] for i in kept),
        rows=tuple(rows if len(rows) <= MOST_LETTERS else ()),
        claims=tuple(made.values()),
        statements=tuple(filter(None, (f"{first}.", second))),
        key_sentences=(),
    )
