"""Examples that a researcher chose, redacted and had approved; no machine chooses any."""

from __future__ import annotations

from hrdresearch.findings.model import Cell, Column, Finding
from hrdresearch.findings.sentences import claim_tag
from hrdresearch.studies.online_attacks.claims import OnlineStudy
from hrdresearch.vocab import label


def examples_finding(study: OnlineStudy) -> Finding:
    """Approved examples with their kind and the role of who approved them; often none."""
    held = study.build.extras("examples") or {"shown": []}
    claim = study.count_in_archive(
        "examples.shown", "Examples shown", "example", len(held["shown"]), hidden=False
    )
    rows = [
        [
            Cell(text=label("attack_kind", one["kind"]), vocabulary="attack_kind"),
            Cell(text=one["text"]),
            Cell(text=f"{one['approved_by']}, {one['date']}"),
        ]
        for one in held["shown"]
    ]
    return study.finding(
        "examples",
        "Examples, redacted and approved one by one",
        [
            Column("label", "Kind", "label"),
            Column("text", "Example", "label"),
            Column("approved", "Approved by", "label"),
        ],
        rows,
        [claim],
        statements=(
            "Examples that a researcher chose, worded and redacted, and that were approved one by "
            f"one: {claim_tag(claim, 'none')}.",
        ),
        notes=(
            "Chosen and worded by a researcher; they illustrate a kind and say nothing on how "
            "frequent it is. No long stretch of the message is repeated, so that a search should "
            "not lead to it.",
        ),
    )
