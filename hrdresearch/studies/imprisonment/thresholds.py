"""Tables of persons held for long by threshold, and how many sentences could be read for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population, add_claims, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    capitalized,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
    why_not_printed,
)
from hrdresearch.studies.imprisonment.census_sentences import YEARS
from hrdresearch.studies.imprisonment.study_part import HAS_READ_SENTENCE, HAS_SENTENCE, StudyPart
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    column_heads,
    table_of_counts,
)
from hrdresearch.vocab import codes


def table_by_threshold(
    part: StudyPart,
    name: str,
    title: str,
    beside: Callable[[Population], Iterable[Content]],
    unsentenced: Callable[[Population], str],
    further: Callable[[Population, Mapping[str, Claim]], list[ListSentences]] = lambda *_: [],
    unsentenced_head: str = "Held so long without a sentence",
    is_reading_apart: bool = False,
    **more: Any,
) -> Finding:
    """Persons sentenced to, or held without a sentence for, at least each threshold of years.

    beside: further claims that prose may use. unsentenced: what is said, after their number, of
    persons held without a sentence. further: last sentences on a list, from its claims.
    is_reading_apart: whether ``reading_sentences`` is said elsewhere. unsentenced_head: head of the
    column of persons held without a sentence. more: other arguments of ``table_of_counts``.

    Claims: ``NAME.at_YEARS.*``, the counts of the table. ``NAME.with_sentence``: persons of whom a
    sentence is recorded; ``NAME.read``: of these, persons whose sentence could be read.
    ``NAME.conflict_death`` and ``NAME.conflict_life``: persons for whom the publisher's class and
    the wording of the sentence disagree.
    """
    columns = column_heads(
        "Threshold",
        persons="Sentenced: term, life or death",
        range="Range that holds the threshold",
        unsentenced=unsentenced_head,
    )

    def rows(p: Population) -> list[Row]:
        if not (part.can_state_thresholds(p) or part.tells_time_held(p)):
            return []
        return [
            (f"{t} years or longer", *part.long_term_counts(p, f"{name}.at_{t}", t))
            for t in part.thresholds
        ]

    of_all_lists = [
        part.count_persons(
            f"{name}.with_sentence",
            "persons of whom a sentence is recorded, or that it is unknown",
            HAS_SENTENCE,
        ),
        part.count_persons(
            f"{name}.read", "of these, with a sentence that was read", HAS_READ_SENTENCE
        ),
        *(
            part.count_persons(
                f"{name}.conflict_{kind}",
                f"persons of whom class and wording conflict over {kind}",
                {"sentence_kind_code": f"conflict_{kind}"},
            )
            for kind in ("death", "life")
        ),
    ]
    of_public_lists = [  # differences of these counts are printed, which could reveal a person
        part.count_persons(f"{name}.of", "persons in scope", {}),
        part.count_persons(
            f"{name}.with_word",
            "persons of whom anything is recorded on a sentence",
            {"sentence_kind_code": [k for k in codes("sentence_kind") if k != "not_recorded"]},
        ),
    ]
    finding = table_of_counts(
        part,
        name,
        title,
        columns,
        rows,
        beside=lambda p: [
            *of_all_lists,
            *(of_public_lists if p.policy.prints_exact_numbers else ()),
            *_long_with_share(beside(p), of_all_lists[1]),
        ],
        sentence=lambda p, claims: _long_sentences(p, name, claims, unsentenced(p), further),
        unit="persons",
        **more,
    )
    finding = add_claims(finding, *_without_sentence(part, name, finding))
    if is_reading_apart:
        return finding
    return replace(
        finding, statements=(*finding.statements, *reading_sentences(part, name, finding))
    )


def reading_sentences(part: StudyPart, name: str, finding: Finding) -> tuple[str, ...]:
    """A paragraph on each list on how many sentences could be read, from the claims of a finding."""
    return tuple(
        _sentences_read(part, p, name, finding.by_name) for p in part.populations if len(p.frame)
    )


def _long_with_share(beside: Iterable[Content], read: CountDraft) -> list[Content]:
    """Counts for the prose, and the persons held long in per cent of those whose sentence was read."""
    drafts = [c for c in beside if isinstance(c, CountDraft)]
    shares = [
        Share(d, read, f"{d.definition}, in per cent of persons whose sentence was read")
        for d in drafts
        if d.name == f"{read.name.removesuffix('.read')}.persons"
    ]
    return [*drafts, *shares]


def _long_sentences(
    p: Population,
    name: str,
    claims: Mapping[str, Claim],
    held: str,
    further: Callable[[Population, Mapping[str, Claim]], list[ListSentences]],
) -> list[ListSentences]:
    """Sentences on persons under a long sentence, and separately on persons held long without one."""
    read, long = claims.get(f"{name}.read"), claims.get(f"{name}.persons")
    apart, said = claims.get(f"{name}.unsentenced"), []
    if read and long and is_printed(read) and is_printed(long, 0):
        kinds = [
            f"{claim_tag(claims[f'{name}.{kind}'], 'none')} under a {words}"
            for kind, words in (("life", "life sentence"), ("death", "sentence of death"))
            if f"{name}.{kind}" in claims
        ]
        among = f", among them {join_with_and(kinds)}" if kinds else ""
        said.append(
            ListSentences(
                f"Of the {claim_tag(read)} persons on {p.list_in_prose} whose sentence is known, "
                f"{count_with_share(long, claims.get(f'{name}.persons.share'))} "
                f"{agreement_tag(long, 'was', 'were')} recorded under a sentence of {YEARS} years or "
                f"longer, life or death{among}.",
                is_key=True,
            )
        )
    said += further(p, claims)
    if held and apart and is_printed(apart, 0):
        lead = "Apart from those sentenced" if said else capitalized(p.on_the_list)
        said.append(ListSentences(f"{lead}, {claim_tag(apart, 'of:person')} {held}."))
    in_range = claims.get(f"{name}.range")
    if is_printed(in_range) and said and in_range:
        said.append(
            ListSentences(
                f"A range that holds the threshold is recorded of {claim_tag(in_range, 'of:person')}."
            )
        )
    return said


def _without_sentence(part: StudyPart, name: str, finding: Finding) -> list[Claim]:
    """Claims of the public lists that are differences: persons without a length, and why.

    ``NAME.no_length``, of these ``NAME.not_read`` (a sentence without a length) and
    ``NAME.no_sentence``; of the last ``NAME.no_word`` (nothing on a sentence is recorded).
    """
    values = {claim.name: claim.value for claim in finding.claims}
    wanted = {
        "no_length": ("of", "read", "persons of whom no length, life or death can be told"),
        "not_read": ("with_sentence", "read", "persons with a sentence without a length"),
        "no_sentence": ("of", "with_sentence", "persons of whom there is no sentence to read"),
        "no_word": ("of", "with_word", "persons of whom no row records anything on a sentence"),
    }
    claims = []
    for p in (p for p in part.populations if p.policy.prints_exact_numbers and len(p.frame)):
        for key, (more, less, words) in wanted.items():
            whole, rest = (values[p.claim_name(f"{name}.{k}")] for k in (more, less))
            assert isinstance(whole, int) and isinstance(rest, int)
            claims.append(
                measured_claim(p, f"{name}.{key}", whole - rest, "person", words, "difference")
            )
    return claims


def _sentences_read(part: StudyPart, p: Population, name: str, by_name: Mapping[str, Claim]) -> str:
    """A paragraph on how many sentences could be read, or why no threshold of length is stated."""
    claims = {
        key: by_name[p.claim_name(f"{name}.{key}")]
        for key in ("read", "with_sentence", "of", "with_word", "conflict_death", "conflict_life")
        if p.claim_name(f"{name}.{key}") in by_name
    }
    read, of = claims["read"], claims["with_sentence"]
    persons = f"{claim_tag(of)} persons on {p.list_in_prose} with an entry on a sentence"
    by_end = by_name.get(p.claim_name(f"{name}.by_end"))
    if not part.can_state_thresholds(p) and by_end and is_printed(by_end) and is_printed(read, 0):
        life = by_name[p.claim_name(f"{name}.life")]
        text = (
            "As the list gives end dates but no dates of arrest, the length of "
            f"{claim_tag(by_end, 'of:sentence')} cannot be known."
        )
        if life.value == read.value and life.value:
            text += f" The {claim_tag(life)} life sentences count as long."
        return text
    if not part.can_state_thresholds(p):
        text = (
            f"Of the {persons}, a length, life or death can be told for {claim_tag(read)}: fewer than half, "
            f"so it is not said how many were sentenced to {YEARS} years or longer."
        )
    elif hidden := [claim for claim in (read, of) if claim.status != "shown"]:
        whose = "of whom a sentence was read" if hidden[0] is read else "over whom it is stated"
        text = (
            f"On {p.list_in_prose}, thresholds of length are stated where a sentence was read; the "
            f"number of persons {whose} is {why_not_printed(hidden[0])}. A sentence that was not "
            "read is below "
            "no threshold."
        )
    else:
        others = (
            "; for the others no length was read, which does not place them below a threshold"
            if read.value != of.value
            else ""
        )
        part_of = f"{claim_tag(read)} of the {persons}" if others else f"the {persons}"
        text = f"Thresholds of length are stated over {part_of}{others}."
    if p.policy.prints_exact_numbers:
        whole, lengthless, unread, none, silent = (
            f"{{{{ {p.claim_name(f'{name}.{key}')}|of:person }}}}"
            if key == "of"
            else f"{{{{ {p.claim_name(f'{name}.{key}')}|none }}}}"
            for key in ("of", "no_length", "not_read", "no_sentence", "no_word")
        )
        text += (
            f" Of all {whole}, no length can be told for {lengthless}, so no threshold applies to them: "
            f"a sentence without a length is recorded for {unread}, and no sentence that can be counted "
            f"for {none}"
        )
        has_silent = claims["with_word"].value != claims["of"].value
        text += (
            f"; for {silent} of these, no row has an entry on a sentence." if has_silent else "."
        )
    for kind in ("death", "life"):
        claim = claims[f"conflict_{kind}"]
        if claim.value != 0:
            text += (
                f" Of {claim_tag(claim, 'of:person')} the publisher's class and the wording of "
                f"the sentence conflict over {kind}; such a person is counted neither way "
                "until somebody has read the case."
            )
    return text
