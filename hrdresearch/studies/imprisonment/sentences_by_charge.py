"""Sentences by charge as brought: who stands on a census with a charge and a sentence together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrdresearch.findings.make_claims import Draft, Population, measured_claim
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

SECURITY = "national_security"  # the largest group, in which many of the others stand too
RETALIATION = "retaliation"  # a class of a list and no charge
CHARGES = [c for c in codes("pretext") if c not in (*WITHOUT_A_CHARGE, "not_recorded")]


def sentences_by_charge(part: StudyPart) -> Finding:
    """By charge: persons with a sentence that was read, and how many of them are sentenced for long.

    Claims ``sentences_by_charge.CODE.read``, ``.long`` and ``.long.share``; of a public list also
    ``.both.read`` and ``.both.long``, persons who stand on a census under the charge and under
    national security, and ``.apart.read`` and ``.apart.long``, the others.
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
            apart="With a sentence read, never also under national security",
            apart_long="Of these, long",
        ),
        lambda p: [_row(part, p, code) for code in _used(part, p)],
        beside=lambda p: _beside(part, p),
        empty="drop rows",
        sentence=lambda p, claims: _said(part, p, claims),
        unit="persons",
        notes=(
            "Charge and sentence stand in the same row of a list. A person may be held on several "
            "charges, so a sentence may stand under each of them; the last two columns leave out "
            "whoever stands, in a row with the charge, also under national security.",
        ),
    )


def _used(part: StudyPart, p: Population) -> list[str]:
    if not part.can_state_thresholds(p) or not part.asks_or_answers(p, "pretext_codes"):
        return []
    return codes_in_use(p, "pretext_codes", CHARGES)


def _counts(part: StudyPart, stem: str, words: str, charge: object) -> tuple[Draft, Draft]:
    """Persons on a charge with a sentence that was read, and those under a long one."""
    where = {"pretext_codes": charge}
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


def _row(part: StudyPart, p: Population, code: str) -> Row:
    stem, words = f"sentences_by_charge.{code}", label("pretext", code)
    read, long = _counts(part, stem, words, code)
    share = Share(long, read, f"{long.definition}, in per cent of sentences read")
    apart: Sequence[Content] = ("–", "–")
    if code != SECURITY and p.policy.is_exempt:
        apart = _apart(part, p, stem, words, code)
    return [code_cell("pretext", code), read, long, share, *apart]


def _both(part: StudyPart, stem: str, words: str, code: str) -> tuple[Draft, Draft]:
    both = f"{words}, and national security"
    return _counts(part, f"{stem}.both", both, {"all": [code, SECURITY]})


def _apart(part: StudyPart, p: Population, stem: str, words: str, code: str) -> list[Claim]:
    """The same two counts without those who stand under national security too, as differences."""
    every = _counts(part, stem, words, code)
    both = _both(part, stem, words, code)
    n = part.count(p, [*every, *both])
    return [
        measured_claim(
            p,
            f"{stem}.apart.{key}",
            int(n[one.name].value or 0) - int(n[two.name].value or 0),
            "person",
            f"{one.definition}, and never also of national security",
            "difference",
        )
        for key, one, two in zip(("read", "long"), every, both, strict=True)
    ]


def _beside(part: StudyPart, p: Population) -> list[Content]:
    """Of a public list, those who stand under a charge and under national security."""
    stem = "sentences_by_charge"
    return [
        draft
        for code in (_used(part, p) if p.policy.is_exempt else [])
        if code != SECURITY
        for draft in _both(part, f"{stem}.{code}", label("pretext", code), code)
    ]


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
    named = sorted(told, key=lambda code: labels[code].casefold())
    long_sentences = Said(  # one key sentence: a summary that cuts it would hide the overlap
        f"Of persons whose sentence was read on {p.list_in_prose}, one of {YEARS} years or longer, "
        f"life or death, is recorded for {listed(items)}.{_overlap_said(part, p, claims, named)}",
        is_key=True,
    )
    return [long_sentences, *_retaliation_said(claims)]


def _overlap_said(
    part: StudyPart, p: Population, claims: Mapping[str, Claim], named: Sequence[str]
) -> str:
    """How many of each group named stand under national security too, and the rows without them."""
    both, without = [], []
    for code in named:
        stem, words = f"sentences_by_charge.{code}", in_sentence(label("pretext", code))
        also = claims.get(f"{stem}.both.read")
        if also is None or not is_printed(also):
            continue
        read, long = _apart(part, p, stem, label("pretext", code), code)
        both.append(f"{tag(also)} of the {tag(claims[f'{stem}.read'])} under “{words}”")
        without.append(f"{tag(long, 'none')} of {tag(read)} under “{words}”")
    if not both:
        return ""
    return (
        f" The groups overlap: {listed(both)} stand under “{in_sentence(label('pretext', SECURITY))}” "
        f"too. Without these, such a sentence is recorded for {listed(without)}."
    )


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
