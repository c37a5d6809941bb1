"""Sentences by charge as brought: persons with a charge and a sentence on the same census."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.imprisonment.census_sentences import (
    CHARGES_IN_WORDS,
    WITHOUT_A_CHARGE,
    YEARS,
    charge_in_words,
    largest_first,
)
from hrdresearch.studies.imprisonment.study_part import HAS_READ_SENTENCE, StudyPart, codes_in_use
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    code_cell,
    column_heads,
    table_of_counts,
)
from hrdresearch.studies.shapes.year_and_state_sentences import states_above
from hrdresearch.tables import match_rows
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import short_name

FEWEST = 30  # sentences known, of a public list, from which a share could be stated
SECURITY = "national_security"  # the largest group, in which many of the others stand too
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
        sentence=lambda p, claims: _sentences(part, p, claims),
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


def _counts(
    part: StudyPart, stem: str, words: str, charge: object
) -> tuple[CountDraft, CountDraft]:
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


def _held(part: StudyPart, code: str) -> CountDraft:
    words = f"persons on the charge: {label('pretext', code)}"
    return part.count_persons(f"sentences_by_charge.{code}.persons", words, {"pretext_codes": code})


def _row(part: StudyPart, p: Population, code: str) -> Row:
    stem, words = f"sentences_by_charge.{code}", label("pretext", code)
    read, long = _counts(part, stem, words, code)
    held = _held(part, code)
    share = Share(long, read, f"{long.definition}, in per cent of sentences read", asked=held)
    apart: Sequence[Content] = ("–", "–")
    if code != SECURITY and p.policy.prints_exact_numbers:
        apart = _apart(part, p, stem, words, code)
    return [code_cell("pretext", code), read, long, share, *apart]


def _both(part: StudyPart, stem: str, words: str, code: str) -> tuple[CountDraft, CountDraft]:
    both = f"{words}, and national security"
    return _counts(part, f"{stem}.both", both, {"all": [code, SECURITY]})


def _apart(part: StudyPart, p: Population, stem: str, words: str, code: str) -> list[Claim]:
    """The same two counts without persons who are also held on national security, as differences."""
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
    """Of a public list: persons on a charge, and those of them who are also held on national security."""
    stem = "sentences_by_charge"
    held = [_held(part, code) for code in (_used(part, p) if p.policy.prints_exact_numbers else [])]
    return [
        *held,
        *(
            draft
            for code in (_used(part, p) if p.policy.prints_exact_numbers else [])
            if code != SECURITY
            for draft in _both(part, f"{stem}.{code}", label("pretext", code), code)
        ),
    ]


def _share(claims: Mapping[str, Claim], code: str) -> Claim | None:
    """The share of long sentences among those on a charge, where it is printed."""
    share = claims.get(f"sentences_by_charge.{code}.long.share")
    return share if share and share.status == "shown" else None


def _sentences(part: StudyPart, p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    """Long sentences by charge, the largest groups first, and the same without national security."""
    counts = {code: claims[f"sentences_by_charge.{code}.read"] for code in _used(part, p)}
    told = [
        c
        for c in largest_first(counts)
        if _share(claims, c) and is_printed(claims.get(f"sentences_by_charge.{c}.long"), 0)
    ]
    if not told:
        return []
    items = [
        f"{count_with_share(claims[f'sentences_by_charge.{c}.long'], _share(claims, c))} of "
        f"{claim_tag(counts[c])} held "
        f"{charge_in_words(p, c)}"
        for c in told
    ]
    return [
        ListSentences(  # one key sentence: a summary that cuts it would hide the overlap
            f"Of those on the list of {p.name_in_prose} whose sentence is known, sentences of {YEARS} "
            f"years or longer, life or death are recorded for {join_with_and(items)}."
            f"{_overlap_sentences(part, p, claims, told)}",
            is_key=True,
        ),
        _state_sentences(p, claims, told[0]),
        *_without_a_share(p, claims, [c for c in largest_first(counts, FEWEST) if c not in told]),
    ]


def _without_a_share(
    p: Population, claims: Mapping[str, Claim], charges: Sequence[str]
) -> list[ListSentences]:
    """The charges on which sentences are known for fewer than half, so that no share is given."""
    stems = {c: f"sentences_by_charge.{c}" for c in charges}
    items = [
        f"{claim_tag(claims[f'{stem}.read'])} of {claim_tag(claims[f'{stem}.persons'])} held "
        f"{charge_in_words(p, c)}"
        for c, stem in stems.items()
        if f"{stem}.persons" in claims
    ]
    if not items:
        return []
    return [
        ListSentences(
            f"The sentence is known for {join_with_and(items)}: fewer than half, so no share is stated."
        )
    ]


def _state_sentences(p: Population, claims: Mapping[str, Claim], code: str) -> ListSentences:
    """The States that hold most of those sentenced for long on the charge of most persons."""
    every = claims[f"sentences_by_charge.{code}.long"]
    rows = p.frame[match_rows(p.frame, every.filter)]
    held = rows.groupby("state_iso3")["person_id"].nunique()
    counts = {
        str(iso3): measured_claim(
            p,
            f"sentences_by_charge.{code}.long.{str(iso3).lower()}",
            int(n),
            "person",
            f"{every.definition.partition(': ')[2]}, {short_name(str(iso3))}",
            "computed",
        )
        for iso3, n in held.items()
    }
    above = (
        states_above(p, "sentences_by_charge.threshold", counts)
        if p.policy.prints_exact_numbers
        else None
    )
    if above is None:
        return ListSentences()
    threshold, chosen, named = above
    return ListSentences(
        f"Of the {claim_tag(every)} with such a sentence on {CHARGES_IN_WORDS[code].removeprefix('on ')}, "
        f"{claim_tag(threshold)} or more are in each of {named}.",
        (threshold, *(counts[iso3] for iso3 in chosen)),
    )


def _overlap_sentences(
    part: StudyPart, p: Population, claims: Mapping[str, Claim], named: Sequence[str]
) -> str:
    """Sentence with the same counts without persons also held on national security, in the same order."""
    without = []
    for code in named:
        stem = f"sentences_by_charge.{code}"
        also = claims.get(f"{stem}.both.read")
        if also is None or not is_printed(also):
            continue
        read, long = _apart(part, p, stem, label("pretext", code), code)
        without.append(f"{claim_tag(long, 'none')} of {claim_tag(read)} {charge_in_words(p, code)}")
    if not without:
        return ""
    return (
        " A person may be held on several: without those also held on national security or anti-State "
        f"charges, such sentences are recorded for {join_with_and(without)}."
    )
