"""How arrests, charges, legal orders and seizures ended, over the attacks whose ending is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Claim, Drawing, Finding
from hrdresearch.findings.sentences import (
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
    label_in_sentence,
    sentence_without_field,
)
from hrdresearch.studies.attacks.counting import attacks_draft
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import Share, code_cell, column_heads, table_of_counts
from hrdresearch.vocab import codes, label

OPEN = ("unknown", "not_recorded")  # an ending that is not known
NONE = "not_applicable"


@dataclass(frozen=True)
class EndingFact:
    """A fact that only some attacks can have: how an arrest, a charge, an order or a seizure ended.

    whole: whom it applies to, in the plural, for the definition and the sentences. words: by code, what
    stands after the number in a sentence; else the label in lower case, after "as". asked: the fact as
    lists name it in ``asked``.
    """

    name: str
    title: str
    heading: str
    column: str
    vocabulary: str
    whole: str
    words: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()


CUSTODY = EndingFact(
    "custody",
    "How arrests ended",
    "How the arrest ended",
    "custody_code",
    "custody",
    "arrests",
    {
        "released": "as arrested and released",
        "released_unprocessed": "as held and released without being booked",
        "in_custody": "as still held on the day of the file",
    },
)
CHARGES = EndingFact(
    "charges",
    "What became of charges after an arrest or charge",
    "What became of the charges",
    "charge_status_code",
    "charge_status",
    "arrests or charges",
    {
        "not_charged": "as never charged",
        "pending": "with charges pending",
        "dropped": "with charges dropped",
        "acquitted": "as acquitted",
        "convicted": "as convicted",
    },
    (
        "Not charged stands beside the outcomes of charges, since the list records it in the same field.",
    ),
)
ORDERS = EndingFact(
    "orders",
    "What became of subpoenas, other legal orders and bans on publication",
    "What became of the order",
    "order_status_codes",
    "order_status",
    "legal orders and bans",
)
SEIZED = EndingFact(
    "seized",
    "What became of equipment that was searched or seized",
    "What became of the equipment",
    "seized_status_code",
    "seized_status",
    "searches and seizures",
)


def custody_finding(study: Ledger) -> Finding:
    """Finding: how arrests ended."""
    return ending_finding(study, CUSTODY)


def charges_finding(study: Ledger) -> Finding:
    """Finding: what became of charges."""
    made = ending_finding(study, CHARGES)
    return replace(made, key_sentences=made.statements[:1]) if made.rows else made


def orders_finding(study: Ledger) -> Finding:
    """Finding: what became of legal orders and bans on publication."""
    return ending_finding(study, ORDERS)


def seized_finding(study: Ledger) -> Finding:
    """Finding: what became of equipment that was searched or seized."""
    return ending_finding(study, SEIZED)


def ending_finding(study: Ledger, ending: EndingFact) -> Finding:
    """Attacks by how something ended, over those that it applies to and for which it is known.

    Claims: ``NAME.of`` (to which it applies), ``NAME.known``, ``NAME.CODE`` and ``NAME.CODE.share``. A list
    that does not ask has no rows, and a sentence says so.
    """
    p, column = study.register, ending.column
    every = [c for c in codes(ending.vocabulary) if c != NONE]
    known = [c for c in every if c not in OPEN]
    whole = attacks_draft(f"{ending.name}.of", f"{ending.whole}, all", {column: every})
    answered = attacks_draft(
        f"{ending.name}.known", f"{ending.whole} for which this is known", {column: known}
    )
    drafts = {
        c: attacks_draft(
            f"{ending.name}.{c}", f"{ending.whole}: {label(ending.vocabulary, c)}", {column: c}
        )
        for c in every
    }
    if not p.has_answers(column, column):
        return study.finding(
            ending.name,
            ending.title,
            column_heads(ending.heading),
            (),
            (),
            statements=(sentence_without_field(p.name_in_prose, ending.heading.lower()),),
        )

    def share(c: str) -> Share | str:
        if c in OPEN:
            return "–"
        words = f"{ending.whole}: {label(ending.vocabulary, c)}, in per cent of those for which it is known"
        return Share(drafts[c], answered, words, asked=whole)

    return table_of_counts(
        study,
        ending.name,
        ending.title,
        column_heads(ending.heading, value=study.value_heading, share="Per cent of known"),
        [(code_cell(ending.vocabulary, c), drafts[c], share(c)) for c in every],
        beside=[whole, answered],
        empty="drop rows",
        drawing=Drawing("shares", "label", ("value",)) if _is_drawn(p, column) else Drawing(),
        sentence=lambda _, made: _sentences(ending, known, made),
        notes=("On the day of the file; a later outcome is not seen.", *ending.notes),
    )


def _is_drawn(p: Population, column: str) -> bool:
    return p.policy.prints_exact_numbers and p.frame[column].nunique() > len(OPEN)


def _sentences(ending: EndingFact, known: Sequence[str], made: Mapping[str, Claim]) -> str:
    whole, answered = made[f"{ending.name}.of"], made[f"{ending.name}.known"]
    shown = sorted(
        (c for c in known if is_printed(made[f"{ending.name}.{c}"])),
        key=lambda c: (
            -float(made[f"{ending.name}.{c}"].value or 0),
            label(ending.vocabulary, c),
        ),
    )
    if not is_printed(answered) or not shown:
        return f"Of {ending.whole}, this is known for none, or for too few to say."
    told = [
        f"{count_with_share(made[f'{ending.name}.{c}'], made.get(f'{ending.name}.{c}.share'))} "
        f"{ending.words.get(c) or 'as ' + label_in_sentence(label(ending.vocabulary, c))}"
        for c in shown
    ]
    text = (
        f"Of {claim_tag(answered)} {ending.whole} for which it is known, the list records "
        f"{join_with_and(told)}."
    )
    if is_printed(whole) and whole.value != answered.value:
        text += f" {ending.heading} is known for {claim_tag(answered)} of {claim_tag(whole)}."
    return text
