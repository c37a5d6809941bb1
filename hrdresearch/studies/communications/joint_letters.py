"""Joint letters: their share, the days from draft to sending, and the other mandates that signed."""

from __future__ import annotations

from hrdresearch.findings.make_claims import add_claims, share_claim
from hrdresearch.findings.model import Claim, Drawing, Finding
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.shapes.count_tables import (
    code_cell,
    column_heads,
    table_of_claims,
    table_of_counts,
)
from hrdresearch.vocab import codes, label

THIS_MANDATE = "defenders"
NO_MANDATE = ("unread", "not_recorded")  # codes without a mandate
NO_DRAFT = "the day of the draft is not recorded"


def joint(study: Letters) -> Finding:
    """Joint letters in per cent, and median days from draft to sending, joint and single (para. 14)."""
    counts = study.claims_of_counts(
        {
            "joint.letters": ("Joint letters to States", {"is_joint": True}),
            "joint.of": ("Letters to States in scope", {}),
        }
    )
    part, whole = counts["joint.letters"], counts["joint.of"]
    words = "Joint letters, in per cent of the letters to States"
    joint_share = share_claim(study.register, "joint.share", part, whole, words)
    claims = [part, joint_share]
    medians = []
    for key, is_joint, words in (
        ("joint", True, "Joint letters"),
        ("single", False, "Letters of this mandate alone"),
    ):
        days = study.letters.loc[study.letters["is_joint"] == is_joint, "clearance_days"].dropna()
        medians.append(float(days.median()) if len(days) else None)
        stem, drafted = f"clearance.{key}", f"{words} with a day of the draft"
        claims += [
            study.number(f"{stem}.letters", len(days), "letter", drafted),
            _days_claim(
                study,
                f"{stem}.median_days",
                medians[-1],
                f"{words}: median days from draft to sending",
            ),
        ]
    first, second = medians
    more = first - second if first is not None and second is not None else None
    words = "Difference of the two medians in days"
    claims.append(_days_claim(study, "clearance.difference_days", more, words))
    finding = table_of_claims(
        study,
        "joint",
        "Joint letters and the time that clearance takes",
        claims,
        what="What was measured",
        value="Value",
        notes=(
            "Joint letters may be the more complex ones: the difference is not all due to "
            "clearance by several mandates.",
        ),
    )
    return add_claims(
        finding, whole, *study.flag_claims("joint.has_share", joint_share.status == "shown")
    )


def overlap(study: Letters) -> Finding:
    """Letters to States by the other mandates that they were sent with (para. 71)."""
    words = "Letters that name a mandate that the vocabulary does not know"
    unread = study.count_to_states("overlap.unread", words, {"mandate_codes": "unread"})
    return table_of_counts(
        study,
        "overlap",
        "Letters to States by mandate that shared them",
        column_heads("Mandate", value="Letters"),
        [
            (
                code_cell("mandate", code),
                study.count_to_states(
                    f"overlap.{code}",
                    f"Letters shared with: {label('mandate', code)}",
                    {"mandate_codes": code},
                ),
            )
            for code in codes("mandate")
            if code not in (THIS_MANDATE, *NO_MANDATE)
        ],
        beside=[unread],
        empty="drop rows",
        largest_first=True,
        drawing=Drawing("bars", "label", ("value",)),
        notes=(
            "A letter shared with three mandates counts under each; the numbers are not added.",
        ),
    )


def _days_claim(study: Letters, name: str, days: float | None, words: str) -> Claim:
    """Claim of a number of days; not computable if no letter has a day of the draft."""
    text = "" if days is None else f"{days:g}"
    return study.number(name, days, "day", words, text=text, why=NO_DRAFT)
