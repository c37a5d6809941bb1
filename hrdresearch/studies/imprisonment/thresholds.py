"""Tables of persons held for long by threshold, and how many sentences could be read for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hrdresearch.findings.make_claims import Draft, Population, add_claims, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.studies.imprisonment.study_part import HAS_READ_SENTENCE, HAS_SENTENCE, StudyPart
from hrdresearch.studies.shapes.count_tables import Content, Row, column_heads, table_of_counts
from hrdresearch.vocab import codes


def table_by_threshold(
    part: StudyPart,
    name: str,
    title: str,
    beside: Callable[[Population], Iterable[Content]],
    closing_sentence: Callable[[Population, Mapping[str, Claim]], str] = lambda *_: "",
    **more: Any,
) -> Finding:
    """Persons sentenced to, or held without a sentence for, at least each threshold of years.

    beside: further claims that prose may use. closing_sentence: the last sentence on a list, from
    the claims. more: other arguments of ``table_of_counts``.


    Claims: ``NAME.at_YEARS.*``, the counts of the table. ``NAME.with_sentence``: persons of whom a
    sentence is recorded; ``NAME.read``: of these, persons whose sentence could be read.
    ``NAME.conflict_death`` and ``NAME.conflict_life``: persons for whom the publisher's class and
    the wording of the sentence disagree.
    """
    columns = column_heads(
        "Threshold",
        persons="Sentenced: term, life or death",
        range="Range that holds the threshold",
        unsentenced="Held without a sentence",
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
            *(of_public_lists if p.policy.is_exempt else ()),
            *(c for c in beside(p) if isinstance(c, Draft)),
        ],
        sentence=lambda p, claims: " ".join(
            filter(None, (_sentences_read(part, p, name, claims), closing_sentence(p, claims)))
        ),
        unit="persons",
        **more,
    )
    return add_claims(finding, *_without_sentence(part, name, finding))


def _without_sentence(part: StudyPart, name: str, finding: Finding) -> list[Claim]:
    """Claims ``NAME.no_sentence`` and ``NAME.no_word`` of the public lists, as differences.

    Persons without a sentence to read, and persons of whom nothing on a sentence is recorded.
    """
    values = {claim.name: claim.value for claim in finding.claims}
    wanted = {
        "no_sentence": ("with_sentence", "persons of whom there is no sentence to read"),
        "no_word": ("with_word", "persons of whom no row records anything on a sentence"),
    }
    claims = []
    for p in (p for p in part.populations if p.policy.is_exempt and len(p.frame)):
        for key, (less, words) in wanted.items():
            whole, rest = (values[p.claim_name(f"{name}.{k}")] for k in ("of", less))
            assert isinstance(whole, int) and isinstance(rest, int)
            claims.append(
                measured_claim(p, f"{name}.{key}", whole - rest, "person", words, "difference")
            )
    return claims


def _sentences_read(part: StudyPart, p: Population, name: str, claims: Mapping[str, Claim]) -> str:
    """A sentence on how many sentences could be read, or why no threshold of length is stated."""
    if not len(p.frame):
        return ""
    counts = [claims[f"{name}.{key}"] for key in ("read", "with_sentence")]
    read, of = (f"{{{{ {claim.name} }}}}" for claim in counts)
    persons = "persons of whom the list records a sentence, or that it is unknown"
    if not part.can_state_thresholds(p):
        text = (
            f"{p.title}: a length, life or death was read for {read} of the {of} {persons}, "
            "fewer than half, so no threshold of length is stated."
        )
    elif any(claim.status != "shown" for claim in counts):
        text = (
            f"{p.title}: thresholds of length are stated where a sentence was read; of how many "
            "persons it was not is withheld. A sentence that was not read is below no threshold."
        )
    elif counts[0].value == counts[1].value:
        text = (
            f"{p.title}: thresholds of length are stated over {read} of {of} {persons}: each was "
            "read to a length, life or death."
        )
    else:
        text = (
            f"{p.title}: thresholds of length are stated over {read} of the {of} {persons}; for "
            "the others no length was read, which does not place them below a threshold."
        )
    if p.policy.is_exempt:
        whole, none, silent = (
            f"{{{{ {p.claim_name(f'{name}.{key}')}|of:person }}}}"
            for key in ("of", "no_sentence", "no_word")
        )
        text += (
            f" Of {whole}, there is no sentence to read for {none}, to whom thresholds of length do "
            "not apply"
        )
        has_silent = claims[f"{name}.with_word"].value != claims[f"{name}.of"].value
        text += (
            f"; of {silent} among them, no row records anything on a sentence."
            if has_silent
            else "."
        )
    for kind in ("death", "life"):
        claim = claims[f"{name}.conflict_{kind}"]
        if claim.value != 0:
            text += (
                f" Of {{{{ {claim.name}|of:person }}}} the publisher's class and the wording of "
                f"the sentence conflict over {kind}; such a person is counted neither way "
                "until somebody has read the case."
            )
    return text
