"""Sentences by charge as brought: who stands on a census with a charge and a sentence together."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Draft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    Said,
    categories_named,
    in_sentence,
    is_printed,
    listed,
    tag,
    with_share,
)
from hrdresearch.studies.imprisonment.census_sentences import NO_CHARGE, WITHOUT_A_CHARGE, YEARS
from hrdresearch.studies.imprisonment.study_part import HAS_READ_SENTENCE, StudyPart, codes_in_use
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    code_cell,
    column_heads,
    table_of_counts,
)
from hrdresearch.vocab import codes, label

RETALIATION = "retaliation"  # a class of a list and no charge
CHARGES = [c for c in codes("pretext") if c not in (*WITHOUT_A_CHARGE, "not_recorded")]


def sentences_by_charge(part: StudyPart) -> Finding:
    """By charge: persons with a sentence that was read, and how many of them are sentenced for long.

    Claims ``sentences_by_charge.CODE.read``, ``.long`` and ``.long.share``; ``sentences_by_charge.read``
    and ``.long`` of all charges.
    """
    return table_of_counts(
        part,
        "sentences_by_charge",
        "Sentences by charge as brought",
        column_heads(
            "Charges as brought",
            read="Persons with a sentence that was read",
            long=f"Of these, {part.threshold} years or longer, life or death",
            share="Per cent",
        ),
        lambda p: [_row(part, code) for code in _used(part, p)],
        empty="drop rows",
        sentence=lambda p, claims: _said(part, p, claims),
        unit="persons",
        notes=(
            "Charge and sentence stand in the same row of a list. A person may be held on several "
            "charges, so a sentence may stand under each of them.",
        ),
    )


def _used(part: StudyPart, p: Population) -> list[str]:
    if not part.can_state_thresholds(p) or not part.asks_or_answers(p, "pretext_codes"):
        return []
    return codes_in_use(p, "pretext_codes", CHARGES)


def _counts(part: StudyPart, code: str) -> tuple[Draft, Draft]:
    stem, words = f"sentences_by_charge.{code}", label("pretext", code)
    where = {"pretext_codes": code}
    read = part.count_persons(
        f"{stem}.read",
        f"persons with a sentence that was read, on the charge: {words}",
        {**where, **HAS_READ_SENTENCE},
    )
    long = part.count_persons(
        f"{stem}.long",
        f"persons sentenced to {part.threshold} years or longer, life or death, on the charge: {words}",
        {**where, "bound_min_years": {"from": part.threshold}},
    )
    return read, long


def _row(part: StudyPart, code: str) -> Row:
    read, long = _counts(part, code)
    cells: list[Content] = [code_cell("pretext", code), read, long]
    return [*cells, Share(long, read, f"{long.definition}, in per cent of sentences read")]


def _share(claims: Mapping[str, Claim], code: str) -> Claim | None:
    """The share of long sentences among those on a charge, where it is printed."""
    share = claims.get(f"sentences_by_charge.{code}.long.share")
    return share if share and share.status == "shown" else None


def _said(part: StudyPart, p: Population, claims: Mapping[str, Claim]) -> list[Said]:
    counts = {code: claims[f"sentences_by_charge.{code}.read"] for code in _used(part, p)}
    labels = {code: label("pretext", code) for code in counts}
    shown = [claim for claim in counts.values() if is_printed(claim)]
    if not shown:
        return []
    largest = max(shown, key=lambda claim: float(claim.value or 0))
    chosen = categories_named(counts, largest, labels)
    with_shares = [c for c in counts if _share(claims, c)]
    items = []
    told = {*chosen, *with_shares} - set(NO_CHARGE)
    for code in sorted(told, key=lambda code: labels[code].casefold()):
        long = claims.get(f"sentences_by_charge.{code}.long")
        if long is None or not is_printed(long, 0):
            continue
        share = _share(claims, code)
        items.append(
            f"{with_share(long, share)} of {tag(counts[code])} held under “{in_sentence(labels[code])}”"
        )
    if not items:
        return []
    long_sentences = Said(
        f"Of persons whose sentence was read on {p.list_in_prose}, one of {YEARS} years or longer, "
        f"life or death, is recorded for {listed(items)}.",
        is_key=True,
    )
    return [long_sentences, *_retaliation_said(claims)]


def _retaliation_said(claims: Mapping[str, Claim]) -> list[Said]:
    """Long sentences under the class retaliation, told apart from those under a charge."""
    read, long = (
        claims.get(f"sentences_by_charge.{RETALIATION}.{key}") for key in ("read", "long")
    )
    if not is_printed(read) or not is_printed(long, 0) or read is None or long is None:
        return []
    none_or_count = (
        with_share(long, _share(claims, RETALIATION)) if long.value else tag(long, "none")
    )
    return [
        Said(
            "Under the class “retaliation”, which is no charge, such a sentence is recorded for "
            f"{none_or_count} of {tag(read)}."
        )
    ]
