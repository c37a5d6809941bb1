"""Facts of the trial, and opinions of the Working Group on Arbitrary Detention."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.studies.imprisonment.time_held import TimeHeld, count_spells, where_recorded
from hrdresearch.studies.shapes.count_tables import (
    Row,
    Share,
    code_cell,
    column_heads,
    table_of_counts,
)
from hrdresearch.vocab import codes, label

FACTS_IN_WORDS = {
    "in_absentia": "tried in absentia",
    "military_court": "tried by a military court",
    "special_court": "tried by a special court",
    "terrorism_law": "charged under counter-terrorism law",
    "whereabouts_known": "held where fate or whereabouts were known",
    "disappeared": "recorded as having disappeared before",
    "ill_treated": "recorded with an allegation of beating or torture",
    "lawyer_absent": "recorded without a lawyer",
    "medical_refused": "recorded with medical care refused",
    "several_sentences": "under more than one sentence",
    "in_organization": "recorded as belonging to an organization",
}
SILENT = {"unknown": "asked and not known", "not_asked": "not asked"}
SILENT_HEADS = {"unknown": "Not known", "not_asked": "Not asked"}
FACTS = {
    "in_absentia": "Tried in absentia",
    "military_court": "Tried by a military court",
    "special_court": "Tried by a special court",
    "terrorism_law": "Charged under counter-terrorism law",
    "whereabouts_known": "Fate or whereabouts known",
    "disappeared": "Formerly disappeared",
    "ill_treated": "Beaten or tortured, as alleged",
    "lawyer_absent": "Lawyer absent",
    "medical_refused": "Medical care refused",
    "several_sentences": "More than one sentence",
    "in_organization": "Belongs to an organization",
}


def proceedings(part: TimeHeld) -> Finding:
    """Facts of trial and detention, such as a military court: yes, no, not known, not asked."""

    def row(fact: str, words: str) -> Row:
        yes, no, known = (
            count_spells(
                f"proceedings.{fact}.{answer}",
                f"{words.lower()}, {answer}",
                {f"{fact}_code": codes_},
            )
            for answer, codes_ in (("yes", "yes"), ("no", "no"), ("known", ["yes", "no"]))
        )
        share = f"{words.lower()}, in per cent of those in which it is recorded"
        silent = (
            count_spells(
                f"proceedings.{fact}.{code}", f"{words.lower()}, {said}", {f"{fact}_code": code}
            )
            for code, said in SILENT.items()
        )
        return words, yes, no, Share(yes, known, share, name=f"proceedings.{fact}.share"), *silent

    return table_of_counts(
        part,
        "proceedings",
        "Facts of the proceedings, where recorded",
        column_heads("Fact", yes="Yes", no="No", share="Per cent of known", **SILENT_HEADS),
        lambda p: [
            row(f, words) for f, words in FACTS.items() if part.asks_or_answers(p, f"{f}_code")
        ],
        sentence=lambda p, claims: proceeding_sentences(p, claims, FACTS_IN_WORDS),
        empty="drop rows",
        notes=(
            "Not recorded does not mean no. Detentions in no column have an empty cell: not recorded.",
        ),
    )


def wgad(part: TimeHeld) -> Finding:
    """Opinions of the Working Group on Arbitrary Detention beside the researcher's own coding.

    Rows are the categories of arbitrary detention of the Working Group.
    """

    def row(code: str) -> Row:
        words = label("wgad_category", code)
        found, own = {"wgad_codes": code}, {"own_codes": code}
        return (
            code_cell("wgad_category", code),
            count_spells(f"wgad.{code}", f"the Working Group found {words}", found),
            count_spells(f"wgad.own.{code}", f"own coding {words}", own),
            count_spells(f"wgad.both.{code}", f"both {words}", {**found, **own}),
        )

    def has_any(p: Population) -> bool:
        return any(part.asks_or_answers(p, column) for column in ("wgad_codes", "own_codes"))

    rows = [row(code) for code in codes("wgad_category") if code != "not_recorded"]
    words = "detentions with an opinion of the Working Group"
    opinions = [count_spells("wgad.opinions", words, where_recorded("wgad_symbol"))]
    return table_of_counts(
        part,
        "wgad",
        "Opinions of the Working Group beside own coding by category",
        column_heads("Category", wgad="Working Group", own="Own coding", both="Both"),
        lambda p: rows if has_any(p) else [],
        beside=lambda p: opinions if has_any(p) else [],
        sentence=wgad_sentences,
        empty="drop rows",
        notes=(
            "A finding of the Working Group on Arbitrary Detention is not a researcher's "
            "coding. A detention may fall under several categories.",
        ),
    )


def proceeding_sentences(
    p: Population, claims: Mapping[str, Claim], facts: Mapping[str, str]
) -> list[ListSentences]:
    """Facts of the trial, each over the detentions in which it is recorded. facts: words by fact."""
    items = []
    for fact, words in facts.items():
        yes, known = (claims.get(f"proceedings.{fact}.{key}") for key in ("yes", "known"))
        if yes and known and is_printed(yes) and is_printed(known):
            share = claims.get(f"proceedings.{fact}.share")
            items.append(
                f"{count_with_share(yes, share)} of {claim_tag(known)} "
                f"{agreement_tag(yes, 'was', 'were')} {words}"
            )
    if not items:
        return []
    return [
        ListSentences(
            f"Of the detentions on {p.list_in_prose} in which it is recorded, {join_with_and(items)}."
        )
    ]


def wgad_sentences(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    """Opinions of the Working Group by category, and where the researcher's own coding agrees."""
    opinions = claims.get("wgad.opinions")
    if not is_printed(opinions) or not opinions:
        return []
    found = [
        f"{claim_tag(claims[f'wgad.{code}'])} under {in_sentence_of_category(code)}"
        for code in codes("wgad_category")
        if is_printed(claims.get(f"wgad.{code}"))
    ]
    by = (
        f", which found {join_with_and(found)}; a detention may fall under several" if found else ""
    )
    return [
        ListSentences(
            f"For {claim_tag(opinions, 'of:detention')} {p.list_in_prose} gives an opinion of the Working "
            f"Group on Arbitrary Detention{by}.",
            is_key=True,
        )
    ]


def in_sentence_of_category(code: str) -> str:
    """A category of arbitrary detention inside a sentence.

    >>> in_sentence_of_category("i")
    'category I (no legal basis)'
    """
    number, _, words = label("wgad_category", code).partition(": ")
    return f"category {number} ({words})" if words else f"“{label_in_sentence(number)}”"
