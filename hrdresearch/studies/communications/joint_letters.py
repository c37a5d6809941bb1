"""Joint letters: their share, the days from draft to sending, and the other mandates that signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrdresearch.findings.make_claims import add_claims, share_claim
from hrdresearch.findings.model import Claim, Drawing, Finding
from hrdresearch.findings.sentences import (
    agreement_tag,
    claim_tag,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.shapes.by_code_sentences import named_above
from hrdresearch.studies.shapes.count_tables import (
    code_cell,
    column_heads,
    table_of_claims,
    table_of_counts,
)
from hrdresearch.vocab import codes, label

THIS_MANDATE = "defenders"
NO_MANDATE = ("unread", "not_recorded")  # codes without a mandate
NOUN = ("letter", "letters")
FIVES = range(500, 4, -5)
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
    difference = _days_claim(study, "clearance.difference_days", more, words)
    told = (
        f"Of {claim_tag(whole, 'of:letter')} to States, "
        f"{claim_tag(part, 'none')}{claim_tag(joint_share, 'bracketed')} "
        f"{agreement_tag(part, 'was', 'were')} sent together with other mandates. "
        f"{_clearance_sentence({claim.name: claim for claim in claims})}"
    )
    finding = table_of_claims(
        study,
        "joint",
        "Joint letters and the time that clearance takes",
        claims,
        what="What was measured",
        value="Value",
        statements=(told,),
        key_sentences=(told,),
    )
    return add_claims(
        finding,
        whole,
        difference,
        *study.flag_claims("joint.has_share", joint_share.status == "shown"),
    )


def overlap(study: Letters) -> Finding:
    """Letters to States by the other mandates that they were sent with (para. 71)."""
    words = "Letters that name a mandate that the vocabulary does not know"
    unread = study.count_to_states("overlap.unread", words, {"mandate_codes": "unread"})
    shared = study.count_to_states(
        "overlap.letters", "Letters that name another mandate", {"is_joint": True}
    )
    finding = table_of_counts(
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
        beside=[unread, shared],
        empty="drop rows",
        largest_first=True,
        drawing=Drawing("bars", "label", ("value",)),
        notes=(
            "A letter shared with three mandates counts under each; the numbers are not added.",
        ),
    )
    return _with_mandates_named(study, finding)


def _with_mandates_named(study: Letters, finding: Finding) -> Finding:
    """The finding with a sentence on the mandates that shared most letters, in alphabetical order."""
    counts = {
        c: finding.by_name[f"overlap.{c}"]
        for c in codes("mandate")
        if f"overlap.{c}" in finding.by_name
    }
    del counts["unread"]
    above = named_above(
        study.register,
        "overlap.threshold",
        counts,
        lambda code: label_in_sentence(label("mandate", code)),
        among=FIVES,
    )
    whole, unread = finding.by_name["overlap.letters"], finding.by_name["overlap.unread"]
    text = f"Other mandates shared {claim_tag(whole, 'of:letter')} to States."
    if above:
        text = (
            f"Of {claim_tag(whole, 'of:letter')} to States shared with other mandates, "
            f"{claim_tag(above[0])} or "
            f"more were shared with each of these, in alphabetical order: {above[2]}."
        )
    if unread.value:
        text += (
            f" {claim_tag(unread)} {agreement_tag(unread, 'names', 'name')} a mandate that the "
            "vocabulary does "
            "not know; it stands in no row below."
        )
    return replace(add_claims(finding, *(above or ())[:1]), statements=(text,))


def _clearance_sentence(claims: Mapping[str, Claim]) -> str:
    """Median days from draft to sending, of joint and of single letters, each with its letters."""
    told = [
        f"{claim_tag(claims[f'clearance.{key}.median_days'], 'of:day')} over the "
        f"{claim_tag(claims[f'clearance.{key}.letters'])} "
        f"{agreement_tag(claims[f'clearance.{key}.letters'], *(words.format(w) for w in NOUN))}"
        for key, words in (("joint", "joint {}"), ("single", "{} of this mandate alone"))
        if claims[f"clearance.{key}.letters"].value
    ]
    if not told:
        return "How long clearance took is not known: no letter has a recorded day of the draft."
    return (
        f"Where the day of the draft is recorded, the median time from draft to sending was "
        f"{join_with_and(told)}."
    )


def _days_claim(study: Letters, name: str, days: float | None, words: str) -> Claim:
    """Claim of a number of days; not computable if no letter has a day of the draft."""
    text = "" if days is None else f"{days:g}"
    return study.number(name, days, "day", words, text=text, why=NO_DRAFT)
